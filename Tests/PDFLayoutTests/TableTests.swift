// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import ReaderTestSupport
import Testing

@testable import PDFLayout

@Suite("Tables on pages")
struct TableTests {
    private let cells = [["Town", "Year", "Count"], ["Avon", "1999", "12"], ["Bray", "2004", "7"], ["Cork", "2011", "31"]]
    private let expected = "table(head: Town | Year | Count / Avon | 1999 | 12 / Bray | 2004 | 7 / Cork | 2011 | 31)"

    private func page(ruled: Bool = false, booktabs: Bool = false) -> PageSetter {
        var page = PageSetter()
        page.write("words before the table that are a sentence of their own.", x: 60, y: 60)
        for (row, texts) in cells.enumerated() { for (column, text) in texts.enumerated() { page.write(text, x: 60 + 90 * Float(column), y: 100 + 16 * Float(row)) } }
        if ruled {
            for row in 0...4 { page.page.rules.append(Rule(horizontal: 88 + 16 * Float(row), from: 55, to: 325)) }
            for column in 0...3 { page.page.rules.append(Rule(vertical: 55 + 90 * Float(column), from: 88, to: 152)) }
        }
        if booktabs { for y: Float in [88, 104, 152] { page.page.rules.append(Rule(horizontal: y, from: 55, to: 325)) } }
        return page
    }

    private func tables(_ pages: [PageSetter]) throws -> [String] {
        try PageSetter.document(pages).document.blocks.compactMap { if case .table(let table) = $0 { Outline.table(table) } else { nil } }
    }

    @Test("lines, a few lines, or none: the same table")
    func kinds() throws {
        #expect(try tables([page()]) == [expected])
        #expect(try tables([page(ruled: true)]) == [expected])
        #expect(try tables([page(booktabs: true)]) == [expected])
    }

    @Test("a cell without a line on its way spans")
    func spans() throws {
        var page = PageSetter()
        for y: Float in [88, 104, 120] { page.page.rules.append(Rule(horizontal: y, from: 55, to: 235)) }
        for x: Float in [55, 235] { page.page.rules.append(Rule(vertical: x, from: 88, to: 120)) }
        page.page.rules.append(Rule(vertical: 145, from: 104, to: 120))
        page.write("both columns", x: 110, y: 100)
        page.write("a", x: 60, y: 116)
        page.write("b", x: 150, y: 116)
        #expect(try tables([page]) == ["table(head: both columns→2 / a | b)"])
    }

    @Test("a table goes on over pages, its repeated head once")
    func pages() throws {
        var second = PageSetter(number: 2)
        for (row, texts) in [cells[0], ["Derry", "2012", "4"], ["Ennis", "2013", "5"]].enumerated() {
            for (column, text) in texts.enumerated() { second.write(text, x: 60 + 90 * Float(column), y: 100 + 16 * Float(row)) }
        }
        #expect(try tables([page(), second]) == [expected.dropLast() + " / Derry | 2012 | 4 / Ennis | 2013 | 5)"])
    }

    @Test("numbers beside each other in a sentence are no table")
    func sentence() throws {
        var page = PageSetter()
        page.write(lines: ["in 1999 there were 12, and in 2004 no more than 7 of them were", "left, while 31 of those that had been counted in 2011 are here", "until this day, as everybody in the whole town will tell you."], x: 60, y: 100)
        #expect(try tables([page]).isEmpty)
    }
}
