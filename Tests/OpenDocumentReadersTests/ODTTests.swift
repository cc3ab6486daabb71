// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import OpenDocumentReaders

@Suite("The OpenDocument text reader")
struct ODTTests {
    private func read(_ body: String, styles: String = "", automatic: String = "") throws -> [String] {
        try ODFMaker.text(body, styles: styles, automatic: automatic).blocks
    }

    private func style(_ name: String, _ family: String, parent: String = "", _ inner: String = "", _ more: String = "") -> String {
        "<style:style style:name='\(name)' style:family='\(family)' style:parent-style-name='\(parent)' \(more)>\(inner)</style:style>"
    }

    @Test("headings have their outline level, below a title one lower")
    func headings() throws {
        #expect(try read("<text:h text:outline-level='1'>A</text:h><text:h text:outline-level='3'>B</text:h>") == ["h1(A)", "h3(B)"])
        let body = "<text:p text:style-name='P1'>T</text:p><text:p text:style-name='Subtitle'>S</text:p><text:h text:outline-level='1'>A</text:h>"
        #expect(try read(body, automatic: style("P1", "paragraph", parent: "Title")) == ["h1(T)", "h2(S)", "h2(A)"])
    }

    @Test("a heading's own style emphasizes nothing, a span within it does")
    func slantedHeadings() throws {
        let automatic = style("H", "paragraph", "<style:text-properties fo:font-style='italic' style:text-underline-style='solid'/>")
            + style("I", "text", "<style:text-properties fo:font-style='italic'/>")
        let body = "<text:h text:style-name='H' text:outline-level='1'>A</text:h><text:h text:outline-level='1'>B <text:span text:style-name='I'>c</text:span></text:h>"
        #expect(try read(body, automatic: automatic) == ["h1(A)", "h1(B em(c))"])
    }

    @Test("accents in formulas are commands", arguments: [("→", "\\vec"), ("\u{20D7}", "\\vec"), ("^", "\\hat"), ("¯", "\\bar"), ("˙", "\\dot")])
    func accents(_ mark: String, _ command: String) throws {
        let formula = "<draw:frame><draw:object><math:math><math:mover><math:mi>v</math:mi><math:mo>\(mark)</math:mo></math:mover></math:math></draw:object></draw:frame>"
        #expect(try read("<text:p>a \(formula)</text:p>") == ["p(a math(\(command){v}))"])
    }

    @Test("a box at the beginning of a paragraph makes it a task, a box within is a sign")
    func tasks() throws {
        func box(_ checked: String, _ sign: String) -> String { "<loext:content-control loext:checkbox='true' \(checked)>\(sign)</loext:content-control>" }
        let on = box("loext:checked='true'", "☒"), off = box("", "☐")
        let plain = "<loext:content-control loext:alias='Name'>Ada</loext:content-control>"
        let body = "<text:p>\(on) done</text:p><text:p>\(off) open \(on)</text:p><text:p>By \(plain) \(off)</text:p><text:p>\(off)</text:p>"
        #expect(try read(body) == ["ul([x]li(done) [ ]li(open ☒))", "p(By Ada ☐)", "ul([ ]li())"])
        let list = "<text:list><text:list-item><text:p>\(on) a</text:p></text:list-item><text:list-item><text:p>b</text:p></text:list-item></text:list>"
        #expect(try read(list) == ["ul([x]li(a) li(b))"])
    }

    @Test("the outline's numbers stand before headings")
    func outlineNumbers() throws {
        let outline = "<text:outline-style style:name='O'><text:outline-level-style text:level='1' style:num-format='1' style:num-suffix='.'/>"
            + "<text:outline-level-style text:level='2' style:num-format='1' text:display-levels='2'/></text:outline-style>"
        let body = "<text:h text:outline-level='1'>A</text:h><text:h text:outline-level='2'>B</text:h><text:h text:outline-level='2'>C</text:h><text:h text:outline-level='1'>D</text:h>"
            + "<text:h text:outline-level='2'>E</text:h>"
        #expect(try read(body, styles: outline) == ["h1(1 A)", "h2(1.1 B)", "h2(1.2 C)", "h1(2 D)", "h2(2.1 E)"])
    }

