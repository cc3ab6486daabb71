// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ZipArchive

/// A part's XML in pieces that each end before a tag; of a large part two or three pieces of 256 KiB are in memory.
final class ODFPieces {
    private let stream: ZipStream
    private let part: String
    private var waiting: [UInt8] = []
    private var isAtEnd = false
    /// A single text longer than this is nobody's cell.
    private static let longest = 64 << 20

    init(_ stream: ZipStream, part: String) {
        self.stream = stream
        self.part = part
    }

    /// The next piece; nil at the end.
    func next(_ diagnostics: inout Diagnostics) throws(ReadError) -> [UInt8]? {
        guard !isAtEnd else { return nil }
        while true {
            let known = max(1, waiting.count)
            do throws(ZipError) {
                guard try stream.read(into: &waiting) else { break }
            } catch { throw ReadError(error) }
            if waiting.count > known, let end = waiting[known...].lastIndex(of: UInt8(ascii: "<")) {
                defer { waiting.removeSubrange(..<end) }
                return Array(waiting[..<end])
            }
            if waiting.count > Self.longest { throw .limit("\(part) has a text of more than \(Self.longest) bytes") }
        }
        isAtEnd = true
        if let fault = stream.fault { ODFPackage.report(fault, part, &diagnostics) }
        return waiting.isEmpty ? nil : waiting
    }
}
