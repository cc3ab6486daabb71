// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// One island as blocks: a table without its empty rows and columns, a title above it, or plain paragraphs.
struct IslandTable {
    private let band: SheetBand
    private let lines: [SheetBand.Line]
    /// The columns in which some cell begins.
    private let columns: [Int]
    private let isNamed: Bool
    /// Most places would be empty: the columns are those of the fullest row, and merged cells stand once.
    private let isSparse: Bool

    /// - Parameters:
    ///   - isNamed: The sheet itself says that this is a table with a heading.
    ///   - columns: The table's columns, where rows that are not known yet may fill them.
    init(_ island: SheetBand.Island, of band: SheetBand, isNamed: Bool, columns: Range<Int>? = nil) {
        self.band = band
        self.isNamed = isNamed
        lines = island.lines
        func begun(_ line: SheetBand.Line) -> [Int] { line.cells.map { band.rows[line.row].cells[$0].column } }
        let all = columns.map(Array.init) ?? Self.begun(island, band)
        let count = lines.reduce(0) { $0 + $1.cells.count }
        // Cells on a staircase would make a table of nothing but empty places.
        let room = 50 * count + 100_000
        isSparse = lines.count * all.count > room
        let fullest = isSparse ? lines.max { $0.cells.count < $1.cells.count }.map(begun) ?? all : all
        self.columns = isSparse ? Array(fullest.prefix(max(1, room / lines.count))) : all
    }

    /// The columns in which some cell of an island begins, from the left.
    private static func begun(_ island: SheetBand.Island, _ band: SheetBand) -> [Int] {
        let left = island.area.left
        var isBegun = Array(repeating: false, count: island.area.width)
        for line in island.lines {
            for cell in line.cells {
                let place = band.rows[line.row].cells[cell].column - left
                if isBegun.indices.contains(place) { isBegun[place] = true }
            }
        }
        return isBegun.indices.filter { isBegun[$0] }.map { $0 + left }
    }

    /// How many cells found no place in the table's columns and stand in the last cell of their rows.
    func send(to sink: any DocumentSink) throws(SinkError) -> Int {
        if columns.count == 1, !isNamed, lines.count == 1 || isProse || isMerged {
            for line in lines { for cell in cells(of: line) { try sink.append(.paragraph(cell.inlines)) } }
            return 0
        }
        let notes = isNamed ? 0 : noteCount
        let shape = try begin(sink, without: notes)
        try sink.endTable()
        for line in lines.suffix(notes) { try sink.append(.paragraph(cells(of: line)[0].inlines)) }
        return shape.strayCount
    }

    /// Sends all but the table's end; the shape takes further rows.
    /// - Parameter notes: Lines at the end that are no rows.
    func begin(_ sink: any DocumentSink, without notes: Int = 0) throws(SinkError) -> TableShape {
        let titles = isNamed ? 0 : titleCount
        for line in lines.prefix(max(0, titles - 1)) { try sink.append(.paragraph(cells(of: line)[0].inlines)) }
        let caption = titles > 0 ? cells(of: lines[titles - 1])[0].inlines : []
        let body = lines.dropFirst(titles).dropLast(notes)
        var shape = TableShape(columns: columns, rows: isSparse ? [] : body.map { band.rows[$0.row].index })
        let rows = body.map { shape.row(band.rows[$0.row].index, cells(of: $0)) }
        let heads = headCount(rows, body)
        try sink.beginTable(TableHead(caption: caption, rows: Array(rows.prefix(heads))))
        for row in rows.dropFirst(heads) { try sink.appendRow(row) }
        return shape
    }

    private func cells(of line: SheetBand.Line) -> [SheetCell] { line.cells.map { band.rows[line.row].cells[$0] } }

    /// A single column of sentences is text that was typed into a sheet.
    private var isProse: Bool {
        var bytes = 0
        for line in lines {
            let cell = cells(of: line)[0]
            guard cell.kind == .text else { return false }
            bytes += cell.text.utf8.count
        }
        return bytes > lines.count * 40
    }

    private var isMerged: Bool { lines.contains { cells(of: $0)[0].columns > 1 } }

