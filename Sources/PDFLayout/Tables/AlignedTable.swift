// SPDX-License-Identifier: Apache-2.0

/// A table told by nothing but the alignment of its text, perhaps with lines between some rows.
struct AlignedTable {
    let content: PageContent
    /// Between columns.
    var separators: [Float]
    var rows: [TextRow]
    /// Short lines under heads that lie across the columns which the lines cover.
    var underlines: [Rule] = []

    /// The grid of these rows, lines of one cell joined; `lines` are the y places of drawn lines among them.
    func grid(_ lines: [Float], box: Box) -> Grid {
        var table = self
        table.separators = CurrencySigns.joined(separators, rows, content)
        guard let heads = GroupHeads.find(rows, table.separators) else { return table.plainGrid(lines, box: box) }
        table.underlines += heads.lines
        var grid = table.plainGrid(lines, box: box)
        if grid.headRows == nil { grid.headRows = grid.ys.dropFirst().prefix { $0 < rows[heads.rows].baseline - 0.5 * rows[heads.rows].fragments[0].size }.count }
        return grid
    }

    private func plainGrid(_ lines: [Float], box: Box) -> Grid {
        let starts = rowStarts(lines)
        var ys: [Float] = [min(box.y0, rows.first?.box.y0 ?? box.y0)]
        for start in starts.dropFirst() {
            let above = rows[..<start].reduce(-Float.infinity) { max($0, $1.baseline) }
            let line = lines.first { $0 > above && $0 < rows[start].baseline }
            ys.append(line ?? max(above + 0.2, (rows[start - 1].box.y1 + rows[start].box.y0) / 2))
        }
        ys.append(max(box.y1, rows.last?.box.y1 ?? box.y1))
        let xs = [box.x0] + separators + [box.x1]
        var cells: [Grid.Cell] = []
        let bounds = starts + [rows.count]
        for row in 0..<(bounds.count - 1) {
            let fragments = rows[bounds[row]..<bounds[row + 1]].flatMap(\.fragments)
            cells += self.cells(fragments, row: row, between: ys[row], and: ys[row + 1])
        }
        var grid = Grid(xs: xs, ys: ys, cells: cells)
        if let head = lines.first(where: { $0 > ys[0] + 3 && $0 < ys[ys.count - 1] - 3 }) {
            grid.headRows = ys.dropFirst().prefix { $0 <= head + 3 }.count
        }
        return grid
    }

    /// One cell a column, but where a fragment lies across, or a line under it does.
    private func cells(_ fragments: [Fragment], row: Int, between top: Float, and bottom: Float) -> [Grid.Cell] {
        var isJoined = [Bool](repeating: false, count: separators.count)
        for fragment in fragments {
            for (index, x) in separators.enumerated() where fragment.box.x0 < x - 0.3 * fragment.size && fragment.box.x1 > x + 0.3 * fragment.size {
                isJoined[index] = true
            }
        }
        for line in underlines where line.at > top + 2 && line.at < bottom + 2 {
            guard fragments.filter({ $0.box.midX > line.from - 2 && $0.box.midX < line.to + 2 }).count == 1 else { continue }
            for (index, x) in separators.enumerated() where x > line.from + 1 && x < line.to - 1 { isJoined[index] = true }
        }
        var cells: [Grid.Cell] = []
        var column = 0
        while column <= separators.count {
            var width = 1
            while column + width <= separators.count, isJoined[column + width - 1] { width += 1 }
            cells.append(Grid.Cell(row: row, column: column, columns: width))
            column += width
        }
        return cells
    }

