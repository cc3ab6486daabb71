// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import ReaderTestSupport
import Testing

@testable import PDFLayout

@Suite("Reading lines as text")
struct ReadingTests {
    private func outline(_ page: PageSetter) throws -> [String] { try PageSetter.document([page]).document.blocks.map(Outline.block) }

    @Test("a Korean word that a line's end parts is one word, where the page writes the spaces at other lines' ends")
    func korean() throws {
        for (end, joint) in [(" ", ""), ("", " ")] {
            var page = PageSetter()
            let lines = ["보험회사에서 그동안 판매했거나 앞으로도 판매하게" + end, "될 보험상품의 입원 및 사망의 재해 인정 여부들에" + end, "대하여 보험실무상 혼선이 초래되어 이에 대하여 보", "험약관의 현황 및 문제점을 살펴보고자 하였다."]
            // Syllables are an em wide.
            for (index, line) in lines.enumerated() {
                page.write(line, x: 60, y: 100 + 14 * Float(index))
            }
            let text = try #require(try outline(page).first)
            #expect(text.contains("보\(joint)험약관의"))
            #expect(text.contains("판매하게 될"))
        }
    }

    @Test("a mark belongs to the letter that it stands over, whichever letter it was written after")
    func marks() throws {
        var page = PageSetter()
        page.write("وًلاك", x: 0, y: 0)
        page.page.glyphs = []
        // From left to right as they stand: alef, dad, yeh; the mark over the dad is written last.
        for (scalar, x) in [(0x627, 60), (0x636, 65), (0x64A, 70), (0x64B, 66)] as [(UInt32, Float)] {
            let width: Float = scalar == 0x64B ? 3 : 5
            page.page.glyphs.append(Glyph(scalar, style: 0, box: Box(x, 92, x + width, 102), baseline: 100, tag: -1))
        }
        #expect(try outline(page) == ["p(يضًا)"])
    }

    @Test("notes that stand one below the other are not joined")
    func notes() throws {
        var page = PageSetter()
        for (index, text) in ["2021 estimate", "2020 estimate", "2019 estimate"].enumerated() {
            page.write("\(index + 1)", x: 60, y: 96 + 12 * Float(index), size: 6)
            page.write(text, x: 64, y: 100 + 12 * Float(index))
        }
        #expect(try outline(page).count == 3)
    }

    @Test("a picture beside text does not part a paragraph")
    func picture() throws {
        var page = PageSetter()
        page.write(lines: ["the first line of this paragraph is as long as", "the second line that stands beside a picture,", "and here the third one comes to an end."], x: 60, y: 100)
        page.page.pictures.append(Picture(box: Box(400, 104, 500, 130), name: "image1.png", alternative: ""))
        let blocks = try outline(page)
        #expect(blocks.contains { $0.contains("as long as the second line that stands beside a picture, and here") })
        #expect(blocks.count == 2)
    }

    @Test("a letter of a font that has nothing else, before text of another, is a list's sign")
    func signs() throws {
        var page = PageSetter()
        for (index, text) in ["Database performance", "Advanced skills", "Business intelligence"].enumerated() {
            page.write("r", x: 60, y: 100 + 14 * Float(index), bold: true)
            page.write(text, x: 76, y: 100 + 14 * Float(index))
        }
        #expect(try outline(page) == ["ul(li(Database performance) li(Advanced skills) li(Business intelligence))"])
    }

    @Test("a title that fills its line goes on in the next, however far apart they stand")
    func title() throws {
        var page = PageSetter()
        page.write("The whole of a title that takes all the width there is", x: 60, y: 160, size: 16, bold: true)
        page.write("and more", x: 60, y: 190, size: 16, bold: true)
        page.write(lines: (0..<5).map { "line \($0) of the text below, which is exactly as wide as the title is, and no wider" }, x: 60, y: 240)
        #expect(try outline(page).first == "h1(The whole of a title that takes all the width there is and more)")
    }

    @Test("justified text is no table, however far apart its words stand, and is read line by line")
    func typescript() throws {
        // Words and where they begin, as they stand in a typescript.
        let lines: [[(String, Float)]] = [
            [("when", 77), ("fishermen", 119), ("in", 202), ("a", 226), ("village", 242), ("come", 308), ("early", 349), ("to", 398), ("the", 423), ("harbor", 455)],
            [("lanterns", 78), ("are", 153), ("carefully", 185), ("hung,", 267), ("followed", 316), ("by", 390), ("the", 415), ("so", 447)],
            [("called", 77), ("evening", 135), ("celebration", 202), ("and", 300), ("singing", 331), ("everybody", 398)],
            [("neighbourhood.", 77), ("The", 210), ("congratulation", 242), ("of", 365), ("schoolchildrens", 390)],
            [("into", 78), ("service", 119), ("responsible", 186), ("grandchildren", 283), ("and", 398), ("friends", 429)],
            [("dependent", 77), ("neighbourhood", 161), ("is", 276), ("told", 299), ("to", 341), ("accommodate", 365), ("the", 463)],
        ]
        for isRecognized in [false, true] {
            var page = PageSetter()
            page.page.isRecognized = isRecognized
            for (index, words) in lines.enumerated() { for (word, x) in words { page.write(word + " ", x: x, y: 100 + 13.5 * Float(index), size: 12) } }
            let document = try PageSetter.document([page]).document
            #expect(document.blocks.filter { if case .paragraph = $0 { false } else { true } } == [])
            if isRecognized { #expect(document.blocks.map(Outline.block) == ["p(" + lines.joined().map(\.0).joined(separator: " ") + ")"]) }
        }
    }

    @Test("a narrow gap is a space where the place looks like one to who knows the font's widths, and none otherwise or before a closing bracket")
    func narrowSpaces() throws {
        for (rest, isFelt, line) in [("a line", true, "the words of a line"), ("a line", false, "the words ofa line"), (") a line", true, "the words of) a line")] {
            var page = PageSetter()
            page.write("the words of", x: 60, y: 100)
            let next = page.page.glyphs.count
            page.write(rest, x: 121.4, y: 100)
            page.page.glyphs[next].beginsWord = isFelt
            #expect(try PageSetter.document([page]).document.blocks.map(Outline.block) == ["p(\(line))"])
        }
    }

    @Test("before code in a line, a space is as narrow as the text's are")
    func spaceBeforeCode() throws {
        var page = PageSetter()
        page.write("so that the words of this line go on with the", x: 60, y: 100)
        page.write("code", x: 288, y: 100, mono: true)
        #expect(try PageSetter.document([page]).document.blocks.map(Outline.block) == ["p(so that the words of this line go on with the code(code))"])
    }
}
