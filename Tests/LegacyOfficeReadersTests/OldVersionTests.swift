// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import LegacyOfficeReaders

@Suite("Files of Word and Excel from before the compound file")
struct OldVersionTests {
    private struct Reading: Equatable {
        var text: String
        var losses: [String] = []
    }

    private func read(_ bytes: [UInt8], _ reader: some DocumentReader) throws -> Reading {
        let (document, losses) = try Outline.read(bytes, reader)
        return Reading(text: document.blocks.map(Outline.block).joined(separator: " "), losses: losses.items.map(\.code))
    }

    private func double(_ value: Double) -> [UInt8] { withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
    private func record(_ type: Int, _ content: [UInt8]) -> [UInt8] { XLSMaker.record(type, content) }
    private func counted(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + Array(text.utf8) }
    private let end = XLSMaker.record(0x0A, [])

    @Test("Excel 2: cells with their own formats, texts of formulas, the letters of Windows")
    func excel2() throws {
        func cell(_ type: Int, _ row: Int, _ column: Int, _ value: [UInt8], format: UInt8 = 0) -> [UInt8] {
            record(type, short(row) + short(column) + [0, format | 0x40, 0] + value)
        }
        let formats = record(0x1E, counted("General")) + record(0x1E, counted("0.00"))
        let text: [UInt8] = [5, 0xC4, 0x70, 0x66, 0x65, 0x6C]
        let formula = cell(0x06, 1, 1, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0]) + record(0x07, counted("ok"))
        let cells = cell(0x04, 0, 0, text) + cell(0x04, 0, 1, counted("b")) + cell(0x02, 1, 0, short(7), format: 1) + formula
            + cell(0x03, 2, 0, double(1.5)) + cell(0x05, 2, 1, [1, 0])
        let book = record(0x09, short(2) + short(0x10)) + record(0x42, short(0x8001)) + formats + cells + end
        #expect(try read(book, XLSReader()) == Reading(text: "h2(Sheet1) table(head: Äpfel | b / 7.00 | ok / 1.5 | TRUE)"))
    }

    @Test("Excel 3: cells with the formats of their styles")
    func excel3() throws {
        let styles = record(0x1E, counted("General")) + record(0x1E, counted("0%")) + record(0x243, [0, 0] + short(0)) + record(0x243, [0, 1] + short(0))
        func cell(_ type: Int, _ row: Int, _ column: Int, _ value: [UInt8], style: Int = 0) -> [UInt8] { record(type, short(row) + short(column) + short(style) + value) }
        let cells = cell(0x204, 0, 0, short(1) + Array("a".utf8)) + cell(0x203, 1, 0, double(0.25), style: 1) + cell(0x27E, 2, 0, long(12 << 2 | 2))
            + cell(0x206, 3, 0, double(3) + [0, 0])
        let book = record(0x209, short(3) + short(0x10) + short(0)) + styles + cells + end
        #expect(try read(book, XLSReader()) == Reading(text: "h2(Sheet1) table(head: a / 25% / 12 / 3)"))
    }

    @Test("Excel 4: several sheets with their names; charts are a loss")
    func excel4() throws {
        func sheet(_ name: String, _ kind: Int, _ cells: [UInt8]) -> [UInt8] {
            record(0x8F, long(0) + counted(name)) + record(0x409, short(4) + short(kind) + short(0)) + cells + end
        }
        let label = record(0x204, short(0) + short(0) + short(0) + short(1) + Array("x".utf8))
        let formula = record(0x406, short(0) + short(0) + short(0) + double(8) + short(0))
        let book = record(0x409, short(4) + short(0x100) + short(0)) + record(0x41E, [0, 0] + counted("General")) + record(0x443, [0, 0] + [UInt8](repeating: 0, count: 10))
            + sheet("One", 0x10, label) + sheet("Plot", 0x20, []) + sheet("Two", 0x10, formula) + end
        #expect(try read(book, XLSReader()) == Reading(text: "h2(One) p(x) h2(Two) p(8)", losses: ["chart-left-out"]))
    }

    @Test("a protected workbook of Excel 4 is encrypted in a way that is not read")
    func protected() {
        let book = record(0x409, short(4) + short(0x10) + short(0)) + record(0x2F, short(1) + short(2)) + end
        #expect(throws: ReadError.encrypted("the workbook is encrypted in a way that is not read, whatever the password; remove the password in its own program")) {
            try read(book, XLSReader())
        }
    }

    @Test("Excel 5 without a compound file is read as with one")
    func excel5() throws {
        let cells = record(0x204, short(0) + short(0) + short(0) + short(1) + Array("x".utf8))
        func beginning(_ kind: Int) -> [UInt8] { record(0x809, short(0x500) + short(kind) + long(0)) }
        let entry: [UInt8] = [0, 0, 1] + Array("S".utf8)
        let offset = beginning(5).count + 4 + 4 + entry.count + end.count
        #expect(try read(beginning(5) + record(0x85, long(offset) + entry) + end + beginning(0x10) + cells + end, XLSReader()).text == "h2(S) p(x)")
    }

    /// A header of Word 2, and the text behind it.
    private func word2(_ text: [UInt8], flags: Int = 0, end: Int? = nil) -> [UInt8] {
        var header = [UInt8](repeating: 0, count: 0x180)
        func put(_ bytes: [UInt8], at: Int) { header.replaceSubrange(at..<(at + bytes.count), with: bytes) }
        put(short(0xA5DB) + short(0x2D), at: 0)
        put(short(0x409), at: 6)
        put(short(flags), at: 10)
        put(long(header.count) + long(end ?? header.count + text.count), at: 24)
        return header + text
    }

    @Test("of Word 2 the text is read, with its paragraphs, tables and fields; that the rest is not is a loss")
    func word() throws {
        let text: [UInt8] = Array("One \u{13}DATE\u{14}today\u{15}.\r\nT".utf8) + [0xE9] + Array("wo\r\na\u{7}b\u{7}\u{7}End\r\n".utf8)
        #expect(try read(word2(text), DOCReader()) == Reading(text: "p(One today.) p(Téwo) table(a | b) p(End)", losses: ["formatting-left-out"]))
        #expect(try read(word2(text, flags: 4), DOCReader()).losses == ["formatting-left-out", "text-order-uncertain"])
        #expect(try read(word2(Array("cut".utf8), end: 9_999), DOCReader()) == Reading(text: "p(cut)", losses: ["text-missing", "formatting-left-out"]))
    }

    @Test("a document of Word 2 that is damaged or protected is said to be so")
    func damagedWord() {
        #expect(throws: ReadError.malformed("the document's text is not in the file")) { try read(word2([], end: 0x180), DOCReader()) }
        #expect(throws: ReadError.malformed("the document's header is cut off")) { try read([0xDB, 0xA5, 0x2D, 0], DOCReader()) }
        #expect(throws: ReadError.encrypted("the document is encrypted in a way that is not read, whatever the password; remove the password in its own program")) {
            try read(word2([65], flags: 0x100), DOCReader())
        }
    }

    @Test("a presentation of PowerPoint 95 is named")
    func powerPoint95() {
        #expect(throws: ReadError.unsupported("content is a presentation of PowerPoint 95 or older, which no reader takes")) {
            try read(CompoundMaker.file([("PP40", [UInt8](repeating: 1, count: 5_000))]), PPTReader())
        }
        #expect(throws: ReadError.unsupported("content is a presentation of PowerPoint 95 or older, which no reader takes")) {
            try read(CompoundMaker.file([("PowerPoint Document", [UInt8](repeating: 1, count: 5_000)), ("Text_Content", [1])]), PPTReader())
        }
    }
}
