// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import OfficeReaders

@Suite("Packages that have lost parts")
struct LostPartTests {
    private static let workbook = "<workbook \(XLSXMaker.spaces)><sheets><sheet name='A' r:id='s1'/><sheet name='B' r:id='s2'/><sheet name='C' r:id='s3'/></sheets></workbook>"
    private static let links = XLSXMaker.relationships((1...3).map { ("s\($0)", "worksheet", "worksheets/sheet\($0).xml") })

    private static func sheet(_ text: String) -> String {
        "<worksheet \(XLSXMaker.spaces)><sheetData><row><c t='inlineStr'><is><t>\(text)</t></is></c></row></sheetData></worksheet>"
    }

    private static func slide(_ text: String) -> String { PPTXMaker.part("p:sld", "<p:cSld><p:spTree>\(PPTXMaker.shape(text))</p:spTree></p:cSld>") }

    private static func book(_ parts: [(String, String)]) throws -> (text: String, losses: Diagnostics) {
        let (text, losses, _) = try XLSXMaker.read(DOCXMaker.archive(parts))
        return (text, losses)
    }

    private static func deck(_ parts: [(String, String)]) throws -> (text: String, losses: Diagnostics) {
        let (document, losses) = try Outline.read(DOCXMaker.archive(parts), PPTXReader(), nameExtension: "pptx")
        return (document.blocks.map(Outline.block).joined(separator: " "), losses)
    }

    @Test("a workbook gives the sheets that are left, and counts the others")
    func someSheets() throws {
        let (text, losses) = try Self.book([("xl/workbook.xml", Self.workbook), ("xl/_rels/workbook.xml.rels", Self.links), ("xl/worksheets/sheet2.xml", Self.sheet("left"))])
        #expect(text == "h2(B) p(left)")
        #expect(losses.items == [Diagnostic(code: "sheet-missing", message: "2 of 3 sheets are not in the package", count: 2)])
    }

    @Test("a workbook of which no sheet is left is malformed")
    func noSheets() {
        #expect(throws: ReadError.malformed("all of its 3 sheets are lost")) {
            try Self.book([("xl/workbook.xml", Self.workbook), ("xl/_rels/workbook.xml.rels", Self.links)])
        }
    }

    @Test("sheets are found without the workbook, with a damaged one, and without what leads from it to them")
    func lostWorkbook() throws {
        let sheets = [10, 2].map { ("xl/worksheets/sheet\($0).xml", Self.sheet("of \($0)")) }
        let (text, losses) = try Self.book(sheets)
        #expect(text == "h2(Sheet2) p(of 2) h2(Sheet10) p(of 10)")
        #expect(losses.items.map(\.code) == ["sheet-list-lost"])
        #expect(try Self.book(sheets + [("xl/workbook.xml", "")]).losses.items.map(\.code) == ["part-unreadable", "sheet-list-lost"])
        let named = try Self.book([("xl/workbook.xml", Self.workbook)] + (1...3).map { ("xl/worksheets/sheet\($0).xml", Self.sheet("of \($0)")) })
        #expect(named.text == "h2(A) p(of 1) h2(B) p(of 2) h2(C) p(of 3)")
    }

    @Test("a list of sheets that is cut off is completed with the sheets that are there")
    func cutWorkbook() throws {
        let (text, losses) = try Self.book([
            ("xl/workbook.xml", String(Self.workbook.prefix(while: { $0 != "C" }))), ("xl/_rels/workbook.xml.rels", Self.links),
        ] + (1...3).map { ("xl/worksheets/sheet\($0).xml", Self.sheet("of \($0)")) })
        #expect(text == "h2(A) p(of 1) h2(B) p(of 2) h2(Sheet3) p(of 3)")
        #expect(losses.items.map(\.code) == ["xml-damaged", "sheet-list-lost"])
    }

    @Test("a document that is cut off counts the parts that its looks came from")
    func cutDocument() throws {
        let links = PPTXMaker.relations([("s", "styles", "styles.xml"), ("n", "numbering", "numbering.xml"), ("t", "theme", "theme.xml")])
        let text = ("word/document.xml", "<w:document \(DOCXMaker.spaces)><w:body><w:p><w:r><w:t>left</w:t></w:r></w:p></w:body></w:document>")
        func losses(_ parts: [(String, String)]) throws -> [Diagnostic] {
            // Without the archive's end the list of its members is lost.
            try DOCXMaker.read(Array(DOCXMaker.archive(parts).dropLast(22))).1.items
        }
        let all = try losses([text, ("word/_rels/document.xml.rels", links)])
        #expect(all.map(\.code) == ["zip-directory-salvaged", "part-missing"])
        #expect(all.last?.count == 2)
        #expect(try losses([text, ("word/_rels/document.xml.rels", links), ("word/styles.xml", DOCXMaker.part("styles", "")), ("word/numbering.xml", DOCXMaker.part("numbering", ""))]).count == 1)
    }

    @Test("a presentation gives the slides that are left, and counts the others; without any it is malformed")
    func slides() throws {
        let presentation = PPTXMaker.part("p:presentation", "<p:sldIdLst><p:sldId r:id='s1'/><p:sldId r:id='s2'/></p:sldIdLst>")
        let links = PPTXMaker.relations((1...2).map { ("s\($0)", "slide", "slides/slide\($0).xml") })
        let list = [("ppt/presentation.xml", presentation), ("ppt/_rels/presentation.xml.rels", links)]
        let (text, losses) = try Self.deck(list + [("ppt/slides/slide2.xml", Self.slide("left"))])
        #expect(text == "p(left)")
        #expect(losses.items == [Diagnostic(code: "slide-missing", message: "1 of 2 slides are not in the package", count: 1)])
        #expect(throws: ReadError.malformed("all of its 2 slides are lost")) { try Self.deck(list) }
        let damaged = ("ppt/slides/slide1.xml", "no markup")
        #expect(throws: ReadError.malformed("all of its 2 slides are lost")) { try Self.deck(list + [damaged]) }
        let half = try Self.deck(list + [damaged, ("ppt/slides/slide2.xml", Self.slide("left"))])
        #expect(half.losses.items.map(\.code) == ["part-unreadable", "slide-unreadable"])
    }

    @Test("slides are found without the presentation's part")
    func lostPresentation() throws {
        let (text, losses) = try Self.deck([("ppt/slides/slide2.xml", Self.slide("b")), ("ppt/slides/slide1.xml", Self.slide("a"))])
        #expect(text == "p(a) page p(b)")
        #expect(losses.items.map(\.code) == ["slide-order-lost"])
    }
}
