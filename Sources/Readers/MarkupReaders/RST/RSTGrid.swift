// SPDX-License-Identifier: Apache-2.0

/// A table drawn with `+`, `-`, `|` and `=`: each cell is traced around its edges (Docutils, "Grid Tables").
struct RSTGrid {
    private let cells: [[Unicode.Scalar]]
    private let width: Int
    private var separator: Int?
    private static let largest = 4_000_000

    /// nil when the lines are no rectangle.
    init?(_ lines: ArraySlice<Line>) {
        var rows = lines.map { line -> [Unicode.Scalar] in
            // A wide character takes two places of the drawing.
            line.text.unicodeScalars.flatMap { (scalar: Unicode.Scalar) -> [Unicode.Scalar] in Self.isWide(scalar) ? [scalar, "\u{0}"] : [scalar] }
        }
        while let last = rows.last, last.first != "+" { rows.removeLast() }
        width = rows.first?.count ?? 0
        guard rows.count >= 3, width >= 3, rows.count * width < Self.largest else { return nil }
        for index in rows.indices {
            while rows[index].last == " ", rows[index].count > width { rows[index].removeLast() }
            guard rows[index].count <= width else { return nil }
            rows[index] += Array(repeating: " ", count: width - rows[index].count)
        }
        // The line of `=` parts head and body; it is a border like any other.
        if let index = rows.indices.first(where: { rows[$0].contains("=") && rows[$0].allSatisfy { $0 == "=" || $0 == "+" } }), index > 0, index < rows.count - 1 {
            separator = index
            rows[index] = rows[index].map { $0 == "=" ? "-" : $0 }
        }
        cells = rows
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x20000...0x3FFFD: true
        default: false
        }
    }

    mutating func read() -> (head: [[RSTCell]], rows: [[RSTCell]])? {
        let bottom = cells.count - 1
        let right = width - 1
        // The lowest line that is taken in each column.
        var done = [Int](repeating: -1, count: width)
        var corners = [(top: 0, left: 0)]
        var found: [(top: Int, left: Int, bottom: Int, right: Int)] = []
        var next = 0
        while next < corners.count, found.count < 100_000 {
            let (top, left) = corners[next]
            next += 1
            guard top < bottom, left < right, done[left] <= top, let end = trace(top, left) else { continue }
            guard !found.contains(where: { $0.top == top && $0.left == left }) || found.count > 1_000 else { continue }
            for column in left..<end.right { done[column] = max(done[column], end.bottom) }
            found.append((top, left, end.bottom, end.right))
            corners.append((top, end.right))
            corners.append((end.bottom, left))
        }
        guard !found.isEmpty else { return nil }
        let tops = Array(Set(found.map(\.top))).sorted()
        let lefts = Array(Set(found.map(\.left))).sorted()
        var head: [[RSTCell]] = []
        var rows: [[RSTCell]] = []
        let rowPlaces = Dictionary(uniqueKeysWithValues: tops.enumerated().map { ($1, $0) })
        let columnPlaces = Dictionary(uniqueKeysWithValues: lefts.enumerated().map { ($1, $0) })
        func span(_ places: [Int: Int], _ start: Int, _ end: Int) -> Int { (places[end] ?? places.count) - (places[start] ?? 0) }
        let byTop = Dictionary(grouping: found, by: \.top)
        for top in tops {
            let row = (byTop[top] ?? []).sorted { $0.left < $1.left }.map { cell in
                RSTCell(
                    lines: text(cell), columns: span(columnPlaces, cell.left, cell.right), rows: span(rowPlaces, cell.top, cell.bottom))
            }
            if let separator, top < separator { head.append(row) } else { rows.append(row) }
        }
        return (head, rows)
    }

    /// The lower right corner of the cell whose upper left one this is.
    private func trace(_ top: Int, _ left: Int) -> (bottom: Int, right: Int)? {
        guard cells[top][left] == "+" else { return nil }
        var column = left + 1
        while column < width {
            if cells[top][column] == "+" {
                if let bottom = down(top, left, column) { return (bottom, column) }
            } else if cells[top][column] != "-" {
                return nil
            }
            column += 1
        }
        return nil
    }

    private func down(_ top: Int, _ left: Int, _ right: Int) -> Int? {
        var row = top + 1
        while row < cells.count {
            if cells[row][right] == "+" {
                if isClosed(top, left, row, right) { return row }
            } else if cells[row][right] != "|" {
                return nil
            }
            row += 1
        }
        return nil
    }

    private func isClosed(_ top: Int, _ left: Int, _ bottom: Int, _ right: Int) -> Bool {
        guard cells[bottom][left] == "+" else { return false }
        for column in left..<right where cells[bottom][column] != "-" && cells[bottom][column] != "+" { return false }
        for row in top..<bottom where cells[row][left] != "|" && cells[row][left] != "+" { return false }
        return true
    }

    private func text(_ cell: (top: Int, left: Int, bottom: Int, right: Int)) -> [Line] {
        var lines = ((cell.top + 1)..<cell.bottom).map { row in
            Array(String(String.UnicodeScalarView(cells[row][(cell.left + 1)..<cell.right].filter { $0 != "\u{0}" })).utf8)[...]
        }
        while lines.last?.isBlank == true { lines.removeLast() }
        let indent = lines.reduce(Int.max) { $1.isBlank ? $0 : min($0, $1.indent) }
        return lines.map { $0.dropFirst(min(indent, $0.count)) }
    }
}
