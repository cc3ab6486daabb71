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
    private var merged: MergedAreas
    private var sentComments = 0
    private var lastRow = -1

    static func send(_ sheet: XLSBook.Sheet, of book: XLSBook, to sink: any DocumentSink) throws(SinkError) {
        guard let beginning = XLSRecord(book.stream, at: sheet.offset), beginning.type == XLSType.beginning else {
            return book.diagnostics.report("sheet-unreadable", "a sheet could not be read")
        }
        if sheet.kind == 2 || beginning.content.short(2) == 0x20 {
            let stream = SheetStream(name: sheet.name, sheet.visibility, labels: book.labels, into: sink)
            stream.place(XLSChart(book, from: beginning.next).blocks(), row: 0, column: 0)
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
        merged = MergedAreas(frame.merged)
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
        try sendComments(before: index)
        lastRow = index
        var cells = given
        if zip(cells, cells.dropFirst()).contains(where: { $0.column >= $1.column }) {
            // Of two values for one cell the later one counts.
            var byColumn: [Int: SheetCell] = [:]
            for cell in cells { byColumn[cell.column] = cell }
            cells = byColumn.values.sorted { $0.column < $1.column }
        }
        place(&cells, index)
        addComments(to: &cells, index)
        try stream.append(SheetRow(index, isHidden: frame.hiddenRows.contains(index), cells))
    }

    private mutating func finish() throws(SinkError) {
        try sendComments(before: Int.max)
        for media in book.media.release() { try sink.append(media) }
        try stream.finish(&book.diagnostics)
        for comment in frame.comments { try sink.append(Note(id: comment.note, blocks: comment.blocks)) }
    }

    /// Gives merged cells their size, takes those they cover, and ties links to cells.
    private mutating func place(_ cells: inout [SheetCell], _ row: Int) {
        guard !merged.isEmpty || !frame.links.isEmpty else { return }
        var kept: [SheetCell] = []
        for var cell in cells {
            switch merged.place(row: row, column: cell.column) {
            case .covered: continue
            case .anchor(let area):
                cell.columns = area.width
                cell.rows = area.height
            case .free: break
            }
            if let link = frame.links[XLSFrame.key(row, cell.column)] { cell.content = [.link(to: link, title: nil, cell.inlines)] }
            kept.append(cell)
        }
        cells = kept
    }

    /// Comments may lie on cells without a value.
    private mutating func addComments(to cells: inout [SheetCell], _ row: Int) {
        while sentComments < frame.comments.count, frame.comments[sentComments].row == row {
            let comment = frame.comments[sentComments]
            sentComments += 1
            let at = cells.firstIndex { $0.lastColumn >= comment.column } ?? cells.count
            if at < cells.count, cells[at].column <= comment.column {
                cells[at].content = cells[at].inlines + [.note(comment.note)]
            } else {
                cells.insert(SheetCell(column: comment.column, kind: .text, text: "", content: [.note(comment.note)]), at: at)
            }
        }
    }

    private mutating func sendComments(before row: Int) throws(SinkError) {
        while sentComments < frame.comments.count, frame.comments[sentComments].row < row {
            lastRow = max(lastRow, frame.comments[sentComments].row)
            var cells: [SheetCell] = []
            addComments(to: &cells, frame.comments[sentComments].row)
            try stream.append(SheetRow(lastRow, cells))
        }
    }
}
