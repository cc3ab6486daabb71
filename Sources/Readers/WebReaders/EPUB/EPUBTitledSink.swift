// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Passes a chapter on with the heading that the table of contents gives it: before its first text, or made of it where
/// that says the same.
final class EPUBTitledSink: DocumentSink {
    private let title: EPUBContents.Entry
    private let sink: any DocumentSink
    private var isSent = false

    init(_ title: EPUBContents.Entry, _ sink: any DocumentSink) {
        self.title = title
        self.sink = sink
    }

    func begin(_ metadata: Metadata) throws(SinkError) { try sink.begin(metadata) }

    func append(_ block: Block) throws(SinkError) {
        guard !isSent else { return try sink.append(block) }
        if case .pageBreak = block { return try sink.append(block) }
        isSent = true
        if case .paragraph(let inlines) = block {
            let text = Self.text(inlines).collapsed
            if text.lowercased() == title.label.lowercased() { return try sink.append(.heading(level: title.level, inlines)) }
            // A page that is a picture needs no heading to say so.
            if text.isEmpty { return try sink.append(block) }
        }
        try sink.append(.heading(level: title.level, [.text(title.label)]))
        try sink.append(block)
    }

    func beginTable(_ head: TableHead) throws(SinkError) { try sink.beginTable(head) }
    func appendRow(_ row: Row) throws(SinkError) { try sink.appendRow(row) }
    func endTable() throws(SinkError) { try sink.endTable() }
    func append(_ note: Note) throws(SinkError) { try sink.append(note) }
    func append(_ media: Media) throws(SinkError) { try sink.append(media) }
    func progress(_ done: Int) throws(SinkError) { try sink.progress(done) }
    func finish() throws(SinkError) { try sink.finish() }

    private static func text(_ inlines: [Inline]) -> String {
        inlines.reduce(into: "") { text, inline in
            switch inline {
            case .text(let words), .code(let words), .math(let words): text += words
            case .lineBreak: text += " "
            case .emphasis(let inner), .strong(let inner), .strikethrough(let inner), .underline(let inner), .superscript(let inner),
                .subscript(let inner), .link(_, _, let inner): text += Self.text(inner)
            case .image, .note, .anchor: break
            }
        }
    }
}
