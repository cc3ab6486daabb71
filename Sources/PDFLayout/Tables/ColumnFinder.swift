// SPDX-License-Identifier: Apache-2.0

/// Where columns are parted, by the white between fragments that stand above each other.
enum ColumnFinder {
    /// The x places between columns; empty when there is one.
    ///
    /// Only the fuller rows tell: headings and notes within a table lie across its columns.
    static func separators(_ rows: [TextRow], least: Float) -> [Float] {
        let most = most(rows)
        guard most >= 2 else { return [] }
        var best: [ClosedRange<Float>] = []
        var told = 0
        for floor in [max(2, (most * 3 + 3) / 4), max(2, (most + 1) / 2), 2] {
            let telling = rows.filter { $0.fragments.count >= floor }
            // No more rows are the same rows.
            guard telling.count > told, telling.count * 4 >= rows.count || telling.count >= 3 else { continue }
            told = telling.count
            let found = common(telling, least: least)
            if found.count > best.count { best = found }
        }
        let separators = best.map { middle($0, rows) }
        if let headed = headed(rows, least: least), headed.count <= separators.count { return headed }
        return separators
    }

    /// Where columns are parted that the rows below the heads tell, each with its head: heads may stand at the left of numbers that stand at
    /// the right, in the white between two columns. nil when the heads do not follow each other as those columns do.
    private static func headed(_ rows: [TextRow], least: Float) -> [Float]? {
        for count in 1...3 where rows.count >= count + 3 {
            let heads = rows[count - 1].fragments, body = rows[count...]
            let most = most(body)
            guard most >= 3, heads.count >= 2, heads.count <= most else { continue }
            let telling = body.filter { $0.fragments.count * 4 >= most * 3 }
            guard telling.count >= 3, telling.count * 2 >= body.count else { continue }
            let whites = common(telling, least: least)
            let missing = whites.count + 1 - heads.count
            guard whites.count >= 2, missing >= 0, heads.count * 2 > whites.count else { continue }
            var out: [Float] = []
            for (index, white) in whites.enumerated() {
                let left = index - missing, right = left + 1
                let low = max(white.lowerBound, heads.indices.contains(left) ? heads[left].box.x1 : -.infinity)
                let high = min(white.upperBound, heads.indices.contains(right) ? heads[right].box.x0 : .infinity)
                guard high - low > 0.5 else { break }
                out.append(middle(low...high, rows))
            }
            if out.count == whites.count { return out }
        }
        return nil
    }

    /// How many fragments the fullest row has.
    private static func most(_ rows: some Collection<TextRow>) -> Int { rows.reduce(0) { max($0, $1.fragments.count) } }

    /// Where between two columns they are parted: so that heads wider than what stands below them are not cut, if there is such a place.
    private static func middle(_ white: ClosedRange<Float>, _ rows: [TextRow]) -> Float {
        var low = white.lowerBound, high = white.upperBound
        for row in rows {
            for place in row.fragments.indices {
                let box = row.fragments[place].box
                guard box.x0 < white.upperBound, box.x1 > white.lowerBound else { continue }
                let isFromLeft = box.x0 < white.lowerBound, isFromRight = box.x1 > white.upperBound
                if isFromLeft, !isFromRight { low = max(low, box.x1) }
                if isFromRight, !isFromLeft { high = min(high, box.x0) }
            }
        }
        return high - low > 1 ? (low + high) / 2 : (white.lowerBound + white.upperBound) / 2
    }

    /// Rows cut where the pen jumped (see `FragmentedText.jumps`), when that cuts some and gives no fewer columns than `separators` tell; else nil.
    static func parted(_ rows: [TextRow], _ separators: [Float], at jumps: Set<Int32>, _ content: PageContent, size: Float) -> (rows: [TextRow], separators: [Float])? {
        guard !jumps.isEmpty else { return nil }
        let parted = WordPieces.parted(rows, jumps, content)
        let finer = self.separators(parted, least: 0.4 * size)
        // Text that is no table jumps here and there, and leaves most of such columns empty.
        let filled = parted.reduce(0) { $0 + $1.fragments.count }
        return finer.count >= separators.count && filled > rows.reduce(0) { $0 + $1.fragments.count } && filled * 5 >= rows.count * (finer.count + 1) * 3 ? (parted, finer) : nil
    }

