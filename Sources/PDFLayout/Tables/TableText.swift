// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// A grid and the text in it as a table.
struct TableText {
    let content: PageContent
    let spaced: [Bool]
    let links: [String]

    /// nil when the grid holds no table: one cell, or next to no text.
    func table(_ grid: Grid, _ fragments: [Fragment]) -> Table? {
        var byCell = [[Fragment]](repeating: [], count: grid.cells.count)
        let places = cellPlaces(grid)
        for fragment in fragments {
            for piece in split(fragment, grid) {
                guard let row = band(piece.box.midY, grid.ys), let column = column(piece, grid) else { continue }
                // A fragment across columns belongs to the spanning cell that begins with it.
                if let place = places[row * grid.columnCount + column] { byCell[place].append(piece) }
            }
        }
        let filled = byCell.filter { !$0.isEmpty }.count
        guard grid.cells.count >= 2, filled >= 2 else { return nil }
        var rows = [[Cell]](repeating: [], count: grid.rowCount)
        var bold = [Bool](repeating: true, count: grid.rowCount)
        var kept = used(grid, byCell)
        if kept.columns.isEmpty || kept.rows.isEmpty { return nil }
        if kept.columns.count == 1, grid.columnCount > 1 || kept.rows.count < 2 { kept.columns = Set(0..<grid.columnCount) }
        for index in grid.cells.indices.sorted(by: { (grid.cells[$0].row, grid.cells[$0].column) < (grid.cells[$1].row, grid.cells[$1].column) }) {
            let cell = grid.cells[index]
            let columns = (cell.column..<(cell.column + cell.columns)).filter(kept.columns.contains).count
            let height = (cell.row..<(cell.row + cell.rows)).filter(kept.rows.contains).count
            guard columns > 0, height > 0 else { continue }
            let lines = lines(byCell[index])
            if !lines.isEmpty, lines.contains(where: { $0.bold < 0.8 }) { bold[cell.row] = false }
            rows[cell.row].append(Cell(blocks(lines), columns: columns, rows: height))
        }
        let order = kept.rows.sorted()
        guard order.count >= 1, kept.columns.count >= 2 || order.count >= 2 else { return nil }
        var head = grid.headRows.map { most in order.filter { $0 < most }.count } ?? 0
        if head == 0 || head > order.count / 2 {
            head = 1
            while head < order.count / 2, head < 3, bold[order[head]], bold[order[0]] { head += 1 }
        }
        // A cell that hangs down from the head keeps the rows it covers in the head.
        for (position, row) in order.enumerated() where position < head {
            for cell in rows[row] where cell.rows > 1 && position + cell.rows <= order.count / 2 { head = max(head, position + cell.rows) }
        }
        if order.count == 1 { head = 0 }
        // Tables in right-to-left scripts begin at the right.
        let isRTL = isRightToLeft(fragments)
        let built = order.map { Row(isRTL ? rows[$0].reversed() : rows[$0]) }
        return Table(head: TableHead(rows: Array(built.prefix(head)).map(Self.withoutBold)), rows: Array(built.dropFirst(head)))
    }

    private func isRightToLeft(_ fragments: [Fragment]) -> Bool {
        var right = 0, left = 0
        for fragment in fragments {
            for place in fragment.glyphs {
                let c = content.glyphs[Int(place)].scalar
                if Scalars.isRightToLeft(c) { right += 1 } else if Scalars.isLetter(c) { left += 1 }
            }
        }
        return right > left
    }

    /// Cell places by row and column.
    private func cellPlaces(_ grid: Grid) -> [Int?] {
        var places = [Int?](repeating: nil, count: grid.rowCount * grid.columnCount)
        for (index, cell) in grid.cells.enumerated() {
            for row in cell.row..<(cell.row + cell.rows) { for column in cell.column..<(cell.column + cell.columns) { places[row * grid.columnCount + column] = index } }
        }
        return places
    }

    private func band(_ value: Float, _ places: [Float]) -> Int? {
        guard let first = places.first, let last = places.last, value >= first - 6, value <= last + 6 else { return nil }
        var index = 0
        while index + 2 < places.count, value >= places[index + 1] { index += 1 }
        return index
    }

