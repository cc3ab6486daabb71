// SPDX-License-Identifier: Apache-2.0

/// Rows that a table's lines do not tell: beyond the last line, and cells that lines leave open.
enum TableRows {
    /// Takes rows right above and below a grid that stand in its columns. Returns their fragments.
    static func extend(_ grid: inout Grid, _ fragments: [Fragment]) -> [Fragment] {
        guard grid.columnCount > 1 else { return [] }
        let box = grid.box
        let near = fragments.filter { $0.block == nil && $0.box.x0 > box.x0 - 4 && $0.box.x1 < box.x1 + 4 }
        var taken: [Fragment] = []
        var last = box.y1
        for row in TextRow.rows(near.filter { $0.box.midY > box.y1 }) {
            // A cell's further line.
            if row.fragments.count == 1, !taken.isEmpty, row.box.y0 - last < 0.3 * row.fragments[0].size, row.fragments[0].glyphs.count < 40 {
                grid.ys[grid.rowCount] = row.box.y1 + 0.5
                taken += row.fragments
                last = row.box.y1
                continue
            }
            guard fits(row, grid), row.box.y0 - last < 1.1 * row.fragments[0].size else { break }
            grid.ys.append(row.box.y1 + 0.5)
            let place = grid.rowCount - 1
            grid.cells += (0..<grid.columnCount).map { Grid.Cell(row: place, column: $0) }
            taken += row.fragments
            last = row.box.y1
        }
        last = box.y0
        for row in TextRow.rows(near.filter { $0.box.midY < box.y0 }).reversed().prefix(2) {
            guard fits(row, grid), last - row.box.y1 < 0.9 * row.fragments[0].size else { break }
            grid.ys.insert(row.box.y0 - 0.5, at: 0)
            for index in grid.cells.indices { grid.cells[index].row += 1 }
            grid.cells += (0..<grid.columnCount).map { Grid.Cell(row: 0, column: $0) }
            grid.headRows = 1
            taken += row.fragments
            last = row.box.y0
        }
        return taken
    }

    private static func fits(_ row: TextRow, _ grid: Grid) -> Bool {
        guard row.fragments.count > 1, row.fragments.count <= grid.columnCount else { return false }
        return !row.fragments.contains { fragment in
            fragment.glyphs.count > 60 || grid.xs.dropFirst().dropLast().contains { fragment.box.x0 < $0 - 2 && fragment.box.x1 > $0 + 2 }
        }
    }

    /// Cells across columns whose text stands apart in those columns, parted.
    static func completed(_ grid: Grid, _ fragments: [Fragment]) -> Grid {
        var out = grid
        out.cells = []
        for cell in grid.cells {
            guard cell.columns > 1 else {
                out.cells.append(cell)
                continue
            }
            let box = grid.box(of: cell)
            let inside = fragments.filter { box.holdsCenter(of: $0.box) }
            let free = ((cell.column + 1)..<(cell.column + cell.columns)).filter { border in
                let x = grid.xs[border]
                return !inside.contains { $0.box.x0 < x - 1.5 && $0.box.x1 > x + 1.5 }
            }
            let isParted = TextRow.rows(inside).contains { row in
                zip(row.fragments, row.fragments.dropFirst()).contains { a, b in free.contains { grid.xs[$0] >= a.box.x1 - 2 && grid.xs[$0] <= b.box.x0 + 2 } }
            }
            guard isParted else {
                out.cells.append(cell)
                continue
            }
            let starts = [cell.column] + free
            for (index, start) in starts.enumerated() {
                let end = index + 1 < starts.count ? starts[index + 1] : cell.column + cell.columns
                out.cells.append(Grid.Cell(row: cell.row, column: start, rows: cell.rows, columns: end - start))
            }
        }
        return out
    }
}
