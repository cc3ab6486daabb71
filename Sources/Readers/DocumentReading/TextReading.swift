// SPDX-License-Identifier: Apache-2.0
package import DocumentTree
import TextDecoding

/// Text in pieces of clean UTF-8, with the losses that decoding had.
package enum TextReading {
    package static func pieces(
        of source: Source, _ diagnostics: inout Diagnostics, _ take: (UnsafeBufferPointer<UInt8>) throws(SinkError) -> Void
    ) throws(SinkError) {
        var pieces = TextPieces(source.bytes)
        if pieces.charset.isGuessed { diagnostics.report("charset-guessed", "the charset was guessed: \(pieces.charset.name)") }
        try pieces.forEach(take)
        report(pieces, &diagnostics)
    }

    /// The whole text at once, for formats whose blocks may be as long as the document.
    package static func whole(_ source: Source, _ diagnostics: inout Diagnostics, declared: String? = nil) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(source.bytes.count)
        var pieces = TextPieces(source.bytes, declared: declared)
        if pieces.charset.isGuessed { diagnostics.report("charset-guessed", "the charset was guessed: \(pieces.charset.name)") }
        pieces.forEach { text.append(contentsOf: $0) }
        report(pieces, &diagnostics)
        return text
    }

    private static func report(_ pieces: TextPieces, _ diagnostics: inout Diagnostics) {
        if pieces.undecodable > 0 {
            diagnostics.report("text-undecodable", "bytes that are no text in the charset became U+FFFD", count: pieces.undecodable)
        }
        if pieces.controls > 0 { diagnostics.report("text-controls-dropped", "control characters were left out", count: pieces.controls) }
    }
}
