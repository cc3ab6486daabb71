// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import LegacyOfficeReaders

@Suite("The limits of the binary Office readers")
struct LimitTests {
    @Test("sheets beyond the limit are counted as a loss")
    func sheets() throws {
        let bytes = XLSMaker.workbook(cells: XLSMaker.label(0, 0, "a"))
        var limits = ReadLimits()
        limits.members = 1
        #expect(try Outline.read(bytes, XLSReader(), limits: limits).diagnostics.items.isEmpty)
        limits.members = 0
        let (document, losses) = try Outline.read(bytes, XLSReader(), limits: limits)
        #expect(document.blocks.isEmpty)
        #expect(losses.items.map(\.code) == ["sheets-left-out"])
    }

    @Test("slides beyond the limit fail the presentation")
    func slides() throws {
        let slide = PPTMaker.slide(PPTMaker.box(0, PPTMaker.text(4, "x")))
        var limits = ReadLimits()
        limits.pages = 1
        #expect(throws: ReadError.pages("the presentation has more than 1 slides")) {
            try Outline.read(PPTMaker.presentation([slide, slide], order: [0, 1]), PPTReader(), limits: limits)
        }
    }
}