    /// Rows and columns in which a cell with text begins.
    private func used(_ grid: Grid, _ byCell: [[Fragment]]) -> (rows: Set<Int>, columns: Set<Int>) {
        var rows: Set<Int> = [], columns: Set<Int> = []
        for (index, cell) in grid.cells.enumerated() where !byCell[index].isEmpty {
            rows.insert(cell.row)
            columns.insert(cell.column)
        }
        return (rows, columns)
    }

    /// The column that text is of: where it begins, if it begins there as that column's text does and is longer than the column is wide.
    private func column(_ piece: Fragment, _ grid: Grid) -> Int? {
        guard let middle = band(piece.box.midX, grid.xs), let first = band(piece.box.x0 + 1, grid.xs), first < middle else { return band(piece.box.midX, grid.xs) }
        let isRightToLeft = piece.glyphs.first.map { Scalars.isRightToLeft(content.glyphs[Int($0)].scalar) } ?? false
        return !isRightToLeft && piece.box.x0 - grid.xs[first] < 1.2 * piece.size ? first : middle
    }

    /// Text that runs over a drawn or felt border, cut at the white there; whole where a spanning cell takes it. A word over a border is one that
    /// its cell had no room for: it stays whole, with what follows it as words do.
    private func split(_ fragment: Fragment, _ grid: Grid) -> [Fragment] {
        guard fragment.glyphs.count > 1 else { return [fragment] }
        let row = band(fragment.box.midY, grid.ys) ?? 0
        let borders = grid.cells.filter { $0.row <= row && row < $0.row + $0.rows }.map { grid.xs[$0.column] }
            .filter { $0 > fragment.box.x0 + 1 && $0 < fragment.box.x1 - 1 }.sorted()
        guard !borders.isEmpty else { return [fragment] }
        var pieces: [Fragment] = []
        var current: [Int32] = []
        var side = 0, isOver = false
        func flush() {
            guard let box = current.map({ content.glyphs[Int($0)].box }).union else { return }
            pieces.append(Fragment(glyphs: current, box: box, baseline: fragment.baseline, size: fragment.size, weight: box.width))
            (current, isOver) = ([], false)
        }
        for place in fragment.glyphs {
            let glyph = content.glyphs[Int(place)]
            let now = borders.prefix { $0 <= glyph.box.midX }.count
            let end = current.last.map { content.glyphs[Int($0)].box.x1 } ?? glyph.box.x0
            let white = glyph.box.x0 - end
            if current.isEmpty {
                side = now
            } else if now != side {
                let isBetween = white > 0.08 * fragment.size && borders.contains { $0 > end - 0.5 && $0 < glyph.box.x0 + 0.5 }
                if isBetween || white > (isOver ? 0.45 : 0.16) * fragment.size {
                    flush()
                    side = now
                } else {
                    isOver = true
                }
            }
            current.append(place)
        }
        flush()
        return pieces
    }

    func lines(_ fragments: [Fragment]) -> [Line] {
        let builder = LineBuilder(content: content, spaced: spaced)
        return TextRow.rows(fragments).compactMap { builder.line($0.fragments) }.filter { !$0.isEmpty }
    }

    /// A cell's lines as paragraphs: one, but where white or markers part them.
    private func blocks(_ lines: [Line]) -> [Block] {
        guard !lines.isEmpty else { return [] }
        var out: [Block] = []
        var start = 0
        for index in 1...lines.count where index == lines.count || isApart(lines[index - 1], lines[index]) {
            let inlines = LineInlines.inlines(Array(lines[start..<index]), links: links)
            if !inlines.isEmpty { out.append(.paragraph(inlines)) }
            start = index
        }
        return out
    }

    private func isApart(_ line: Line, _ next: Line) -> Bool {
        if next.baseline - line.baseline > 1.9 * max(line.size, next.size) { return true }
        guard let marker = ListMarker(next.text) else { return false }
        if case .bullet(let c) = marker.kind { return c > 0x2014 }
        return false
    }

    /// Bold is a head's nature.
    private static func withoutBold(_ row: Row) -> Row {
        Row(row.cells.map { cell in
            var cell = cell
            cell.blocks = cell.blocks.map { block in
                guard case .paragraph(let inlines) = block else { return block }
                return .paragraph(inlines.flatMap { inline in if case .strong(let inner) = inline { inner } else { [inline] } })
            }
            return cell
        })
    }
}
