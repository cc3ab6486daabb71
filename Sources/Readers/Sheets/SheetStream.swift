// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Turns the cells of one sheet, given row by row, into headings, tables, paragraphs and what floats above the cells.
///
///     rows ─ SheetBand ▶ islands ─ IslandTable ▶ tables
///                    └ too many cells ▶ one long table, row by row
///
/// Keeps the rows of one band in memory, or so many cells and so much text; a cell in the far corner costs as much as any other.
package final class SheetStream {
    package enum Visibility: Sendable, Hashable { case visible, hidden, veryHidden }

    private let sink: any DocumentSink
    private let name: String
    private let visibility: Visibility
    private let tables: [CellArea]
    private var objects: [Floating] = []
    private var band = SheetBand()
    private var shape: TableShape?
    private var hiddenRows = IndexRanges()
    private var hiddenColumns = IndexRanges()
    private var rowCount = 0
    private var lastColumn = 0
    private var strays = 0
    private var isBegun = false
    private let mostCells: Int
    /// A band with more text is given out as one table as well: a text that many cells share is written for each of them.
    private static let mostText = 32 << 20
    private let labels: LabelLanguage

    private struct Floating {
        var row: Int
        var column: Int
        var blocks: [Block]
    }

    /// - Parameters:
    ///   - tables: What the sheet itself defines as tables with a heading.
    ///   - mostCells: A band with more is given out as one table while it is read.
    package init(name: String, _ visibility: Visibility, tables: [CellArea] = [], labels: LabelLanguage = .en, into sink: any DocumentSink, mostCells: Int = 100_000) {
        self.name = name
        self.visibility = visibility
        self.tables = tables
        self.sink = sink
        self.mostCells = mostCells
        self.labels = labels
    }

    /// Whether anything was given out.
    package var hasContent: Bool { isBegun }

    /// Something that floats above the cells: a picture, a chart. To be given before the rows.
    package func place(_ blocks: [Block], row: Int, column: Int) {
        guard !blocks.isEmpty else { return }
        objects.append(Floating(row: row, column: column, blocks: blocks))
    }

    package func hideColumns(_ columns: ClosedRange<Int>) { hiddenColumns.insert(columns) }

    /// Takes the next row; one without cells says nothing.
    package func append(_ row: SheetRow) throws(SinkError) {
        guard !row.cells.isEmpty else { return }
        rowCount += 1
        lastColumn = max(lastColumn, row.cells.last?.lastColumn ?? 0)
        if rowCount % 4_096 == 0 { try sink.progress(rowCount) }
        if row.isHidden { hiddenRows.insert(row.index...row.index) }
        if row.index > band.bottom + 2 { try flush() }
        if shape != nil {
            band.moveBottom(to: row.index)
            if let row = shape?.row(row.index, row.cells) { try sink.appendRow(row) }
            return
        }
        band.append(row)
        if band.cellCount > mostCells || band.textSize > Self.mostText { try stream() }
    }

    /// Gives out what is left, and what the sheet hides.
    package func finish(_ diagnostics: inout Diagnostics) throws(SinkError) {
        try flush()
        try float(before: Int.max, 0)
        guard isBegun else { return }
        var hidden: [String] = []
        if !hiddenRows.isEmpty {
            hidden.append(Label.hiddenRows.text(in: labels) + ": " + hiddenRows.text { String($0 + 1) })
            diagnostics.report("rows-hidden", "hidden rows were carried over like the others", count: hiddenRows.count)
        }
        hiddenColumns.cut(beyond: lastColumn)
        if !hiddenColumns.isEmpty {
            hidden.append(Label.hiddenColumns.text(in: labels) + ": " + hiddenColumns.text(ColumnName.text))
            diagnostics.report("columns-hidden", "hidden columns were carried over like the others", count: hiddenColumns.count)
        }
        if !hidden.isEmpty { try sink.append(.paragraph([.emphasis([.text(hidden.joined(separator: "; "))])])) }
        if strays > 0 { diagnostics.report("cells-beside-table", "cells beside a table stand in the last cell of their rows", count: strays) }
        if visibility != .visible { diagnostics.report("sheet-hidden", "a hidden sheet was carried over like the others") }
    }

    private func begin() throws(SinkError) {
        guard !isBegun else { return }
        isBegun = true
        // The last one is the next; those in one place keep their order.
        objects.sort { ($0.row, $0.column) < ($1.row, $1.column) }
        objects.reverse()
        var title = [Inline.text(name)]
        switch visibility {
        case .visible: break
        case .hidden: title.append(.text(" (\(Label.hidden.text(in: labels)))"))
        case .veryHidden: title.append(.text(" (\(Label.veryHidden.text(in: labels)))"))
        }
        let isPart = try sink.beginPart(DocumentPart(.sheet, name))
        try sink.append(.heading(level: isPart ? 1 : 2, title))
    }

    /// Gives out the objects that stand before a cell, in reading order.
    private func float(before row: Int, _ column: Int) throws(SinkError) {
        guard !objects.isEmpty else { return }
        try begin()
        while let object = objects.last, (object.row, object.column) < (row, column) {
            objects.removeLast()
            for block in object.blocks { try sink.append(block) }
        }
    }

    private func flush() throws(SinkError) {
        defer { band = SheetBand(below: band.bottom) }
        if let shape {
            strays += shape.strayCount
            self.shape = nil
            return try sink.endTable()
        }
        guard band.cellCount > 0 else { return }
        for island in band.islands() { try send(island) }
    }

    private func send(_ island: SheetBand.Island) throws(SinkError) {
        try begin()
        try float(before: island.area.top, island.area.left)
        strays += try IslandTable(island, of: band, isNamed: isNamed(island)).send(to: sink)
    }

    /// Gives out the islands that have ended, and begins one table with the others.
    private func stream() throws(SinkError) {
        var open: SheetBand.Island?
        for island in band.islands() {
            if island.area.bottom < band.bottom - 1 { try send(island) } else { open = open?.joined(with: island) ?? island }
        }
        let next = SheetBand(below: band.bottom)
        defer { band = next }
        guard let open else { return }
        try begin()
        try float(before: open.area.top, open.area.left)
        let right = open.lines.lazy.flatMap { line in line.cells.lazy.map { self.band.rows[line.row].cells[$0].column } }.max() ?? open.area.left
        shape = try IslandTable(open, of: band, isNamed: isNamed(open), columns: open.area.left..<(right + 1)).begin(sink)
    }

    private func isNamed(_ island: SheetBand.Island) -> Bool {
        tables.contains { $0.top == island.area.top && $0.left == island.area.left }
    }
}
