// SPDX-License-Identifier: Apache-2.0

/// A column's worth of text, or one table: what is read from top to bottom.
struct Region {
    var fragments: [Fragment]
    /// At the page's upper or lower edge, apart from the text.
    var isMarginal = false
}

/// Cuts a page into regions in reading order: recursively along rivers of white, tables first where rows are aligned.
///
///     page ─ margins off ▶ river with flowing text on both sides? ─▶ bands ─▶ each side again
///                         └ aligned rows? ─▶ above · table · below
///                         └ loose sides? ─▶ bands        └ else a region
struct RegionCutter {
    let content: PageContent
    /// See `FragmentedText.jumps`.
    let jumps: Set<Int32>
    let size: Float
    /// Lines across, pieces joined.
    let lines: [Rule]
    /// Tables found on the way, which fragments stand for.
    var blocks: [PageBlock]
    private(set) var regions: [Region] = []

    init(_ content: PageContent, jumps: Set<Int32>, size: Float, lines: [Rule], blocks: [PageBlock]) {
        self.content = content
        self.jumps = jumps
        self.size = size
        self.lines = lines
        self.blocks = blocks
    }

    mutating func cut(_ fragments: [Fragment]) {
        let (head, body, foot) = margins(fragments)
        for row in head { keepMargin(row) }
        cut(body, depth: 0)
        for row in foot { keepMargin(row) }
    }

    private mutating func keepMargin(_ row: TextRow) {
        regions += Self.parts(row).map { Region(fragments: $0, isMarginal: true) }
    }

    /// A row at the page's edge in parts: what stands far apart in it is different things, and so is a number at its end.
    private static func parts(_ row: TextRow) -> [[Fragment]] {
        var parts: [[Fragment]] = []
        for (index, fragment) in row.fragments.enumerated() {
            let isNumber = index == row.fragments.count - 1 && isPageNumber(fragment)
            if let last = parts.last?.last, fragment.box.x0 - last.box.x1 <= (isNumber ? 1.2 : 4) * max(last.size, fragment.size) {
                parts[parts.count - 1].append(fragment)
            } else {
                parts.append([fragment])
            }
        }
        return parts
    }

    private static func isPageNumber(_ fragment: Fragment) -> Bool { fragment.isNumberLike && fragment.glyphs.count <= 4 }

    /// Whether a number stands at one end of a row, far from the text in it.
    private static func isNumbered(_ row: TextRow) -> Bool {
        guard row.fragments.count >= 2, let first = row.fragments.first, let last = row.fragments.last, isPageNumber(first) != isPageNumber(last) else { return false }
        let parts = parts(row)
        return parts.count <= 3 && (isPageNumber(first) ? parts.first?.count == 1 : parts.last?.count == 1)
    }

    /// Whether a row is a slide's: its title, and far from it in smaller letters what stands on each.
    private func isTitled(_ row: TextRow) -> Bool {
        let parts = Self.parts(row)
        guard parts.count == 2, let title = parts[0].map(\.size).max(), let rest = parts[1].map(\.size).max() else { return false }
        return title > 1.15 * rest && title > 1.15 * size
    }

    /// Rows at the page's edges that a gap parts from the rest.
    private func margins(_ fragments: [Fragment]) -> (head: [TextRow], body: [Fragment], foot: [TextRow]) {
        var rows = TextRow.rows(fragments)[...]
        var head: [TextRow] = [], foot: [TextRow] = []
        while head.count < 3, rows.count > 2, let first = rows.first, first.fragments.allSatisfy({ $0.block == nil }) {
            let isHigh = first.box.y1 < 0.13 * content.height
            // A page's number may stand lower, where the margin is wide.
            guard isHigh || head.isEmpty && first.box.y1 < RunningHeads.lowestHead * content.height && Self.isNumbered(first) else { break }
            let next = rows.dropFirst().prefix(12).map(\.box.y0).min() ?? 0
            let isTop = first.box.y1 < 0.085 * content.height
            guard next - first.box.y1 > (isTop || isTitled(first) ? 0.45 : isHigh ? 1.1 : 1.5) * max(first.fragments[0].size, size) else { break }
            head.append(first)
            rows = rows.dropFirst()
        }
        while foot.count < 3, rows.count > 2, let last = rows.last, last.fragments.allSatisfy({ $0.block == nil }) {
            let next = rows.dropLast().suffix(12).map(\.box.y1).max() ?? 0
            // A page's number may stand higher, where the margin is wide.
            let isNumber = foot.isEmpty && last.fragments.count == 1 && Self.isPageNumber(last.fragments[0]) && last.box.y0 > RunningHeads.highestNumber * content.height
            guard isNumber || last.box.y0 > 0.87 * content.height else { break }
            let isBottom = last.box.y0 > 0.92 * content.height
            guard last.box.y0 - next > (isBottom ? 0.45 : last.box.y0 > 0.87 * content.height ? 1.1 : 2) * max(last.fragments[0].size, size) else { break }
            foot.insert(last, at: 0)
            rows = rows.dropLast()
        }
        return (head, rows.flatMap(\.fragments), foot)
    }

