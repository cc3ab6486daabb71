// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import LegacyOfficeReaders

@Suite("The reader of binary Excel workbooks")
struct XLSTests {
    private func outline(_ bytes: [UInt8]) throws -> String {
        try Outline.read(bytes, XLSReader()).document.blocks.map(Outline.block).joined(separator: " ")
    }

    @Test("numbers are unpacked from each of their forms")
    func numbers() throws {
        let cells = XLSMaker.label(0, 0, "a") + XLSMaker.label(0, 1, "b") + XLSMaker.label(0, 2, "c")
            + XLSMaker.record(0xBD, short(1) + short(0) + short(0) + long(7 << 2 | 2) + short(0) + long(12_345 << 2 | 3) + short(1))
            + XLSMaker.cell(0x203, 1, 2, withUnsafeBytes(of: (-0.5).bitPattern) { Array($0) })
            + XLSMaker.cell(0x27E, 2, 0, long(0x3FF8_0000)) + XLSMaker.cell(0x205, 2, 1, [1, 0]) + XLSMaker.cell(0x205, 2, 2, [0x07, 1])
        #expect(try outline(XLSMaker.workbook(cells: cells)) == "h2(S) table(head: a | b | c / 7 | 123.45 | -0.5 / 1.5 | TRUE | #DIV/0!)")
    }

    @Test("shared strings go on in the next record, with letters of another width")
    func strings() throws {
        let first = long(2) + long(2) + short(4) + [0] + Array("ab".utf8)
        let strings = XLSMaker.record(0xFC, first) + XLSMaker.record(0x3C, [1] + wide("Ωδ") + short(2) + [8, 1, 0] + Array("xy".utf8) + long(0))
        let cells = XLSMaker.cell(0xFD, 0, 0, long(0)) + XLSMaker.cell(0xFD, 0, 1, long(1)) + XLSMaker.cell(0xFD, 0, 2, long(9))
        let (document, diagnostics) = try Outline.read(XLSMaker.workbook(globals: strings, cells: cells), XLSReader())
        #expect(document.blocks.map(Outline.block) == ["h2(S)", "table(abΩδ | xy)"])
        #expect(diagnostics.items.map(\.code) == ["string-missing"])
    }

    @Test("a shared string whose letters all stand in the next record is read behind the width that record says")
    func stringsAtTheEdge() throws {
        let first = long(3) + long(3) + short(2) + [1] + wide("ab") + short(3) + [0]
        let strings = XLSMaker.record(0xFC, first) + XLSMaker.record(0x3C, [0] + Array("cde".utf8) + short(1) + [0] + Array("f".utf8))
        let cells = XLSMaker.cell(0xFD, 0, 0, long(0)) + XLSMaker.cell(0xFD, 0, 1, long(1)) + XLSMaker.cell(0xFD, 0, 2, long(2))
        let (document, diagnostics) = try Outline.read(XLSMaker.workbook(globals: strings, cells: cells), XLSReader())
        #expect(document.blocks.map(Outline.block) == ["h2(S)", "table(ab | cde | f)"])
        #expect(diagnostics.items.isEmpty)
    }

    @Test("cells that come in no order are put in order")
    func order() throws {
        let cells = XLSMaker.label(1, 1, "d") + XLSMaker.label(0, 0, "a") + XLSMaker.label(1, 0, "c") + XLSMaker.label(0, 1, "b")
        #expect(try outline(XLSMaker.workbook(cells: cells)).contains("a | b / c | d"))
    }

    @Test("a formula's text is found behind the formula, and its cells are hidden, merged, linked as the sheet says")
    func sheet() throws {
        let formula = XLSMaker.cell(0x06, 1, 0, [0, 0, 0, 0, 0, 0, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 8)) + XLSMaker.record(0x207, short(2) + [0] + Array("ok".utf8))
        let cells = XLSMaker.label(0, 0, "wide") + formula + XLSMaker.label(1, 1, "z") + XLSMaker.record(0x208, short(1) + [UInt8](repeating: 0, count: 10) + short(0x20) + short(0))
            + XLSMaker.record(0xE5, short(1) + short(0) + short(0) + short(0) + short(1))
        #expect(try outline(XLSMaker.workbook(cells: cells)) == "h2(S) table(head: wide→2 / ok | z) p(em(Hidden rows: 2))")
    }

    @Test("Excel 5 is read in the code page it names")
    func old() throws {
        let label = XLSMaker.cell(0x204, 0, 0, short(6) + [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2])
        #expect(try outline(XLSMaker.workbook(globals: XLSMaker.record(0x42, short(1_251)), cells: label, version: 0x500)) == "h2(S) p(Привет)")
    }

    @Test("a protected workbook is told as such")
    func encrypted() {
        #expect(throws: ReadError.encrypted("the workbook is encrypted in a way that is not read, whatever the password; remove the password in its own program")) {
            try outline(XLSMaker.workbook(globals: XLSMaker.record(0x2F, short(1)), cells: []))
        }
    }

    @Test("any flipped byte or cut ends in a document or in a named error", .timeLimit(.minutes(2)))
    func mutations() throws {
        let bytes = try #require(Mutations.bytes("xls/values-as-shown/input.xls"))
        try Mutations.run(on: bytes, rounds: 1_500) { _ = try Outline.read($0, XLSReader()) }
    }
}
