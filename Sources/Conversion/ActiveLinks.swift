// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import DocumentWriters

/// Takes links and pictures whose address would run code out of what readers give, before any writer sees it.
///
/// Their text stays; how many there were is reported once for the document, whatever it is written as.
struct ActiveLinks {
    private(set) var count = 0

    /// A block without them. Nearly every block has none and is given back as it is.
    mutating func cleared(_ block: Block) -> Block { Self.isActive(block) ? without(block) : block }
    mutating func cleared(_ row: Row) -> Row { row.cells.contains { Self.isActive($0.blocks) } ? without(row) : row }
    mutating func cleared(_ note: Note) -> Note { Note(id: note.id, blocks: note.blocks.map { cleared($0) }) }

    mutating func cleared(_ head: TableHead) -> TableHead {
        TableHead(caption: Self.isActive(head.caption) ? without(head.caption) : head.caption, alignments: head.alignments, rows: head.rows.map { cleared($0) })
    }

    var loss: Diagnostic? {
        count == 0 ? nil : Diagnostic(code: "active-links-left-out", message: "links that run code when followed were left out, their text kept", count: count)
    }

    // MARK: Looking

    private static func isActive(_ blocks: [Block]) -> Bool { blocks.contains(where: isActive) }
    private static func isActive(_ inlines: [Inline]) -> Bool { inlines.contains(where: isActive) }

    private static func isActive(_ block: Block) -> Bool {
        switch block {
        case .heading(_, let content), .paragraph(let content): isActive(content)
        case .list(let list): list.items.contains { isActive($0.blocks) }
        case .table(let table):
            isActive(table.head.caption) || table.head.rows.contains { $0.cells.contains { isActive($0.blocks) } }
                || table.rows.contains { $0.cells.contains { isActive($0.blocks) } }
        case .quote(let blocks): isActive(blocks)
        case .definitions(let definitions): definitions.contains { isActive($0.term) || $0.descriptions.contains(where: isActive) }
        case .figure(let blocks, let caption): isActive(blocks) || isActive(caption)
        case .code, .rule, .pageBreak, .math, .raw: false
        }
    }

    private static func isActive(_ inline: Inline) -> Bool {
        switch inline {
        case .link(let address, _, let content): LinkTarget.runsCode(address) || isActive(content)
        case .image(let image): if case .address(let address) = image.source { LinkTarget.runsCode(address) } else { false }
        case .emphasis(let content), .strong(let content), .strikethrough(let content), .underline(let content), .superscript(let content), .subscript(let content):
            isActive(content)
        case .text, .lineBreak, .code, .note, .math, .anchor: false
        }
    }

    // MARK: Leaving out

    private mutating func without(_ row: Row) -> Row {
        Row(row.cells.map { cell in Cell(cell.blocks.map { cleared($0) }, columns: cell.columns, rows: cell.rows) })
    }

    private mutating func without(_ block: Block) -> Block {
        switch block {
        case .heading(let level, let content): .heading(level: level, without(content))
        case .paragraph(let content): .paragraph(without(content))
        case .list(let list): .list(List(list.marker, items: list.items.map { item in ListItem(item.blocks.map { cleared($0) }, checked: item.checked) }))
        case .table(let table): .table(Table(head: cleared(table.head), rows: table.rows.map { cleared($0) }))
        case .quote(let blocks): .quote(blocks.map { cleared($0) })
        case .definitions(let definitions):
            .definitions(definitions.map { one in Definition(term: without(one.term), descriptions: one.descriptions.map { blocks in blocks.map { cleared($0) } }) })
        case .figure(let blocks, let caption): .figure(blocks.map { cleared($0) }, caption: without(caption))
        case .code, .rule, .pageBreak, .math, .raw: block
        }
    }

    private mutating func without(_ inlines: [Inline]) -> [Inline] { inlines.flatMap { without($0) } }

    private mutating func without(_ inline: Inline) -> [Inline] {
        switch inline {
        case .link(let address, let title, let content):
            guard LinkTarget.runsCode(address) else { return [.link(to: address, title: title, without(content))] }
            count += 1
            return without(content)
        case .image(let image):
            guard case .address(let address) = image.source, LinkTarget.runsCode(address) else { return [inline] }
            count += 1
            return image.alternative.isEmpty ? [] : [.text(image.alternative)]
        case .emphasis(let content): return [.emphasis(without(content))]
        case .strong(let content): return [.strong(without(content))]
        case .strikethrough(let content): return [.strikethrough(without(content))]
        case .underline(let content): return [.underline(without(content))]
        case .superscript(let content): return [.superscript(without(content))]
        case .subscript(let content): return [.subscript(without(content))]
        case .text, .lineBreak, .code, .note, .math, .anchor: return [inline]
        }
    }
}
