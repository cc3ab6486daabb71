// SPDX-License-Identifier: Apache-2.0

/// One cell of a table, its text not parsed yet.
struct RSTCell {
    var lines: [Line]
    var columns = 1
    var rows = 1

    /// A cell's lines without their common indentation, white space at their ends, and blank lines at the end.
    static func dedented(_ lines: [Line]) -> [Line] {
        var lines = lines.map { line in line.lastIndex { $0 != 0x20 }.map { line[...$0] } ?? line.prefix(0) }
        while lines.last?.isEmpty == true { lines.removeLast() }
        let indent = lines.reduce(Int.max) { $1.isEmpty ? $0 : min($0, $1.indent) }
        return lines.map { $0.dropFirst(min(indent, $0.count)) }
    }
}

/// Tables between lines of `===`: columns as wide as those lines, spans by lines of `---` (Docutils, "Simple Tables").
enum RSTSimpleTable {
    static func isBorder(_ line: Line) -> Bool { runs(line, of: UInt8(ascii: "=")) != nil }

    /// Where the columns begin and end; at least two of them.
    static func columns(_ line: Line) -> [Range<Int>]? {
        guard let columns = runs(line, of: UInt8(ascii: "=")), columns.count > 1 else { return nil }
        return columns
    }

    /// The stretches of a line of nothing but one mark and spaces.
    private static func runs(_ line: Line, of mark: UInt8) -> [Range<Int>]? {
        guard line.first == mark else { return nil }
        var columns: [Range<Int>] = []
        var start: Int?
        for (place, byte) in line.enumerated() {
            if byte == mark { start = start ?? place } else if byte == 0x20 {
                if let first = start { columns.append(first..<place) }
                start = nil
            } else {
                return nil
            }
        }
        if let first = start { columns.append(first..<line.count) }
        return columns
    }

    /// The rows above `border`, which may join columns of the last one.
    static func rows(_ lines: ArraySlice<Line>, _ columns: [Range<Int>], border: Line) -> [[RSTCell]] {
        var rows: [[RSTCell]] = []
        var open: [Line] = []
        func close(_ spans: [Range<Int>]) {
            let row = cells(open, spans, columns)
            if row.contains(where: { $0.lines.contains { !$0.isBlank } }) { rows.append(row) }
            open = []
        }
        for line in lines {
            if line.isBlank {
                // Blank lines part rows; within a cell of several lines they are its own.
                if !open.isEmpty { open.append([]) }
            } else if let spans = runs(line, of: UInt8(ascii: "-")), spans.count > 1 || line.count > 3 {
                // The row above spans what the dashes join.
                close(spans)
            } else {
                if !cut(line, columns)[0].isBlank { close(columns) }
                open.append(line)
            }
        }
        close(runs(border, of: UInt8(ascii: "=")) ?? columns)
        return rows
    }

    /// The lines of a row, cut where its cells begin.
    private static func cells(_ lines: [Line], _ spans: [Range<Int>], _ columns: [Range<Int>]) -> [RSTCell] {
        let parts = lines.map { cut($0, spans) }
        return spans.indices.map { index in
            let covered = columns.count { $0.lowerBound >= spans[index].lowerBound && $0.lowerBound < spans[index].upperBound }
            return RSTCell(lines: RSTCell.dedented(parts.map { $0[index] }), columns: max(1, covered))
        }
    }

    /// The last column takes all that is left.
    private static func cut(_ line: Line, _ columns: [Range<Int>]) -> [Line] {
        let places = RSTColumns.places(line)
        func place(_ column: Int) -> Int { column < places.count ? places[column] : line.endIndex }
        return columns.indices.map { index in
            let start = place(columns[index].lowerBound)
            let end = index + 1 < columns.count ? place(columns[index + 1].lowerBound) : line.endIndex
            return line[start..<max(start, end)]
        }
    }
}