    /// Lines at the bottom with one text alone that runs across the columns: remarks on the table.
    private var noteCount: Int {
        guard columns.count > 1 else { return 0 }
        var count = 0
        while count < lines.count - 2 {
            let cells = cells(of: lines[lines.count - 1 - count])
            guard cells.count == 1, cells[0].kind == .text, cells[0].rows == 1, cells[0].column == columns[0],
                cells[0].columns > 1 && cells[0].lastColumn >= columns[columns.count - 1] || cells[0].text.utf8.count > 80
            else { break }
            count += 1
        }
        return count
    }

    /// Rows at the top with one text alone, above a row that names columns.
    private var titleCount: Int {
        guard columns.count > 1 else { return 0 }
        var count = 0
        while count < min(4, lines.count - 2) {
            let cells = cells(of: lines[count])
            guard cells.count == 1, cells[0].kind == .text, cells[0].column == columns[0] || cells[0].columns > 1, cells[0].rows == 1 else { break }
            count += 1
        }
        guard count > 0 else { return 0 }
        let next = cells(of: lines[count])
        return next.count > 1 && next.allSatisfy(\.canBeHeading) ? count : 0
    }

    /// How many rows name the columns, with those that their cells reach into.
    private func headCount(_ rows: [Row], _ body: ArraySlice<SheetBand.Line>) -> Int {
        guard rows.count > 1, let first = body.first else { return 0 }
        let named = cells(of: first)
        guard isNamed || named.allSatisfy(\.canBeHeading) && named.count + 1 >= min(columns.count, cells(of: body[body.startIndex + 1]).count) else { return 0 }
        var count = 1
        var at = 0
        while at < count {
            count = max(count, at + (rows[at].cells.lazy.map(\.rows).max() ?? 1))
            at += 1
            if count >= rows.count || count > 4 { return 0 }
        }
        return count
    }
}

/// Lays the cells of a table's rows out on its columns; merged cells keep their spans.
struct TableShape {
    private let columns: [Int]
    /// The rows of the table by their index in the sheet, for spans; empty when they are not known beforehand.
    private let indices: [Int]
    /// For each column how many rows a cell from above still covers.
    private var covered: [Int]
    private var place = 0
    /// Cells outside of the columns, which stand in the last cell of their rows.
    private(set) var strayCount = 0

    init(columns: [Int], rows indices: [Int]) {
        self.columns = columns
        self.indices = indices
        covered = Array(repeating: 0, count: columns.count)
    }

    mutating func row(_ index: Int, _ cells: [SheetCell]) -> Row {
        var out: [Cell] = []
        out.reserveCapacity(columns.count)
        var strays: [SheetCell] = []
        var next = 0
        var at = 0
        while at < columns.count {
            while next < cells.count, cells[next].column < columns[at] {
                strays.append(cells[next])
                next += 1
            }
            let isHere = next < cells.count && cells[next].column == columns[at]
            if covered[at] > 0, !isHere {
                covered[at] -= 1
                at += 1
                continue
            }
            guard isHere else {
                out.append(Cell([]))
                at += 1
                continue
            }
            let cell = cells[next]
            next += 1
            let width = width(of: cell, at: at)
            let height = height(of: cell)
            let inlines = cell.inlines
            out.append(Cell(inlines.isEmpty ? [] : [.paragraph(inlines)], columns: width, rows: height))
            for column in at..<(at + width) { covered[column] = height - 1 }
            at += width
        }
        // Outside of anything seen when the table began; a row wider than the head would lose what is too much.
        if out.isEmpty, !strays.isEmpty || next < cells.count { out.append(Cell([])) }
        for cell in strays + cells[next...] { out[out.count - 1].blocks.append(.paragraph(cell.inlines)) }
        strayCount += strays.count + cells.count - next
        place += 1
        return Row(out)
    }

    private func width(of cell: SheetCell, at: Int) -> Int {
        guard cell.columns > 1 else { return 1 }
        return max(1, columns[at...].prefix { $0 <= cell.lastColumn }.count)
    }

    private func height(of cell: SheetCell) -> Int {
        guard cell.rows > 1, place < indices.count else { return 1 }
        let last = indices[place] + cell.rows - 1
        return max(1, indices[place...].prefix { $0 <= last }.count)
    }
}
