// SPDX-License-Identifier: Apache-2.0

/// Finds tables with drawn lines: grids, and rows between lines across (as the package booktabs sets them).
struct RuledTables {
    let content: PageContent
    /// See `FragmentedText.jumps`.
    var jumps: Set<Int32> = []
    let size: Float

    struct Found {
        var grid: Grid
        var fragments: [Fragment]
        var box: Box

        /// Whether its lines are boxes and what joins them: see `coverage`.
        var isLoose = false

        /// Whether the words in it are a diagram's, the lines its axes and boxes.
        func isDiagram(_ content: PageContent) -> Bool {
            guard content.isSketched(box) || isLoose && grid.cells.count >= 9 else { return false }
            return grid.cells.count { cell in fragments.contains { grid.box(of: cell).holdsCenter(of: $0.box) } } * 2 < grid.cells.count
        }
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
            let lines = component.horizontal.map(\.at).sorted()
            let isLoose = coverage(component, grid) < 0.4
            guard var refined = refine(grid, inside, lines, component.vertical) else {
                if isLoose, isDrawing(grid, inside) {
                    found.append(Found(grid: grid, fragments: inside, box: grid.box, isLoose: true))
                    rest.removeAll { grid.box.expanded(2).holdsCenter(of: $0.box) && $0.block == nil }
                }
                continue
            }
            var members = inside
            if grid.columnCount == 1, let taller = withHeads(grid, refined, rest), let other = refine(taller.grid, inside + taller.heads, lines, component.vertical),
                other.columnCount == refined.columnCount {
                refined = other
                members += taller.heads
            }
            if component.vertical.allSatisfy(\.isEdge) { members += TableRows.extend(&refined, rest.filter { !grid.box.expanded(2).holdsCenter(of: $0.box) }) }
            for (index, rule) in rulings.horizontal.enumerated() where component.horizontal.contains(rule) { isSpent[index] = true }
            found.append(Found(grid: refined, fragments: members, box: refined.box, isLoose: isLoose))
            rest.removeAll { refined.box.expanded(2).holdsCenter(of: $0.box) && $0.block == nil }
        }
        let free = rulings.horizontal.indices.filter { !isSpent[$0] }.map { rulings.horizontal[$0] }
        for table in acrossTables(free, rest) {
            found.append(table)
            rest.removeAll { table.box.expanded(1).holdsCenter(of: $0.box) && $0.block == nil }
        }
        return (found, rest)
    }

    /// How much of all the ways that a table's lines would take is drawn: a table's lines run through most of it, those of boxes that stand
    /// apart and of what joins them do not.
    private func coverage(_ component: (horizontal: [Rule], vertical: [Rule]), _ grid: Grid) -> Float {
        let drawn = (component.horizontal + component.vertical).reduce(0) { $0 + $1.length }
        return drawn / max(1, Float(grid.ys.count) * grid.box.width + Float(grid.xs.count) * grid.box.height)
    }

    /// Whether nothing but a few short labels stands among loose lines.
    private func isDrawing(_ grid: Grid, _ fragments: [Fragment]) -> Bool {
        fragments.count >= 3 && grid.cells.count >= 9 && grid.box.area < 0.6 * content.box.area && fragments.allSatisfy { $0.glyphs.count <= 32 }
            && fragments.reduce(0) { $0 + $1.glyphs.count } <= 800
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
        let near = box.expanded(1.5)
        var inside: [Fragment] = []
        for place in fragments.indices where near.holdsCenter(of: fragments[place].box) && fragments[place].block == nil {
            // Text beside the lines' width is another column's; text across their ends says that they are no table's.
            guard fragments[place].box.x0 >= box.x0 - 6, fragments[place].box.x1 <= box.x1 + 6 else { return nil }
            inside.append(fragments[place])
        }
        guard inside.count >= 2 else { return nil }
        let rows = TextRow.rows(inside)
        if rows.count == 1, group.count == 2, rows[0].fragments.count > 1 { return headed(box, rows[0], fragments) }
        guard rows.count >= 2, inside.count >= 4, !fragments.contains(where: { crosses($0, box) }) else { return nil }
        var members = rows
        var separators = ColumnFinder.separators(rows, least: 0.6 * size)
        if let parted = ColumnFinder.parted(rows, separators, at: jumps, content, size: size) { (members, separators) = parted }
        if separators.isEmpty, group.count >= 3, rows.count >= 3 {
            members = TextRow.rows(inside.flatMap { WordPieces.pieces($0, content) })
            separators = ColumnFinder.separators(members, least: 0.4 * size)
        }
        if holdsText(members, separators, box) || areTwo(group, rows) { return nil }
        (members, separators) = ColumnFinder.finer(members, separators, content, size: size)
        let full = members.filter { $0.fragments.count > 1 }.count
        guard !separators.isEmpty, full * 2 >= members.count || group.count >= 3 && full * 3 >= members.count, full >= 2, !isProse(members, separators) else { return nil }
        // A list, or two columns of text, between two lines.
        if isListLike(members, separators) { return nil }
        let inner = rules.filter { $0.at > box.y0 + 2 && $0.at < box.y1 - 2 && $0.from > box.x0 - 5 && $0.to < box.x1 + 5 }
        var lines = inner.filter { $0.length > 0.8 * box.width }.map(\.at)
        if let head = rowAbove(box, columns: separators.count + 1, fragments) {
            let wider = ColumnFinder.separators([head] + members, least: 0.5 * size)
            if wider.count == separators.count { separators = wider }
        }
        let heads = headsAbove(box, separators, fragments).map { WordPieces.cut($0, at: separators, content) }
        var whole = box
        if let head = heads.first {
            whole.y0 = head.box.y0 - 1
            lines.insert(box.y0, at: 0)
        }
        let underlines = rules.filter { $0.at > whole.y0 && $0.at < box.y1 - 2 && $0.from > box.x0 - 5 && $0.to < box.x1 + 5 && $0.length <= 0.8 * box.width }
        var grid = AlignedTable(content: content, separators: separators, rows: heads + members, underlines: underlines).grid(lines, box: whole)
        // A short line in the head stands under cells that lie across columns.
        if grid.headRows == nil, let first = underlines.first { grid.headRows = grid.ys.dropFirst().prefix { $0 <= first.at + 3 }.count }
        // A page's end leaves out the line below.
        let more = group.count == 2 ? TableRows.extend(&grid, fragments.filter { !whole.expanded(1.5).holdsCenter(of: $0.box) }) : []
        return Found(grid: grid, fragments: (heads + members).flatMap(\.fragments) + more, box: grid.box)
    }

    /// Whether nothing but a heading, with white around it, stands between two of the inner lines: one table ends at the first of them and
    /// another begins at the second. A group's head stands close to its lines.
    private func areTwo(_ group: [Rule], _ rows: [TextRow]) -> Bool {
        guard group.count >= 5 else { return false }
        return zip(group.dropFirst(), group.dropFirst(2).dropLast()).contains { above, below in
            let between = rows.filter { $0.box.midY > above.at && $0.box.midY < below.at }
            guard !between.isEmpty, between.allSatisfy({ $0.fragments.count == 1 }) else { return false }
            let edges = [above.at] + between.flatMap { [$0.box.y0, $0.box.y1] } + [below.at]
            return stride(from: 0, to: edges.count - 1, by: 2).contains { edges[$0 + 1] - edges[$0] > 1.2 * size }
        }
    }

    /// Whether text lies across a side of a box.
    private func crosses(_ fragment: Fragment, _ box: Box) -> Bool {
        guard fragment.block == nil, fragment.box.midY > box.y0, fragment.box.midY < box.y1 else { return false }
        return fragment.box.x0 < box.x0 - 6 && fragment.box.x1 > box.x0 + 6 || fragment.box.x0 < box.x1 - 6 && fragment.box.x1 > box.x1 + 6
    }

    /// Whether running text or a caption stands among rows: there are two tables, one below the other.
    private func holdsText(_ rows: [TextRow], _ separators: [Float], _ box: Box) -> Bool {
        let isWide = rows.map { row in
            row.fragments.count == 1 && row.fragments[0].glyphs.count > 40 && row.box.width > 0.6 * box.width
                && separators.filter { $0 > row.box.x0 && $0 < row.box.x1 }.count * 2 > separators.count
        }
        if zip(isWide, isWide.dropFirst()).contains(where: { $0 && $1 }) { return true }
        return rows.dropFirst().contains { row in
            guard let first = row.fragments.first, row.fragments.count == 1, first.glyphs.count > 6 else { return false }
            return CaptionLabel(first.glyphs.prefix(24).reduce(into: [UInt8]()) { Scalars.append(content.glyphs[Int($1)].scalar, to: &$0) }) != nil
        }
    }

    /// Rows right above a table's first line, in its columns: heads that no line is drawn over.
    private func headsAbove(_ box: Box, _ separators: [Float], _ fragments: [Fragment]) -> [TextRow] {
        let near = fragments.filter { $0.block == nil && $0.box.midY < box.y0 && $0.box.midY > box.y0 - 5 * size && $0.box.x0 > box.x0 - 4 && $0.box.x1 < box.x1 + 4 }
        var heads: [TextRow] = []
        var top = box.y0
        for row in WordPieces.parted(TextRow.rows(near), jumps, content).reversed().prefix(3) {
            guard row.box.y0 > 0.08 * content.height, row.fragments.count > 1, row.fragments.count <= separators.count + 1, top - row.box.y1 < 0.9 * row.fragments[0].size,
                row.fragments.allSatisfy({ $0.glyphs.count < 60 })
            else { break }
            heads.insert(row, at: 0)
            top = row.box.y0
        }
        // Text beside the columns says that this is none of the table's.
        let isCrossed = fragments.contains { $0.box.midY > top && $0.box.midY < box.y0 && ($0.box.x0 < box.x0 - 4 && $0.box.x1 > box.x0 || $0.box.x1 > box.x1 + 4 && $0.box.x0 < box.x1) }
        guard !isCrossed, separators.count >= 2, let last = heads.last else { return [] }
        let columns = Set(last.fragments.map { fragment in separators.prefix { $0 < fragment.box.midX }.count })
        let isCut = last.fragments.contains { fragment in separators.contains { fragment.box.x0 < $0 - 2 && fragment.box.x1 > $0 + 2 } }
        return isCut || columns.count < 3 || columns.count * 5 < (separators.count + 1) * 3 ? [] : heads
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
        var grid = AlignedTable(content: content, separators: separators, rows: rows).grid([box.y1], box: Box(box.x0, box.y0, box.x1, whole.y1 + 1))
        grid.headRows = 1
        return Found(grid: grid, fragments: rows.flatMap(\.fragments), box: grid.box)
    }

    private func isListLike(_ rows: [TextRow], _ separators: [Float]) -> Bool {
        guard separators.count == 1 else { return false }
        let firsts = rows.compactMap { $0.fragments.first { $0.box.midX < separators[0] } }
        return firsts.allSatisfy { $0.glyphs.count <= 3 } || firsts.count * 4 <= rows.count
    }
}
