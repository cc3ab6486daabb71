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
            let text = inlines.plainText.collapsed
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
}