    /// The free intervals that all rows but a few leave open, with text on both sides of each.
    private static func common(_ rows: [TextRow], least: Float) -> [ClosedRange<Float>] {
        // Where fragments begin and end, each in order: sorting numbers costs a third of sorting pairs.
        var starts: [Float] = [], ends: [Float] = []
        let count = rows.reduce(0) { $0 + $1.fragments.count }
        starts.reserveCapacity(count)
        ends.reserveCapacity(count)
        for row in rows {
            for place in row.fragments.indices {
                starts.append(row.fragments[place].box.x0)
                ends.append(row.fragments[place].box.x1)
            }
        }
        starts.sort()
        ends.sort()
        let allowed = rows.count >= 10 ? rows.count / 12 : 0
        var out: [ClosedRange<Float>] = []
        var begun = 0
        var open: Float?
        var floor = Int.max
        for (ended, end) in ends.enumerated() {
            while begun < starts.count, starts[begun] < end {
                begun += 1
                if let start = open, begun - ended > floor {
                    if starts[begun - 1] - start >= least { out.append(start...starts[begun - 1]) }
                    open = nil
                    floor = .max
                }
            }
            let cover = begun - ended - 1
            if cover <= allowed, open == nil || cover < floor { (open, floor) = (end, cover) }
        }
        return out
    }

    /// The rows with columns that stand closer than words may, cut there: where spaces are one below the other in nearly all rows.
    static func finer(_ rows: [TextRow], _ separators: [Float], _ content: PageContent, size: Float) -> (rows: [TextRow], separators: [Float]) {
        // Numbers have to stand at a column's edge in three rows of five, of four of five, of three of four.
        guard !separators.isEmpty, rows.count >= 4, rows.count(where: { hasDigit($0, content) }) * 25 >= rows.count * 9 else { return (rows, separators) }
        let words = rows.map { row in TextRow(fragments: row.fragments.flatMap { WordPieces.pieces($0, content) }, box: row.box, baseline: row.baseline) }
        let full = words.filter { $0.fragments.count > separators.count }
        guard full.count * 4 >= rows.count * 3, let first = full[0].fragments.first?.glyphs.first else { return (rows, separators) }
        var out = separators
        // Spaces of a fixed pitch are wide.
        let isMono = content.styles[Int(content.glyphs[Int(first)].style)].isMono
        for x in self.separators(full, least: (isMono ? 0.8 : 0.35) * size) where !separators.contains(where: { areOne($0, x, full, size) }) {
            // Both sides are filled, and what begins behind the place is aligned.
            let sides = full.compactMap { row -> (left: Fragment, right: Fragment)? in
                guard let right = row.fragments.first(where: { $0.box.x0 >= x }), let left = row.fragments.last(where: { $0.box.x1 <= x }), right.box.x0 - left.box.x1 < 20 * size else { return nil }
                return (left, right)
            }
            guard sides.count * 5 >= full.count * 4, sides.count >= 4 else { continue }
            let numbers = sides.filter { $0.left.isNumberLike || $0.right.isNumberLike || $0.left.isNumeric(content) || $0.right.isNumeric(content) }.count
            if numbers * 5 >= sides.count * 3, isAligned(sides.map(\.right)) || isAligned(sides.map(\.left)) { out.append(x) }
        }
        guard out.count > separators.count else { return (rows, separators) }
        out.sort()
        return (rows.map { WordPieces.cut($0, at: out, content) }, out)
    }

    private static func hasDigit(_ row: TextRow, _ content: PageContent) -> Bool {
        row.fragments.contains { $0.glyphs.contains { Scalars.isDigit(content.glyphs[Int($0)].scalar) } }
    }

    /// Whether two places are of the same white: next to each other, or with nothing between them in most rows.
    private static func areOne(_ one: Float, _ other: Float, _ rows: [TextRow], _ size: Float) -> Bool {
        abs(one - other) < size || rows.filter { row in row.fragments.contains { ($0.box.midX - one) * ($0.box.midX - other) < 0 } }.count * 2 < rows.count
    }

    /// Most of a column's cells begin, end or are centred at one place.
    static func isAligned(_ column: [Fragment]) -> Bool {
        guard column.count > 1 else { return true }
        let slack = max(1.5, 0.3 * (column[0].size))
        func isShared(_ places: [Float]) -> Bool {
            let values = places.sorted()
            var best = 0, low = 0
            for high in values.indices {
                while values[high] - values[low] > 2 * slack { low += 1 }
                best = max(best, high - low + 1)
            }
            return best * 10 >= column.count * 6
        }
        return isShared(column.map(\.box.x0)) || isShared(column.map(\.box.x1)) || isShared(column.map(\.box.midX))
    }
}

extension Fragment {
    /// Whether half of it or more is digits, also where nobody counted them yet.
    func isNumeric(_ content: PageContent) -> Bool { glyphs.count { Scalars.isDigit(content.glyphs[Int($0)].scalar) } * 2 >= glyphs.count }
}
