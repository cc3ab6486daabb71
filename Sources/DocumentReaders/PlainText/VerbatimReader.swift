// SPDX-License-Identifier: Apache-2.0
package import DocumentTree
import TextDecoding

/// Hands a text on as it is, but for charset, line ends and control characters: for outputs of the text's own language.
package struct VerbatimReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        do throws(SinkError) {
            try sink.begin(Metadata())
            try TextReading.pieces(of: source, &diagnostics) { (piece: UnsafeBufferPointer<UInt8>) throws(SinkError) in
                try sink.append(.raw(String(decoding: piece, as: UTF8.self), format: "md"))
            }
            try sink.finish()
        } catch {
            throw .sink(error)
        }
    }
}

/// Text in pieces of clean UTF-8, with the losses that decoding had.
enum TextReading {
    static func pieces(
        of source: Source, _ diagnostics: inout Diagnostics, _ take: (UnsafeBufferPointer<UInt8>) throws(SinkError) -> Void
    ) throws(SinkError) {
        var pieces = TextPieces(source.bytes)
        if pieces.charset.isGuessed { diagnostics.report("charset-guessed", "the charset was guessed: \(pieces.charset.name)") }
        try pieces.forEach(take)
        report(pieces, &diagnostics)
    }

    /// The whole text at once, for formats whose blocks may be as long as the document.
    static func whole(_ source: Source, _ diagnostics: inout Diagnostics, declared: String? = nil) -> [UInt8] {
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
