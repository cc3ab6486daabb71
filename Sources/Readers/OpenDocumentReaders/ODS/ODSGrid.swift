// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// A cell that shows something. Columns count from 0.
struct ODSCell {
    enum Kind { case text, number, other }

    var column: Int
    var kind = Kind.text
    var text = ""
    /// What it shows where plain text does not say it: links, notes, marks.
    var content: [Inline]?
    var columns = 1
    var rows = 1

    var inlines: [Inline] {
        if let content { return content }
        guard text.utf8.contains(0x0A) else { return text.isEmpty ? [] : [.text(text)] }
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { at, line -> [Inline] in
            at == 0 ? [.text(String(line))] : [.lineBreak, .text(String(line))]
        }
    }
}

/// The rows of one sheet on their way into tables: rows that touch are a band, and empty columns part a band into tables.
///
/// Keeps one band in memory; one of very many cells becomes a single table, given out row by row.
final class ODSGrid {
    private struct Line {
        var index: Int
        var cells: [ODSCell]
    }

    private let sink: any DocumentSink
    private let name: String
    private let isHidden: Bool
    private var band: [Line] = []
    private var cellCount = 0
    /// The last row that a cell of the band reaches.
    private var bottom = -1
    /// The columns of a table that is given out while it is read.
    private var width: Int?
    private var first = 0
    private var isBegun = false
    private var rowCount = 0
    private var hiddenRows = 0
    private var hiddenColumns = 0
    /// Pictures and charts over the cells, which follow the band.
    private var objects: [Block] = []
    private static let mostCells = 100_000

    init(name: String, isHidden: Bool, into sink: any DocumentSink) {
        self.name = name
        self.isHidden = isHidden
        self.sink = sink
    }

    func hideColumns(_ count: Int) { hiddenColumns += count }
    func place(_ blocks: [Block]) { objects += blocks }

    func append(_ index: Int, isHidden: Bool, _ cells: [ODSCell]) throws(SinkError) {
        guard !cells.isEmpty else { return }
        rowCount += 1
        if rowCount % 4_096 == 0 { try sink.progress(rowCount) }
        if isHidden { hiddenRows += 1 }
        if index > bottom + 1 { try flush() }
        bottom = max(bottom, index + (cells.lazy.map(\.rows).max() ?? 1) - 1)
        let line = Line(index: index, cells: cells)
        if let width { return try sink.appendRow(Self.row(line, first..<(first + width))) }
        band.append(line)
        cellCount += cells.count
        if cellCount > Self.mostCells { try beginLong() }
    }

    func finish(_ diagnostics: inout Diagnostics) throws(SinkError) {
        try flush()
        guard isBegun else { return }
        var hidden: [String] = []
        if hiddenRows > 0 {
            hidden.append("Hidden rows: \(hiddenRows)")
            diagnostics.report("rows-hidden", "hidden rows were carried over like the others", count: hiddenRows)
        }
        if hiddenColumns > 0 {
            hidden.append("Hidden columns: \(hiddenColumns)")
            diagnostics.report("columns-hidden", "hidden columns were carried over like the others", count: hiddenColumns)
        }
        if !hidden.isEmpty { try sink.append(.paragraph([.emphasis([.text(hidden.joined(separator: "; "))])])) }
        if isHidden { diagnostics.report("sheet-hidden", "a hidden sheet was carried over like the others") }
    }

    private func begin() throws(SinkError) {
        guard !isBegun else { return }
        isBegun = true
        try sink.append(.heading(level: 2, [.text(isHidden ? name + " (hidden)" : name)]))
    }

    private func flush() throws(SinkError) {
        if width != nil { try sink.endTable() } else { for table in tables() { try send(table) } }
        width = nil
        band = []
        cellCount = 0
        guard !objects.isEmpty else { return }
        try begin()
        for object in objects { try sink.append(object) }
        objects = []
    }

