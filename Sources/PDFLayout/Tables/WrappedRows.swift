// SPDX-License-Identifier: Apache-2.0

/// Rows of text that go on in each of their cells: what no line and no white tells, the words do.
///
///     Vessels registered in the   Office of the     2012–
///     northern districts          Chief Scientist   2014
///
/// Each line above had no room for the next line's first word, and one of the lines below begins in the middle of a sentence: the label's,
/// where it has one.
struct WrappedRows {
    let content: PageContent
    let rows: [TextRow]
    let separators: [Float]
    /// By column: the widest text that stands in it.
    private let rooms: [Float]

    init(_ content: PageContent, _ rows: [TextRow], _ separators: [Float]) {
        (self.content, self.rows, self.separators) = (content, rows, separators)
        var rooms = [Float](repeating: 0, count: separators.count + 1)
        for fragment in rows.lazy.flatMap(\.fragments) where !separators.contains(where: { fragment.box.x0 < $0 - 2 && fragment.box.x1 > $0 + 2 }) {
            let column = Self.column(fragment, separators)
            rooms[column] = max(rooms[column], fragment.box.width)
        }
        self.rooms = rooms
    }

    private static func column(_ fragment: Fragment, _ separators: [Float]) -> Int { separators.prefix { $0 < fragment.box.midX }.count }

    /// Whether the row at `index` holds nothing but further lines of the row that began at `start`.
    func goesOn(_ index: Int, from start: Int) -> Bool {
        var isProved = false, isLabel = true
        var last = -1
        for line in rows[index].fragments {
            let column = Self.column(line, separators)
            // Each column has one piece of the line.
            guard column > last, let above = rows[start..<index].reversed().lazy.compactMap({ row in row.fragments.last { Self.column($0, separators) == column } }).first,
                line.baseline - above.baseline < 1.6 * line.size, line.baseline > above.baseline, let first = line.glyphs.first
            else { return false }
            last = column
            let isOpen = TextOpenness.isOpen(above.glyphs, content)
            if above.glyphs.last.map({ content.glyphs[Int($0)].scalar == 0x3A }) ?? false { return false }
            if above.isNumberLike, line.isNumberLike, !isOpen { return false }
            guard above.box.width + 0.25 * line.size + WordPieces.firstWord(line.glyphs, content, size: line.size) > rooms[column] - 0.5 else { return false }
            let opening = rows[start].fragments.first { Self.column($0, separators) == column }?.glyphs.first ?? above.glyphs.first
            // Cells that begin with small letters themselves prove nothing.
            let startsLower = opening.map { Scalars.isLower(content.glyphs[Int($0)].scalar) } ?? false
            let isWithin = isOpen || Scalars.isLower(content.glyphs[Int(first)].scalar) && !startsLower
            if isWithin { isProved = true } else if column == 0 { isLabel = false }
        }
        return isProved && isLabel
    }
}