    private static let mostDepth = 12

    private mutating func cut(_ fragments: [Fragment], depth: Int) {
        guard !fragments.isEmpty else { return }
        guard depth < Self.mostDepth, fragments.count < 6_000 else { return keep(fragments) }
        let count: (Fragment) -> Int = { $0.glyphs.count }
        if let gutter = Gutter.find(fragments, size: size, isSure: true, glyphCount: count) { return cut(gutter, depth) }
        if cutTables(fragments, depth) { return }
        if let gutter = Gutter.find(fragments, size: size, isSure: false, glyphCount: count) { return cut(gutter, depth) }
        if cutTables(fragments, depth, areParted: true) { return }
        keep(fragments)
    }

    private mutating func keep(_ fragments: [Fragment]) {
        guard !fragments.isEmpty else { return }
        guard let row = CaptionRow(fragments, content) else { return regions.append(Region(fragments: fragments)) }
        if !row.above.isEmpty { regions.append(Region(fragments: row.above)) }
        for caption in row.captions { regions.append(Region(fragments: caption)) }
        if !row.below.isEmpty { regions.append(Region(fragments: row.below)) }
    }

    private mutating func cut(_ gutter: Gutter, _ depth: Int) {
        let bands = gutter.bands(size)
        // Nothing parted: the sides never stood beside each other.
        if bands.count == 1, case .wide(let all) = bands[0] {
            if !cutTables(all, depth) { keep(all) }
            return
        }
        for band in bands {
            switch band {
            case .wide(let fragments): cut(fragments, depth: depth + 1)
            case .sides(let left, let right):
                if cutAcross(left + right, gutter.x, depth) { continue }
                let isRTL = isRightToLeft(left + right)
                cut(isRTL ? right : left, depth: depth + 1)
                cut(isRTL ? left : right, depth: depth + 1)
            }
        }
    }

    /// A table as wide as both sides, whose columns leave the river's place free by chance: its numbers go on beyond it, below lines that lie
    /// across it or beside labels that stand at the left only.
    private mutating func cutAcross(_ fragments: [Fragment], _ x: Float, _ depth: Int) -> Bool {
        let rows = TextRow.rows(fragments)
        guard rows.count(where: { $0.fragments.count >= 4 }) >= 4 else { return false }
        let found = AlignedTables(content: content, jumps: jumps).find(rows).first { table in
            let left = table.separators.count { $0 < x - size }, right = table.separators.count { $0 > x + size }
            guard left >= 1, right >= 1, table.members.count >= 4, SideBySide.parts(table.members, table.separators, size: size).count == 1 else { return false }
            let both = table.members.count { row in row.fragments.contains { $0.box.x1 <= x } && row.fragments.contains { $0.box.x0 >= x } }
            guard both * 5 >= table.members.count * 4 else { return false }
            return lines.contains { $0.from < x - 5 * size && $0.to > x + 5 * size && $0.at > table.box.y0 - 1.5 * size && $0.at < table.box.y1 + 1.5 * size }
                || firsts(table, -.infinity) < 0.5 && firsts(table, x) > 0.7
        }
        guard let found else { return false }
        cut(rows[..<found.rows.lowerBound].flatMap(\.fragments), depth: depth + 1)
        keep(found)
        cut(rows[found.rows.upperBound...].flatMap(\.fragments), depth: depth + 1)
        return true
    }

