// SPDX-License-Identifier: Apache-2.0

/// A table's skeleton: the places of its lines, and the cells between them.
struct Grid: Sendable {
    struct Cell: Sendable, Hashable {
        var row: Int
        var column: Int
        var rows = 1
        var columns = 1
    }

    var xs: [Float]
    var ys: [Float]
    var cells: [Cell]
    /// Rows that stand above a line which parts head and body; nil when nothing tells.
    var headRows: Int?

    var box: Box { Box(xs.first ?? 0, ys.first ?? 0, xs.last ?? 0, ys.last ?? 0) }
    var rowCount: Int { ys.count - 1 }
    var columnCount: Int { xs.count - 1 }

    func box(of cell: Cell) -> Box { Box(xs[cell.column], ys[cell.row], xs[cell.column + cell.columns], ys[cell.row + cell.rows]) }

    /// Most cells that a grid of lines may have.
    static let mostCells = 40_000

    /// The grid that touching lines make; nil when they are no grid.
    static func ruled(_ horizontal: [Rule], _ vertical: [Rule]) -> Grid? {
        var xs = clustered(vertical.map(\.at))
        var ys = clustered(horizontal.map(\.at))
        guard !xs.isEmpty, !ys.isEmpty else { return nil }
        // Tables whose sides are open end where their lines end.
        let left = horizontal.map(\.from).min() ?? 0, right = horizontal.map(\.to).max() ?? 0
        let top = vertical.map(\.from).min() ?? 0, bottom = vertical.map(\.to).max() ?? 0
        if left < xs[0] - 8 { xs.insert(left, at: 0) }
        if right > xs[xs.count - 1] + 8 { xs.append(right) }
        if top < ys[0] - 6 { ys.insert(top, at: 0) }
        if bottom > ys[ys.count - 1] + 6 { ys.append(bottom) }
        guard xs.count >= 2, ys.count >= 2, (xs.count - 1) * (ys.count - 1) <= mostCells else { return nil }
        let rows = ys.count - 1, columns = xs.count - 1
        var isLeftClosed = [[Bool]](repeating: [Bool](repeating: false, count: columns + 1), count: rows)
        var isTopClosed = [[Bool]](repeating: [Bool](repeating: false, count: columns), count: rows + 1)
        for rule in vertical {
            guard let column = nearest(rule.at, xs) else { continue }
            for row in 0..<rows where covers(rule, ys[row], ys[row + 1]) { isLeftClosed[row][column] = true }
        }
        for rule in horizontal {
            guard let row = nearest(rule.at, ys) else { continue }
            for column in 0..<columns where covers(rule, xs[column], xs[column + 1]) { isTopClosed[row][column] = true }
        }
        return Grid(xs: xs, ys: ys, cells: cells(rows, columns, isLeftClosed, isTopClosed))
    }

    private static func covers(_ rule: Rule, _ from: Float, _ to: Float) -> Bool {
        min(rule.to, to) - max(rule.from, from) > 0.6 * (to - from)
    }

    private static func cells(_ rows: Int, _ columns: Int, _ isLeftClosed: [[Bool]], _ isTopClosed: [[Bool]]) -> [Cell] {
        var isTaken = [[Bool]](repeating: [Bool](repeating: false, count: columns), count: rows)
        var cells: [Cell] = []
        for row in 0..<rows {
            for column in 0..<columns where !isTaken[row][column] {
                var width = 1
                while column + width < columns, !isLeftClosed[row][column + width], !isTaken[row][column + width] { width += 1 }
                var height = 1
                grow: while row + height < rows {
                    for place in column..<(column + width) {
                        if isTopClosed[row + height][place] || isTaken[row + height][place] { break grow }
                        if place > column, isLeftClosed[row + height][place] { break grow }
                    }
                    height += 1
                }
                for r in row..<(row + height) { for c in column..<(column + width) { isTaken[r][c] = true } }
                cells.append(Cell(row: row, column: column, rows: height, columns: width))
            }
        }
        return cells
    }

    static func nearest(_ value: Float, _ places: [Float]) -> Int? {
        var best: Int?
        for (index, place) in places.enumerated() where abs(place - value) <= 4 {
            if best.map({ abs(places[$0] - value) > abs(place - value) }) ?? true { best = index }
        }
        return best
    }

    /// Values that are nearly the same as one.
    static func clustered(_ values: [Float]) -> [Float] {
        let sorted = values.sorted()
        var out: [Float] = []
        var start = 0
        for index in sorted.indices where index + 1 == sorted.count || sorted[index + 1] - sorted[index] > 3 {
            out.append(sorted[start...index].reduce(0, +) / Float(index - start + 1))
            start = index + 1
        }
        return out
    }
}
