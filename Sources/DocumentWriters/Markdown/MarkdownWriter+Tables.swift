// SPDX-License-Identifier: Apache-2.0
import DocumentTree

extension MarkdownWriter {
    /// A pipe table; a spanning cell stands at its top left and leaves empty cells behind it.
    /// With `.html`, or `.auto` for a table that holds tables, an HTML table.
    func write(_ table: Table) {
        guard !table.rows.isEmpty || !table.head.rows.isEmpty else { return caption(table.head.caption) }
        let rows = table.head.rows + table.rows
        let isNested = rows.contains { $0.cells.contains { $0.blocks.contains(where: Self.isTable) } }
        if options.tables == .html || options.tables == .auto && isNested {
            separate()
            let html = OutputBuffer()
            HTMLBlocks(output: html, pictures: pictures).write(.table(table))
            for part in html.bytes.split(separator: 0x0A) { line(part) }
            return
        }
        let grid = TableGrid(rows)
        if grid.hasSpans { diagnostics.report("table-spans-flattened", "cells that span rows or columns stand once, at their top left") }
        separate()
        caption(table.head.caption)
        var pipes = MarkdownPipeRows(table.head, width: grid.width)
        for row in grid.rows { pipes.append(row.map { $0.map { cellText($0) } ?? [] }, to: self) }
    }

    func caption(_ content: [Inline]) {
        let text = inlines(content, .paragraph)
        guard !text.isEmpty else { return }
        for part in text.split(separator: 0x0A) { line(part) }
        line([])
    }

    private static func isTable(_ block: Block) -> Bool {
        if case .table = block { return true }
        return false
    }

    /// A cell's blocks on one line, held apart by `<br>`.
    func cellText(_ cell: Cell) -> [UInt8] {
        var parts: [[UInt8]] = []
        collect(cell.blocks, mark: "", into: &parts)
        return Array(parts.joined(separator: Array("<br>".utf8)))
    }

    private func collect(_ blocks: [Block], mark: String, into parts: inout [[UInt8]]) {
        var mark = mark
        func add(_ bytes: [UInt8]) {
            if !bytes.isEmpty { parts.append(Array(mark.utf8) + bytes) }
            mark = ""
        }
        for block in blocks {
            switch block {
            case .heading(_, let content), .paragraph(let content): add(inlines(content, .cell))
            case .list(let list):
                for (place, item) in list.items.enumerated() {
                    var mark = "- "
                    if case .ordered(let start) = list.marker { mark = "\(start + place). " }
                    if let checked = item.checked { mark += checked ? "[x] " : "[ ] " }
                    collect(item.blocks, mark: mark, into: &parts)
                }
            case .table(let table):
                for row in table.head.rows + table.rows {
                    let cells = row.cells.map { cellText($0) }.filter { !$0.isEmpty }
                    add(Array(cells.joined(separator: Array(" · ".utf8))))
                }
            case .code(let text, _), .raw(let text, _):
                for line in text.split(whereSeparator: \.isNewline) { add(inlines([.code(String(line))], .cell)) }
            case .quote(let blocks): collect(blocks, mark: "", into: &parts)
            case .definitions(let definitions):
                for definition in definitions {
                    add(inlines([.strong(definition.term)], .cell))
                    for description in definition.descriptions { collect(description, mark: "", into: &parts) }
                }
            case .rule, .pageBreak: continue
            case .figure(let blocks, let caption):
                collect(blocks, mark: "", into: &parts)
                add(inlines([.emphasis(caption)], .cell))
            case .math(let formula): add(inlines([.math(formula)], .cell))
            }
        }
    }
}

/// The rows of one pipe table on their way out. The first row is the header: Markdown has no table without one.
struct MarkdownPipeRows {
    private let alignments: [Alignment]
    private var width: Int?
    private var hasHeader = false

    init(_ head: TableHead, width: Int?) {
        alignments = head.alignments
        self.width = width ?? (head.alignments.isEmpty ? nil : head.alignments.count)
    }

    mutating func append(_ cells: [[UInt8]], to writer: MarkdownWriter) {
        let columns = max(1, width ?? cells.count)
        width = columns
        var line: [UInt8] = []
        for column in 0..<max(columns, hasHeader ? 0 : cells.count) {
            line += "| ".utf8
            if column < cells.count, !cells[column].isEmpty { line += cells[column] + [0x20] }
        }
        line.append(UInt8(ascii: "|"))
        writer.line(line)
        guard !hasHeader else { return }
        hasHeader = true
        width = max(columns, cells.count)
        writer.line((0..<max(columns, cells.count)).map { rule($0) }.joined() .utf8.map { $0 } + [UInt8(ascii: "|")])
    }

    private func rule(_ column: Int) -> String {
        switch column < alignments.count ? alignments[column] : .natural {
        case .natural: "| --- "
        case .left: "| :-- "
        case .center: "| :-: "
        case .right: "| --: "
        }
    }
}
