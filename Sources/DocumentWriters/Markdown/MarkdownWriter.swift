// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// Writes GitHub-flavoured Markdown (GFM 0.29) block by block, in memory for one block or one row.
///
/// Not expressible there and written plainly: underline, spans of cells, blocks within cells.
package final class MarkdownWriter: DocumentWriter {
    package var diagnostics: Diagnostics {
        var all = losses
        pictures.report(to: &all)
        return all
    }

    private var losses = Diagnostics()
    private let options: WriteOptions
    private let output: OutputBuffer
    private let pictures: PictureLinks
    private var layout: MarkdownLayout
    private var table: (any TableRows)?
    /// The mark of the list that ended right before, which the next one must not use.
    private var lastMark: UInt8 = 0
    /// Not written yet.
    private var frontMatter = ""

    package init(options: WriteOptions, output: OutputBuffer) {
        self.options = options
        self.output = output
        pictures = PictureLinks(options)
        layout = MarkdownLayout(output)
    }

    package func begin(_ metadata: Metadata) throws(SinkError) {
        guard options.frontMatter else { return }
        frontMatter = FrontMatter.text(metadata, source: options.sourceName)
    }

    package func append(_ block: Block) throws(SinkError) {
        // Markdown that passes through may have front matter of its own.
        if case .raw(let text, "md") = block, text.hasPrefix("---\n") { frontMatter = "" }
        flushFrontMatter()
        write(block)
        try output.drain()
    }

    private func flushFrontMatter() {
        guard !frontMatter.isEmpty else { return }
        output.append(frontMatter)
        frontMatter = ""
        layout.endBlock()
    }

    package func beginTable(_ head: TableHead) throws(SinkError) {
        flushFrontMatter()
        begin(head, width: 0)
    }

    package func appendRow(_ row: Row) throws(SinkError) {
        table?.append(row, &layout)
        try output.drain()
    }

    package func endTable() throws(SinkError) {
        end()
        try output.drain()
    }

    package func append(_ note: Note) throws(SinkError) {
        layout.separate()
        var mark: [UInt8] = []
        mark.append("[^")
        mark.append(NoteLabel.text(note.id))
        mark.append("]: ")
        layout.push(first: mark, further: Array("    ".utf8), isTight: false)
        write(note.blocks)
        layout.pop()
        lastMark = 0
        try output.drain()
    }

    package func append(_ media: Media) throws(SinkError) { pictures.take(media, &losses) }
    package func progress(_ done: Int) throws(SinkError) {}
    package func finish() throws(SinkError) {}
    package func close(losses: [Diagnostic]) throws(SinkError) {
        flushFrontMatter()
        try output.drain(all: true)
    }

    private func write(_ blocks: [Block]) {
        for block in blocks { write(block) }
    }

    private func write(_ block: Block) {
        if case .list(let list) = block { return write(list) }
        if case .definitions(let definitions) = block { return write(MarkdownDefinitions.list(definitions)) }
        switch block {
        case .heading(let level, let inlines): heading(level, inlines)
        case .paragraph(let inlines): paragraph(inlines)
        case .list, .definitions: break
        case .table(let table): write(table)
        case .code(let text, let language): code(text, language)
        case .quote(let blocks):
            guard !blocks.isEmpty else { return }
            layout.separate()
            layout.push(first: Array("> ".utf8), further: Array("> ".utf8), isTight: false)
            lastMark = 0
            write(blocks)
            layout.pop()
        // Behind a list's mark other dashes or asterisks would make one rule of the line; at the very start dashes begin front matter.
        case .rule: lines(layout.isAtMark ? "___" : layout.isAtStart ? "***" : "---")
        case .pageBreak(let page, let label):
            guard options.pageMarkers, let page else { return }
            // What would end the comment is left out.
            lines("<!-- page \(page)" + (label.map { " (\($0.filter { $0 != ">" && !$0.isNewline }))" } ?? "") + " -->")
        case .figure(let blocks, let caption):
            write(blocks)
            paragraph(caption)
        case .math(let formula): lines("$$\n" + MarkdownText.formula(formula) + "\n$$")
        case .raw(let text, let format):
            guard format == "md" || format == "markdown" else { return code(text, format) }
            verbatim(text)
        }
        lastMark = 0
    }

    private func heading(_ level: Int, _ inlines: [Inline]) {
        var text: [UInt8] = []
        MarkdownInlines(pictures, dropsStrong: true).render(inlines, to: &text)
        for index in text.indices where text[index] == 0x0A { text[index] = 0x20 }
        let content = text[...].stripped
        guard !content.isEmpty else { return }
        var line = [UInt8](repeating: UInt8(ascii: "#"), count: min(max(level + options.headingOffset, 1), 6))
        line.append(0x20)
        line += content
        // A run of # at the end would be taken off (CommonMark 4.2).
        if line.last == UInt8(ascii: "#"), let run = line.lastIndex(where: { $0 != UInt8(ascii: "#") }), ASCII.isSpace(line[run]) {
            line.insert(UInt8(ascii: "\\"), at: line.count - 1)
        }
        layout.separate()
        layout.line(line)
        layout.endBlock()
    }

    private func paragraph(_ inlines: [Inline]) {
        var text: [UInt8] = []
        MarkdownInlines(pictures).render(inlines, to: &text)
        let content = text[...].stripped
        guard !content.isEmpty else { return }
        layout.separate()
        var isFirst = true
        var rest = content
        while !rest.isEmpty {
            let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
            var line = rest[..<end].stripped
            rest = rest[end...].dropFirst()
            guard !line.isEmpty else { continue }
            if let place = MarkdownLine.escape(in: line, isFirst: isFirst) { line.insert(UInt8(ascii: "\\"), at: place) }
            // Two spaces are a line break (CommonMark 6.7).
            if !rest.isEmpty { line += [0x20, 0x20] }
            MarkdownWrap.lines(line, width: options.wrap > 0 ? options.wrap - layout.column : 0) { layout.line($0) }
            isFirst = false
        }
        layout.endBlock()
    }

    private func write(_ list: List) {
        guard !list.items.isEmpty else { return }
        let isTight = list.items.allSatisfy { $0.blocks.isTight }
        var number = 0
        let mark: UInt8
        switch list.marker {
        case .bullet: mark = lastMark == UInt8(ascii: "-") ? UInt8(ascii: "*") : UInt8(ascii: "-")
        case .ordered(let start):
            number = min(max(start, 0), 999_999_999 - list.items.count)
            mark = lastMark == UInt8(ascii: ".") ? UInt8(ascii: ")") : UInt8(ascii: ".")
        }
        let isOrdered = mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")")
        for (index, item) in list.items.enumerated() {
            // Only a list that starts at 1 may follow a paragraph directly (CommonMark 5.3).
            if index == 0 { layout.separate(isForced: isOrdered && number != 1) } else if !isTight { layout.blank() }
            var lead = isOrdered ? Array("\(number + index)".utf8) : []
            lead += [mark, 0x20]
            let indent = [UInt8](repeating: 0x20, count: lead.count)
            if let isChecked = item.checked { lead.append(isChecked ? "[x] " : "[ ] ") }
            layout.push(first: lead, further: indent, isTight: isTight)
            lastMark = 0
            write(item.blocks)
            layout.pop()
        }
        layout.endBlock()
        lastMark = mark
    }

    private func code(_ text: String, _ language: String?) {
        let fence = MarkdownFence.bytes(around: text)
        layout.separate()
        layout.line(fence + MarkdownFence.language(language))
        verbatimLines(text)
        layout.line(fence)
        layout.endBlock()
    }

    private func lines(_ text: String) {
        layout.separate()
        verbatimLines(text)
        layout.endBlock()
    }

    private func verbatim(_ text: String) {
        guard !text.isEmpty else { return }
        verbatimLines(text)
    }

    private func verbatimLines(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            var rest = bytes[...]
            while let end = rest.firstIndex(of: 0x0A) {
                layout.line(rest[..<end])
                rest = rest[(end + 1)...]
            }
            if !rest.isEmpty { layout.line(rest) }
        }
    }

    private func write(_ table: Table) {
        begin(table.head, width: max(MarkdownGrid.width(table.head.rows), MarkdownGrid.width(table.rows)))
        for row in table.rows { self.table?.append(row, &layout) }
        end()
    }

    private func begin(_ head: TableHead, width: Int) {
        lastMark = 0
        paragraph(head.caption)
        layout.separate()
        table = options.tables == .html
            ? HTMLTableRows(head, options, pictures, &layout) : MarkdownTableRows(head, width: width, pictures)
    }

    private func end() {
        table?.end(&layout)
        for (code, message) in table?.losses ?? [] { losses.report(code, message) }
        table = nil
        layout.endBlock()
    }
}

/// Writes the rows of one table as they come.
protocol TableRows {
    /// Codes and messages of what the table lost.
    var losses: [(String, String)] { get }
    mutating func append(_ row: Row, _ layout: inout MarkdownLayout)
    mutating func end(_ layout: inout MarkdownLayout)
}

extension [Block] {
    /// Whether a list item with these blocks needs no blank lines: one block, or a paragraph, lists and pages' beginnings.
    var isTight: Bool {
        guard count > 1 else { return true }
        guard case .paragraph = self[0] else { return false }
        return dropFirst().allSatisfy { if case .list = $0 { true } else if case .pageBreak = $0 { true } else { false } }
    }
}