    private func beginLong() throws(SinkError) {
        try begin()
        first = band.lazy.compactMap(\.cells.first?.column).min() ?? 0
        let last = band.lazy.flatMap(\.cells).map { $0.column + $0.columns - 1 }.max() ?? first
        let columns = first..<(last + 1)
        width = columns.count
        let heads = Self.headCount(band)
        try sink.beginTable(TableHead(rows: band.prefix(heads).map { Self.row($0, columns) }))
        for line in band.dropFirst(heads) { try sink.appendRow(Self.row(line, columns)) }
        band = []
    }

    /// The band's lines, parted where a column is empty from top to bottom.
    private func tables() -> [[Line]] {
        var used: [(first: Int, last: Int)] = band.flatMap { $0.cells.map { ($0.column, $0.column + $0.columns - 1) } }
        used.sort { $0 < $1 }
        var spans: [(first: Int, last: Int)] = []
        for range in used {
            if let last = spans.last, range.first <= last.last + 1 { spans[spans.count - 1].last = max(last.last, range.last) } else { spans.append(range) }
        }
        guard spans.count > 1, spans.count <= 256 else { return band.isEmpty ? [] : [band] }
        return spans.map { span in
            band.compactMap { line in
                let cells = line.cells.filter { $0.column >= span.first && $0.column <= span.last }
                return cells.isEmpty ? nil : Line(index: line.index, cells: cells)
            }
        }
    }

    private func send(_ lines: [Line]) throws(SinkError) {
        try begin()
        var lines = lines[...]
        var caption: [Inline] = []
        let isWide = lines.contains { $0.cells.count > 1 }
        // A text alone above a wider row is the title of what follows.
        while isWide, lines.count > 2, let top = lines.first, top.cells.count == 1, top.cells[0].kind == .text, top.cells[0].rows == 1 {
            if !caption.isEmpty { try sink.append(.paragraph(caption)) }
            caption = top.cells[0].inlines
            lines = lines.dropFirst()
        }
        if lines.count == 1, let only = lines.first, only.cells.count == 1 { return try sink.append(.paragraph(only.cells[0].inlines)) }
        let columns = (lines.compactMap(\.cells.first?.column).min() ?? 0)..<((lines.flatMap(\.cells).map { $0.column + $0.columns }.max() ?? 0))
        let heads = Self.headCount(Array(lines))
        try sink.beginTable(TableHead(caption: caption, rows: lines.prefix(heads).map { Self.row($0, columns) }))
        var reach: [Int: Int] = [:]
        for (at, line) in lines.enumerated() where at < heads { Self.note(line, &reach) }
        var next = lines.first.map { $0.index + heads } ?? 0
        for line in lines.dropFirst(heads) {
            // Rows below a cell that reaches down may hold nothing of their own.
            while next < line.index {
                try sink.appendRow(Self.row(Line(index: next, cells: []), columns, reach))
                next += 1
            }
            try sink.appendRow(Self.row(line, columns, reach))
            Self.note(line, &reach)
            next += 1
        }
        try sink.endTable()
    }

    private static func note(_ line: Line, _ reach: inout [Int: Int]) {
        for cell in line.cells where cell.rows > 1 { for column in cell.column..<(cell.column + cell.columns) { reach[column] = line.index + cell.rows - 1 } }
    }

    private static func row(_ line: Line, _ columns: Range<Int>, _ reach: [Int: Int] = [:]) -> Row {
        var out: [Cell] = []
        out.reserveCapacity(columns.count)
        var column = columns.lowerBound
        func pad(to end: Int) {
            while column < end {
                if (reach[column] ?? -1) < line.index { out.append(Cell([])) }
                column += 1
            }
        }
        for cell in line.cells where cell.column >= column {
            pad(to: cell.column)
            out.append(Cell(cell.inlines.isEmpty ? [] : [.paragraph(cell.inlines)], columns: cell.columns, rows: cell.rows))
            column = cell.column + cell.columns
        }
        pad(to: columns.upperBound)
        return Row(out)
    }

    /// One when the first row names the columns of the others.
    private static func headCount(_ lines: [Line]) -> Int {
        guard lines.count > 1, let first = lines.first, first.cells.allSatisfy({ $0.kind == .text && $0.rows == 1 }) else { return 0 }
        return first.cells.reduce(0) { $0 + $1.columns } + 1 >= lines[1].cells.count ? 1 : 0
    }
}
