// SPDX-License-Identifier: Apache-2.0

/// Where columns are parted, by the white between fragments that stand above each other.
enum ColumnFinder {
    /// The x places between columns; empty when there is one.
    ///
    /// Only the fuller rows tell: headings and notes within a table lie across its columns.
    static func separators(_ rows: [TextRow], least: Float) -> [Float] {
        let most = rows.lazy.map(\.fragments.count).max() ?? 0
        guard most >= 2 else { return [] }
        var best: [ClosedRange<Float>] = []
        for floor in [max(2, (most * 3 + 3) / 4), max(2, (most + 1) / 2), 2] {
            let telling = rows.filter { $0.fragments.count >= floor }
            guard telling.count * 4 >= rows.count || telling.count >= 3 else { continue }
            let found = common(telling, least: least)
            if found.count > best.count { best = found }
        }
        return best.map { middle($0, rows) }
    }

    /// Where between two columns they are parted: so that heads wider than what stands below them are not cut, if there is such a place.
    private static func middle(_ white: ClosedRange<Float>, _ rows: [TextRow]) -> Float {
        var low = white.lowerBound, high = white.upperBound
        for fragment in rows.lazy.flatMap(\.fragments) where fragment.box.x0 < white.upperBound && fragment.box.x1 > white.lowerBound {
            let isFromLeft = fragment.box.x0 < white.lowerBound, isFromRight = fragment.box.x1 > white.upperBound
            if isFromLeft, !isFromRight { low = max(low, fragment.box.x1) }
            if isFromRight, !isFromLeft { high = min(high, fragment.box.x0) }
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
        var edges: [(x: Float, change: Int)] = []
        for row in rows { for fragment in row.fragments { edges += [(fragment.box.x0, 1), (fragment.box.x1, -1)] } }
        edges.sort { ($0.x, $0.change) < ($1.x, $1.change) }
        let allowed = rows.count >= 10 ? rows.count / 12 : 0
        var out: [ClosedRange<Float>] = []
        var cover = 0
        var open: Float?
        var floor = Int.max
        for edge in edges {
            cover += edge.change
            if edge.change < 0, cover <= allowed, open == nil || cover < floor {
                (open, floor) = (edge.x, cover)
            } else if edge.change > 0, let start = open, cover > floor {
                if edge.x - start >= least { out.append(start...edge.x) }
                open = nil
                floor = .max
            }
        }
        return out
    }
}
