// SPDX-License-Identifier: Apache-2.0

/// Makes the grid that lines draw a table's: what they do not part, the text does.
extension RuledTables {
    /// A grid of lines as a table's; columns or rows that lines do not part are parted by the text. nil when it is a frame or a drawing.
    func refine(_ grid: Grid, _ fragments: [Fragment], _ lines: [Float], _ sides: [Rule]) -> Grid? {
        guard fragments.count >= 2 else { return nil }
        let fragments = CellBullets.joined(fragments, grid, content)
        let isPageFrame = grid.box.area > 0.75 * content.box.area
        let places = grid.cells.map { cell in fragments.filter { grid.box(of: cell).expanded(0.5).holdsCenter(of: $0.box) } }
        let filled = places.filter { !$0.isEmpty }.count
        // Diagrams have many cells with nothing in them.
        guard filled * 5 >= grid.cells.count, filled >= 2 || grid.columnCount == 1 || grid.rowCount <= 2 else { return nil }
        let columnsUsed = Set(zip(grid.cells, places).filter { !$1.isEmpty }.map(\.0.column))
        if columnsUsed.count == 1 || isMostlyWide(grid, places) {
            // Lines between rows only.
            var rows = TextRow.rows(fragments)
            var separators = ColumnFinder.separators(rows, least: 0.55 * size)
            if !separators.isEmpty, let parted = ColumnFinder.parted(rows, separators, at: jumps, content, size: size) { (rows, separators) = parted }
            (rows, separators) = ColumnFinder.finer(rows, separators, content, size: size)
            guard !separators.isEmpty, rows.count >= 2 else { return nil }
            if isPageFrame || isProse(rows, separators) { return nil }
            return AlignedTable(content: content, separators: separators, rows: rows).grid(lines, box: grid.box)
        }
        if isPageFrame, filled < 6 { return nil }
        if let finer = InnerColumns(content: content, size: size).parted(grid, fragments, lines) { return finer }
        if let rows = betweenColumns(grid, places, fragments, lines, sides, columnsUsed.count) { return rows }
        return BandRows(content: content).parted(TableRows.completed(grid, fragments), fragments)
    }

    /// The grid of a table with lines between columns only: the rows are the text's. nil when it is none.
    private func betweenColumns(_ grid: Grid, _ places: [[Fragment]], _ fragments: [Fragment], _ lines: [Float], _ sides: [Rule], _ columns: Int) -> Grid? {
        guard grid.rowCount <= 3, let tall = zip(grid.cells, places).max(by: { $0.1.count < $1.1.count })?.0 else { return nil }
        let inner = Array(grid.xs.dropFirst().dropLast())
        let all = TextRow.rows(fragments).map { row in
            // A line that begins further down parts nothing here.
            WordPieces.cut(row, at: inner.filter { x in sides.contains { abs($0.at - x) < 4 && $0.from < row.box.midY && $0.to > row.box.midY } }, content)
        }
        let rows = all.filter { $0.box.midY > grid.ys[tall.row] && $0.box.midY < grid.ys[tall.row + tall.rows] }
        guard rows.count >= 3 else { return nil }
        let full = rows.filter { $0.fragments.count * 3 >= columns * 2 }.count
        // Lines of labels stand alone.
        let bare = rows.filter { row in row.fragments.allSatisfy { $0.box.midX < inner.first ?? 0 } }.count
        if rows.count >= 4, full * 4 >= (rows.count - bare) * 3, full * 5 >= rows.count * 2, columns >= 3 || rows.count >= 6 && isShort(rows) {
            return AlignedTable(content: content, separators: inner, rows: all).grid(lines, box: grid.box)
        }
        return columns >= 3 ? BandRows(content: content).partedByWhite(grid, tall, rows) : nil
    }

    /// Lines between rows, and the heads above the first of them: columns must be found of both.
    func withHeads(_ grid: Grid, _ refined: Grid, _ fragments: [Fragment]) -> (grid: Grid, heads: [Fragment])? {
        guard let row = rowAbove(grid.box, columns: refined.columnCount, fragments) else { return nil }
        var taller = grid
        taller.ys.insert(row.box.y0 - 1, at: 0)
        for index in taller.cells.indices { taller.cells[index].row += 1 }
        taller.cells.append(Grid.Cell(row: 0, column: 0))
        return (taller, row.fragments)
    }

    /// The row right above a table's first line that may be its head: heads may be wider than what stands below them.
    func rowAbove(_ box: Box, columns: Int, _ fragments: [Fragment]) -> TextRow? {
        let near = fragments.filter { $0.block == nil && $0.box.midY < box.y0 && $0.box.midY > box.y0 - 4 * size && $0.box.x0 > box.x0 - 4 && $0.box.x1 < box.x1 + 4 }
        guard let row = TextRow.rows(near).last, row.fragments.count * 5 >= columns * 3, row.fragments.count > 2, row.fragments.count <= columns,
            box.y0 - row.box.y1 < 0.9 * size, row.box.y0 > 0.08 * content.height
        else { return nil }
        return row
    }

    private func isMostlyWide(_ grid: Grid, _ places: [[Fragment]]) -> Bool {
        guard grid.columnCount > 1, grid.rowCount >= 3 else { return false }
        let wide = zip(grid.cells, places).filter { $0.columns == grid.columnCount && Set($1.map { Int($0.baseline) }).count < $1.count }.count
        return wide * 2 > grid.rowCount
    }

    private func isShort(_ rows: [TextRow]) -> Bool {
        let fragments = rows.flatMap(\.fragments)
        return fragments.reduce(0) { $0 + $1.glyphs.count } < 22 * fragments.count
    }

    func isProse(_ rows: [TextRow], _ separators: [Float]) -> Bool {
        let columns = separators.count + 1
        guard columns == 2, rows.count >= 4 else { return false }
        var long = [0, 0], all = [0, 0]
        for fragment in rows.flatMap(\.fragments) {
            let side = fragment.box.midX < separators[0] ? 0 : 1
            all[side] += 1
            if fragment.glyphs.count > 30 { long[side] += 1 }
        }
        return long[0] * 2 > all[0] && long[1] * 2 > all[1]
    }
}
