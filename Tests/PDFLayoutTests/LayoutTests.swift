// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import ReaderTestSupport
import Testing

@testable import PDFLayout

@Suite("The layout of pages")
struct LayoutTests {
    private let prose = [
        "the first line of this paragraph is as long as the column is", "and the second line goes on with what the first one has begun",
        "so that the third one can come to the end of the whole matter.",
    ]

    private func outline(_ pages: [PageSetter]) throws -> [String] { try PageSetter.document(pages).document.blocks.map(Outline.block) }

    @Test("lines are joined to paragraphs, parted where a gap is")
    func paragraphs() throws {
        var page = PageSetter()
        page.write(lines: prose, x: 60, y: 100)
        page.write(lines: prose, x: 60, y: 160)
        let text = "p(" + prose.joined(separator: " ") + ")"
        #expect(try outline([page]) == [text, text])
    }

    @Test("a word that a line's end parts is one word, a compound keeps its hyphen")
    func hyphens() throws {
        var page = PageSetter()
        page.write(lines: ["this is a line of some length that ends in an unfin-", "ished word, and it goes on with some of the so-called-", "X rays and ends here where the last of its words stand."], x: 60, y: 100)
        #expect(try outline([page]) == ["p(this is a line of some length that ends in an unfinished word, and it goes on with some of the so-called-X rays and ends here where the last of its words stand.)"])
    }

    @Test("two columns are read one after the other, below what stands across them")
    func columns() throws {
        var page = PageSetter()
        page.write("A title across both of the columns of this page", x: 120, y: 60, size: 18)
        let left = (0..<12).map { "left \($0) of the words in a column here" }, right = (0..<12).map { "right \($0) of the words in a column too" }
        for index in 0..<12 {
            page.write(left[index], x: 60, y: 120 + 12 * Float(index))
            page.write(right[index], x: 300, y: 120 + 12 * Float(index))
        }
        let blocks = try outline([page])
        #expect(blocks.first == "h1(A title across both of the columns of this page)")
        let text = blocks.joined()
        let left11 = try #require(text.firstRange(of: "left 11")), right0 = try #require(text.firstRange(of: "right 0"))
        #expect(left11.lowerBound < right0.lowerBound)
    }

    @Test("larger lines are headings, their sizes are the levels; bold text within a paragraph is none")
    func headings() throws {
        var page = PageSetter()
        page.write("The report", x: 60, y: 60, size: 20)
        page.write(lines: prose, x: 60, y: 100)
        page.write("A part of it", x: 60, y: 160, size: 14)
        page.write(lines: prose, x: 60, y: 180)
        page.write("bold alone", x: 60, y: 216, bold: true)
        page.write("is followed by more of the same line", x: 115, y: 216)
        #expect(try outline([page]).filter { $0.hasPrefix("h") } == ["h1(The report)", "h2(A part of it)"])
    }

    @Test("items nest by where their markers stand")
    func lists() throws {
        var page = PageSetter()
        page.write("• one", x: 60, y: 100)
        page.write("• one in one", x: 80, y: 114)
        page.write("• two", x: 60, y: 128)
        page.write("1. first", x: 60, y: 170)
        page.write("2. second", x: 60, y: 184)
        #expect(try outline([page]) == ["ul(li(p(one) ul(li(one in one))) li(two))", "ol(li(first) li(second))"])
    }

    @Test("parts of a paragraph that are counted in brackets are no items")
    func countedParts() throws {
        var page = PageSetter()
        page.write("That requires answers to two questions, which are these:", x: 60, y: 60)
        page.write(lines: ["(1) How can we make single workers that are able to take up anything at all, and", "then go on with it? (2) How can we tell them what they have to do in one way only,", "so that each of them may be understood by all of the others that are there?"], x: 60, y: 90)
        #expect(try outline([page]).last?.hasPrefix("p((1) How can we") == true)
    }

