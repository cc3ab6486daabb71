// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Whether a `table` element holds data or only arranges a page.
///
/// Layout: declared as presentation; a single cell; one column without headers; a bullet beside its text; or cells that
/// hold most of the table's text together with headings or tables of their own.
enum HTMLTableKind {
    case data, layout

    init(_ rows: HTMLRows, hasCaption: Bool) {
        self = Self.isLayout(rows, hasCaption: hasCaption) ? .layout : .data
    }

    private static func isLayout(_ rows: HTMLRows, hasCaption: Bool) -> Bool {
        if rows.isPresentation { return true }
        let cells = rows.rows.flatMap(\.cells)
        if cells.contains(where: \.isHeader) || rows.rows.contains(where: { $0.section == .head }) {
            return cells.count { !$0.blocks.isEmpty } <= 1
        }
        let filled = rows.rows.map { row in row.cells.filter { !$0.blocks.isEmpty } }.filter { !$0.isEmpty }
        guard !hasCaption else { return filled.isEmpty }
        if filled.allSatisfy({ $0.count == 1 }) {
            return filled.count < 3 || cells.contains { $0.blocks.count > 1 || size(of: $0.blocks) > 200 }
        }
        if filled.count == 1, filled[0].allSatisfy({ if case .code = $0.blocks.first { true } else { false } }) { return true }
        if filled.allSatisfy({ $0.count == 2 && isBullet($0[0].blocks) }) { return true }
        var all = 0
        var heavy = 0
        for row in filled {
            for cell in row {
                let size = size(of: cell.blocks)
                all += size
                let isRich = cell.blocks.count > 3 || cell.blocks.contains(where: isStructure)
                if size > 2_000 || (size > 400 && isRich) { heavy += size }
            }
        }
        return heavy * 10 > all * 7
    }

    private static func isStructure(_ block: Block) -> Bool {
        switch block {
        case .heading, .table, .figure, .quote, .definitions, .list: true
        case .paragraph, .code, .rule, .pageBreak, .math, .raw: false
        }
    }

    static func isBullet(_ blocks: [Block]) -> Bool {
        guard blocks.count == 1, case .paragraph(let inlines) = blocks[0] else { return false }
        return ["•", "·", "●", "○", "■", "▪", "◦", "–", "—", "-", "*", "►", "‣"].contains(HTMLWeight.text(inlines))
    }

    private static func size(of blocks: [Block]) -> Int { blocks.reduce(0) { $0 + HTMLWeight.size($1) } }
}

/// How much text there is in a part of the tree.
enum HTMLWeight {
    static func size(_ block: Block) -> Int {
        switch block {
        case .heading(_, let inlines), .paragraph(let inlines): size(inlines)
        case .list(let list): list.items.reduce(0) { $0 + $1.blocks.reduce(0) { $0 + size($1) } }
        case .table(let table):
            (table.head.rows + table.rows).reduce(0) { $0 + $1.cells.reduce(0) { $0 + $1.blocks.reduce(0) { $0 + size($1) } } }
        case .code(let text, _), .math(let text), .raw(let text, _): text.utf8.count
        case .quote(let blocks): blocks.reduce(0) { $0 + size($1) }
        case .definitions(let entries):
            entries.reduce(0) { $0 + size($1.term) + $1.descriptions.reduce(0) { $0 + $1.reduce(0) { $0 + size($1) } } }
        case .figure(let blocks, let caption): blocks.reduce(size(caption)) { $0 + size($1) }
        case .rule, .pageBreak: 0
        }
    }

    static func size(_ inlines: [Inline]) -> Int {
        inlines.reduce(0) { sum, inline in
            switch inline {
            case .text(let text), .code(let text), .math(let text): sum + text.utf8.count
            case .emphasis(let inner), .strong(let inner), .strikethrough(let inner), .underline(let inner),
                .superscript(let inner), .subscript(let inner), .link(_, _, let inner): sum + size(inner)
            case .lineBreak, .note, .anchor, .image: sum
            }
        }
    }

    /// The text of a run that holds nothing else than one marked text.
    static func text(_ inlines: [Inline]) -> String {
        guard inlines.count == 1 else { return "" }
        switch inlines[0] {
        case .text(let text): return text
        case .emphasis(let inner), .strong(let inner), .superscript(let inner): return text(inner)
        default: return ""
        }
    }
}
