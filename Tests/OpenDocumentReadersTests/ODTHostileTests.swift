// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import OpenDocumentReaders

@Suite("hostile OpenDocument text")
struct ODTHostileTests {
    private func read(_ body: String) throws -> [String] { try ODFMaker.text(body).blocks }

    @Test("a list or table within a paragraph's text stands behind the paragraph")
    func blockInText() throws {
        let list = "<text:list><text:list-item><text:p>b</text:p></text:list-item></text:list>"
        #expect(try read("<text:p>a<text:span>\(list)</text:span>c</text:p>") == ["p(ac)", "ul(li(b))"])
        let table = "<table:table><table:table-row><table:table-cell><text:p>b\(list)</text:p></table:table-cell></table:table-row></table:table>"
        #expect(try read("<text:p>a\(table)</text:p>").first == "p(a)")
    }

    @Test("lists below the tenth level keep their text")
    func deepLists() throws {
        let open = String(repeating: "<text:list><text:list-item><text:p>x</text:p>", count: 14)
        let blocks = try read(open + "<text:p>deep</text:p>" + String(repeating: "</text:list-item></text:list>", count: 14))
        #expect(blocks.joined().contains("deep"))
    }

    @Test("spans that cover more than any table has cost no time, and no text")
    func spans() throws {
        let cell = "<table:table-cell table:number-columns-spanned='65535' table:number-rows-spanned='65535'><text:p>x</text:p></table:table-cell>"
        let rows = String(repeating: "<table:table-row>\(cell)</table:table-row>", count: 300)
        let document = try ODFMaker.text("<table:table>\(rows)</table:table>").document
        guard case .table(let table)? = document.blocks.first else { return #expect(Bool(false), "no table") }
        #expect(table.rows.count == 300)
        #expect(table.rows.reduce(0) { $0 + $1.cells.reduce(0) { $0 + $1.columns } } <= ODFTable.mostCovered)
        #expect(table.rows.allSatisfy { !$0.cells.isEmpty })
    }
}
