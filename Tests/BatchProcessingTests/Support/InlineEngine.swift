// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Synchronization

/// An engine that converts in this process: what the document's text says happens.
final class InlineEngine: ConversionEngine {
    let behaviour: @Sendable (ConversionRequest, [UInt8]) async throws -> String
    private let counts = Mutex((now: 0, most: 0))

    init(_ behaviour: @escaping @Sendable (ConversionRequest, [UInt8]) async throws -> String) { self.behaviour = behaviour }

    /// Most conversions that ran at once.
    var most: Int { counts.withLock { $0.most } }

    func convert(_ request: ConversionRequest, input: ConversionInput, into receiver: any ReplyReceiver) async throws -> ConversionReply {
        guard case .bytes(let bytes) = input else { throw ConversionError(.internalError, "bytes were expected") }
        counts.withLock { counts in
            counts.now += 1
            counts.most = max(counts.most, counts.now)
        }
        defer { counts.withLock { $0.now -= 1 } }
        let text = try await behaviour(request, bytes)
        try Array(text.utf8).withUnsafeBytes { try receiver.text($0, rendition: 0) }
        var reply = ConversionReply()
        reply.detectedFormat = "txt"
        reply.textBytes = [UInt64(text.utf8.count)]
        return reply
    }
}

/// Keeps a reply's text.
final class TextReceiver: ReplyReceiver {
    private let kept = Mutex<[UInt8]>([])
    var text: String { kept.withLock { String(decoding: $0, as: UTF8.self) } }

    func text(_ chunk: UnsafeRawBufferPointer, rendition: Int) throws { kept.withLock { $0.append(contentsOf: chunk) } }
    func beginAsset(name: String, mediaType: String) throws {}
    func asset(_ chunk: UnsafeRawBufferPointer) throws {}
    func endAsset() throws {}
    func progress(_ done: UInt64) {}
}
