// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// A row of a table that a page's end parts.
///
///     │ Wharves │ Planks that the storm │        │ Wharves │ Planks that the storm has │
///     ╘═════════╧═══════════════════════╛   ▶    │         │ loosened                  │
///     ╒═════════╤═══════════════════════╕
///     │         │ has loosened          │
enum PartedRow {
    /// Both parts as one row: the label stays above, and one cell at least goes on in the middle of a sentence. nil when the second is a row of its own.
    static func joined(_ one: Row, _ other: Row) -> Row? {
        guard one.cells.count == other.cells.count, let label = one.cells.first, !label.blocks.isEmpty, other.cells[0].blocks.isEmpty else { return nil }
        var row = one
        var isProved = false
        for (index, more) in other.cells.enumerated() where !more.blocks.isEmpty {
            guard more.columns == row.cells[index].columns, case .paragraph(let end)? = row.cells[index].blocks.popLast(), case .paragraph(let start)? = more.blocks.first
            else { return nil }
            if TextEdges.endsSentence(text(end)) {
                row.cells[index].blocks += [.paragraph(end)] + more.blocks
                continue
            }
            isProved = isProved || TextEdges.startsLower(text(start))
            row.cells[index].blocks += [.paragraph(end + [.text(" ")] + start)] + more.blocks.dropFirst()
        }
        return isProved ? row : nil
    }

    private static func text(_ inlines: [Inline]) -> [UInt8] {
        inlines.flatMap { inline -> [UInt8] in
            switch inline {
            case .text(let text), .code(let text): Array(text.utf8)
            case .emphasis(let inner), .strong(let inner), .strikethrough(let inner), .underline(let inner), .superscript(let inner), .subscript(let inner),
                .link(_, _, let inner): text(inner)
            case .lineBreak, .image, .note, .math, .anchor: []
            }
        }
    }
}
