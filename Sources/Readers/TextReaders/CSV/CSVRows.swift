// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Makes rows of a table from fields and sends each on; keeps one row in memory.
struct CSVRows: CSVConsumer {
    private let sink: any DocumentSink
    private let heading: CSVHeading
    private let width: Int
    /// Every row of the sample ended with a delimiter: the empty field behind it is none.
    private let dropsLast: Bool
    private var cells: [Cell] = []
    private var rowBytes = 0
    private var isBlank = true
    private var skipped = 0
    private var caption: [Inline] = []
    private var isTableOpen = false
    private(set) var rows = 0
    private(set) var ragged = 0
    private(set) var strayQuotes = 0
    private(set) var cutFields = 0
    private(set) var cutRows = 0
    private(set) var replaced = 0

    /// More fields or bytes than this in one row, and the rest of the row is lost.
    static let mostFields = 16_384
    static let mostRowBytes = 16 << 20

    init(sink: any DocumentSink, heading: CSVHeading, width: Int, dropsLast: Bool) {
        self.sink = sink
        self.heading = heading
        self.width = min(max(1, width), Self.mostFields)
        self.dropsLast = dropsLast
        cells.reserveCapacity(min(self.width, Self.mostFields))
    }

    mutating func field(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard cells.count < Self.mostFields, rowBytes + bytes.count <= Self.mostRowBytes else {
            skipped += 1
            return
        }
        rowBytes += bytes.count
        if bytes.isEmpty {
            cells.append(Cell([]))
            return
        }
        isBlank = false
        if bytes.contains(0x0A) || bytes.contains(0x0D) {
            cells.append(Cell([.paragraph(lines(bytes))]))
        } else {
            cells.append(Cell([.paragraph([.text(text(bytes))])]))
        }
    }

    private mutating func text(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        if text.utf8.count != bytes.count { replaced += 1 }
        return text
    }

    private mutating func lines(_ bytes: UnsafeBufferPointer<UInt8>) -> [Inline] {
        var inlines: [Inline] = []
        for line in bytes.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
            if !inlines.isEmpty { inlines.append(.lineBreak) }
            inlines.append(.text(text(UnsafeBufferPointer(rebasing: line))))
        }
        return inlines
    }

    mutating func endRow() throws(SinkError) {
        defer {
            cells.removeAll(keepingCapacity: true)
            rowBytes = 0
            isBlank = true
            skipped = 0
        }
        guard !isBlank else { return }
        if skipped > 0 { cutRows += 1 }
        if dropsLast, cells.count == width + 1, cells[width].blocks.isEmpty { cells.removeLast() }
        if rows == 0, heading.hasTitle, caption.isEmpty {
            for block in cells[0].blocks { if case .paragraph(let inlines) = block { caption = inlines } }
            return
        }
        if cells.count != width { ragged += 1 }
        while cells.count < width { cells.append(Cell([])) }
        rows += 1
        if !isTableOpen {
            isTableOpen = true
            try sink.beginTable(TableHead(caption: caption, rows: heading.hasNames ? [Row(cells)] : []))
            if heading.hasNames { return }
        }
        try sink.appendRow(Row(cells))
        if rows % 4_096 == 0 { try sink.progress(rows) }
    }

    mutating func strayQuote() { strayQuotes += 1 }
    mutating func fieldCut() { cutFields += 1 }

    func finish() throws(SinkError) {
        if isTableOpen { try sink.endTable() }
    }
}

/// Keeps the first rows as they are.
struct CSVSample: CSVConsumer {
    private(set) var rows: [[[UInt8]]] = []
    private var row: [[UInt8]] = []
    private let most: Int

    init(most: Int) { self.most = most }

    mutating func field(_ bytes: UnsafeBufferPointer<UInt8>) {
        if row.count < CSVRows.mostFields { row.append(Array(bytes.prefix(200))) }
    }

    mutating func endRow() throws(SinkError) {
        defer { row = [] }
        guard row.contains(where: { !$0.isEmpty }) else { return }
        rows.append(row)
        if rows.count >= most { throw SinkError("enough rows") }
    }

    mutating func strayQuote() {}
    mutating func fieldCut() {}
}
