// SPDX-License-Identifier: Apache-2.0

/// A table drawn with `+`, `-`, `|` and `=`: each cell is traced around its edges (Docutils, "Grid Tables").
struct RSTGrid {
    /// What is drawn: one byte for each place, zero for whatever is not ASCII.
    private let shape: [[UInt8]]
    private let cells: [[Character]]
    private let width: Int
    private var separator: Int?
    private var steps = 0
    private static let largest = 4_000_000
    private static let mostSteps = 50_000_000

    private struct Box {
        var top: Int
        var left: Int
        var bottom: Int
        var right: Int
    }

    /// nil when the lines are no rectangle.
    init?(_ lines: ArraySlice<Line>) {
        var rows = lines.map(RSTColumns.characters)
        while let last = rows.last, last.first != "+" { rows.removeLast() }
        width = rows.first?.count ?? 0
        guard rows.count >= 3, width >= 3, rows.count * width < Self.largest else { return nil }
        for index in rows.indices {
            while rows[index].last == " ", rows[index].count > width { rows[index].removeLast() }
            guard rows[index].count <= width else { return nil }
            rows[index] += Array(repeating: " ", count: width - rows[index].count)
        }
        var shape = rows.map { $0.map { $0.asciiValue ?? 0 } }
        // The line of `=` parts head and body; it is a border like any other.
        if let index = shape.indices.first(where: { shape[$0].contains(UInt8(ascii: "=")) && shape[$0].allSatisfy { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: "+") } }),
            index > 0, index < rows.count - 1 {
            separator = index
            shape[index] = shape[index].map { $0 == UInt8(ascii: "=") ? UInt8(ascii: "-") : $0 }
        }
        self.shape = shape
        cells = rows
    }

    /// nil where cells are no rectangles, or do not fill the drawing: their text would be lost.
    mutating func read() -> (head: [[RSTCell]], rows: [[RSTCell]])? {
        guard let found = boxes() else { return nil }
        let tops = Array(Set(found.map(\.top))).sorted()
        let lefts = Array(Set(found.map(\.left))).sorted()
        var head: [[RSTCell]] = []
        var rows: [[RSTCell]] = []
        let rowPlaces = Dictionary(uniqueKeysWithValues: tops.enumerated().map { ($1, $0) })
        let columnPlaces = Dictionary(uniqueKeysWithValues: lefts.enumerated().map { ($1, $0) })
        func span(_ places: [Int: Int], _ start: Int, _ end: Int) -> Int { (places[end] ?? places.count) - (places[start] ?? 0) }
        let byTop = Dictionary(grouping: found, by: \.top)
        for top in tops {
            let row = (byTop[top] ?? []).map { box in
                RSTCell(lines: text(box), columns: span(columnPlaces, box.left, box.right), rows: span(rowPlaces, box.top, box.bottom))
            }
            if let separator, top < separator { head.append(row) } else { rows.append(row) }
        }
        return (head, rows)
    }

    /// The cells, each traced from its upper left corner, row by row: the corners at its right and below begin the next ones.
    private mutating func boxes() -> [Box]? {
        let bottom = shape.count - 1
        let right = width - 1
        /// The row down to which each column is taken.
        var done = [Int](repeating: 0, count: width)
        var corners = [0: [0]]
        var found: [Box] = []
        for top in 0..<bottom {
            guard let lefts = corners[top]?.sorted() else { continue }
            var waiting = lefts[...]
            /// The right edge of the cell before.
            var edge: Int?
            while let left = [waiting.first, edge].compactMap({ $0 }).min() {
                if waiting.first == left { waiting = waiting.dropFirst() }
                if edge == left { edge = nil }
                guard left < right, done[left] <= top, let corner = trace(top, left) else { continue }
                for column in left..<corner.right { done[column] = corner.bottom }
                found.append(Box(top: top, left: left, bottom: corner.bottom, right: corner.right))
                edge = corner.right
                corners[corner.bottom, default: []].append(left)
            }
        }
        return done.dropLast().allSatisfy { $0 == bottom } ? found : nil
    }

    /// The lower right corner of the cell whose upper left one this is.
    private mutating func trace(_ top: Int, _ left: Int) -> (bottom: Int, right: Int)? {
        guard shape[top][left] == UInt8(ascii: "+") else { return nil }
        var column = left + 1
        while column < width, steps < Self.mostSteps {
            steps += 1
            if shape[top][column] == UInt8(ascii: "+") {
                if let bottom = down(top, left, column) { return (bottom, column) }
            } else if shape[top][column] != UInt8(ascii: "-") {
                return nil
            }
            column += 1
        }
        return nil
    }

    private mutating func down(_ top: Int, _ left: Int, _ right: Int) -> Int? {
        var row = top + 1
        while row < shape.count, steps < Self.mostSteps {
            steps += 1
            if shape[row][right] == UInt8(ascii: "+") {
                if isClosed(top, left, row, right) { return row }
            } else if shape[row][right] != UInt8(ascii: "|") {
                return nil
            }
            row += 1
        }
        return nil
    }

    private mutating func isClosed(_ top: Int, _ left: Int, _ bottom: Int, _ right: Int) -> Bool {
        guard shape[bottom][left] == UInt8(ascii: "+") else { return false }
        steps += right - left + bottom - top
        for column in left..<right where shape[bottom][column] != UInt8(ascii: "-") && shape[bottom][column] != UInt8(ascii: "+") { return false }
        for row in top..<bottom where shape[row][left] != UInt8(ascii: "|") && shape[row][left] != UInt8(ascii: "+") { return false }
        return true
    }

    private func text(_ box: Box) -> [Line] {
        let lines = ((box.top + 1)..<box.bottom).map { row in
            Array(String(cells[row][(box.left + 1)..<box.right].filter { $0 != "\0" }).utf8)[...]
        }
        return RSTCell.dedented(lines)
    }
}
