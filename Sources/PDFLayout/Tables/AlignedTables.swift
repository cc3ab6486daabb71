// SPDX-License-Identifier: Apache-2.0

/// Finds tables without lines: rows that leave the same places free.
struct AlignedTables {
    let content: PageContent
    /// See `FragmentedText.jumps`.
    var jumps: Set<Int32> = []

    struct Found {
        var rows: Range<Int>
        /// Those rows, their fragments cut where columns are.
        var members: [TextRow]
        var separators: [Float]
        var box: Box
    }

    func find(_ rows: [TextRow]) -> [Found] {
        var found: [Found] = []
        var at = 0
        while at < rows.count {
            guard let table = table(rows, from: at, after: found.last?.rows.upperBound ?? 0) else { at += 1; continue }
            at = table.rows.upperBound
            found.append(table)
        }
        return found
    }

    /// Tables whose cells nothing but jumps of the pen part: at least three columns and rows.
    func findParted(_ rows: [TextRow]) -> [Found] {
        guard !jumps.isEmpty else { return [] }
        return find(WordPieces.parted(rows, jumps, content)).filter { $0.separators.count >= 2 && $0.rows.count >= 3 }
    }

    private func table(_ rows: [TextRow], from start: Int, after bound: Int) -> Found? {
        guard isTabular(rows[start]) else { return nil }
        let size = rows[start].fragments[0].size
        let reach = reach(rows, start, size)
        func isNear(_ row: TextRow, _ above: TextRow) -> Bool { row.baseline - above.baseline < reach }
        var common = rows[start].gaps(least: 0.8 * size)
        var end = start + 1
        var last = end
        while end < rows.count, isNear(rows[end], rows[end - 1]) {
            guard !rows[end].fragments.contains(where: { $0.block != nil }), !isTitle(rows[end], after: rows[end - 1]) else { break }
            let next = Intervals.common(common, rows[end].gaps(least: 0.8 * size), least: 0.75 * size)
            if inner(next).isEmpty {
                // A row across all columns within the table.
                guard end + 1 < rows.count, rows[end].fragments.count == 1, isTabular(rows[end + 1]), isNear(rows[end + 1], rows[end]),
                    rows[end].fragments[0].glyphs.count < 70
                else { break }
                let over = Intervals.common(common, rows[end + 1].gaps(least: 0.8 * size), least: 0.75 * size)
                guard inner(over).count == inner(common).count, end - start >= 2 else { break }
                end += 1
                continue
            }
            // Losing most columns to one row: another text begins.
            if inner(next).count * 2 < inner(common).count, end - start >= 3 { break }
            common = next
            end += 1
            if rows[end - 1].fragments.count > 1 { last = end }
        }
        // Lines of the last row's cells belong to it.
        while last < end, rows[last].fragments.count == 1, rows[last].baseline - rows[last - 1].baseline < 1.35 * size,
            !isWide(rows[last], rows[start..<last]) { last += 1 }
        var first = start
        while first > bound, isNear(rows[first], rows[first - 1]), rows[first - 1].fragments.count > 1, isTabular(rows[first - 1]),
            fits(rows[first - 1], rows[start..<last])
        { first -= 1 }
        if first > bound, isRaised(rows, first - 1) { first -= 1 }
        let whole = Array(rows[first..<last])
        let coarse = ColumnFinder.separators(whole, least: 0.75 * size)
        let (members, separators) = ColumnFinder.finer(whole, coarse, content, size: size)
        guard !separators.isEmpty, let box = members.map(\.box).union, isTable(members, separators) else { return nil }
        if let parted = ColumnFinder.parted(members, separators, at: jumps, content, size: size), isTable(parted.rows, parted.separators) {
            return Found(rows: first..<last, members: parted.rows, separators: parted.separators, box: box)
        }
        return Found(rows: first..<last, members: members, separators: separators, box: box)
    }

    private func inner(_ gaps: [ClosedRange<Float>]) -> [ClosedRange<Float>] { gaps.filter { $0.lowerBound > -.infinity && $0.upperBound < .infinity } }

    private func isWide(_ row: TextRow, _ members: ArraySlice<TextRow>) -> Bool {
        guard let box = members.map(\.box).union else { return false }
        return row.box.width > 0.6 * box.width
    }

    private func fits(_ row: TextRow, _ members: ArraySlice<TextRow>) -> Bool {
        guard let box = members.map(\.box).union else { return false }
        return row.box.x0 > box.x0 - 12 && row.box.x1 < box.x1 + 12
    }

