// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import OpenDocumentReaders

@Suite("The limits of the OpenDocument readers")
struct LimitTests {
    @Test("sheets beyond the limit are counted as a loss, and the first ones delivered")
    func sheets() throws {
        let sheet = { (name: String) in
            "<table:table table:name='\(name)'><table:table-row><table:table-cell office:value-type='string'><text:p>of \(name)</text:p></table:table-cell></table:table-row></table:table>"
        }
        let bytes = ODFMaker.flat(["A", "B", "C", "D"].map(sheet).joined(), "spreadsheet")
        var limits = ReadLimits()
        limits.members = 2
        let (document, losses) = try Outline.read(bytes, ODSReader(), limits: limits)
        #expect(document.blocks.map(Outline.block) == ["h2(A)", "p(of A)", "h2(B)", "p(of B)"])
        #expect(losses.items.map(\.code) == ["sheets-left-out"])
        #expect(losses.items.first?.count == 2)
        limits.members = 4
        #expect(try Outline.read(bytes, ODSReader(), limits: limits).diagnostics.items.isEmpty)
    }

    @Test("slides beyond the limit fail the presentation")
    func slides() throws {
        let bytes = ODFMaker.flat("<draw:page draw:name='1'/><draw:page draw:name='2'/>", "presentation")
        var limits = ReadLimits()
        limits.pages = 1
        #expect(throws: ReadError.pages("the presentation has more than 1 slides")) { try Outline.read(bytes, ODPReader(), limits: limits) }
    }
}