    @Test("a page that begins between two items of a list is told in the first of them")
    func pageWithinList() throws {
        var first = PageSetter(), second = PageSetter(number: 2)
        first.write("What to bring:", x: 60, y: 60)
        first.write("• a rope that is long enough", x: 60, y: 80)
        first.write("• a lamp with oil", x: 60, y: 92)
        second.write("• bread for two days", x: 60, y: 60)
        second.write("And now we may go, as everybody is here.", x: 60, y: 100)
        let blocks = try PageSetter.document([first, second]).document.blocks.map(Outline.block)
        #expect(blocks == ["p(What to bring:)", "ul(li(a rope that is long enough) li(p(a lamp with oil) page) li(bread for two days))", "p(And now we may go, as everybody is here.)"])
    }

    @Test("items at one place nest by their bullets: a circle within a disc")
    func bullets() throws {
        var page = PageSetter()
        for (index, text) in ["• one", "◦ one in one", "◦ two in one", "• two"].enumerated() { page.write(text, x: 60, y: 100 + 14 * Float(index)) }
        #expect(try outline([page]) == ["ul(li(p(one) ul(li(one in one) li(two in one))) li(two))"])
    }

    @Test("what stands at the edges of page after page is left out and reported, however many pages there are", arguments: [4, 60, 400])
    func runningHeads(count: Int) throws {
        let pages = (1...count).map { number in
            var page = PageSetter(number: number)
            page.write("Annual report", x: 60, y: 30)
            page.write(lines: prose, x: 60, y: 100)
            page.write("\(number)", x: 300, y: 780)
            return page
        }
        let (document, losses) = try PageSetter.document(pages)
        #expect(document.blocks.count == count)
        #expect(losses.filter { $0 == "running-head-dropped" }.count == 2 * count)
    }

    @Test("a slide's title is a heading, and what stands beside it on each slide is left out; so is a foot in parts where text comes close")
    func slides() throws {
        let pages = (1...5).map { number in
            var page = PageSetter(number: number, width: 800, height: 600)
            page.write("Method \(Character(UnicodeScalar(UInt8(64 + number))))", x: 60, y: 62, size: 18)
            page.write("Course of hashing \(number)", x: 620, y: 62, size: 12)
            page.write(lines: [String](repeating: "words of slide \(Character(UnicodeScalar(UInt8(64 + number)))) that go on and on over its whole width without an end", count: number == 4 ? 34 : 20), x: 60, y: 88, size: 11)
            for (part, x) in [("VT 9", Float(60)), ("Algorithms", 300), ("2009 Somebody", 640)] { page.write(part, x: x, y: 548, size: 11) }
            return page
        }
        let (document, losses) = try PageSetter.document(pages)
        #expect(document.blocks.map(Outline.block).map { String($0.prefix(12)) } == ["A", "B", "C", "D", "E"].flatMap { ["h1(Method \($0))", "p(words of s"] })
        #expect(losses.count >= 5 + 4 * 3)
    }

    @Test("text whose first line is the same on each page is no running head: it stands no further from the next line than that from the third")
    func sameFirstLine() throws {
        let pages = (1...4).map { number in
            var page = PageSetter(number: number)
            // Lines as far apart as drafts have them, and a first line that is a sentence of its own.
            page.write("The same sentence begins each of these pages here.", x: 60, y: 60)
            for line in 0..<20 { page.write("and line \(Character(UnicodeScalar(UInt8(65 + line)))) of page \(String(repeating: "I", count: number)) goes on with words that are its own", x: 60, y: 84 + 24 * Float(line)) }
            return page
        }
        let (document, losses) = try PageSetter.document(pages)
        #expect(losses.isEmpty)
        #expect(document.blocks.map(Outline.block).joined().ranges(of: "The same sentence").count == 4)
    }

    @Test("running heads are told on pages that were turned to be read")
    func turnedHeads() throws {
        let pages = (1...4).map { number in
            var page = PageSetter(number: number, width: 600, height: 800)
            page.write("Annual report", x: 60, y: 30)
            page.write(lines: prose, x: 60, y: 100)
            page.write("\(number)", x: 300, y: 580)
            for index in page.page.glyphs.indices {
                let box = page.page.glyphs[index].box
                page.page.glyphs[index].box = Box(600 - box.y1, box.x0, 600 - box.y0, box.x1)
                page.page.glyphs[index].baseline = 600 - page.page.glyphs[index].baseline
                page.page.glyphs[index].turn = 1
            }
            return page
        }
        #expect(try PageSetter.document(pages).losses == [String](repeating: "running-head-dropped", count: 8))
    }

