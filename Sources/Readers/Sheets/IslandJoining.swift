// SPDX-License-Identifier: Apache-2.0

/// Decides which pieces of a band are one table.
struct IslandJoining {
    private let band: SheetBand
    private var areas: [CellArea]
    /// For each piece the one that took it in.
    private var takers: [Int]
    /// So many islands beside each other are a pattern, not tables: the rest joins the last.
    private static let most = 256

    init(band: SheetBand, areas: [CellArea]) {
        self.band = band
        self.areas = areas
        takers = Array(areas.indices)
    }

    func area(_ owner: Int) -> CellArea { areas[owner] }

    /// For each piece the island it belongs to.
    mutating func owners() -> [Int] {
        var open: [Int] = []
        for piece in areas.indices {
            open.removeAll { areas[$0].bottom < areas[piece].top - 2 }
            var current = piece
            while let place = open.firstIndex(where: { belongs($0, with: current) }) {
                current = unite(open.remove(at: place), current)
            }
            if open.count >= Self.most, let last = open.popLast() { current = unite(last, current) }
            open.append(current)
        }
        // A piece is only ever taken in by an earlier one.
        for piece in takers.indices { takers[piece] = takers[takers[piece]] }
        return takers
    }

    private mutating func unite(_ one: Int, _ other: Int) -> Int {
        let (first, second) = (min(one, other), max(one, other))
        areas[first].include(areas[second])
        takers[second] = first
        return first
    }

    private func belongs(_ one: Int, with other: Int) -> Bool {
        let (a, b) = (areas[one], areas[other])
        if a.touches(b) { return true }
        let (left, right) = a.left <= b.left ? (a, b) : (b, a)
        if right.left > left.right + 1, isOneWideTable(left, right) { return true }
        let (above, below) = a.top <= b.top ? (a, b) : (b, a)
        return below.top - above.bottom == 2 && isOneLongTable(above, below)
    }

    /// Empty columns between: a gap for the eye unless both sides have headings of their own.
    private func isOneWideTable(_ left: CellArea, _ right: CellArea) -> Bool {
        let gap = right.left - left.right - 1
        let shared = min(left.bottom, right.bottom) - max(left.top, right.top) + 1
        guard gap <= 3, shared > 0, shared * 2 >= min(left.height, right.height) else { return false }
        // Over more than one column only what stands in the very same rows belongs together.
        if gap > 1 { return left.top == right.top && left.bottom == right.bottom && left.height > 2 && !hasNamesForRows(right) }
        guard left.width > 1, right.width > 1, heading(left) != .none, heading(right) != .none else { return true }
        return left.top == right.top && !hasNamesForRows(right)
    }

    /// Two tables have their own names for rows; one table has them at the left only.
    private func hasNamesForRows(_ area: CellArea) -> Bool {
        guard area.height > 1 else { return false }
        return (area.top + 1...area.bottom).prefix(20).contains { row in
            band.cells(row, in: area).first.map { $0.column == area.left && $0.kind == .text } ?? false
        }
    }

    /// An empty row between: a gap for the eye where the columns go on and there are values in them, not a heading.
    private func isOneLongTable(_ above: CellArea, _ below: CellArea) -> Bool {
        guard above.width > 1, below.width > 1 else { return false }
        let shared = min(above.right, below.right) - max(above.left, below.left) + 1
        guard shared * 2 > max(above.width, below.width), shared >= min(above.width, below.width) else { return false }
        switch heading(below) {
        case .certain: return false
        case .possible: return looksTheSame(above.bottom, above, below.top, below) && looksTheSame(below.top, below, below.top + 1, below)
        case .none: break
        }
        let rows = (below.top...below.bottom).prefix(3).map { band.cells($0, in: below) }
        guard rows.contains(where: { $0.count > 1 && $0.contains { $0.kind != .text } }) else { return false }
        // A title alone in its row, and the heading under it.
        guard below.height > 1, rows[0].count == 1 else { return true }
        var rest = below
        rest.top += 1
        return heading(rest) == .none
    }

    private enum Heading { case none, possible, certain }

    /// Whether an area's first row names its columns.
    private func heading(_ area: CellArea) -> Heading {
        let first = band.cells(area.top, in: area)
        guard area.height > 1, first.count > 1, first.allSatisfy(\.canBeHeading) else { return .none }
        let second = band.cells(area.top + 1, in: area)
        // The corner over the names of rows may be empty.
        guard first.reduce(0, { $0 + $1.columns }) + 1 >= second.count else { return .none }
        if second.contains(where: { $0.kind != .text }) { return .certain }
        let styles = Dictionary(second.map { ($0.column, $0.style) }, uniquingKeysWith: { a, _ in a })
        return first.allSatisfy { cell in styles[cell.column].map { $0 != cell.style } ?? true } ? .certain : .possible
    }

    /// Two rows of one style, which is not the style of all cells.
    private func looksTheSame(_ one: Int, _ oneArea: CellArea, _ other: Int, _ otherArea: CellArea) -> Bool {
        let styles = Dictionary(band.cells(one, in: oneArea).map { ($0.column, $0.style) }, uniquingKeysWith: { a, _ in a })
        return band.cells(other, in: otherArea).allSatisfy { cell in cell.style != 0 && styles[cell.column].map { $0 == cell.style } ?? true }
    }
}
