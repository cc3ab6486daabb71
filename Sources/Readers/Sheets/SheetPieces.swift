// SPDX-License-Identifier: Apache-2.0

/// Groups the cells of a band that touch at a side (a union-find over cells, filled row by row).
struct SheetPieces {
    private struct Span {
        var left: Int
        var right: Int
        var bottom: Int
        var cell: Int
    }

    private let band: SheetBand
    /// Merged cells from rows above that are still looked at.
    private static let mostReaching = 1_024
    /// The number of each row's first cell.
    private var starts: [Int] = []
    private var parents: [Int]
    private var numbers: [Int] = []

    init(_ band: SheetBand) {
        self.band = band
        parents = Array(0..<band.cellCount)
        var above: [Span] = []
        var next = 0
        var last = Int.min
        for row in band.rows {
            starts.append(next)
            var here = Array(above.lazy.filter { $0.bottom >= row.index }.prefix(Self.mostReaching))
            // Over an empty row only merged cells reach.
            if row.index > last + 1 { above = above.filter { $0.bottom >= row.index - 1 } }
            for cell in row.cells {
                here.append(Span(left: cell.column, right: cell.lastColumn, bottom: row.index + cell.rows - 1, cell: next))
                next += 1
            }
            here.sort { $0.left < $1.left }
            connect(here)
            let apart = Self.apart(here)
            connect(apart, above)
            above = apart
            last = row.index
        }
    }

    /// Spans from left to right with those that overlap as one: they are one piece, and no table has them.
    private static func apart(_ row: [Span]) -> [Span] {
        var out: [Span] = []
        for span in row {
            guard let last = out.last, span.left <= last.right else {
                out.append(span)
                continue
            }
            out[out.count - 1].right = max(last.right, span.right)
            out[out.count - 1].bottom = max(last.bottom, span.bottom)
        }
        return out
    }

    private mutating func connect(_ row: [Span]) {
        for (left, right) in zip(row, row.dropFirst()) where right.left <= left.right + 1 { join(left.cell, right.cell) }
    }

    /// Both from left to right.
    private mutating func connect(_ row: [Span], _ above: [Span]) {
        var at = 0
        for span in row {
            while at < above.count, above[at].right < span.left { at += 1 }
            var other = at
            while other < above.count, above[other].left <= span.right {
                join(span.cell, above[other].cell)
                other += 1
            }
        }
    }

    private mutating func root(_ cell: Int) -> Int {
        var at = cell
        while parents[at] != at {
            parents[at] = parents[parents[at]]
            at = parents[at]
        }
        return at
    }

    private mutating func join(_ a: Int, _ b: Int) {
        let (one, other) = (root(a), root(b))
        if one != other { parents[max(one, other)] = min(one, other) }
    }

    /// The rectangle of each piece; pieces are numbered by their first cell.
    mutating func areas() -> [CellArea] {
        var areas: [CellArea] = []
        numbers = Array(repeating: -1, count: parents.count)
        for (place, row) in band.rows.enumerated() {
            for (index, cell) in row.cells.enumerated() {
                let number = starts[place] + index
                let root = root(number)
                let area = CellArea(top: row.index, left: cell.column, bottom: row.index + cell.rows - 1, right: cell.lastColumn)
                if root == number {
                    numbers[number] = areas.count
                    areas.append(area)
                } else {
                    numbers[number] = numbers[root]
                    areas[numbers[root]].include(area)
                }
            }
        }
        return areas
    }

    func piece(row: Int, cell: Int) -> Int { numbers[starts[row] + cell] }
}