    @Test("short items that count on are items, though each ends where the others do")
    func shortItems() throws {
        var page = PageSetter()
        for (index, text) in ["1. plums", "2. pears", "3. grape"].enumerated() { page.write(text, x: 60, y: 120 + 12 * Float(index)) }
        #expect(try outline([page]) == ["ol(li(plums) li(pears) li(grape))"])
    }

    @Test("a section's number that text stands right behind is parted from it")
    func closeNumber() throws {
        var page = PageSetter()
        page.write("2.1.Harbours of the north", x: 60, y: 60, size: 16, bold: true)
        page.write(lines: ["words of the section that are a paragraph of their own, about", "harbours, and a version such as 2.1.b stays the word that it is."], x: 60, y: 90)
        #expect(try outline([page]) == ["h1(2.1. Harbours of the north)", "p(words of the section that are a paragraph of their own, about harbours, and a version such as 2.1.b stays the word that it is.)"])
    }

    @Test("where tables hold nearly all text, theirs is the body's size")
    func headsOfTables() throws {
        var page = PageSetter()
        for part in 0..<3 {
            let top = 100 + 160 * Float(part)
            page.write(["Orders", "Customers", "Totals"][part], x: 60, y: top, size: 10)
            for row in 0...5 { page.page.rules.append(Rule(horizontal: top + 12 + 16 * Float(row), from: 55, to: 305)) }
            for x: Float in [55, 135, 305] { page.page.rules.append(Rule(vertical: x, from: top + 12, to: top + 92)) }
            for row in 0..<5 { for (text, x) in zip(["Cell", "Words"], [Float(60), 140]) { page.write("\(text) \(row)", x: x, y: top + 24 + 16 * Float(row), size: 8) } }
        }
        #expect(try outline([page]).filter { $0.hasPrefix("h") } == ["h1(Orders)", "h1(Customers)", "h1(Totals)"])
    }

    @Test("a paragraph goes on over a page's end")
    func pages() throws {
        var first = PageSetter(), second = PageSetter(number: 2)
        first.write(lines: Array(prose.prefix(2)), x: 60, y: 700)
        second.write(lines: Array(prose.suffix(1)), x: 60, y: 60)
        #expect(try outline([first, second]) == ["p(" + prose.joined(separator: " ") + ")"])
    }

    @Test("right-to-left text is in reading order, with its numbers as they are")
    func rightToLeft() throws {
        var page = PageSetter()
        // As it stands on the page, from left to right: the sentence's end first.
        page.write("12 " + String("שלום עולם".reversed()), x: 60, y: 100)
        #expect(try outline([page]) == ["p(שלום עולם 12)"])
    }

    @Test("vowel marks that stand alone on their line are kept")
    func loneMarks() throws {
        var page = PageSetter()
        page.write("\u{64E}", x: 60, y: 100)
        #expect(try outline([page]) == ["p(\u{64E})"])
    }

    @Test("a page's text that is written sideways is turned upright")
    func turned() throws {
        var page = PageSetter()
        page.write(lines: prose, x: 60, y: 100)
        var turned = page
        // Clockwise: x' = height - y, y' = x.
        turned.page.width = 800
        turned.page.height = 600
        for index in turned.page.glyphs.indices {
            let box = turned.page.glyphs[index].box
            turned.page.glyphs[index].box = Box(800 - box.y1, box.x0, 800 - box.y0, box.x1)
            turned.page.glyphs[index].baseline = 800 - turned.page.glyphs[index].baseline
            turned.page.glyphs[index].turn = 1
        }
        #expect(try outline([turned]) == outline([page]))
    }

    @Test("notes at the foot are notes where their numbers stand raised in the text")
    func notes() throws {
        var page = PageSetter()
        page.write(lines: prose, x: 60, y: 100)
        page.write("here is a claim", x: 60, y: 160)
        page.write("1", x: 135, y: 156, size: 6)
        page.write(" and the end of its sentence stands here.", x: 139, y: 160)
        page.write("1", x: 60, y: 700, size: 5)
        page.write(" who says so", x: 63, y: 703, size: 8)
        let (document, _) = try PageSetter.document([page])
        #expect(document.notes == [Note(id: NoteID("1"), blocks: [.paragraph([.text("who says so")])])])
    }
}
