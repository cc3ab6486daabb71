// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import ReaderTestSupport
import Testing

@testable import PDFLayout

@Suite("Captions")
struct CaptionTests {
    private let prose = [
        "the first line of this paragraph is as long as the column is", "and the second line goes on with what the first one has begun",
        "so that the third one can come to the end of the whole matter.",
    ]
    private let image = "img[image1.png]()"

    private func outline(_ page: PageSetter) throws -> [String] { try PageSetter.document([page]).document.blocks.map(Outline.block) }

    /// A page with text, a picture below it, and what `write` adds.
    private func page(_ write: (inout PageSetter) -> Void) -> PageSetter {
        var page = PageSetter()
        page.write(lines: prose, x: 60, y: 100)
        page.page.pictures.append(Picture(box: Box(60, 160, 300, 300), name: "image1.png"))
        write(&page)
        page.write(lines: prose, x: 60, y: 400)
        return page
    }

    @Test("a labelled text below or above a picture is its caption, and so is one beside it", arguments: [(60, 314), (60, 154), (310, 200)])
    func labelled(x: Int, y: Int) throws {
        let blocks = try outline(page { $0.write("Abbildung 3: boats on the river", x: Float(x), y: Float(y)) })
        #expect(blocks.count == 3)
        #expect(blocks.dropFirst().first == "figure(\(image) | Abbildung 3: boats on the river)")
    }

    @Test("short text in smaller type right below a picture is its caption; in the text's own type it is none, nor is a sentence about it")
    func unlabelled() throws {
        #expect(try outline(page { $0.write("boats on the river", x: 80, y: 312, size: 8) })[1] == "figure(\(image) | boats on the river)")
        #expect(try outline(page { $0.write("boats on the river", x: 80, y: 312) })[1] == "figure(\(image) | )")
        #expect(try outline(page { $0.write("Figure 3 shows boats on the river.", x: 60, y: 312) })[1] == "figure(\(image) | )")
        // Small text that goes on below is no caption either.
        #expect(try outline(page { page in for line in 0..<6 { page.write("small text of many lines", x: 80, y: 312 + 10 * Float(line), size: 8) } })[1] == "figure(\(image) | )")
    }

    @Test("a caption stays with a picture across two columns, and text goes on over both")
    func columns() throws {
        var page = PageSetter()
        page.page.pictures.append(Picture(box: Box(60, 60, 530, 200), name: "image1.png"))
        // It stands over the right column alone.
        page.write("Fig. 1. Boats on the river", x: 400, y: 214)
        for index in 0..<12 {
            page.write("left \(10 + index) of the words in a column here", x: 60, y: 250 + 12 * Float(index))
            page.write("goes \(10 + index) on with words in a column here", x: 320, y: 250 + 12 * Float(index))
        }
        let blocks = try outline(page)
        #expect(blocks.count == 2)
        #expect(blocks[0] == "figure(\(image) | Fig. 1. Boats on the river)")
    }

    @Test("a paragraph goes on behind a picture and its caption at a column's top")
    func floating() throws {
        var page = PageSetter()
        for index in 0..<16 { page.write("left \(10 + index) of the words in a column here", x: 60, y: 100 + 12 * Float(index)) }
        page.page.pictures.append(Picture(box: Box(320, 92, 510, 160), name: "image1.png"))
        page.write("Figure 2. Boats on the river", x: 320, y: 174, size: 8)
        for index in 0..<8 { page.write("goes \(10 + index) on with words in a column here", x: 320, y: 196 + 12 * Float(index)) }
        let blocks = try outline(page)
        #expect(blocks.map { $0.prefix(6) } == ["p(left", "figure"])
        #expect(blocks[0].contains("column here goes 10 on"))
    }

    @Test("a drawing's words stay together with its caption, numbers along its axes too; text that lies over lines is text")
    func drawing() throws {
        var page = PageSetter()
        page.write(lines: prose, x: 60, y: 100)
        page.page.sketches = [Sketch(box: Box(100, 160, 180, 220), isCurve: false), Sketch(box: Box(170, 180, 280, 240), isCurve: false), Sketch(box: Box(120, 230, 200, 280), isCurve: true)]
        for (text, x, y) in [("sender", 110, 175), ("receiver", 220, 205), ("of mail", 222, 216), ("clock", 150, 260), ("100", 82, 205), ("200", 82, 235)] as [(String, Float, Float)] { page.write(text, x: x, y: y) }
        page.write("Figure 5. How they talk", x: 100, y: 300)
        page.write(lines: prose, x: 60, y: 400)
        let text = "p(" + prose.joined(separator: " ") + ")"
        #expect(try outline(page) == [text, "figure(sender⏎100⏎receiver of mail⏎200⏎clock | Figure 5. How they talk)", text])
        // Words that were set one by one are text as well.
        var words = page
        for line in 0..<2 { for word in 0..<5 { words.write("words", x: 105 + 34 * Float(word), y: 230 + 12 * Float(line)) } }
        #expect(try !outline(words).contains { $0.hasPrefix("figure") })
        page.write("this is a line of running text which lies upon the drawing", x: 60, y: 230)
        #expect(try outline(page).allSatisfy { !$0.hasPrefix("figure") })
    }

