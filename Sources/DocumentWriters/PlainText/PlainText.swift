// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// The text of nodes without any form.
enum PlainText {
    static func of(_ inlines: [Inline]) -> String { inlines.map(of).joined() }

    private static func of(_ inline: Inline) -> String {
        switch inline {
        case .text(let text), .code(let text), .math(let text): text
        case .lineBreak: "\n"
        case .emphasis(let content), .strong(let content), .strikethrough(let content), .underline(let content),
            .superscript(let content), .subscript(let content), .link(_, _, let content): of(content)
        case .image(let image): image.alternative
        case .note(let id): "[\(NoteLabel.text(id))]"
        case .anchor: ""
        }
    }

    /// A row's cells, held apart by tabs; line ends within a cell become spaces.
    static func of(_ row: Row) -> String {
        row.cells.map { cell in
            let text = cell.blocks.map(of).filter { !$0.isEmpty }.joined(separator: " ")
            return text.contains { $0 == "\n" || $0 == "\t" } ? String(text.map { $0 == "\n" || $0 == "\t" ? " " : $0 }) : text
        }.joined(separator: "\t")
    }

    static func of(_ block: Block) -> String {
        switch block {
        case .heading(_, let content), .paragraph(let content): of(content)
        case .list(let list): list.items.map { $0.blocks.map(of).joined(separator: " ") }.joined(separator: " ")
        case .table(let table): (table.head.rows + table.rows).map { of($0) }.joined(separator: " ")
        case .code(let text, _), .math(let text), .raw(let text, _): text
        case .quote(let blocks): blocks.map(of).joined(separator: " ")
        case .definitions(let definitions):
            definitions.map { of($0.term) + " " + $0.descriptions.map { $0.map(of).joined(separator: " ") }.joined(separator: " ") }.joined(separator: " ")
        case .rule, .pageBreak: ""
        case .figure(let blocks, let caption): blocks.map(of).joined(separator: " ") + " " + of(caption)
        }
    }
}
