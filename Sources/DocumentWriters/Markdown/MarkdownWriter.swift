// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// Writes GitHub-flavoured Markdown, block by block.
///
/// What it cannot say stays readable and is reported: spans of tables, underlining, definition lists.
package final class MarkdownWriter: DocumentWriter {
    package internal(set) var diagnostics = Diagnostics()
    let options: WriteOptions
    let output: OutputBuffer
    let pictures: PictureLinks
    /// What each line of the present block starts with; `first` takes its place once, behind a list's mark.
    var prefix: [UInt8] = []
    var first: [UInt8]?
    /// Whether a block came before at this level, and which list it was, so that two lists do not become one.
    var hasBlockBefore = false
    var lastList: (isOrdered: Bool, isOther: Bool)?
    var streamed: MarkdownPipeRows?

    package init(options: WriteOptions, output: OutputBuffer) {
        self.options = options
        self.output = output
        pictures = PictureLinks(options)
    }

    package func begin(_ metadata: Metadata) throws(SinkError) {
        guard options.frontMatter else { return }
        let fields = metadata.fields
        guard !fields.isEmpty else { return }
        output.append("---\n")
        for field in fields { output.append("\(field.name): \(JSONText.quoted(field.value))\n") }
        output.append("---\n\n")
    }

    package func append(_ block: Block) throws(SinkError) {
        write(block)
        try output.drain()
    }

    package func beginTable(_ head: TableHead) throws(SinkError) {
        separate()
        caption(head.caption)
        streamed = MarkdownPipeRows(head, width: nil)
        for row in head.rows.dropFirst(0) { try appendRow(row) }
    }

    package func appendRow(_ row: Row) throws(SinkError) {
        guard var rows = streamed else { return }
        rows.append(row.cells.map { cellText($0) }, to: self)
        streamed = rows
        try output.drain()
    }

    package func endTable() throws(SinkError) {
        streamed = nil
        lastList = nil
        try output.drain()
    }

    package func append(_ note: Note) throws(SinkError) {
        separate()
        hasBlockBefore = false
        let outer = prefix
        first = prefix + Array("[^\(NoteLabel.text(note.id))]: ".utf8)
        prefix += Array("    ".utf8)
        note.blocks.isEmpty ? line([]) : write(note.blocks)
        first = nil
        prefix = outer
        hasBlockBefore = true
        try output.drain()
    }

    package func append(_ media: Media) throws(SinkError) { pictures.take(media) }
    package func progress(_ done: Int) throws(SinkError) {}
    package func finish() throws(SinkError) {}
    package func close(losses: [Diagnostic]) throws(SinkError) { try output.drain(all: true) }

    // MARK: lines

    /// One line with its prefix; an empty one without trailing white space.
    func line(_ bytes: some Collection<UInt8>) {
        var start = first ?? prefix
        first = nil
        if bytes.isEmpty { while start.last == 0x20 { start.removeLast() } }
        start.withUnsafeBufferPointer { output.append($0) }
        Array(bytes).withUnsafeBufferPointer { output.append($0) }
        output.append(0x0A)
    }

    /// A blank line, unless this is the first block here.
    func separate() {
        if hasBlockBefore { line([]) }
        hasBlockBefore = true
    }

    func inlines(_ content: [Inline], _ place: MarkdownInlines.Place) -> [UInt8] {
        var text = MarkdownInlines(place, pictures: pictures)
        text.append(content)
        var bytes = text.bytes
        while let last = bytes.last, last == 0x20 || last == 0x0A { bytes.removeLast() }
        while bytes.first == 0x20 || bytes.first == 0x0A { bytes.removeFirst() }
        if place == .cell { while bytes.suffix(4).elementsEqual("<br>".utf8) { bytes.removeLast(4) } }
        return bytes
    }
}
