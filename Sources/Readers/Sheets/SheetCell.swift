// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// A cell that shows something. Rows and columns count from 0.
package struct SheetCell: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case text, number
        /// Truth values and errors.
        case other
    }

    package var column: Int
    package var kind: Kind
    /// Any number that is the same for cells that look the same; 0 where the format has none.
    package var style: Int
    /// What the cell shows; `\n` begins a line.
    package var text: String
    /// What it shows where plain text does not say it: links, notes, marks. Stands in the text's place.
    package var content: [Inline]?
    /// How far a merged cell reaches; the cells it covers are not given.
    package var columns: Int
    package var rows: Int

    package init(column: Int, kind: Kind, style: Int = 0, text: String, content: [Inline]? = nil, columns: Int = 1, rows: Int = 1) {
        self.column = column
        self.kind = kind
        self.style = style
        self.text = text
        self.content = content
        self.columns = columns
        self.rows = rows
    }

    package var lastColumn: Int { column + columns - 1 }

    package var inlines: [Inline] { content ?? Self.lines(text) }

    var isEmpty: Bool { content?.isEmpty ?? text.isEmpty }

    /// Text with its line breaks.
    package static func lines(_ text: String) -> [Inline] {
        guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return text.isEmpty ? [] : [.text(text)] }
        var out: [Inline] = []
        for line in text.utf8.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 0x0A }) {
            if !out.isEmpty { out.append(.lineBreak) }
            // Lines of other systems end in CR LF, or in CR alone.
            for (index, part) in line.split(separator: 0x0D).enumerated() {
                if index > 0 { out.append(.lineBreak) }
                out.append(.text(String(Substring(part))))
            }
        }
        return out
    }

    /// Names a column (`period 2021`) rather than being a value: text, or a year.
    var canBeHeading: Bool {
        switch kind {
        case .text: true
        case .number: text.utf8.count == 4 && (text.hasPrefix("19") || text.hasPrefix("20")) && text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
        case .other: false
        }
    }
}

/// The cells of one row, from left to right, none of them empty.
package struct SheetRow: Sendable, Hashable {
    package var index: Int
    package var isHidden: Bool
    package var cells: [SheetCell]

    package init(_ index: Int, isHidden: Bool = false, _ cells: [SheetCell]) {
        self.index = index
        self.isHidden = isHidden
        self.cells = cells
    }
}
