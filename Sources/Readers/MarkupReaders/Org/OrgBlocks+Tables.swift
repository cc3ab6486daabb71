// SPDX-License-Identifier: Apache-2.0
import DocumentTree

// Tables: lines that begin with a bar, and drawings as Emacs' table.el makes them.

extension OrgBlocks {
    mutating func table() {
        var lines: [[[UInt8]]?] = []
        while at < self.lines.count {
            let line = self.lines[at].trimmed
            guard line.first == UInt8(ascii: "|") else { break }
            lines.append(line.hasPrefix("|-") ? nil : MarkdownLine.cells(line))
            at += 1
        }
        if OrgTable.hasSpecialColumn(lines) { lines = lines.filter { $0?.first != [UInt8(ascii: "/")] }.map { $0.map { Array($0.dropFirst()) } } }
        var rows: [Row] = []
        var head: [Row] = []
        var alignments: [Alignment] = []
        for cells in lines {
            guard let cells else {
                // What stands above the first rule is the header.
                if head.isEmpty, !rows.isEmpty { (head, rows) = (rows, []) }
                continue
            }
            if let found = OrgTable.alignments(cells) {
                alignments = found
                continue
            }
            rows.append(Row(cells.map { cell in
                let content = spans(cell[...])
                return Cell(content.isEmpty ? [] : [.paragraph(content)])
            }))
        }
        if rows.isEmpty { (rows, head) = (head, []) }
        blocks.append(.table(Table(head: TableHead(caption: caption, alignments: alignments, rows: head), rows: rows)))
        caption = []
    }

    /// False where the lines are no drawing.
    mutating func drawnTable() -> Bool {
        var end = at
        while end < lines.count, let first = lines[end].trimmed.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "|") { end += 1 }
        guard end - at >= 3, depth < Self.deepest, var grid = RSTGrid(lines[at..<end].map(\.trimmed)[...]), let drawn = grid.read() else { return false }
        flush()
        at = end
        func row(_ cells: [RSTCell]) -> Row { Row(cells.map { Cell(Self.parse($0.lines, depth: depth + 1, parsing), columns: $0.columns, rows: $0.rows) }) }
        blocks.append(.table(Table(head: TableHead(caption: caption, rows: drawn.head.map(row)), rows: drawn.rows.map(row))))
        caption = []
        return true
    }
}

/// What cells of a table say of the table (Org manual, "Advanced features" and "Column Groups").
enum OrgTable {
    /// Whether the first column holds nothing but marks for calculating and grouping.
    static func hasSpecialColumn(_ lines: [[[UInt8]]?]) -> Bool {
        let cells = lines.compactMap { $0?.first }
        return cells.contains { !$0.isEmpty } && cells.allSatisfy { $0.isEmpty || $0.count == 1 && "/#!^_$*".utf8.contains($0[0]) }
    }

    /// `<l>`, `<c>`, `<r12>` or `<12>` in every cell that is not empty.
    static func alignments(_ cells: [[UInt8]]) -> [Alignment]? {
        guard cells.allSatisfy({ $0.isEmpty || isCookie($0) }), cells.contains(where: { !$0.isEmpty }) else { return nil }
        return cells.map { cell in
            switch cell.dropFirst().first {
            case UInt8(ascii: "l"): .left
            case UInt8(ascii: "c"): .center
            case UInt8(ascii: "r"): .right
            default: .natural
            }
        }
    }

    private static func isCookie(_ cell: [UInt8]) -> Bool {
        guard cell.count > 2, cell.first == UInt8(ascii: "<"), cell.last == UInt8(ascii: ">") else { return false }
        let inside = cell.dropFirst().dropLast()
        let digits = inside.drop { $0 == UInt8(ascii: "l") || $0 == UInt8(ascii: "c") || $0 == UInt8(ascii: "r") }
        return inside.count - digits.count <= 1 && digits.count <= 3 && digits.allSatisfy(Letters.isDigit)
    }
}
