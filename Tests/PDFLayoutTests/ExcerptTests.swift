// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import ReaderTestSupport
import Testing

@testable import PDFLayout

@Suite("The edges of a page that comes alone")
struct ExcerptTests {
    private func page(_ edges: (inout PageSetter) -> Void) -> PageSetter {
        var page = PageSetter()
        for row in 0..<20 { page.write("Text of the page that runs from its left to its right side.", x: 100, y: 150 + Float(row) * 12) }
        page.write("1 A note, which the text above refers to.", x: 100, y: 700, size: 8)
        edges(&page)
        return page
    }

    private func text(_ page: PageSetter) throws -> (text: String, dropped: Int) {
        let (document, losses) = try PageSetter.document([page])
        return (document.blocks.map(Outline.block).joined(separator: "\n"), losses.filter { $0 == "running-head-dropped" }.count)
    }

    @Test("a page that says a number other than the first has running heads, and its notes stay")
    func numbered() throws {
        let (text, dropped) = try text(page { page in
            page.write("B. Writer and C. Author", x: 100, y: 40)
            page.write("164", x: 450, y: 40)
            page.write("http://journal.example", x: 100, y: 780, size: 8)
        })
        #expect(dropped == 3)
        #expect(!text.contains("Writer") && !text.contains("164") && !text.contains("journal"))
        #expect(text.contains("A note"))
    }

    @Test("a number behind a stroke, or after the word for a page, is a page's", arguments: ["Annual Report 2012 | 17", "Page 3 of 8", "17 | The Report", "The Report Page 17", "The Report Page 17 of 30"])
    func spelled(foot: String) throws {
        let (text, dropped) = try text(page { $0.write(foot, x: 100, y: 780) })
        #expect(dropped == 1)
        #expect(!text.contains(foot))
    }

    @Test("a first page, one without a number, and one with a date keep what stands at their edges", arguments: ["The Company, Harbour 4", "12 March 2010"])
    func first(head: String) throws {
        let (text, dropped) = try text(page { $0.write(head, x: 100, y: 40) })
        #expect(dropped == 0)
        #expect(text.contains(head))
    }

    @Test("a title in larger letters stays on a page with a number")
    func title() throws {
        let (text, dropped) = try text(page { page in
            page.write("On Harbours", x: 100, y: 50, size: 18)
            page.write("- 164 -", x: 280, y: 780)
        })
        #expect(dropped == 1)
        #expect(text.contains("On Harbours"))
    }

    @Test("a number at the end of a line at the edge is the page's, and a lone one may stand high where the margin is wide")
    func ends() throws {
        let (text, dropped) = try text(page { page in
            page.write("B. Writer", x: 100, y: 40)
            page.write("Harbours", x: 170, y: 40)
            page.write("17", x: 225, y: 40)
        })
        #expect(dropped == 2)
        #expect(!text.contains("Harbours"))
        var short = PageSetter()
        for row in 0..<20 { short.write("Text of the page that runs from its left to its right side.", x: 100, y: 150 + Float(row) * 12) }
        short.write("17", x: 300, y: 660)
        #expect(try self.text(short).dropped == 1)
    }

    @Test("several numbers on one line are no page's")
    func numbers() throws {
        let (_, dropped) = try text(page { page in
            page.write("12", x: 100, y: 780)
            page.write("34", x: 300, y: 780)
        })
        #expect(dropped == 0)
    }
}
