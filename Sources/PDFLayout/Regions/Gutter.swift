// SPDX-License-Identifier: Apache-2.0

/// A river of white that parts a region into a left and a right side, but for what lies across it.
struct Gutter {
    var x: Float
    var left: [Fragment]
    var right: [Fragment]
    /// Headings, tables and the like as wide as both sides.
    var across: [Fragment]

    /// The best river of a region; nil when it is one column, or a table's rows.
    ///
    /// `isSure` asks for text that flows down on both sides, so that a table's columns are no rivers.
    static func find(_ fragments: [Fragment], size: Float, isSure: Bool, glyphCount: (Fragment) -> Int) -> Gutter? {
        guard fragments.count >= 6 else { return nil }
        var best: (gutter: Gutter, score: Float)?
        for valley in valleys(fragments, least: max(5, 0.7 * size)) {
            let x = (valley.lowerBound + valley.upperBound) / 2
            var gutter = Gutter(x: x, left: [], right: [], across: [])
            for fragment in fragments {
                if fragment.box.x1 <= x { gutter.left.append(fragment) } else if fragment.box.x0 >= x { gutter.right.append(fragment) } else { gutter.across.append(fragment) }
            }
            guard gutter.left.count >= 3 || gutter.left.contains(where: { $0.block != nil }),
                gutter.right.count >= 3 || gutter.right.contains(where: { $0.block != nil }),
                let left = gutter.left.map(\.box).union, let right = gutter.right.map(\.box).union, left.overlapY(right) > 3 * size
            else { continue }
            let width = valley.upperBound - valley.lowerBound
            guard isSure ? gutter.isFlow(size, glyphCount) : gutter.isLoose(size, width: width) else { continue }
            let score = Float(min(gutter.left.count, gutter.right.count)) * min(width, 4 * size) - 2 * Float(gutter.across.count)
            if best.map({ score > $0.score }) ?? true { best = (gutter, score) }
        }
        return best?.gutter
    }

    /// Intervals of x that fewer fragments cross than cross the places beside them.
    private static func valleys(_ fragments: [Fragment], least: Float) -> [ClosedRange<Float>] {
        var out: [ClosedRange<Float>] = []
        let starts = fragments.map { $0.box.x0 }.sorted(), ends = fragments.map { $0.box.x1 }.sorted()
        var begun = 0
        for (ended, end) in ends.enumerated() {
            while begun < starts.count, starts[begun] <= end { begun += 1 }
            let cover = begun - ended - 1
            guard begun < starts.count, ended + 1 == ends.count || starts[begun] <= ends[ended + 1], cover * 5 <= fragments.count * 3 else { continue }
            if starts[begun] - end >= least { out.append(end...starts[begun]) }
        }
        return out.count > 40 ? [] : out
    }

    /// Whether lines of text fill both sides.
    private func isFlow(_ size: Float, _ glyphCount: (Fragment) -> Int) -> Bool {
        let one = Self.flow(left, glyphCount), other = Self.flow(right, glyphCount)
        guard let small = [one.rows, other.rows].min(), let large = [one.rows, other.rows].max(), small >= 3 else { return false }
        if one.flows && other.flows { return true }
        // Text beside a column of figures and tables.
        guard one.flows || other.flows, large >= 8 else { return false }
        let side = one.flows ? right : left
        return side.contains { $0.block != nil } || Self.aligned(TextRow.rows(left), right) * 5 < min(left.count, right.count) * 2
    }

    private static func flow(_ side: [Fragment], _ glyphCount: (Fragment) -> Int) -> (flows: Bool, rows: Int) {
        let rows = TextRow.rows(side)
        guard let box = side.filter({ $0.block == nil }).map(\.box).union else { return (false, rows.count) }
        let full = rows.filter { $0.fragments.count == 1 && $0.box.width > 0.55 * box.width && glyphCount($0.fragments[0]) >= 15 }.count
        return (full >= 3 && full * 5 >= rows.count * 2, rows.count)
    }

    /// Sides whose lines have nothing to do with each other.
    private func isLoose(_ size: Float, width: Float) -> Bool {
        guard width > 1.1 * size, across.count * 3 <= left.count + right.count else { return false }
        let rows = TextRow.rows(left)
        return Self.aligned(rows, right) * 2 < min(rows.count, TextRow.rows(right).count)
    }