    /// Whether a row is nothing but the first line of a cell beside which the others of its row are set in the middle, between it and the next line.
    private func isRaised(_ rows: [TextRow], _ index: Int) -> Bool {
        guard index + 2 < rows.count, rows[index].fragments.count == 1, let line = rows[index].fragments.first, line.block == nil else { return false }
        let middle = rows[index + 1], below = rows[index + 2]
        return middle.isCloserThanLines(to: rows[index]) && below.isCloserThanLines(to: middle) && !middle.fragments.contains { $0.box.overlapX(line.box) > 0 }
            && below.fragments.contains { $0.box.overlapX(line.box) > 0 }
    }

    /// Whether a row is one piece of larger text: the head of what follows.
    private func isTitle(_ row: TextRow, after above: TextRow) -> Bool {
        row.fragments.count == 1 && row.fragments[0].size > 1.12 * (above.fragments.map(\.size).max() ?? 0)
    }

    /// How far rows may stand apart: further where they begin so, with several columns in each.
    private func reach(_ rows: [TextRow], _ start: Int, _ size: Float) -> Float {
        var reach = 3.1 * size
        for (above, row) in zip(rows[start...].prefix(4), rows[start...].prefix(5).dropFirst()) where above.fragments.count >= 3 && row.fragments.count >= 3 {
            let pitch = row.baseline - above.baseline
            if pitch < 5 * size { reach = max(reach, 1.15 * pitch) }
        }
        return reach
    }

    private func isTabular(_ row: TextRow) -> Bool {
        guard row.fragments.count >= 2, !row.fragments.contains(where: { $0.block != nil }) else { return false }
        if row.fragments.count == 2, isMarker(row.fragments[0]) { return false }
        // Dots lead to a page's number, or to the numbers of a row.
        guard let leader = row.fragments.lastIndex(where: isLeader) else { return true }
        return row.fragments.count { $0.isNumberLike } >= 2 && (leader == 0 || row.fragments.count - leader > 2)
    }

    /// Dots that lead the eye to a page number.
    private func isLeader(_ fragment: Fragment) -> Bool {
        let dots = fragment.glyphs.reduce(0) { count, place in
            let c = content.glyphs[Int(place)].scalar
            return count + (c == 0x2E || c == 0xB7 || c == 0x2026 || c == 0x5F ? 1 : 0)
        }
        return dots >= 4 && dots * 3 >= fragment.glyphs.count
    }

    private func isMarker(_ fragment: Fragment) -> Bool {
        guard fragment.glyphs.count <= 6 else { return false }
        if fragment.glyphs.count == 1, content.styles[Int(content.glyphs[Int(fragment.glyphs[0])].style)].isSymbol { return true }
        var text: [UInt8] = []
        for place in fragment.glyphs { Scalars.append(content.glyphs[Int(place)].scalar, to: &text) }
        return ListMarker.isMarkerAlone(text) || SectionNumber(text) != nil || isLineNumber(text)
    }

    /// The number of a line of a program: digits and a colon.
    private func isLineNumber(_ text: [UInt8]) -> Bool { text.count > 1 && text.last == 0x3A && text.dropLast().allSatisfy { (0x30...0x39).contains($0) } }

    // MARK: Judging

    private func isTable(_ rows: [TextRow], _ separators: [Float]) -> Bool {
        let full = rows.filter { $0.fragments.count > 1 }.count
        guard full >= 2, full * 2 >= rows.count, !isRunningText(rows, separators) else { return false }
        let columns = separators.count + 1
        var cells = [[Fragment]](repeating: [], count: columns)
        for row in rows {
            for fragment in row.fragments where !separators.contains(where: { fragment.box.x0 < $0 - 2 && fragment.box.x1 > $0 + 2 }) {
                cells[separators.prefix { $0 < fragment.box.midX }.count].append(fragment)
            }
        }
        guard !cells.contains(where: \.isEmpty) else { return false }
        let prose = cells.filter(isProse).count
        if prose >= 2 || prose * 2 > columns { return false }
        if isEquation(cells) { return false }
        let marked = cells[0].filter(isMarker).count
        if columns == 2, marked * 2 > cells[0].count, prose > 0 || !cells[1].contains(where: { $0.isNumeric(content) }) { return false }
        if monoShare(cells) > 0.8, !content.isTypewritten || !areCounts(cells, rows) { return false }
        let aligned = cells.filter(ColumnFinder.isAligned).count
        guard aligned * 3 >= columns * 2 else { return false }
        if rows.count == 2 || full == 2 {
            // Two rows alone prove little: they need numbers or many columns.
            let numbers = cells.dropFirst().filter { column in column.contains(where: { $0.isNumeric(content) }) }.count
            return columns >= 3 && (numbers * 2 >= columns || columns >= 4) && full == rows.count || hasLine(rows)
        }
        return true
    }

