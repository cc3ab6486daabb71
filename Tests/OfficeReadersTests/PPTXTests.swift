// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import OfficeReaders

@Suite("The PowerPoint reader")
struct PPTXTests {
    private typealias Maker = PPTXMaker
    private func item(_ text: String, _ level: Int = 0, _ bullet: String = "") -> String { Maker.paragraph(text, "<a:pPr lvl='\(level)'>\(bullet)</a:pPr>") }

    @Test("slides come in the order of the list, not of their names, each on a page of its own")
    func order() throws {
        let slides = ["one", "two"].map { Maker.Slide(shapes: Maker.shape($0, placeholder: "type='title'")) }
        #expect(try Maker.read(slides, order: [2, 1]).0 == "h1(two) page h1(one)")
    }

    @Test("the title comes first, of several lines one")
    func title() throws {
        let shapes = Maker.shape("below", at: (0, 0, 1, 1))
            + Maker.shape("<a:p><a:r><a:rPr b='1'/><a:t>A</a:t></a:r><a:br/><a:r><a:t>title</a:t></a:r></a:p>", placeholder: "type='ctrTitle'", at: (0, 9, 1, 1))
        #expect(try Maker.read(shapes) == "h1(A title) p(below)")
    }

    @Test("a body is a list by its master's bullets, unless layout or paragraph say no")
    func bullets() throws {
        let body = Maker.shape(item("a") + item("b", 1) + item("c") + item("plain", 0, "<a:buNone/>"), placeholder: "idx='1'")
        #expect(try Maker.read(body) == "ul(li(p(a) ul(li(b))) li(c)) p(plain)")
        #expect(try Maker.read(Maker.shape("x", placeholder: "idx='2'")) == "p(x)")
        #expect(try Maker.read(Maker.shape("x", placeholder: "type='body' idx='7'", style: "<a:lvl1pPr><a:buNone/></a:lvl1pPr>")) == "p(x)")
        #expect(try Maker.read(Maker.shape("x")) == "p(x)")
    }

    @Test("automatic numbers count on across deeper paragraphs and start where they are told")
    func numbers() throws {
        let bullet = "<a:buAutoNum type='arabicPeriod' startAt='3'/>"
        let text = item("a", 0, bullet) + item("x", 1, "<a:buChar char='-'/>") + item("b", 0, bullet) + item("p") + item("c", 0, bullet)
        #expect(try Maker.read(Maker.shape(text)) == "ol3(li(p(a) ul(li(x))) li(b)) p(p) ol3(li(c))")
    }

    @Test("numbers typed behind bullets make a numbered list where each follows the one before it")
    func typedNumbers() throws {
        let sign = "<a:buChar char='-'/>"
        func list(_ texts: String...) throws -> String { try Maker.read(Maker.shape(texts.map { item($0, 0, sign) }.joined())) }
        #expect(try list("2. a", "3. b") == "ol2(li(a) li(b))")
        #expect(try list("1) a", "2) b") == "ol(li(a) li(b))")
        #expect(try list("1. a", "3. b") == "ul(li(1. a) li(3. b))")
        #expect(try list("1. a", "2) b") == "ul(li(1. a) li(2) b))")
        #expect(try list("1.5 a", "2.5 b") == "ul(li(1.5 a) li(2.5 b))")
        #expect(try list("1. a") == "ul(li(1. a))")
    }

    @Test("text without a bullet below an item belongs to it")
    func continuation() throws {
        #expect(try Maker.read(Maker.shape(item("a", 0, "<a:buChar char='-'/>") + item("more", 1) + item("end"))) == "ul(li(p(a) p(more))) p(end)")
    }

    @Test("bold, italic, raised and linked text keep their marks")
    func marks() throws {
        let text = "<a:p><a:r><a:rPr b='1'/><a:t>b</a:t></a:r><a:r><a:rPr i='1'/><a:t>i</a:t></a:r><a:r><a:rPr baseline='30000'/><a:t>2</a:t></a:r>"
            + "<a:r><a:rPr><a:hlinkClick r:id='h'/></a:rPr><a:t>l</a:t></a:r></a:p>"
        #expect(try Maker.read(Maker.shape(text), links: [("h", "hyperlink", "http://x/")]) == "p(strong(b)em(i)sup(2)a[http://x/](l))")
    }

