// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// The line of a pipe table on its way: a cell's blocks are joined by `<br>`.
struct MarkdownTableLine {
    let inlines: MarkdownInlines
    var line: [UInt8] = []
    /// Whether a cell held what a line cannot show.
    private(set) var hasBlocks = false

    init(_ inlines: MarkdownInlines) { self.inlines = inlines }

    mutating func append(_ cell: Cell) {
        let start = line.count
        for block in cell.blocks {
            let before = line.count
            append(block, indent: 0)
            if before > start, line.count > before { line.insert(contentsOf: "<br>".utf8, at: before) }
        }
        // Breaks within the text, and no space at its ends.
        let content = line[start...].stripped
        guard content.contains(0x0A) || content.count != line.count - start else { return }
        var clean: [UInt8] = []
        clean.reserveCapacity(content.count + 16)
        for byte in content { if byte == 0x0A { clean.append("<br>") } else { clean.append(byte) } }
        line.replaceSubrange(start..., with: clean)
    }

    private mutating func append(_ block: Block, indent: Int) {
        switch block {
        case .paragraph(let text): inlines.render(text, to: &line)
        case .heading(_, let text): inlines.render([.strong(text)], to: &line)
        case .list(let list):
            hasBlocks = true
            self.list(list, indent)
        case .code(let text, _), .raw(let text, _):
            hasBlocks = true
            joined(text.split(separator: "\n")) { $0.inlines.render([.code(String($1))], to: &$0.line) }
        case .math(let formula): inlines.render([.math(formula)], to: &line)
        case .quote(let blocks), .figure(let blocks, caption: _):
            joined(blocks) { $0.append($1, indent: indent) }
            if case .figure(_, let caption) = block, !caption.isEmpty {
                line.append("<br>")
                inlines.render(caption, to: &line)
            }
        case .definitions(let definitions):
            joined(definitions) { cell, definition in
                cell.inlines.render([.strong(definition.term), .text(": ")], to: &cell.line)
                cell.joined(definition.descriptions.flatMap { $0 }) { $0.append($1, indent: indent) }
            }
        case .table(let table):
            hasBlocks = true
            joined(table.head.rows + table.rows) { out, row in
                var isFirst = true
                for cell in row.cells {
                    if !isFirst { out.line.append(" ") }
                    isFirst = false
                    out.joined(cell.blocks) { $0.append($1, indent: indent) }
                }
            }
        case .rule, .pageBreak: break
        }
    }

    private mutating func joined<Part>(_ parts: [Part], _ each: (inout Self, Part) -> Void) {
        var isFirst = true
        for part in parts {
            if !isFirst { line.append("<br>") }
            isFirst = false
            each(&self, part)
        }
    }

    private mutating func list(_ list: List, _ indent: Int) {
        for (index, item) in list.items.enumerated() {
            if index > 0 { line.append("<br>") }
            for _ in 0..<min(indent, 8) { line.append("&nbsp;&nbsp;") }
            switch list.marker {
            case .bullet: line.append("- ")
            case .ordered(let start): line.append("\(start + index). ")
            }
            if let isChecked = item.checked { line.append(isChecked ? "[x] " : "[ ] ") }
            joined(item.blocks) { $0.append($1, indent: indent + 1) }
        }
    }
}