    /// The rows at which a new row of the table begins.
    private func rowStarts(_ lines: [Float]) -> [Int] {
        guard !rows.isEmpty else { return [] }
        var starts = [0]
        let pitches = zip(rows, rows.dropFirst()).map { $1.baseline - $0.baseline }
        let borders = lines + underlines.map(\.at)
        let parted = zip(rows, rows.dropFirst()).map { a, b in borders.contains { $0 > a.baseline - 1 && $0 < b.baseline } }
        let joints = WrappedLabels(content: content, rows: rows, edge: separators.first ?? .infinity).joints()
        let wraps = WrappedRows(content, rows, separators)
        // Lines between most rows: only they part rows.
        let isRuled = rows.count >= 4 && lines.filter { $0 > rows[0].baseline && $0 < (rows.last?.baseline ?? 0) }.count >= 3
            && parted.filter(\.self).count * 5 >= rows.count
        // White around a drawn line says nothing of lines within cells.
        let bare = zip(pitches, parted).filter { !$1 }.map(\.0)
        let tight = bare.min() ?? 0, widest = bare.max() ?? 0
        let hasTwoPitches = widest > 1.25 * tight
        let head = headLines(lines, pitches)
        let apart = pitches.map { $0 > 1.25 * tight }
        if !isRuled, hasTwoPitches, areWrapped(apart, wraps) {
            // White parts rows; what stands close is one row's.
            return starts + rows.indices.dropFirst().filter { (apart[$0 - 1] || parted[$0 - 1]) && $0 >= head }
        }
        for index in rows.indices.dropFirst() {
            if parted[index - 1] { starts.append(index); continue }
            if index < head || joints[index - 1] { continue }
            if isRuled, isEvenlyRuled(parted) {
                // Lines of numbers side by side are rows of their own.
                if isFullOfNumbers(rows[index]), rows[(starts.last ?? 0)..<index].contains(where: isFullOfNumbers) || starts.last == index - 1 && isGroupHead(index - 1) { starts.append(index) }
                continue
            }
            if pitches[index - 1] <= 1.12 * tight || !hasTwoPitches, wraps.goesOn(index, from: starts[starts.count - 1]) { continue }
            if !continues(index, pitch: pitches[index - 1], tight: tight, widest: widest, from: starts[starts.count - 1]) { starts.append(index) }
        }
        return starts
    }

    /// Whether rows that stand closer than others are lines of the same cells: cells of a row end after different numbers of lines, and
    /// numbers take one line.
    private func areWrapped(_ apart: [Bool], _ wraps: WrappedRows) -> Bool {
        var lines = 0, broken = 0, numbers = 0
        var start = 0
        for index in rows.indices.dropFirst() {
            if apart[index - 1] { start = index; continue }
            lines += 1
            if wraps.goesOn(index, from: start) { broken += 1; continue }
            if rows[index].fragments.contains(where: crosses) || counts(rows[index]) && counts(rows[index - 1]) { numbers += 1 }
            let filled = columns(rows[index]), before = columns(rows[start])
            if filled.isStrictSubset(of: before) { broken += 1 } else if !filled.isSubset(of: before) { numbers += 1 }
            let upper = Set(rows[index - 1].fragments.filter(\.isNumberLike).map(column))
            if rows[index].fragments.contains(where: { $0.isNumberLike && upper.contains(column($0)) }) { numbers += 1 }
        }
        return apart.filter(\.self).count >= 2 && lines > 0 && broken * 2 >= lines && numbers * 5 <= lines
    }

    /// Whether a row begins with a digit.
    private func counts(_ row: TextRow) -> Bool {
        guard let first = row.fragments.first?.glyphs.first else { return false }
        return Scalars.isDigit(content.glyphs[Int(first)].scalar)
    }

    /// How many rows above the first line are lines of one row of heads.
    private func headLines(_ lines: [Float], _ pitches: [Float]) -> Int {
        guard let line = lines.first(where: { $0 > rows[0].baseline }) else { return bareHeadLines(pitches) }
        let count = rows.prefix { $0.baseline < line }.count
        guard count >= 2, count <= 4, count * 2 <= rows.count else { return 0 }
        let size = rows[0].fragments.first?.size ?? 10
        guard !underlines.contains(where: { $0.at > rows[0].baseline && $0.at < rows[count - 1].baseline }) else { return 0 }
        guard pitches.prefix(count - 1).allSatisfy({ $0 < 1.5 * size }), !rows.prefix(count).contains(where: { $0.fragments.contains(where: crosses) }) else { return 0 }
        return count
    }