    /// Rows of one side that stand on a baseline of the other.
    private static func aligned(_ left: [TextRow], _ right: [Fragment]) -> Int {
        let baselines = right.map(\.baseline).sorted()
        return left.filter { row in
            var low = 0, high = baselines.count
            while low < high {
                let middle = (low + high) / 2
                if baselines[middle] < row.baseline - 1.5 { low = middle + 1 } else { high = middle }
            }
            return low < baselines.count && baselines[low] <= row.baseline + 1.5
        }.count
    }

    // MARK: Bands

    enum Band {
        case wide([Fragment])
        case sides([Fragment], [Fragment])
    }

    /// The region from above: what lies across, and between it the two sides.
    func bands(_ size: Float) -> [Band] {
        let across = across.sorted { $0.box.midY < $1.box.midY }
        let places = across.map(\.box.midY)
        func band(_ fragment: Fragment) -> Int {
            var low = 0, high = places.count
            while low < high {
                let middle = (low + high) / 2
                if places[middle] < fragment.box.midY { low = middle + 1 } else { high = middle }
            }
            return low
        }
        var sides = [(left: [Fragment], right: [Fragment])](repeating: ([], []), count: across.count + 1)
        for fragment in left { sides[band(fragment)].left.append(fragment) }
        for fragment in right { sides[band(fragment)].right.append(fragment) }
        var out: [Band] = []
        var wide: [Fragment] = []
        for index in sides.indices {
            var (left, right) = sides[index]
            if isTwoSided(left, right) {
                let tail = index < across.count ? Self.tail(&left, below: right, before: across[index], size) : []
                if !wide.isEmpty { out.append(.wide(wide)) }
                if let head = Self.head(left, right, size) {
                    out.append(.sides(left.filter { $0.box.midY < head }, right.filter { $0.box.midY < head }))
                    left.removeAll { $0.box.midY < head }
                    right.removeAll { $0.box.midY < head }
                }
                out.append(.sides(left, right))
                wide = tail
            } else {
                wide += left + right
            }
            if index < across.count { wide.append(across[index]) }
        }
        if !wide.isEmpty { out.append(.wide(wide)) }
        return out
    }

    private func isTwoSided(_ left: [Fragment], _ right: [Fragment]) -> Bool {
        if left.contains(where: { $0.block != nil }) || right.contains(where: { $0.block != nil }) { return !left.isEmpty && !right.isEmpty }
        let one = TextRow.rows(left).count, other = TextRow.rows(right).count
        return one >= 2 && other >= 2 && one + other >= 5
    }

    /// Where short lines on both sides, like names beside each other, end above the text that flows down both; nil without such.
    private static func head(_ left: [Fragment], _ right: [Fragment], _ size: Float) -> Float? {
        var bottom = -Float.infinity
        var sides = [0, 0]
        var glyphs = 0, count = 0
        let all = (left.map { ($0, 0) } + right.map { ($0, 1) }).sorted { $0.0.box.y0 < $1.0.box.y0 }
        guard let column = left.map(\.box).union else { return nil }
        for (fragment, side) in all {
            if count > 0, fragment.box.y0 - bottom > 0.9 * size, sides[0] > 0, sides[1] > 0 {
                return all.count - count >= 8 && glyphs < 34 * count ? (bottom + fragment.box.y0) / 2 : nil
            }
            guard fragment.block == nil, count < 24, fragment.box.width < 0.85 * column.width else { return nil }
            bottom = max(bottom, fragment.box.y1)
            sides[side] += 1
            glyphs += fragment.glyphs.count
            count += 1
        }
        return nil
    }

    /// A heading at the foot of the left side that belongs to what comes across below it.
    private static func tail(_ left: inout [Fragment], below right: [Fragment], before next: Fragment, _ size: Float) -> [Fragment] {
        guard let bottom = right.map(\.box.y1).max() else { return [] }
        let rows = TextRow.rows(left)
        guard rows.count > 2, let last = rows.last, last.box.y0 > bottom, next.box.y0 - last.box.y1 < 2.5 * size,
            last.box.y0 - rows[rows.count - 2].box.y1 > 0.7 * size
        else { return [] }
        left = rows.dropLast().flatMap(\.fragments)
        return last.fragments
    }
}