    @Test("shapes are read in columns where they stand in columns, and a group stays together")
    func readingOrder() throws {
        let cards = Maker.shape("right below", at: (60, 12, 40, 30)) + Maker.shape("left below", at: (0, 12, 40, 30))
            + Maker.shape("right", at: (60, 0, 40, 10)) + Maker.shape("left", at: (0, 0, 40, 10))
        #expect(try Maker.read(cards) == "p(left) p(left below) p(right) p(right below)")
        let group = "<p:grpSp><p:nvGrpSpPr/><p:grpSpPr>\(Maker.transform((0, 50, 100, 10)))</p:grpSpPr>"
            + Maker.shape("second", at: (50, 0, 10, 10)) + Maker.shape("first", at: (0, 0, 10, 10)) + "</p:grpSp>"
        #expect(try Maker.read(group + Maker.shape("above", at: (0, 0, 100, 10))) == "p(above) p(first) p(second)")
    }

    @Test("tables have their spans once and a header where the table says so")
    func tables() throws {
        func cell(_ text: String, _ attributes: String = "") -> String { "<a:tc \(attributes)><a:txBody>\(Maker.paragraph(text))</a:txBody></a:tc>" }
        let table = "<a:tbl><a:tblPr firstRow='1'/><a:tr>\(cell("a", "gridSpan='2'"))\(cell("", "hMerge='1'"))</a:tr>"
            + "<a:tr>\(cell("b", "rowSpan='2'"))\(cell("c"))</a:tr><a:tr>\(cell("", "vMerge='1'"))\(cell("d"))</a:tr></a:tbl>"
        #expect(try Maker.read(Maker.graphic(table)) == "table(head: a→2 / b↓2 | c / d)")
    }

    @Test("notes and comments follow their slide as quotations")
    func notes() throws {
        let notes = Maker.part("p:notes", "<p:cSld><p:spTree>\(Maker.shape("say this", placeholder: "type='body' idx='1'"))\(Maker.shape("7", placeholder: "type='sldNum'"))</p:spTree></p:cSld>")
        let old = Maker.part("p:cmLst", "<p:cm authorId='0' dt='2026-01-02T03:04:05'><p:text>why?</p:text></p:cm>")
        let new = Maker.part(
            "p188:cmLst", "<p188:cm authorId='{A}'><p188:replyLst><p188:reply authorId='0'><p188:txBody>\(Maker.paragraph("because"))</p188:txBody></p188:reply></p188:replyLst>"
                + "<p188:txBody>\(Maker.paragraph("and?"))</p188:txBody></p188:cm>")
        let slide = Maker.Slide(
            shapes: Maker.shape("x"), links: [("n", "notesSlide", "../n.xml"), ("c", "comments", "../c.xml"), ("d", "comments", "../d.xml")])
        let (text, _) = try Maker.read(
            [slide], parts: [
                ("ppt/n.xml", notes), ("ppt/c.xml", old), ("ppt/d.xml", new), ("ppt/a.xml", Maker.part("p:cmAuthorLst", "<p:cmAuthor id='0' name='Ann'/>")),
            ], links: [("a", "commentAuthors", "a.xml")])
        #expect(text == "p(x) quote(strong(Notes:) say this) quote(strong(Ann) (2026-01-02): why?) quote(and?) quote(strong(Ann): because)")
    }

    @Test("hidden slides are marked and reported, hidden shapes left out and reported")
    func hidden() throws {
        let (text, diagnostics) = try Maker.read([Maker.Slide(
            shapes: Maker.shape("T", placeholder: "type='title'") + Maker.shape("x") + Maker.shape("y", names: "hidden='1'"), attributes: "show='0'")])
        #expect(text == "h1(T) p(em(Hidden slide)) p(x)")
        #expect(diagnostics.items.map(\.code) == ["shape-hidden", "slide-hidden"])
    }

    @Test("dates, numbers and footers of slides are left out")
    func margins() throws {
        let (text, diagnostics) = try Maker.read([Maker.Slide(
            shapes: Maker.shape("x") + ["dt", "ftr", "sldNum"].map { Maker.shape("m", placeholder: "type='\($0)'") }.joined())])
        #expect(text == "p(x)")
        #expect(diagnostics.items.map(\.code) == ["slide-footer-left-out"])
    }

    @Test("a chart is its title and the table of its cached values")
    func charts() throws {
        let chart = Maker.part(
            "c:chartSpace", "<c:chart><c:title><a:p><a:r><a:t>Ducks</a:t></a:r></a:p></c:title><c:plotArea><c:ser><c:tx><c:strCache><c:pt idx='0'><c:v>wild</c:v></c:pt></c:strCache></c:tx>"
                + "<c:cat><c:strCache><c:pt idx='0'><c:v>2019</c:v></c:pt></c:strCache></c:cat><c:val><c:numCache><c:pt idx='0'><c:v>120</c:v></c:pt></c:numCache></c:val></c:ser></c:plotArea></c:chart>")
        let frame = Maker.graphic("<c:chart r:id='c'/>")
        #expect(try Maker.read(frame, links: [("c", "chart", "../c.xml")], parts: [("ppt/c.xml", chart)]) == "p(Ducks) table(head:  | wild / 2019 | 120)")
    }