    /// How many rows are lines of one row of heads, where no line is under it: words in all columns above numbers, as close below each
    /// other as lines are, each with no room for the next one's first word.
    private func bareHeadLines(_ pitches: [Float]) -> Int {
        guard separators.count >= 2, underlines.isEmpty, let count = rows.prefix(6).firstIndex(where: isFullOfNumbers), count >= 2, rows.count >= count + 2, let size = rows[0].fragments.first?.size else { return 0 }
        let heads = rows[..<count], all = heads.reduce(into: Set<Int>()) { $0.formUnion(columns($1)) }
        guard pitches.prefix(count - 1).allSatisfy({ $0 < 1.45 * size }), pitches[count - 1] > 1.1 * (pitches.prefix(count - 1).max() ?? 0), all.count == separators.count + 1 || all.count == separators.count && !all.contains(0),
            !heads.contains(where: { $0.fragments.contains { $0.isNumberLike || crosses($0) } }), columns(rows[0]) == all || columns(rows[count - 1]) == all
        else { return 0 }
        var isProved = false
        for index in 1..<count {
            for fragment in rows[index].fragments {
                guard let above = rows[index - 1].fragments.last(where: { column($0) == column(fragment) }) else { continue }
                let left = column(fragment) == 0 ? rows.lazy.map(\.box.x0).min() ?? 0 : separators[column(fragment) - 1]
                let right = column(fragment) < separators.count ? separators[column(fragment)] : rows.lazy.map(\.box.x1).max() ?? 0
                if above.box.width + WordPieces.firstWord(fragment.glyphs, content, size: size) + 0.25 * size < right - left - size { return 0 }
                isProved = isProved || fragment.glyphs.first.map { Scalars.isLower(content.glyphs[Int($0)].scalar) } ?? false || TextOpenness.isOpen(above.glyphs, content)
                    || TextOpenness.endsWithin(above.glyphs, content, size: size)
            }
        }
        // Rows of full columns may be rows of words.
        return isProved || columns(rows[0]) != columns(rows[count - 1]) ? count : 0
    }

    private func isFullOfNumbers(_ row: TextRow) -> Bool { columns(row).count * 2 > separators.count && row.fragments.count >= 2 && row.fragments.filter { $0.isNumberLike }.count * 2 >= row.fragments.count }

    /// Whether a row is one label that ends of itself: it would have had room for the label below it, or lies across columns.
    private func isGroupHead(_ index: Int) -> Bool {
        guard rows[index].fragments.count == 1, let head = rows[index].fragments.first, let next = rows[index + 1].fragments.first, column(next) == 0, !crosses(next) else { return false }
        if crosses(head) { return true }
        let room = rows.lazy.flatMap(\.fragments).filter { column($0) == 0 && !crosses($0) }.map(\.box.width).max() ?? 0
        return column(head) == 0 && head.box.width + WordPieces.firstWord(next.glyphs, content, size: next.size) + 0.3 * head.size < room
    }

    /// Whether lines stand so often that they part rows, and not groups of rows.
    private func isEvenlyRuled(_ parted: [Bool]) -> Bool {
        // Between lines at most a few rows each, and one of a group lacks cells: lines of one cell.
        var group: [TextRow] = []
        var groups = 0, broken = 0
        for (index, row) in rows.enumerated() {
            if index > 0, parted[index - 1] {
                groups += 1
                group = []
            }
            if let first = group.first, row.fragments.count < first.fragments.count || columns(row) != columns(first) { broken += 1 }
            group.append(row)
        }
        return broken * 2 >= rows.count - groups - 1
    }

    private func columns(_ row: TextRow) -> Set<Int> { Set(row.fragments.map(column)) }

    private func column(_ fragment: Fragment) -> Int { separators.prefix { $0 < fragment.box.midX }.count }

    /// Whether a row holds nothing but further lines of the cells above it.
    private func continues(_ index: Int, pitch: Float, tight: Float, widest: Float, from start: Int) -> Bool {
        let row = rows[index], above = rows[index - 1]
        let hasTwoPitches = widest > 1.25 * tight
        let size = row.fragments.first?.size ?? 10
        // Cells that are centred beside cells of more lines stand between those lines.
        if row.isCloserThanLines(to: above), columns(row).isDisjoint(with: columns(above)) { return true }
        if index - start >= 2, rows[index - 2].baseline + 1.5 * size > row.baseline, row.isCloserThanLines(to: above) { return true }
        guard pitch < 1.6 * size else { return false }
        let filled = columns(row)
        let before = rows[start..<index].reduce(into: Set<Int>()) { $0.formUnion(columns($1)) }
        if row.fragments.contains(where: { crosses($0) }) || above.fragments.contains(where: { crosses($0) }) { return false }
        let isTight = !hasTwoPitches || pitch <= 1.12 * tight
        guard isTight else { return false }
        if hasTwoPitches, pitch <= 1.12 * tight, pitch < 0.85 * widest {
            // Lines stand closer within rows than rows do.
            if filled.count < max(2, separators.count + 1) || before.count > filled.count { return filled.isSubset(of: before) || filled.count * 2 <= separators.count + 1 }
        }
        guard !filled.contains(0), filled.isSubset(of: before), filled.count * 2 <= separators.count + 1 || filled.count == 1 else { return false }
        return before.count > filled.count
    }

    private func crosses(_ fragment: Fragment) -> Bool { separators.contains { fragment.box.x0 < $0 - 2 && fragment.box.x1 > $0 + 2 } }
}
