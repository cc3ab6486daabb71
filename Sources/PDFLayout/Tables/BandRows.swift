// SPDX-License-Identifier: Apache-2.0

/// Rows of text that stand between the same two lines of a grid: lines part groups of rows, not each row.
///
///     ┌───┬──────┬──────┐        ┌───┬──────┬──────┐
///     │   │ OTSL │ 0.96 │        │   │ OTSL │ 0.96 │
///     │ 6 │ HTML │ 0.97 │   ▶    │ 6 ├──────┼──────┤
///     │   │      │      │        │   │ HTML │ 0.97 │
///     └───┴──────┴──────┘        └───┴──────┴──────┘
///
/// Text that breaks because a cell is full is one cell's. Rows are told by breaks that nothing forced, or by numbers below numbers,
/// on the same baselines in several columns.
struct BandRows {
    let content: PageContent

    func parted(_ grid: Grid, _ fragments: [Fragment]) -> Grid {
        var out = grid
        // From below, so that the rows above keep their places.
        for row in (0..<grid.rowCount).reversed() {
            let top = grid.ys[row], bottom = grid.ys[row + 1]
            let inside = fragments.filter { $0.box.midY >= top && $0.box.midY < bottom && $0.block == nil }
            guard inside.count >= 4 else { continue }
            let cells = grid.cells.filter { $0.row == row && $0.rows == 1 }
            let starts = starts(cells, grid, inside, isFirst: row == 0)
            if !starts.isEmpty { split(&out, row, starts, inside) }
        }
        return out
    }

    /// The grid with the rows of `cell` parted where white goes through all columns that is wider than between lines; nil without such.
    func partedByWhite(_ grid: Grid, _ cell: Grid.Cell, _ lines: [TextRow]) -> Grid? {
        guard cell.rows == 1, let size = lines.lazy.flatMap(\.fragments).map(\.size).median else { return nil }
        var starts: [Float] = []
        var bottom = -Float.infinity
        for line in lines.sorted(by: { $0.box.y0 < $1.box.y0 }) {
            if bottom > -.infinity, line.box.y0 - bottom > 0.55 * size { starts.append((bottom + line.box.y0) / 2) }
            bottom = max(bottom, line.box.y1)
        }
        guard starts.count >= 2 else { return nil }
        var out = grid
        split(&out, cell.row, starts, [])
        return out
    }

    /// The lines of text in one cell.
    private struct Column {
        var cell: Grid.Cell
        var lines: [TextRow]
        /// The cell's width less what stays free at its sides.
        var room: Float
    }

    /// The y places between a band's rows; none when it is one row.
    private func starts(_ cells: [Grid.Cell], _ grid: Grid, _ fragments: [Fragment], isFirst: Bool) -> [Float] {
        var columns: [Column] = []
        for cell in cells {
            let box = grid.box(of: cell)
            let lines = TextRow.rows(fragments.filter { $0.box.midX >= box.x0 && $0.box.midX < box.x1 })
            if !lines.isEmpty { columns.append(Column(cell: cell, lines: lines, room: box.width - 4)) }
        }
        let tall = columns.filter { $0.lines.count > 1 }
        guard tall.count >= 2, !tall.contains(where: { $0.lines.contains { CellBullets.begins($0, content) } }), let size = fragments.map(\.size).median else { return [] }
        // The baselines that columns share.
        var baselines: [Float] = []
        for line in tall.flatMap(\.lines).sorted(by: { $0.baseline < $1.baseline }) where baselines.last.map({ line.baseline - $0 > 0.4 * size }) ?? true { baselines.append(line.baseline) }
        guard baselines.count >= 2, baselines.count <= 120 else { return [] }
        func isOn(_ line: TextRow) -> Bool { baselines.contains { abs($0 - line.baseline) <= 0.4 * size } }
        var numeric = 0, free = 0, full = 0, whole = 0
        var shared = [Int](repeating: 0, count: baselines.count)
        for column in tall {
            for (index, baseline) in baselines.enumerated() where column.lines.contains(where: { abs($0.baseline - baseline) <= 0.4 * size }) { shared[index] += 1 }
            let isCount = column.lines.allSatisfy { $0.fragments.allSatisfy(isNumber) }
            if isCount, column.lines.count == baselines.count { whole += 1 }
            if isCount { numeric += 1 } else if areFree(column, size) { free += 1 } else { full += 1 }
        }
        let between = zip(baselines, baselines.dropFirst()).map { above, below in (above + below) / 2 - 0.3 * size }
        if !isFirst, areEven(tall, of: columns.count, baselines.count, size) { return between }
        // Every row but a few has text in two columns, and no column's text wraps: two columns full of numbers prove it for narrow ones.
        guard full == 0 || whole >= 2, shared.filter({ $0 >= 2 }).count * 4 >= baselines.count * 3 else { return [] }
        // Heads of several lines have no numbers below numbers; two cells of several lines each may be addresses.
        guard numeric >= 1 || !isFirst && baselines.count >= 3 && free >= 2 else { return [] }
        guard numeric + free >= 2, numeric >= 2 || baselines.count >= 3 || free >= 1 else { return [] }
        // A line that stands close to its neighbour shows that rows are no rows.
        guard zip(baselines, baselines.dropFirst()).allSatisfy({ $1 - $0 > 0.9 * size }) else { return [] }
        return between
    }

