// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// Writes what a reader sees and nothing else: paragraphs held apart by blank lines, cells by tabs.
package final class PlainTextWriter: DocumentWriter {
    package let diagnostics = Diagnostics()
    private let output: OutputBuffer
    private let pageMarkers: Bool
    private let wrap: Int
    private var indent = ""
    private var mark: String?
    private var hasBlockBefore = false

    package init(options: WriteOptions, output: OutputBuffer) {
        self.output = output
        pageMarkers = options.pageMarkers
        wrap = options.wrap
    }

    package func begin(_ metadata: Metadata) throws(SinkError) {}

    package func append(_ block: Block) throws(SinkError) {
        write(block)
        try output.drain()
    }

    package func beginTable(_ head: TableHead) throws(SinkError) {
        separate()
        if !head.caption.isEmpty { line(PlainText.of(head.caption)) }
        for row in head.rows { line(PlainText.of(row)) }
    }

    package func appendRow(_ row: Row) throws(SinkError) {
        line(PlainText.of(row))
        try output.drain()
    }

    package func endTable() throws(SinkError) {}

    package func append(_ note: Note) throws(SinkError) {
        separate()
        hasBlockBefore = false
        indented("    ", mark: "[\(NoteLabel.text(note.id))] ") { note.blocks.forEach(write) }
        try output.drain()
    }

    package func append(_ media: Media) throws(SinkError) {}
    package func progress(_ done: Int) throws(SinkError) {}
    package func finish() throws(SinkError) {}
    package func close(losses: [Diagnostic]) throws(SinkError) { try output.drain(all: true) }

    private func write(_ block: Block) {
        switch block {
        case .heading(_, let content): paragraph(PlainText.of(content))
        case .paragraph(let content): paragraph(PlainText.of(content), wrap: wrap)
        case .list(let list): write(list)
        case .table(let table):
            separate()
            if !table.head.caption.isEmpty { line(PlainText.of(table.head.caption)) }
            for row in table.head.rows + table.rows { line(PlainText.of(row)) }
        case .code(let text, _), .math(let text), .raw(let text, _): paragraph(text)
        case .quote(let blocks): indented("    ", mark: nil) { blocks.forEach(write) }
        case .definitions(let definitions):
            for definition in definitions {
                paragraph(PlainText.of(definition.term))
                for description in definition.descriptions { indented("    ", mark: nil) { description.forEach(write) } }
            }
        case .rule: return
        case .pageBreak: if pageMarkers { output.append("\u{0C}") }
        case .figure(let blocks, let caption):
            blocks.forEach(write)
            if !caption.isEmpty { paragraph(PlainText.of(caption)) }
        }
    }

    private func write(_ list: List) {
        separate()
        for (place, item) in list.items.enumerated() {
            var mark = "- "
            if case .ordered(let start) = list.marker { mark = "\(start + place). " }
            if let checked = item.checked { mark += checked ? "[x] " : "[ ] " }
            hasBlockBefore = false
            indented(String(repeating: " ", count: mark.count), mark: mark) {
                for block in item.blocks {
                    if case .list = block { hasBlockBefore = false }
                    write(block)
                }
            }
        }
        hasBlockBefore = true
    }

    private func indented(_ more: String, mark: String?, _ body: () -> Void) {
        let outer = indent
        if let mark { self.mark = (self.mark ?? indent) + mark }
        indent += more
        body()
        if mark != nil, self.mark != nil { line("") }
        indent = outer
        hasBlockBefore = true
    }

    private func separate() {
        if hasBlockBefore { output.append("\n") }
        hasBlockBefore = true
    }

    private func paragraph(_ text: String, wrap: Int = 0) {
        guard !text.isEmpty else { return }
        separate()
        for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let width = wrap - (mark ?? indent).utf8.count
            if wrap > 0, width >= 20, part.utf8.count > width { wrapped(part, width) } else { line(String(part)) }
        }
    }

    /// Lines of whole words, at most `width` characters each where the words allow it.
    private func wrapped(_ text: Substring, _ width: Int) {
        var start = text.startIndex
        var (count, end) = (0, text.startIndex)
        for word in text.split(separator: " ") {
            let length = word.unicodeScalars.count
            if count > 0, count + 1 + length > width {
                line(String(text[start..<end]))
                start = word.startIndex
                count = -1
            }
            count += (count == 0 && start == text.startIndex ? 0 : 1) + length
            end = word.endIndex
        }
        line(String(text[start..<end]))
    }

    private func line(_ text: String) {
        let start = mark ?? indent
        mark = nil
        if !text.isEmpty || start != indent {
            output.append(start)
            output.append(text)
        }
        output.append("\n")
    }
}
