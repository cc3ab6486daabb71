// SPDX-License-Identifier: Apache-2.0

/// Finds tables with drawn lines: grids, and rows between lines across (as the package booktabs sets them).
struct RuledTables {
    let content: PageContent
    let size: Float

    struct Found {
        var grid: Grid
        var fragments: [Fragment]
        var box: Box
    }

    /// Tables and the fragments that are left.
    func find(_ rulings: Rulings, _ fragments: [Fragment]) -> (tables: [Found], rest: [Fragment]) {
        var rest = fragments
        var found: [Found] = []
        var isSpent = [Bool](repeating: false, count: rulings.horizontal.count)
        for component in stacked(rulings.components()).sorted(by: { box($0).area > box($1).area }) {
            guard component.horizontal.count >= 2 || component.vertical.count >= 2 else { continue }
            guard let grid = Grid.ruled(component.horizontal, component.vertical), grid.cells.count >= 2 else { continue }
            let inside = rest.filter { grid.box.expanded(2).holdsCenter(of: $0.box) && $0.block == nil }
            guard var refined = refine(grid, inside, component.horizontal.map(\.at).sorted()) else { continue }
            var members = inside
            if component.vertical.allSatisfy(\.isEdge) { members += TableRows.extend(&refined, rest.filter { !grid.box.expanded(2).holdsCenter(of: $0.box) }) }
            for (index, rule) in rulings.horizontal.enumerated() where component.horizontal.contains(rule) { isSpent[index] = true }
            found.append(Found(grid: refined, fragments: members, box: refined.box))
            rest.removeAll { refined.box.expanded(2).holdsCenter(of: $0.box) && $0.block == nil }
        }
        let free = rulings.horizontal.indices.filter { !isSpent[$0] }.map { rulings.horizontal[$0] }
        for table in acrossTables(free, rest) {
            found.append(table)
            rest.removeAll { table.box.expanded(1).holdsCenter(of: $0.box) && $0.block == nil }
        }
        return (found, rest)
    }

    private func box(_ component: (horizontal: [Rule], vertical: [Rule])) -> Box {
        (component.horizontal + component.vertical).map(\.box).union ?? Box(0, 0, 0, 0)
    }

    /// Bands of filled boxes, one below the other and of one width, as one component: every other row of a table is filled.
    private func stacked(_ components: [(horizontal: [Rule], vertical: [Rule])]) -> [(horizontal: [Rule], vertical: [Rule])] {
        var out: [(horizontal: [Rule], vertical: [Rule])] = []
        for component in components.sorted(by: { box($0).y0 < box($1).y0 }) {
            let own = box(component)
            let home = out.lastIndex { other in
                let above = box(other)
                return abs(above.x0 - own.x0) < 4 && abs(above.x1 - own.x1) < 4 && own.y0 - above.y1 < 4.5 * size && own.y0 > above.y0
                    && other.vertical.allSatisfy(\.isEdge) && component.vertical.allSatisfy(\.isEdge)
            }
            if let home {
                out[home].horizontal += component.horizontal
                out[home].vertical += component.vertical
            } else {
                out.append(component)
            }
        }
        return out
    }

