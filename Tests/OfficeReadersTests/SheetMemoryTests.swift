// SPDX-License-Identifier: Apache-2.0
import CMalloc
import DocumentReading
import DocumentTree
import Testing

@testable import OfficeReaders

/// Forgets every row, and keeps what was allocated at most while rows came.
private final class MemorySink: DocumentSink {
    private(set) var most = 0
    private(set) var rows = 0

    static var allocated: Int {
        let facts = mallinfo2()
        return Int(facts.uordblks) + Int(facts.hblkhd)
    }

    func begin(_ metadata: Metadata) {}
    func append(_ block: Block) {}
    func beginTable(_ head: TableHead) {}
    func appendRow(_ row: Row) {
        rows += 1
        if rows % 64 == 0 { most = max(most, Self.allocated) }
    }
    func endTable() {}
    func append(_ note: Note) {}
    func append(_ media: Media) {}
    func beginPart(_ part: DocumentPart) -> Bool { false }
    func endPart() {}
    func progress(_ done: Int) {}
    func finish() {}
}

@Suite("The memory that a large sheet takes", .serialized)
struct SheetMemoryTests: XLSBMaking {
    /// More cells than wait for their table, and more bytes than a part has that is read as a whole.
    private static let rows = 24_000
    private static let text = String(repeating: "abcdefghij", count: 120)
    /// What rows waiting for their table, pieces and everything else of this process may take.
    private static let most = 90 << 20

    /// How much the reading took above what there was before, and how many rows came while it did.
    private func growth(_ bytes: [UInt8], _ reader: some DocumentReader) throws -> (bytes: Int, rows: Int) {
        let sink = MemorySink()
        let before = MemorySink.allocated
        var diagnostics = Diagnostics()
        try bytes.withUnsafeBytes { try reader.read(Source($0), limits: ReadLimits(), into: sink, diagnostics: &diagnostics) }
        return (sink.most - before, sink.rows)
    }

    private func xlsx(_ rows: Int) -> [UInt8] {
        var cells = ""
        for row in 1...rows { cells += "<row r='\(row)'><c><v>1</v></c><c><v>2</v></c><c><v>3</v></c><c><v>\(row)</v></c><c t='str'><v>\(Self.text)</v></c></row>" }
        return XLSXMaker.package([XLSXMaker.Sheet(cells: cells, frame: "<mergeCells/>")])
    }

    private func xlsb(_ rows: Int) -> [UInt8] {
        let text = string(Self.text)
        var sheet: [UInt8] = []
        for row in 0..<rows {
            sheet += self.row(row)
            for column in 0..<4 { sheet += record(2, cell(column) + number(row << 2 | 2, 4)) }
            sheet += record(6, cell(4) + text)
        }
        return package(sheet)
    }

    @Test("twice the rows of an xlsx take no more memory")
    func xlsxRows() throws {
        let small = try growth(xlsx(Self.rows), XLSXReader())
        let large = try growth(xlsx(2 * Self.rows), XLSXReader())
        #expect(small.rows > 0 && large.rows > Self.rows)
        #expect(large.bytes < small.bytes + (16 << 20))
        #expect(large.bytes < Self.most)
    }

    @Test("twice the rows of an xlsb take no more memory")
    func xlsbRows() throws {
        let small = try growth(xlsb(Self.rows), XLSBReader())
        let large = try growth(xlsb(2 * Self.rows), XLSBReader())
        #expect(small.rows > 0 && large.rows > Self.rows)
        #expect(large.bytes < small.bytes + (16 << 20))
        #expect(large.bytes < Self.most)
    }

    @Test("the end of the cells is found where a text speaks of it and where the tag has a prefix")
    func endOfCells() {
        func end(_ xml: String) -> Int? { XLSXFrame.end(ofCellsIn: Array(xml.utf8)) }
        #expect(end("<sheetData><row/>") == nil)
        #expect(end("<x:sheetData><c/></x:sheetData><m/>") == 31)
        #expect(end("<sheetData/><m/>") == 12)
        #expect(end("<sheetData><t>sheetData</t></sheetData><t>/sheetData </t>") == 39)
    }
}