    @Test("captions beside each other go to their own pictures")
    func pairs() throws {
        var page = PageSetter()
        page.write(lines: prose, x: 60, y: 100)
        page.page.pictures = [Picture(box: Box(60, 160, 220, 260), name: "image1.png"), Picture(box: Box(260, 160, 420, 260), name: "image2.png")]
        page.write(lines: ["Figure 1. Boats on the river", "in the morning"], x: 60, y: 274)
        page.write(lines: ["Figure 2. Boats at their berths", "in the evening"], x: 260, y: 274)
        page.write(lines: prose, x: 60, y: 320)
        let text = "p(" + prose.joined(separator: " ") + ")"
        #expect(try outline(page) == [
            text, "figure(\(image) | Figure 1. Boats on the river in the morning)", "figure(img[image2.png]() | Figure 2. Boats at their berths in the evening)", text,
        ])
    }

    @Test("so do captions that a tagged page has in one element")
    func taggedPairs() throws {
        var page = PageSetter()
        page.page.tags = TagNode("Document", [.node(TagNode("P", [.content(0)])), .node(TagNode("P", [.content(1)])), .node(TagNode("P", [.content(2)]))])
        for (index, line) in prose.enumerated() { page.write(line, x: 60, y: 100 + 12 * Float(index), tag: 0) }
        page.write("Figure 1. Boats on the river", x: 60, y: 274, tag: 1)
        page.write("Figure 2. Boats at their berths", x: 260, y: 274, tag: 1)
        for (index, line) in prose.enumerated() { page.write(line, x: 60, y: 320 + 12 * Float(index), tag: 2) }
        #expect(try Array(outline(page).dropFirst().prefix(2)) == ["p(Figure 1. Boats on the river)", "p(Figure 2. Boats at their berths)"])
    }

    @Test("a table's caption above it is the table's, one below stands right behind it")
    func tables() throws {
        func table(_ captionY: Float) throws -> [String] {
            var page = PageSetter()
            page.write(lines: prose, x: 60, y: 60)
            for (row, texts) in [["Town", "Year", "Count"], ["Avon", "1999", "12"], ["Bray", "2004", "7"]].enumerated() {
                for (column, text) in texts.enumerated() { page.write(text, x: 60 + 90 * Float(column), y: 140 + 16 * Float(row)) }
            }
            for row in 0...3 { page.page.rules.append(Rule(horizontal: 128 + 16 * Float(row), from: 55, to: 325)) }
            for column in 0...3 { page.page.rules.append(Rule(vertical: 55 + 90 * Float(column), from: 128, to: 176)) }
            page.write("Table 4: boats by town", x: 60, y: captionY)
            page.write(lines: prose, x: 60, y: 240)
            let document = try PageSetter.document([page]).document
            return document.blocks.map { block in
                if case .table(let table) = block { "table[\(Outline.text(table.head.caption))]" } else { String(Outline.block(block).prefix(16)) }
            }
        }
        #expect(try table(122) == ["p(the first line", "table[Table 4: boats by town]", "p(the first line"])
        #expect(try table(192) == ["p(the first line", "table[]", "p(Table 4: boats", "p(the first line"])
    }

    @Test("labels are told from sentences", arguments: [
        ("Figure 1: a", true), ("FIGURE 2-3. a", true), ("Fig. 4a Boats", true), ("Table A.1: a", true), ("Table IV. a", true), ("Tabelle 3 – a", true), ("图1 河", true), ("Рис. 2. a", true), ("Table 7", true),
        ("Figure 1 shows a", false), ("Table 2 and", false), ("Fig. 4 (left)", false),
    ])
    func labels(_ text: String, isSure: Bool) throws {
        #expect(try #require(CaptionLabel(Array(text.utf8))).isSure == isSure)
    }

    @Test("other words begin no caption", arguments: ["Figures are", "Tables: turned", "tabulate 3", "A Figure 1", "", "Figure", "Table of contents"])
    func others(_ text: String) { #expect(CaptionLabel(Array(text.utf8)) == nil) }
}
