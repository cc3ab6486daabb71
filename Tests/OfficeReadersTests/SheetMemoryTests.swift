// SPDX-License-Identifier: Apache-2.0
import CAllocated
import DocumentReading
import DocumentTree
import Testing

@testable import OfficeReaders

/// Forgets every block, and keeps what was allocated at most while they came.
private final class MemorySink: DocumentSink {
    private(set) var most = 0
    private(set) var blocks = 0
    private(set) var rows = 0

    func begin(_ metadata: Metadata) {}
    func append(_ block: Block) {
        blocks += 1
        if blocks % 64 == 0 { most = max(most, allocated_bytes()) }
    }
    func beginTable(_ head: TableHead) {}
    func appendRow(_ row: Row) {
        rows += 1
        if rows % 64 == 0 { most = max(most, allocated_bytes()) }
    }
    func endTable() {}
    func append(_ note: Note) {}
    func append(_ media: Media) {}
    func progress(_ done: Int) {}
    func finish() {}
}

@Suite("The memory that a large sheet takes", .serialized)
struct SheetMemoryTests: XLSBMaking {
    /// Rows of one long text, so far apart that none waits for the next: more bytes than a part has that is read as a whole.
    private static let rows = 4_000
    private static let text = String(repeating: "abcdefghij", count: 500)
    /// What pieces, and whatever else this process does, may take.
    private static let most = 24 << 20

    /// How much the reading took above what there was before.
    private func growth(_ bytes: [UInt8], _ reader: some DocumentReader, rows: Int) throws -> Int {
        let sink = MemorySink()
        let before = allocated_bytes()
        var diagnostics = Diagnostics()
        try bytes.withUnsafeBytes { try reader.read(Source($0), limits: ReadLimits(), into: sink, diagnostics: &diagnostics) }
        #expect(sink.blocks == rows + 1)
        return sink.most - before
    }

    private func xlsx(_ rows: Int) -> [UInt8] {
        var cells = ""
        for row in 1...rows { cells += "<row r='\(4 * row)'><c t='str'><v>\(Self.text)</v></c></row>" }
        return XLSXMaker.package([XLSXMaker.Sheet(cells: cells, frame: "<mergeCells/>")])
    }

    private func xlsb(_ rows: Int) -> [UInt8] {
        let text = cell(0) + string(Self.text)
        var sheet: [UInt8] = []
        for row in 1...rows { sheet += self.row(4 * row) + record(6, text) }
        return package(sheet)
    }

    private func isBounded(_ sheet: (Int) -> [UInt8], _ reader: some DocumentReader) throws {
        let small = try growth(sheet(Self.rows), reader, rows: Self.rows)
        let large = try growth(sheet(2 * Self.rows), reader, rows: 2 * Self.rows)
        // What other tests give back meanwhile is no saving.
        #expect(large < max(small, 0) + (8 << 20))
        #expect(large < Self.most)
    }

    @Test("twice the rows of an xlsx take no more memory")
    func xlsxRows() throws { try isBounded(xlsx, XLSXReader()) }

    @Test("twice the rows of an xlsb take no more memory")
    func xlsbRows() throws { try isBounded(xlsb, XLSBReader()) }

    @Test("a long text that thousands of cells show is kept once")
    func sharedText() throws {
        let text = String(repeating: "abcdefghij", count: 2_000)
        let rows = (1...1_000).map { "<row r='\($0)'><c t='s'><v>0</v></c><c t='s'><v>0</v></c></row>" }.joined()
        let bytes = XLSXMaker.package([XLSXMaker.Sheet(cells: rows)], strings: "<si><t>\(text)</t></si>")
        let sink = MemorySink()
        let before = allocated_bytes()
        var diagnostics = Diagnostics()
        try bytes.withUnsafeBytes { try XLSXReader().read(Source($0), limits: ReadLimits(), into: sink, diagnostics: &diagnostics) }
        #expect(sink.rows > 900)
        #expect(sink.most - before < Self.most)
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
