// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import OfficeReaders

@Suite("The limits of the Office readers")
struct LimitTests {
    @Test("sheets beyond the limit are counted as a loss, and the first ones delivered")
    func sheets() throws {
        let sheets = ["A", "B", "C"].map { XLSXMaker.Sheet(cells: "<row><c t='inlineStr'><is><t>of \($0)</t></is></c></row>", name: $0) }
        var limits = ReadLimits()
        limits.members = 1
        let (document, losses) = try Outline.read(XLSXMaker.package(sheets), XLSXReader(), limits: limits)
        #expect(document.blocks.map(Outline.block).joined(separator: " ").contains("of A"))
        #expect(!document.blocks.map(Outline.block).joined(separator: " ").contains("of B"))
        #expect(losses.items.map(\.code) == ["sheets-left-out"])
        #expect(losses.items.first?.count == 2)
    }

    @Test("slides beyond the limit fail the presentation")
    func slides() throws {
        let slide = PPTXMaker.Slide(shapes: PPTXMaker.shape("x"))
        var limits = ReadLimits()
        limits.pages = 1
        #expect(throws: ReadError.pages("the presentation has more than 1 slides")) {
            try Outline.read(PPTXMaker.package([slide, slide]), PPTXReader(), limits: limits)
        }
    }
}
