// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import ReaderTestSupport
import Testing
import XMLTree

@testable import OfficeReaders

@Suite("Charts of office documents")
struct OOXMLChartTests {
    private func points(_ values: [String]) -> String { values.enumerated().map { "<c:pt idx='\($0)'><c:v>\($1)</c:v></c:pt>" }.joined() }
    private func numbers(_ values: [String], _ code: String = "General") -> String { "<c:numRef><c:numCache><c:formatCode>\(code)</c:formatCode>\(points(values))</c:numCache></c:numRef>" }
    private func series(_ name: String, _ content: String) -> String { "<c:ser><c:tx><c:strCache>\(points([name]))</c:strCache></c:tx>\(content)</c:ser>" }

    private func outline(_ plot: String) throws -> String {
        let part = PPTXMaker.part("c:chartSpace", "<c:chart><c:plotArea>\(plot)</c:plotArea></c:chart>")
        return try XMLTree(Array(part.utf8), vocabulary: OOXMLName.vocabulary).withRoot { OOXMLChart.blocks($0).map(Outline.block).joined(separator: " ") }
    }

    @Test("dates and percentages are shown as such, other numbers as they are kept")
    func formats() throws {
        let content = "<c:cat>\(numbers(["43831", "43862"], "yyyy\\-mm\\-dd"))</c:cat><c:val>\(numbers(["0.25", "1"], "0%"))</c:val>"
        #expect(try outline(series("s", content) + series("t", "<c:val>\(numbers(["4.4000000000000004", "2.5"], "0"))</c:val>"))
            == "table(head:  | s | t / 2020-01-01 | 25% | 4.4 / 2020-02-01 | 100% | 2.5)")
    }

    @Test("categories of several levels are a column each, outer ones on every row")
    func levels() throws {
        let levels = "<c:cat><c:multiLvlStrRef><c:multiLvlStrCache><c:lvl>\(points(["Q1", "Q2"]))</c:lvl><c:lvl>\(points(["2020"]))</c:lvl></c:multiLvlStrCache></c:multiLvlStrRef></c:cat>"
        #expect(try outline(series("s", levels + "<c:val>\(numbers(["1", "2"]))</c:val>")) == "table(head:  |  | s / 2020 | Q1 | 1 / 2020 | Q2 | 2)")
    }

    @Test("series with places of their own have a column for them")
    func scatter() throws {
        func cloud(_ name: String, _ x: String) -> String { series(name, "<c:xVal>\(numbers([x]))</c:xVal><c:yVal>\(numbers(["9"]))</c:yVal>") }
        #expect(try outline(cloud("a", "1") + cloud("b", "2")) == "table(head: a x | a | b x | b / 1 | 9 | 2 | 9)")
        #expect(try outline(cloud("a", "1") + cloud("b", "1")) == "table(head:  | a | b / 1 | 9 | 9)")
    }

    @Test("the axes' titles are kept: over the categories, and by themselves")
    func axes() throws {
        func axis(_ kind: String, _ title: String) -> String { "<c:\(kind)><c:title>\(PPTXMaker.paragraph(title))</c:title></c:\(kind)>" }
        let plot = series("s", "<c:cat><c:strCache>\(points(["x"]))</c:strCache></c:cat><c:val>\(numbers(["1"]))</c:val>") + axis("catAx", "Year") + axis("valAx", "Tons")
        #expect(try outline(plot) == "p(em(Tons)) table(head: Year | s / x | 1)")
        // Programs that compute nothing leave the values to be found in the sheet.
        #expect(try outline(series("s", "") + axis("catAx", "Year") + axis("valAx", "Tons")) == "p(em(Year / Tons))")
    }
}