    @Test("a diagram is a list that nests as its points do")
    func diagrams() throws {
        func point(_ id: String, _ text: String, _ type: String = "node") -> String { "<dgm:pt modelId='\(id)' type='\(type)'><dgm:t>\(Maker.paragraph(text))</dgm:t></dgm:pt>" }
        func link(_ from: String, _ to: String, _ order: Int) -> String { "<dgm:cxn srcId='\(from)' destId='\(to)' srcOrd='\(order)'/>" }
        let data = Maker.part(
            "dgm:dataModel", "<dgm:ptLst>\(point("0", "", "doc"))\(point("1", "b"))\(point("2", "a"))\(point("3", "a1"))\(point("4", "-", "sibTrans"))</dgm:ptLst>"
                + "<dgm:cxnLst>\(link("0", "1", 1))\(link("0", "2", 0))\(link("2", "3", 0))</dgm:cxnLst>")
        #expect(try Maker.read(Maker.graphic("<dgm:relIds r:dm='d'/>"), links: [("d", "diagramData", "../d.xml")], parts: [("ppt/d.xml", data)]) == "ul(li(p(a) ul(li(a1))) li(b))")
    }

    @Test("a link to a slide leads to a place in the output")
    func slideLinks() throws {
        let first = Maker.Slide(
            shapes: Maker.shape("<a:p><a:r><a:rPr><a:hlinkClick r:id='j' action='ppaction://hlinksldjump'/></a:rPr><a:t>go</a:t></a:r></a:p>"), links: [("j", "slide", "slide2.xml")])
        #expect(try Maker.read([first, Maker.Slide(shapes: Maker.shape("T", placeholder: "type='title'"))]).0 == "p(a[#slide-2](go)) page h1(anchor(slide-2)T)")
    }

    @Test("of alternatives the understood one is read: equations, else the fallback")
    func alternatives() throws {
        let math = "<mc:AlternateContent><mc:Choice Requires='a14'>\(Maker.shape("<a:p><a14:m><m:oMath><m:r><m:t>x</m:t></m:r></m:oMath></a14:m></a:p>"))</mc:Choice>"
            + "<mc:Fallback>\(Maker.shape("picture of x"))</mc:Fallback></mc:AlternateContent>"
        #expect(try Maker.read(math) == "math(x)")
        let ink = "<mc:AlternateContent><mc:Choice Requires='p99'><p:contentPart/></mc:Choice><mc:Fallback>\(Maker.shape("ink"))</mc:Fallback></mc:AlternateContent>"
        #expect(try Maker.read(ink) == "p(ink)")
    }

    @Test("a shape of an unknown kind is read for its text, and named")
    func unknown() throws {
        let (text, diagnostics) = try Maker.read([Maker.Slide(shapes: "<p:novel><p:txBody>\(Maker.paragraph("kept"))</p:txBody></p:novel>")])
        #expect(text == "p(kept)")
        #expect(diagnostics.items.map(\.code) == ["element-unknown"])
    }

    @Test("a picture that is missing leaves its description, one that is there its name")
    func pictures() throws {
        func picture(_ id: String, _ text: String) -> String {
            "<p:pic><p:nvPicPr><p:cNvPr id='1' name='p' descr='\(text)'/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed='\(id)'/></p:blipFill></p:pic>"
        }
        let (text, diagnostics) = try Maker.read(
            [Maker.Slide(shapes: picture("i", "a duck") + picture("gone", "a goose") + picture("i", "duck.png"), links: [("i", "image", "../media/i.png")])], parts: [("ppt/media/i.png", "x")])
        #expect(text == "p(img[i.png](a duck)) p(img[](a goose)) p(img[i.png]())")
        #expect(diagnostics.items.map(\.code) == ["picture-missing"])
    }

    @Test("without its list of slides a presentation is read by their names; one without any is refused")
    func damage() throws {
        let (text, diagnostics) = try Maker.read([Maker.Slide(shapes: Maker.shape("x"))], order: [9])
        #expect(text == "p(x)")
        #expect(diagnostics.items.map(\.code) == ["slide-order-lost"])
        #expect(throws: ReadError.malformed("the package has no main presentation part")) { _ = try Outline.read(DOCXMaker.archive([("a", "")]), PPTXReader()) }
    }
}