    @Test("spans have what their styles and those these inherit from say")
    func spans() throws {
        let automatic = style("B", "text", "<style:text-properties fo:font-weight='bold'/>") + style("BI", "text", parent: "B", "<style:text-properties fo:font-style='italic'/>")
            + style("S", "text", "<style:text-properties style:text-position='super 58%'/>") + style("X", "text", "<style:text-properties style:text-line-through-style='solid'/>")
            + style("N", "text", "<style:text-properties fo:font-weight='normal'/>")
        let body = "<text:p>a <text:span text:style-name='B'>b <text:span text:style-name='N'>n</text:span></text:span> <text:span text:style-name='BI'>c</text:span>"
            + "<text:span text:style-name='S'>2</text:span><text:span text:style-name='X'>x</text:span></text:p>"
        #expect(try read(body, automatic: automatic) == ["p(a strong(b )n strong(em(c))sup(2)del(x))"])
    }

    @Test("white space collapses but for spaces, tabs and breaks that are elements")
    func whiteSpace() throws {
        #expect(try read("<text:p>\n  a\n  b<text:s text:c='3'/> c<text:tab/>d<text:line-break/> e <text:span> f</text:span> </text:p>") == ["p(a b    c\td⏎e f)"])
    }

    private let lists = "<text:list-style style:name='N'><text:list-level-style-number text:level='1' style:num-format='1' style:num-suffix='.'/>"
        + "<text:list-level-style-number text:level='2' style:num-format='1' text:display-levels='2'/></text:list-style>"
        + "<text:list-style style:name='B'><text:list-level-style-bullet text:level='1' text:bullet-char='•'/></text:list-style>"
        + "<text:list-style style:name='O'><text:list-level-style-number text:level='1' style:num-format=''/></text:list-style>"

    private func item(_ text: String, _ more: String = "") -> String { "<text:list-item><text:p>\(text)</text:p>\(more)</text:list-item>" }
    private func list(_ style: String, _ items: String, _ more: String = "") -> String { "<text:list text:style-name='\(style)' \(more)>\(items)</text:list>" }

    @Test("lists nest, and numbers go on where the document says so")
    func nesting() throws {
        let body = list("N", item("a", list("B", item("x"))) + item("b"), "xml:id='one'") + "<text:p>between</text:p>" + list("N", item("c"), "text:continue-numbering='true'")
            + "<text:p>-</text:p>" + list("N", item("d")) + list("N", item("e"), "text:continue-list='one'")
        #expect(try read(body, automatic: lists) == ["ol(li(p(a) ul(li(x))) li(b))", "p(between)", "ol3(li(c))", "p(-)", "ol(li(d))", "ol3(li(e))"])
    }

    @Test("an item that holds only a list belongs to the item before it, also across lists")
    func onlyLists() throws {
        let inner = "<text:list-item>" + list("B", item("x")) + "</text:list-item>"
        #expect(try read(list("N", item("a") + inner), automatic: lists) == ["ol(li(p(a) ul(li(x))))"])
        #expect(try read(list("N", item("a")) + list("B", inner), automatic: lists) == ["ol(li(p(a) ul(li(x))))"])
    }

    @Test("labels of several levels are text, a start value starts a new list, an unlabelled list is paragraphs, a list header has no label")
    func labels() throws {
        #expect(try read(list("N", item("a", list("N", item("b") + item("c")))), automatic: lists) == ["ol(li(p(a) ul(li(1.1 b) li(1.2 c))))"])
        #expect(try read(list("N", item("a") + "<text:list-item text:start-value='7'><text:p>b</text:p></text:list-item>"), automatic: lists) == ["ol(li(a))", "ol7(li(b))"])
        #expect(try read(list("O", item("a") + item("b")), automatic: lists) == ["p(a)", "p(b)"])
        #expect(try read(list("N", item("a") + "<text:list-header><text:p>h</text:p></text:list-header>" + item("b")), automatic: lists) == ["ol(li(p(a) p(h)) li(b))"])
    }

    @Test("headings in lists stand on their own, with their number")
    func headingInList() throws {
        let body = list("N", "<text:list-item><text:h text:outline-level='1'>A</text:h></text:list-item>") + "<text:p>x</text:p>"
        #expect(try read(body, automatic: lists) == ["h1(1 A)", "p(x)"])
    }

