// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import ReaderTestSupport
import Testing

@testable import PDFLayout

@Suite("Where blocks stand on pages")
struct PlaceTests {
    private let prose = [
        "the first line of this paragraph is as long as the column is", "and the second line goes on with what the first one has begun",
        "so that the third one can come to the end of the whole matter.",
    ]

    /// Each block with its places: page, then left, top, right, bottom.
    private func placed(_ pages: [PageSetter]) throws -> [String] {
        var analyzer = PageAnalyzer()
        var flow = DocumentFlow(pages: pages.count)
        let builder = DocumentBuilder()
        for page in pages { try flow.add(analyzer.analyze(page.page), to: builder) }
        try flow.finish(to: builder)
        return builder.document.blocks.enumerated().map { index, block in
            let name = Outline.block(block).prefix { $0 != "(" }
            return name + (builder.positions[index] ?? []).map { " \($0.page)[\($0.left) \($0.top) \($0.right) \($0.bottom)]" }.joined()
        }
    }

    @Test("a paragraph's place is the box around its lines, a page break's is the page")
    func paragraph() throws {
        var page = PageSetter(number: 3)
        page.write(lines: prose, x: 60, y: 100)
        #expect(try placed([page]) == ["page 3[0.0 0.0 600.0 800.0]", "p 3[60.0 92.0 370.0 126.0]"])
    }

    @Test("a paragraph that goes on in the next column or on the next page has a place in each")
    func joined() throws {
        var first = PageSetter(), second = PageSetter(number: 2)
        for index in 0..<12 {
            first.write("left \(10 + index) of the words in a column here", x: 60, y: 120 + 12 * Float(index))
            first.write("goes \(10 + index) on with words in a column here", x: 320, y: 120 + 12 * Float(index))
        }
        second.write(lines: Array(prose.suffix(2)), x: 60, y: 60)
        let found = try placed([first, second])
        #expect(found == [
            "page 1[0.0 0.0 600.0 800.0]", "p 1[60.0 112.0 245.0 254.0] 1[320.0 112.0 510.0 254.0] 2[60.0 52.0 370.0 74.0]", "page 2[0.0 0.0 600.0 800.0]",
        ])
    }

    @Test("a page that was turned to be read has its places as it is shown", arguments: [1, 2, 3])
    func turned(turn: Int) throws {
        var page = PageSetter()
        page.write(lines: prose, x: 60, y: 100)
        let (width, height): (Float, Float) = turn == 2 ? (600, 800) : (800, 600)
        // Clockwise by quarters.
        func shown(_ box: Box) -> Box {
            switch turn {
            case 1: Box(800 - box.y1, box.x0, 800 - box.y0, box.x1)
            case 2: Box(600 - box.x1, 800 - box.y1, 600 - box.x0, 800 - box.y0)
            default: Box(box.y0, 600 - box.x1, box.y1, 600 - box.x0)
            }
        }
        var turned = page
        (turned.page.width, turned.page.height) = (width, height)
        for index in turned.page.glyphs.indices {
            let baseline = turned.page.glyphs[index].baseline
            turned.page.glyphs[index].box = shown(turned.page.glyphs[index].box)
            turned.page.glyphs[index].baseline = turn == 3 ? baseline : 800 - baseline
            turned.page.glyphs[index].turn = UInt8(turn)
        }
        let box = shown(Box(60, 92, 370, 126))
        #expect(try placed([turned]) == ["page 1[0.0 0.0 \(width) \(height)]", "p 1[\(box.x0) \(box.y0) \(box.x1) \(box.y1)]"])
    }

    @Test("text that stands sideways beside the page's own is placed as it is shown")
    func sideways() throws {
        var page = PageSetter()
        page.write(lines: prose, x: 60, y: 100)
        // Upwards at the page's right edge: each glyph stands above the one before.
        for (index, scalar) in "written upwards".unicodeScalars.enumerated() {
            let bottom = 600 - 5 * Float(index)
            page.page.glyphs.append(Glyph(scalar.value, style: 0, turn: 3, box: Box(542, bottom - 5, 552, bottom), baseline: 550))
        }
        #expect(try placed([page]).last == "p 1[542.0 525.0 552.0 600.0]")
    }

    @Test("a table's place is its box, on each page that it goes on to")
    func table() throws {
        var page = PageSetter()
        let cells = [["Town", "Year", "Count"], ["Avon", "1999", "12"], ["Bray", "2004", "7"]]
        for (row, texts) in cells.enumerated() { for (column, text) in texts.enumerated() { page.write(text, x: 60 + 90 * Float(column), y: 100 + 16 * Float(row)) } }
        for row in 0...3 { page.page.rules.append(Rule(horizontal: 88 + 16 * Float(row), from: 55, to: 325)) }
        for column in 0...3 { page.page.rules.append(Rule(vertical: 55 + 90 * Float(column), from: 88, to: 136)) }
        var second = page
        second.page.number = 2
        #expect(try placed([page]).last == "table 1[55.0 88.0 325.0 136.0]")
        #expect(try placed([page, second])[1] == "table 1[55.0 88.0 325.0 136.0] 2[55.0 88.0 325.0 136.0]")
    }

    @Test("a list's place is around its items; a page that begins within it is said in it")
    func list() throws {
        var first = PageSetter(), second = PageSetter(number: 2)
        for (index, text) in ["• one", "• two"].enumerated() { first.write(text, x: 60, y: 700 + 14 * Float(index)) }
        second.write("• three", x: 60, y: 60)
        let found = try placed([first, second])
        #expect(found == ["page 1[0.0 0.0 600.0 800.0]", "ul 1[60.0 692.0 85.0 716.0] 2[60.0 52.0 95.0 62.0]"])
    }

    @Test("a tagged paragraph that runs through two columns has a place in each")
    func tagged() throws {
        var page = PageSetter()
        page.page.tags = TagNode("Document", [.node(TagNode("P", [.content(0)]))])
        for index in 0..<12 { page.write("left \(10 + index) of the words in a column here", x: 60, y: 120 + 12 * Float(index), tag: 0) }
        for index in 0..<12 { page.write("goes \(10 + index) on with words in a column here", x: 320, y: 120 + 12 * Float(index), tag: 0) }
        let found = try placed([page])
        #expect(found.last == "p 1[60.0 112.0 245.0 254.0] 1[320.0 112.0 510.0 254.0]")
    }
}
