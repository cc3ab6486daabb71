// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import TextDecoding

/// Reads plain text as paragraphs, parted by blank lines; lines within a paragraph are kept. Any charset.
package struct PlainTextReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        var paragraph = PlainParagraph()
        do throws(SinkError) {
            try sink.begin(Metadata())
            try TextReading.pieces(of: source, &diagnostics) { (piece: UnsafeBufferPointer<UInt8>) throws(SinkError) in
                var rest = piece[...]
                while !rest.isEmpty {
                    let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
                    try paragraph.add(rest[..<end], endsLine: end < rest.endIndex, sink)
                    rest = rest[min(end + 1, rest.endIndex)...]
                }
            }
            try paragraph.flush(sink)
            try sink.finish()
        } catch {
            throw .sink(error)
        }
    }
}

/// Lines on their way to a paragraph; a paragraph of more than 10,000 lines is cut, to stay in bounded memory.
private struct PlainParagraph {
    private var inlines: [Inline] = []
    private var isAtLineStart = true

    mutating func add(_ line: Slice<UnsafeBufferPointer<UInt8>>, endsLine: Bool, _ sink: any DocumentSink) throws(SinkError) {
        let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 }
        if isBlank, isAtLineStart {
            if endsLine { try flush(sink) }
            return
        }
        if isAtLineStart, !inlines.isEmpty { inlines.append(.lineBreak) }
        inlines.append(.text(String(decoding: line, as: UTF8.self)))
        isAtLineStart = endsLine
        if inlines.count > 20_000, endsLine { try flush(sink) }
    }

    mutating func flush(_ sink: any DocumentSink) throws(SinkError) {
        isAtLineStart = true
        guard !inlines.isEmpty else { return }
        let ready = inlines
        inlines = []
        try sink.append(.paragraph(ready))
    }
}