    @Test("notes and comments follow, the comment with its author")
    func notes() throws {
        let body = "<text:p>a<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body><text:p>foot</text:p></text:note-body></text:note>"
            + "b<text:note text:note-class='endnote'><text:note-body><text:p>end</text:p></text:note-body></text:note>"
            + "c<office:annotation><dc:creator>Ann</dc:creator><dc:date>2020</dc:date><text:p>why</text:p></office:annotation></text:p>"
        let (blocks, document, _) = try ODFMaker.text(body)
        #expect(blocks == ["p(anotebnotecnote)"])
        #expect(document.notes.map { "\($0.id.name): \(Outline.blocks($0.blocks))" } == ["1: foot", "e1: end", "c1: Ann: why"])
    }

    @Test("deleted text is left out, hidden text is left out and reported")
    func changes() throws {
        let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
            + "<text:p>a<text:change text:change-id='1'/><text:span text:style-name='H'>secret</text:span></text:p><text:section text:display='none'><text:p>s</text:p></text:section>"
        let (blocks, _, losses) = try ODFMaker.text(body, automatic: style("H", "text", "<style:text-properties text:display='none'/>"))
        #expect(blocks == ["p(a)"])
        #expect(losses == ["hidden-text"])
    }

    @Test("links lose the folder that a package is, bookmarks are anchors, entries of a table of contents lose their pages")
    func links() throws {
        let body = "<text:p><text:a xlink:href='../b.odt'>b</text:a> <text:a xlink:href='http://x/'>x</text:a><text:bookmark text:name='m'/> <text:a xlink:href='#m|region'>m</text:a></text:p>"
        #expect(try read(body) == ["p(a[b.odt](b) a[http://x/](x)anchor(m) a[#m](m))"])
        let index = "<text:table-of-content><text:table-of-content-source/><text:index-body><text:p>Part one<text:tab/>12</text:p></text:index-body></text:table-of-content>"
        #expect(try read(index) == ["p(Part one)"])
    }