    /// A grid of lines as a table's; columns or rows that lines do not part are parted by the text. nil when it is a frame or a drawing.
    private func refine(_ grid: Grid, _ fragments: [Fragment], _ lines: [Float]) -> Grid? {
        guard fragments.count >= 2 else { return nil }
        let isPageFrame = grid.box.area > 0.75 * content.box.area
        let places = grid.cells.map { cell in fragments.filter { grid.box(of: cell).expanded(0.5).holdsCenter(of: $0.box) } }
        let filled = places.filter { !$0.isEmpty }.count
        // Diagrams have many cells with nothing in them.
        guard filled * 5 >= grid.cells.count, filled >= 2 || grid.columnCount == 1 || grid.rowCount <= 2 else { return nil }
        let columnsUsed = Set(zip(grid.cells, places).filter { !$1.isEmpty }.map(\.0.column))
        if columnsUsed.count == 1 || isMostlyWide(grid, places) {
            // Lines between rows only.
            let rows = TextRow.rows(fragments)
            let separators = ColumnFinder.separators(rows, least: 0.55 * size)
            guard !separators.isEmpty, rows.count >= 2 else { return nil }
            if isPageFrame || isProse(rows, separators) { return nil }
            return AlignedTable(separators: separators, rows: rows).grid(lines, box: grid.box)
        }
        if isPageFrame, filled < 6 { return nil }
        // Lines between columns only: the rows are the text's.
        if grid.rowCount <= 3, let tall = zip(grid.cells, places).max(by: { $0.1.count < $1.1.count }) {
            let rows = TextRow.rows(fragments.filter { $0.box.midY > grid.ys[tall.0.row] && $0.box.midY < grid.ys[tall.0.row + tall.0.rows] })
            let full = rows.filter { $0.fragments.count * 3 >= columnsUsed.count * 2 }.count
            if rows.count >= 4, full * 4 >= rows.count * 3, columnsUsed.count >= 3 || rows.count >= 6 && isShort(rows) {
                let inner = Array(grid.xs.dropFirst().dropLast())
                return AlignedTable(separators: inner, rows: TextRow.rows(fragments)).grid(lines, box: grid.box)
            }
        }
        return TableRows.completed(grid, fragments)
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

    private func isProse(_ rows: [TextRow], _ separators: [Float]) -> Bool {
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

    // MARK: Lines across

    /// More lines than a page's tables have; each is held against each.
    private static let mostRules = 300

    /// Lines of one width above each other, with aligned text between them.
    private func acrossTables(_ rules: [Rule], _ fragments: [Fragment]) -> [Found] {
        let rules = rules.filter { $0.length > 40 }.sorted { $0.at < $1.at }
        guard rules.count <= Self.mostRules else { return [] }
        var isTaken = [Bool](repeating: false, count: rules.count)
        var found: [Found] = []
        for start in rules.indices where !isTaken[start] {
            var group = [start]
            for index in (start + 1)..<max(start + 1, rules.count) where !isTaken[index] {
                let rule = rules[index]
                if abs(rule.from - rules[start].from) < 4, abs(rule.to - rules[start].to) < 4 { group.append(index) }
            }
            while group.count >= 2 {
                if let table = across(group.map { rules[$0] }, rules, fragments, found) {
                    found.append(table)
                    for index in rules.indices where table.box.expanded(2).contains(x: (rules[index].from + rules[index].to) / 2, y: rules[index].at) { isTaken[index] = true }
                    group.removeAll { isTaken[$0] }
                } else {
                    group.removeLast()
                }
            }
        }
        return found
    }

    private func across(_ group: [Rule], _ rules: [Rule], _ fragments: [Fragment], _ found: [Found]) -> Found? {
        guard let top = group.first, let bottom = group.last, bottom.at - top.at > 1.5 * size, bottom.at - top.at < 0.9 * content.height else { return nil }
        let box = Box(top.from, top.at, top.to, bottom.at)
        guard !found.contains(where: { $0.box.overlapArea(box) > 0.2 * box.area }) else { return nil }
        let inside = fragments.filter { box.expanded(1.5).holdsCenter(of: $0.box) && $0.block == nil }
        // Text beside the lines' width is another column's; text across their ends says that they are no table's.
        guard inside.count >= 2, !inside.contains(where: { $0.box.x0 < box.x0 - 6 || $0.box.x1 > box.x1 + 6 }) else { return nil }
        let rows = TextRow.rows(inside)
        if rows.count == 1, group.count == 2, rows[0].fragments.count > 1 { return headed(box, rows[0], fragments) }
        guard rows.count >= 2, inside.count >= 4 else { return nil }
        var members = rows
        var separators = ColumnFinder.separators(rows, least: 0.6 * size)
        if separators.isEmpty, group.count >= 3, rows.count >= 3 {
            members = TextRow.rows(inside.flatMap { WordPieces.pieces($0, content) })
            separators = ColumnFinder.separators(members, least: 0.4 * size)
        }
        let full = members.filter { $0.fragments.count > 1 }.count
        guard !separators.isEmpty, full * 2 >= members.count || group.count >= 3 && full * 3 >= members.count, full >= 2, !isProse(members, separators) else { return nil }
        // A list, or two columns of text, between two lines.
        if isListLike(members, separators) { return nil }
        let inner = rules.filter { $0.at > box.y0 + 2 && $0.at < box.y1 - 2 && $0.from > box.x0 - 5 && $0.to < box.x1 + 5 }
        let lines = inner.filter { $0.length > 0.8 * box.width }.map(\.at)
        var grid = AlignedTable(separators: separators, rows: members).grid(lines, box: box)
        // A short line in the head stands under cells that lie across columns.
        if grid.headRows == nil, let first = inner.first { grid.headRows = grid.ys.dropFirst().prefix { $0 <= first.at + 3 }.count }
        // A page's end leaves out the line below.
        let more = group.count == 2 ? TableRows.extend(&grid, fragments.filter { !box.expanded(1.5).holdsCenter(of: $0.box) }) : []
        return Found(grid: grid, fragments: members.flatMap(\.fragments) + more, box: grid.box)
    }

    /// A head between two lines, and aligned rows below it that no line ends.
    private func headed(_ box: Box, _ head: TextRow, _ fragments: [Fragment]) -> Found? {
        let below = fragments.filter { $0.block == nil && $0.box.midY > box.y1 && $0.box.x0 > box.x0 - 6 && $0.box.x1 < box.x1 + 6 }
        var rows = [head]
        for row in TextRow.rows(below) {
            guard let last = rows.last, row.baseline - last.baseline < 2.6 * size, row.fragments.count > 1 else { break }
            rows.append(row)
        }
        let separators = ColumnFinder.separators(rows, least: 0.6 * size)
        guard rows.count >= 2, separators.count + 1 >= head.fragments.count, let whole = rows.map(\.box).union, !isProse(rows, separators) else { return nil }
        var grid = AlignedTable(separators: separators, rows: rows).grid([box.y1], box: Box(box.x0, box.y0, box.x1, whole.y1 + 1))
        grid.headRows = 1
        return Found(grid: grid, fragments: rows.flatMap(\.fragments), box: grid.box)
    }

    private func isListLike(_ rows: [TextRow], _ separators: [Float]) -> Bool {
        guard separators.count == 1 else { return false }
        let firsts = rows.compactMap { $0.fragments.first { $0.box.midX < separators[0] } }
        return firsts.allSatisfy { $0.glyphs.count <= 3 } || firsts.count * 4 <= rows.count
    }
}

/// A fragment at its spaces, for columns that stand closer than words usually do.
enum WordPieces {
    static func pieces(_ fragment: Fragment, _ content: PageContent) -> [Fragment] {
        var pieces: [Fragment] = []
        var current: [Int32] = []
        func flush() {
            guard let box = current.map({ content.glyphs[Int($0)].box }).union else { return }
            pieces.append(Fragment(glyphs: current, box: box, baseline: fragment.baseline, size: fragment.size, weight: box.width))
            current = []
        }
        for place in fragment.glyphs {
            if let last = current.last, content.glyphs[Int(place)].box.x0 - content.glyphs[Int(last)].box.x1 > 0.16 * fragment.size { flush() }
            current.append(place)
        }
        flush()
        return pieces
    }

    /// A row whose fragments are cut at their spaces where a column's edge goes through.
    static func cut(_ row: TextRow, at separators: [Float], _ content: PageContent) -> TextRow {
        var row = row
        row.fragments = row.fragments.flatMap { fragment -> [Fragment] in
            guard separators.contains(where: { $0 > fragment.box.x0 && $0 < fragment.box.x1 }) else { return [fragment] }
            var out: [Fragment] = []
            for var piece in pieces(fragment, content) {
                piece.isNumberLike = fragment.isNumberLike
                if var last = out.last, !separators.contains(where: { $0 >= last.box.x1 - 1 && $0 <= piece.box.x0 + 1 }) {
                    last.glyphs += piece.glyphs
                    last.box.grow(piece.box)
                    last.weight = last.box.width
                    out[out.count - 1] = last
                } else {
                    out.append(piece)
                }
            }
            return out
        }
        return row
    }
}
