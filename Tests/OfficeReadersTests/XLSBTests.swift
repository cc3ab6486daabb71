// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import OfficeReaders

@Suite("The reader of binary Excel workbooks")
struct XLSBTests: XLSBMaking {
    private func read(_ bytes: [UInt8]) throws -> (String, Diagnostics, Document) {
        let (document, diagnostics) = try Outline.read(bytes, XLSBReader())
        return (document.blocks.map(Outline.block).joined(separator: " "), diagnostics, document)
    }

    @Test("cells of every kind of record are shown as in an xlsx")
    func kinds() throws {
        let sheet = row(0) + record(7, cell(0) + number(0, 4)) + record(7, cell(1) + number(1, 4)) + record(6, cell(2) + string("own"))
            + row(1) + record(2, cell(0) + number(123_456 << 2 | 3, 4)) + record(5, cell(1, style: 1) + double(45_000)) + record(9, cell(2) + double(0.1 + 0.2))
            + row(2) + record(4, cell(0) + [1]) + record(3, cell(1) + [0x2A]) + record(2, cell(2) + number(-7 << 2 | 2, 4))
            + row(3) + record(8, cell(0) + string("f")) + record(17, number(0, 4) + string("short")) + record(2, cell(2) + number(Int((1.5).bitPattern >> 32), 4))
        #expect(try read(package(sheet)).0 == "h2(S) table(head: shared ä | rich | own / 1234.56 | 2023-03 | 0.3 / TRUE | #N/A | -7 / f | short | 1.5)")
    }

    @Test("merged cells, links, hidden rows and comments are found behind the cells")
    func frame() throws {
        let sheet = row(0) + record(6, cell(0) + string("a")) + record(6, cell(2) + string("b")) + row(1, isHidden: true) + record(6, cell(0) + string("c"))
            + record(176, area(0, 0, 0, 1)) + record(494, area(1, 1, 0, 0) + string("h"))
        let comments = record(632, string("Ann")) + record(635, number(0, 4) + area(0, 0, 2, 2)) + record(637, [0] + string("why?"))
        let links = Array(XLSXMaker.relationships([("h", "hyperlink", "http://x/"), ("c", "comments", "../comments1.bin")]).utf8)
        let (text, diagnostics, document) = try read(package(sheet, [("xl/worksheets/_rels/sheet1.bin.rels", links), ("xl/comments1.bin", comments)]))
        #expect(text == "h2(S) table(head: a | bnote / a[http://x/](c) | ) p(em(Hidden rows: 2))")
        #expect(document.notes.map { Outline.blocks($0.blocks) } == ["Ann: why?"])
        #expect(diagnostics.items.map(\.code) == ["rows-hidden"])
    }

    @Test("a part that ends inside a record gives what comes before, and says so")
    func cut() throws {
        let sheet = row(0) + record(6, cell(0) + string("a")) + record(6, cell(1) + string("long text")).dropLast(4)
        let (text, diagnostics, _) = try read(package(sheet))
        #expect(text == "h2(S) p(a)")
        #expect(diagnostics.items.map(\.code) == ["part-cut"])
    }
}