    @Test("tables have spans, header rows and bounded repeats")
    func tables() throws {
        func cell(_ text: String, _ more: String = "") -> String { "<table:table-cell \(more)><text:p>\(text)</text:p></table:table-cell>" }
        func row(_ cells: String, _ more: String = "") -> String { "<table:table-row \(more)>\(cells)</table:table-row>" }
        let covered = "<table:covered-table-cell/>"
        let body = "<table:table><table:table-column table:number-columns-repeated='3'/><table:table-header-rows>" + row(cell("h", "table:number-columns-spanned='2'") + covered + cell("i"))
            + "</table:table-header-rows>" + row(cell("a", "table:number-rows-spanned='2'") + cell("b") + cell("c")) + row(covered + cell("d") + cell("e")) + "</table:table>"
        #expect(try read(body) == ["table(head: h→2 | i / a↓2 | b | c / d | e)"])
        let repeated = "<table:table>" + row(cell("a") + cell("b", "table:number-columns-repeated='2'"), "table:number-rows-repeated='2'") + "</table:table>"
        #expect(try read(repeated) == ["table(a | b | b / a | b | b)"])
        let endless = "<table:table>" + row(cell("a") + cell("b", "table:number-columns-repeated='99999999999999999999'"), "table:number-rows-repeated='1048576'") + "</table:table>"
        guard case .table(let table)? = try ODFMaker.text(endless).document.blocks.first else { return #expect(Bool(false)) }
        #expect(table.rows.reduce(0) { $0 + $1.cells.count } < 300_000)
    }

    @Test("pictures in the text become media, formulas LaTeX, boxes follow their paragraph")
    func frames() throws {
        let picture = "<draw:frame text:anchor-type='as-char'><draw:image><office:binary-data>iVBORw0KGgo=</office:binary-data></draw:image><svg:title>dot</svg:title></draw:frame>"
        let box = "<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>"
        let formula = "<draw:frame><draw:object><math:math><math:semantics><math:mrow><math:mfrac><math:mi>a</math:mi><math:msup><math:mi>α</math:mi><math:mn>2</math:mn></math:msup></math:mfrac>"
            + "<math:mo>≤</math:mo><math:mi>sin</math:mi><math:mi>x</math:mi></math:mrow><math:annotation>a over α</math:annotation></math:semantics></math:math></draw:object></draw:frame>"
        let (blocks, document, _) = try ODFMaker.text("<text:p>a\(picture)b\(box)c</text:p><text:p>\(formula)</text:p>")
        #expect(blocks == ["p(aimg[image1.png](dot)bc)", "p(box)", "math(\\frac{a}{\\alpha^{2}}\\leq\\sin x)"])
        #expect(document.media.map(\.mediaType) == ["image/png"])
        let written = "<draw:frame><draw:image xlink:href='http://example.invalid/a.png'><text:p>on it</text:p></draw:image></draw:frame>"
        #expect(try read("<text:p>a\(written)</text:p>") == ["p(img[http://example.invalid/a.png]())", "p(a)", "p(on it)"])
    }

    @Test("a form's controls stand in their places with what they show")
    func forms() throws {
        let controls = "<form:checkbox form:id='a' form:label='Agree' form:current-state='checked'/><form:checkbox xml:id='b' form:label='Later'/>"
            + "<form:radio form:id='c' form:label='Yes' form:selected='true'/><form:text form:id='d' form:value='was' form:current-value='Ann'/><form:text form:id='e'/>"
            + "<form:listbox form:id='f'><form:option form:label='red'/><form:option form:label='blue' form:current-selected='true'/></form:listbox>"
            + "<form:button form:id='g' form:label='Send'/><form:textarea form:id='h'><text:p>one</text:p><text:p>two</text:p></form:textarea>"
            + "<form:password form:id='i' form:value='secret'/><form:grid form:id='j'/>"
        func control(_ id: String) -> String { "<draw:control text:anchor-type='as-char' draw:control='\(id)'/>" }
        let body = "<office:forms><form:form>\(controls)</form:form></office:forms><text:p>\(control("a")) \(control("b")) \(control("c"))</text:p>"
            + "<text:p>Name: \(control("d"))\(control("e")), \(control("f"))\(control("i"))</text:p><text:p>x<draw:control draw:control='g'/><draw:control draw:control='h'/>\(control("j"))</text:p>"
        let (blocks, _, losses) = try ODFMaker.text(body)
        #expect(blocks == ["p(☒ Agree ☐ Later ◉ Yes)", "p(Name: Ann, blue)", "p(x)", "p(Send)", "p(one)", "p(two)"])
        #expect(losses == ["form-control"])
    }

    @Test("code styles give code blocks, quotations quotes")
    func roles() throws {
        let body = "<text:p text:style-name='Preformatted_20_Text'>if x {</text:p><text:p text:style-name='Preformatted_20_Text'>}</text:p><text:p text:style-name='Quotations'>q</text:p>"
        #expect(try read(body) == ["code(if x {\n})", "quote(q)"])
    }

    @Test("facts of the document are metadata")
    func metadata() throws {
        let meta = "<office:meta><dc:title>T</dc:title><meta:initial-creator>A</meta:initial-creator><dc:creator>B</dc:creator><meta:keyword>k</meta:keyword><meta:keyword>l</meta:keyword></office:meta>"
        let (_, document, _) = try ODFMaker.text("<text:p>x</text:p>", rest: meta)
        #expect(document.metadata.fields.map { "\($0.name)=\($0.value)" } == ["title=T", "author=A", "modified-by=B", "keywords=k, l"])
    }

    @Test("deep nesting is refused, not crashed on")
    func depth() throws {
        let deep = String(repeating: "<text:section>", count: 5_000) + "<text:p>x</text:p>" + String(repeating: "</text:section>", count: 5_000)
        #expect(throws: ReadError.self) { try ODFMaker.text(deep) }
    }

    @Test("a linked object is its name and the way to it; that it was not followed is a loss", arguments: ["../book.ods", "file:///srv/book.ods"])
    func linkedObject(_ target: String) throws {
        let (blocks, _, losses) = try ODFMaker.text("<text:p>see <draw:frame text:anchor-type='as-char'><draw:object xlink:href='\(target)'/></draw:frame></text:p>")
        #expect(blocks == ["p(see a[\(target)](book.ods))"])
        #expect(losses == ["object-linked"])
    }
}
