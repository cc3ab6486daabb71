// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// Bytes of one rendition on their way out: appended cheaply, handed on in pieces of about 48 KiB.
package final class OutputBuffer {
    package private(set) var bytes: [UInt8] = []
    /// Bytes appended so far, handed on or not.
    package var count: Int { handedOn + bytes.count }
    private var handedOn = 0
    private let deliver: ((UnsafeRawBufferPointer) throws(SinkError) -> Void)?

    /// Without `deliver` the bytes stay in `bytes`.
    package init(deliver: ((UnsafeRawBufferPointer) throws(SinkError) -> Void)? = nil) {
        self.deliver = deliver
        bytes.reserveCapacity(Self.piece + 4_096)
    }

    package func append(_ byte: UInt8) { bytes.append(byte) }
    package func append(_ text: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
    package func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
    package func append(_ slice: UnsafeBufferPointer<UInt8>) { bytes.append(contentsOf: slice) }

    /// Hands on what is there once it is a piece; writers call this between blocks and rows.
    package func drain(all: Bool = false) throws(SinkError) {
        guard let deliver, !bytes.isEmpty, all || bytes.count >= Self.piece else { return }
        let ready = bytes
        handedOn += ready.count
        bytes.removeAll(keepingCapacity: true)
        var failure: SinkError?
        ready.withUnsafeBytes { raw in
            do throws(SinkError) { try deliver(raw) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Forgets what is there, for buffers that only collect.
    func clear() {
        handedOn += bytes.count
        bytes.removeAll(keepingCapacity: true)
    }

    private static let piece = 48 << 10
}