    /// Whether a line as wide as the rows stands above, among or below them.
    private func hasLine(_ rows: [TextRow]) -> Bool {
        guard let box = rows.map(\.box).union else { return false }
        return content.rules.contains { $0.isHorizontal && $0.from < box.x0 + 8 && $0.to > box.x1 - 8 && $0.at > box.y0 - 10 && $0.at < box.y1 + 10 && $0.length < 1.5 * box.width }
    }

    private func isProse(_ column: [Fragment]) -> Bool {
        guard column.count >= 4, let box = column.map(\.box).union else { return false }
        let wide = column.filter { $0.box.width > 0.7 * box.width && $0.glyphs.count >= 20 }.count
        return wide * 5 >= column.count * 3
    }

    /// Whether rows are the lines of justified text, whose words stand far apart, as in typescript: they are full, hold to no columns, and go on in
    /// the middle of sentences and words.
    private func isRunningText(_ rows: [TextRow], _ separators: [Float]) -> Bool {
        guard let box = rows.map(\.box).union else { return false }
        var ink: Float = 0
        var glyphs = 0, digits = 0, goingOn = 0, loose = 0
        for row in rows {
            let isCut = row.fragments.contains { fragment in separators.contains { fragment.box.x0 < $0 - 2 && fragment.box.x1 > $0 + 2 } }
            let isShared = zip(row.fragments, row.fragments.dropFirst()).contains { left, right in !separators.contains { $0 > left.box.midX && $0 < right.box.midX } }
            if isCut || isShared { loose += 1 }
            for fragment in row.fragments {
                ink += fragment.box.width
                glyphs += fragment.glyphs.count
                digits += fragment.glyphs.count { Scalars.isDigit(content.glyphs[Int($0)].scalar) }
            }
            let first = row.fragments.first?.glyphs.first.map { content.glyphs[Int($0)].scalar } ?? 0, last = row.fragments.last?.glyphs.last.map { content.glyphs[Int($0)].scalar } ?? 0
            if Scalars.isLower(first) || last == 0x2D || last == 0x2C { goingOn += 1 }
        }
        let fullness = ink / (Float(rows.count) * max(box.width, 1))
        return (fullness > 0.7 || fullness > 0.45 && loose * 2 >= rows.count) && goingOn * 5 >= rows.count * 2 && digits * 10 < glyphs
    }

    /// Whether the last column holds nothing but an equation's number, `(2)` or `(3.2)`, beside signs of mathematics.
    private func isEquation(_ cells: [[Fragment]]) -> Bool {
        guard let numbers = cells.last, cells.count >= 2, numbers.allSatisfy(isEquationNumber) else { return false }
        return cells.dropLast().joined().contains { $0.glyphs.contains { [0x3D, 0x2248, 0x2261, 0x2264, 0x2265, 0x2A7D, 0x2A7E, 0x221D, 0x2208].contains(content.glyphs[Int($0)].scalar) } }
    }

    private func isEquationNumber(_ fragment: Fragment) -> Bool {
        let scalars = fragment.glyphs.map { content.glyphs[Int($0)].scalar }
        guard scalars.count >= 3, scalars.count <= 8, scalars.first == 0x28, scalars.last == 0x29 else { return false }
        return Scalars.isDigit(scalars[1]) || scalars.count >= 5 && Scalars.isLetter(scalars[1]) && Scalars.isDigit(scalars[scalars.count - 2])
    }

    /// Whether numbers fill all columns but the first: a table of figures as typewriters and line printers set it, and no program.
    private func areCounts(_ cells: [[Fragment]], _ rows: [TextRow]) -> Bool {
        guard cells.count >= 3, rows.count >= 4 else { return false }
        return cells.dropFirst().allSatisfy { column in column.count { $0.isNumberLike } * 4 >= column.count * 3 }
    }

    private func monoShare(_ cells: [[Fragment]]) -> Float {
        var mono = 0, all = 0
        for fragment in cells.joined() {
            all += fragment.glyphs.count
            if let first = fragment.glyphs.first, content.styles[Int(content.glyphs[Int(first)].style)].isMono { mono += fragment.glyphs.count }
        }
        return Float(mono) / Float(max(all, 1))
    }
}