    /// Whether columns have as many lines as each other, three or more, on the same baselines: all of three columns, or those whose lines had room
    /// for what follows. Text that breaks where it must ends after different numbers of lines.
    private func areEven(_ tall: [Column], of columns: Int, _ count: Int, _ size: Float) -> Bool {
        guard count >= 3, tall.count >= 2, tall.allSatisfy({ $0.lines.count == count }) else { return false }
        return tall.count >= 3 && tall.count == columns || tall.allSatisfy { column in zip(column.lines, column.lines.dropFirst()).allSatisfy { hasRoom($0, $1, column, size) && !endsInHyphen($0) } }
    }

    /// Whether each line but the last would have had room for the next one's first word, and a good bit more.
    private func areFree(_ column: Column, _ size: Float) -> Bool {
        zip(column.lines, column.lines.dropFirst()).allSatisfy { hasRoom($0, $1, column, size) && !startsLower($1) && !endsInHyphen($0) }
    }

    private func hasRoom(_ line: TextRow, _ next: TextRow, _ column: Column, _ size: Float) -> Bool { line.box.width + firstWord(next) + 0.6 * size < column.room }

    private func firstWord(_ row: TextRow) -> Float { row.fragments.first.map { WordPieces.firstWord($0.glyphs, content, size: $0.size) } ?? 0 }
    private func startsLower(_ row: TextRow) -> Bool { row.fragments.first?.glyphs.first.map { Scalars.isLower(content.glyphs[Int($0)].scalar) } ?? false }
    private func endsInHyphen(_ row: TextRow) -> Bool { row.fragments.last?.glyphs.last.map { content.glyphs[Int($0)].scalar == 0x2D } ?? false }

    /// Digits with what stands beside them, or a sign for none. Years in brackets and dates are text that may break.
    private func isNumber(_ fragment: Fragment) -> Bool {
        var digits = 0, letters = 0
        for place in fragment.glyphs {
            let c = content.glyphs[Int(place)].scalar
            if Scalars.isDigit(c) { digits += 1 } else if Scalars.isLetter(c) { letters += 1 }
        }
        return letters <= 1 && (digits > 0 ? digits * 2 >= fragment.glyphs.count : fragment.glyphs.count == 1)
    }

    /// Makes one row several. A cell with one line that stands between rows spans them.
    private func split(_ grid: inout Grid, _ row: Int, _ starts: [Float], _ fragments: [Fragment]) {
        let more = starts.count
        let bounds = [grid.ys[row]] + starts + [grid.ys[row + 1]]
        var cells: [Grid.Cell] = []
        for cell in grid.cells {
            var cell = cell
            if cell.row > row { cell.row += more } else if cell.row + cell.rows > row, cell.rows > 1 { cell.rows += more }
            guard cell.row == row, cell.rows == 1 else {
                cells.append(cell)
                continue
            }
            let box = grid.box(of: cell)
            let own = fragments.filter { $0.box.midX >= box.x0 && $0.box.midX < box.x1 }
            let isAcross = !own.isEmpty && own.contains { fragment in starts.contains { abs(fragment.box.midY - $0) < 0.25 * fragment.size } }
            if isAcross {
                cell.rows = more + 1
                cells.append(cell)
                continue
            }
            for step in 0...more {
                var part = cell
                part.row = row + step
                cells.append(part)
            }
        }
        grid.cells = cells
        grid.ys.replaceSubrange(row...(row + 1), with: bounds)
        if let head = grid.headRows, head > row { grid.headRows = head + more }
    }
}