    /// How many of the first cells beyond a place are numbers.
    private func firsts(_ table: AlignedTables.Found, _ x: Float) -> Float {
        let firsts = table.members.compactMap { row in row.fragments.first { $0.box.x0 >= x } }
        return Float(firsts.count(where: \.isNumberLike)) / Float(max(firsts.count, 1))
    }

    private mutating func cutTables(_ fragments: [Fragment], _ depth: Int, areParted: Bool = false) -> Bool {
        let rows = TextRow.rows(fragments)
        let tables = AlignedTables(content: content, jumps: jumps)
        let found = areParted ? tables.findParted(rows) : tables.find(rows)
        guard !found.isEmpty else { return false }
        var at = 0
        for table in found {
            cut(rows[at..<table.rows.lowerBound].flatMap(\.fragments), depth: depth + 1)
            keep(table)
            at = table.rows.upperBound
        }
        cut(rows[at...].flatMap(\.fragments), depth: depth + 1)
        return true
    }

    private mutating func keep(_ table: AlignedTables.Found) {
        for part in SideBySide.parts(table.members, table.separators, size: size) {
            let aligned = AlignedTable(content: content, separators: part.separators, rows: part.rows)
            let lines = lines.filter { $0.length > 0.5 * part.box.width && $0.at > part.box.y0 && $0.at < part.box.y1 }.map(\.at).sorted()
            let grid = aligned.grid(lines, box: part.box)
            let fragments = part.rows.flatMap(\.fragments)
            blocks.append(content.isSketched(part.box) ? .diagram(DiagramText.rows(fragments)) : .table(grid, fragments))
            regions.append(Region(fragments: [Fragment(block: blocks.count - 1, box: part.box)]))
        }
    }

    private func isRightToLeft(_ fragments: [Fragment]) -> Bool {
        var right = 0, all = 0
        for fragment in fragments.prefix(40) {
            for place in fragment.glyphs.prefix(20) {
                all += 1
                if Scalars.isRightToLeft(content.glyphs[Int(place)].scalar) { right += 1 }
            }
        }
        return right * 2 > all
    }
}

/// A table or picture on a page.
enum PageBlock {
    case table(Grid, [Fragment])
    case picture(Picture)
    /// Words among curves and slanted lines, by lines that they make.
    case diagram([[Fragment]])
}

/// Two tables beside each other, which share rows by chance.
enum SideBySide {
    static func parts(_ rows: [TextRow], _ separators: [Float], size: Float) -> [(rows: [TextRow], separators: [Float], box: Box)] {
        let whole = rows.map(\.box).union ?? Box(0, 0, 0, 0)
        guard separators.count >= 3 else { return [(rows, separators, whole)] }
        // The white at each separator; one much wider than all others parts two tables.
        let widths = separators.map { x -> Float in
            var left = -Float.infinity, right = Float.infinity
            for row in rows {
                for fragment in row.fragments {
                    if fragment.box.x1 <= x { left = max(left, fragment.box.x1) } else if fragment.box.x0 >= x { right = min(right, fragment.box.x0) }
                }
            }
            return right - left
        }
        guard let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widest >= 1, widest < separators.count - 1 else { return [(rows, separators, whole)] }
        let others = widths.enumerated().filter { $0.offset != widest }.map(\.element)
        guard let next = others.max(), widths[widest] > 2.2 * next, widths[widest] > 3 * size else { return [(rows, separators, whole)] }
        let x = separators[widest]
        // A table begins with what its numbers are about.
        let firsts = [-Float.infinity, x].map { edge in
            let end = separators.first { $0 > edge } ?? .infinity
            return rows.flatMap(\.fragments).filter { $0.box.midX > edge && $0.box.midX < end }
        }
        let areNumbers = firsts.map { $0.filter(\.isNumberLike).count * 2 > $0.count }
        guard areNumbers[0] || !areNumbers[1] else { return [(rows, separators, whole)] }
        var out: [(rows: [TextRow], separators: [Float], box: Box)] = []
        for side in [true, false] {
            let part = TextRow.rows(rows.flatMap(\.fragments).filter { ($0.box.midX < x) == side })
            guard let box = part.map(\.box).union else { continue }
            out.append((part, separators.filter { $0 != x && ($0 < x) == side }, box))
        }
        return out
    }
}
