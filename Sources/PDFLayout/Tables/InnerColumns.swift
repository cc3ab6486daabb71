// SPDX-License-Identifier: Apache-2.0

/// Columns within a column of a grid: lines part groups of columns, or a ground is drawn under one of several.
///
///     ┌───────────┬───────────────────┬─────────┐        Numbers that stand beside each other in row after row,
///     │           │  1990  2000  2010 │         │        with white between them, are columns of their own;
///     ├───────────┼───────────────────┼─────────┤        so are short words that do so in nearly every row.
///     │ Harbours  │   12    14    15  │   +3    │
///     │ Ships     │  804   912  1040  │ +236    │
///     └───────────┴───────────────────┴─────────┘
struct InnerColumns {
    let content: PageContent
    let size: Float

    /// The table that they make; nil without such columns.
    func parted(_ grid: Grid, _ fragments: [Fragment], _ lines: [Float]) -> Grid? {
        guard grid.columnCount >= 2, grid.columnCount <= 40 else { return nil }
        let borders = grid.xs.dropFirst().dropLast()
        let found = zip(grid.xs, grid.xs.dropFirst()).flatMap { left, right in
            inner(TextRow.rows(fragments.filter { $0.box.x0 > left - 3 && $0.box.x1 < right + 3 }))
        }
        guard !found.isEmpty else { return nil }
        let separators = (borders + found).sorted()
        let rows = TextRow.rows(fragments).map { WordPieces.cut($0, at: separators, content) }
        return AlignedTable(content: content, separators: separators, rows: rows).grid(lines, box: grid.box)
    }

    /// Where the columns of these rows are parted; empty when their text does not stand side by side for the most part.
    private func inner(_ rows: [TextRow]) -> [Float] {
        let pairs = rows.filter { $0.fragments.count >= 2 }
        guard pairs.count >= 3, pairs.count * 5 >= rows.count * 2 else { return [] }
        // A currency's sign stands apart from its number.
        guard pairs.count(where: { $0.fragments[0].glyphs.count > 1 }) * 2 > pairs.count else { return [] }
        let behind = pairs.flatMap { $0.fragments.dropFirst() }
        let areNumbers = behind.count(where: \.isNumberLike) * 10 >= behind.count * 7
        let areFull = pairs.count >= 4 && pairs.count * 6 >= rows.count * 5 && pairs.allSatisfy { $0.fragments.count == pairs[0].fragments.count }
        guard areNumbers || areFull && behind.allSatisfy({ $0.glyphs.count < 30 }) else { return [] }
        let found = ColumnFinder.separators(pairs, least: (areNumbers ? 0.6 : 0.9) * size)
        return areNumbers || found.count == pairs[0].fragments.count - 1 ? found : []
    }
}
