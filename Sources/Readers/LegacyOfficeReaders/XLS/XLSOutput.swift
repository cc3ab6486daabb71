// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree
import Sheets

/// Sends one sheet: its rows, with what lies on and above them.
struct XLSOutput {
    private let book: XLSBook
    private let sink: any DocumentSink
    private let stream: SheetStream
    private let frame: XLSFrame
    private var overlay: CellOverlay

    static func send(_ sheet: XLSBook.Sheet, of book: XLSBook, to sink: any DocumentSink) throws(SinkError) {
        guard let beginning = XLSRecord(book.stream, at: sheet.offset), beginning.type == XLSType.beginning else {
            return book.diagnostics.report("sheet-unreadable", "a sheet could not be read")
        }
        if sheet.kind == 2 || beginning.content.short(2) == 0x20 {
            let stream = SheetStream(name: sheet.name, sheet.visibility, labels: book.labels, into: sink)
            stream.place(XLSChart(book, from: beginning.next).blocks(book.labels), row: 0, column: 0)
            return try stream.finish(&book.diagnostics)
        }
        var output = XLSOutput(book, sheet, XLSFrame(book, from: beginning.next), sink)
        try output.rows(from: beginning.next)
        try output.finish()
    }

    private init(_ book: XLSBook, _ sheet: XLSBook.Sheet, _ frame: XLSFrame, _ sink: any DocumentSink) {
        self.book = book
        self.sink = sink
        self.frame = frame
        stream = SheetStream(name: sheet.name, sheet.visibility, labels: book.labels, into: sink)
        overlay = CellOverlay(merged: frame.merged, links: frame.links, comments: frame.comments)
        for columns in frame.hiddenColumns { stream.hideColumns(columns) }
        for object in frame.objects { stream.place(object.blocks, row: object.row, column: object.column) }
    }

    private mutating func rows(from start: Int) throws(SinkError) {
        var cells = XLSCells(book, from: start)
        if !frame.isInOrder {
            var all: [(row: Int, cell: SheetCell)] = []
            while let cell = cells.next() { all.append(cell) }
            all.sort { ($0.row, $0.cell.column) < ($1.row, $1.cell.column) }
            var rest = all[...]
            return try send { rest.popFirst() }
        }
        try send { cells.next() }
    }

    private mutating func send(_ next: () -> (row: Int, cell: SheetCell)?) throws(SinkError) {
        var current = 0
        var row: [SheetCell] = []
        while let (number, cell) = next() {
            if number != current {
                if !row.isEmpty { try send(current, row) }
                row = []
                current = number
            }
            row.append(cell)
        }
        if !row.isEmpty { try send(current, row) }
    }

    private mutating func send(_ index: Int, _ given: [SheetCell]) throws(SinkError) {
        for row in overlay.rows(before: index) { try stream.append(row) }
        var cells = given
        if zip(cells, cells.dropFirst()).contains(where: { $0.column >= $1.column }) {
            // Of two values for one cell the later one counts.
            var byColumn: [Int: SheetCell] = [:]
            for cell in cells { byColumn[cell.column] = cell }
            cells = byColumn.values.sorted { $0.column < $1.column }
        }
        overlay.put(on: &cells, row: index)
        try stream.append(SheetRow(index, isHidden: frame.hiddenRows.contains(index), cells))
    }

    private mutating func finish() throws(SinkError) {
        for row in overlay.rows(before: Int.max) { try stream.append(row) }
        for media in book.media.release() { try sink.append(media) }
        try stream.finish(&book.diagnostics)
        for note in overlay.notes { try sink.append(note) }
    }
}
