// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// A document in one line per block, for comparing: `p(a strong(b))`, `ul(li(p(x)))`.
package enum Outline {
    package static func read(
        _ bytes: [UInt8], _ reader: some DocumentReader, nameExtension: String = "", limits: ReadLimits = ReadLimits()
    ) throws -> (document: Document, diagnostics: Diagnostics) {
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        try bytes.withUnsafeBytes {
            try reader.read(Source($0, nameExtension: nameExtension), limits: limits, into: builder, diagnostics: &diagnostics)
        }
        return (builder.document, diagnostics)
    }

    package static func block(_ block: Block) -> String {
        switch block {
        case .heading(let level, let inlines): "h\(level)(\(text(inlines)))"
        case .paragraph(let inlines): "p(\(text(inlines)))"
        case .list(let list):
            (list.marker == .bullet ? "ul" : "ol") + start(list.marker) + "("
                + list.items.map { ($0.checked.map { $0 ? "[x]" : "[ ]" } ?? "") + "li(" + blocks($0.blocks) + ")" }.joined(separator: " ") + ")"
        case .table(let table): self.table(table)
        case .code(let code, let language): "code\(language.map { ":" + $0 } ?? "")(\(code))"
        case .quote(let inner): "quote(\(blocks(inner)))"
        case .definitions(let entries):
            "dl(" + entries.map { "dt(\(text($0.term)))" + $0.descriptions.map { " dd(\(blocks($0)))" }.joined() }.joined(separator: " ") + ")"
        case .rule: "hr"
        case .pageBreak: "page"
        case .figure(let inner, let caption): "figure(\(blocks(inner)) | \(text(caption)))"
        case .math(let latex): "math(\(latex))"
        case .raw(let raw, _): "raw(\(raw))"
        }
    }

    package static func table(_ table: Table) -> String {
        func row(_ row: Row) -> String {
            row.cells.map { cell in
                blocks(cell.blocks) + (cell.columns > 1 ? "→\(cell.columns)" : "") + (cell.rows > 1 ? "↓\(cell.rows)" : "")
            }.joined(separator: " | ")
        }
        let caption = table.head.caption.isEmpty ? "" : "caption(\(text(table.head.caption))) "
        return "table(" + caption + (table.head.rows.map { "head: " + row($0) } + table.rows.map(row)).joined(separator: " / ") + ")"
    }

    package static func blocks(_ blocks: [Block]) -> String {
        blocks.map { if case .paragraph(let inlines) = $0, blocks.count == 1 { text(inlines) } else { block($0) } }.joined(separator: " ")
    }

    package static func text(_ inlines: [Inline]) -> String {
        inlines.map { inline in
            switch inline {
            case .text(let text): text
            case .lineBreak: "⏎"
            case .emphasis(let inner): "em(\(text(inner)))"
            case .strong(let inner): "strong(\(text(inner)))"
            case .strikethrough(let inner): "del(\(text(inner)))"
            case .underline(let inner): "u(\(text(inner)))"
            case .superscript(let inner): "sup(\(text(inner)))"
            case .subscript(let inner): "sub(\(text(inner)))"
            case .code(let code): "code(\(code))"
            case .link(let address, let title, let inner): "a[\(address)\(title.map { " '\($0)'" } ?? "")](\(text(inner)))"
            case .image(let image):
                switch image.source {
                case .media(let id): "img[\(id.name)](\(image.alternative))"
                case .address(let address): "img[\(address)](\(image.alternative))"
                }
            case .note: "note"
            case .math(let latex): "math(\(latex))"
            case .anchor(let name): "anchor(\(name))"
            }
        }.joined()
    }

    private static func start(_ marker: List.Marker) -> String {
        if case .ordered(let start) = marker, start != 1 { "\(start)" } else { "" }
    }
}
