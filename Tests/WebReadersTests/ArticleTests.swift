// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing
import WebReaders

@Suite("articles and books in XML")
struct ArticleTests {
    private func read(_ text: String, _ vocabulary: ArticleReader.Vocabulary) throws -> (blocks: [String], document: Document, diagnostics: [String]) {
        let read = try Outline.read(Array(text.utf8), ArticleReader(vocabulary))
        return (read.document.blocks.map(Outline.block), read.document, read.diagnostics.items.map(\.code))
    }

    private func jats(_ body: String, front: String = "", back: String = "") throws -> [String] {
        try read("<article xmlns:xlink='http://www.w3.org/1999/xlink' xmlns:mml='http://www.w3.org/1998/Math/MathML'><front>\(front)</front><body>\(body)</body><back>\(back)</back></article>", .jats).blocks
    }

    private func docbook(_ content: String) throws -> [String] {
        try read("<article xmlns='http://docbook.org/ns/docbook' xmlns:xlink='http://www.w3.org/1999/xlink'>\(content)</article>", .docbook).blocks
    }

    // MARK: JATS

    @Test("an article's front is printed as title, people, places, abstract and keywords, and stands in the facts")
    func front() throws {
        let front = """
            <journal-meta><journal-title-group><journal-title>Annals</journal-title></journal-title-group></journal-meta><article-meta>
            <article-id pub-id-type="doi">10.1/x</article-id><title-group><article-title>On <italic>E. coli</italic></article-title></title-group>
            <contrib-group><contrib contrib-type="author"><name><surname>Roe</surname><given-names>Ann</given-names></name></contrib>
            <contrib contrib-type="author"><collab>The Group</collab></contrib></contrib-group><aff>Institute</aff>
            <pub-date><day>3</day><month>4</month><year>2020</year></pub-date><volume>7</volume>
            <abstract><p>Short.</p></abstract><kwd-group><kwd>a</kwd><kwd>b</kwd></kwd-group></article-meta>
            """
        let read = try read("<article><front>\(front)</front><body><sec><title>One</title><p>x</p></sec></body></article>", .jats)
        #expect(read.blocks == [
            "h1(On em(E. coli))", "p(Ann Roe, The Group)", "p(Institute)", "h2(Abstract)", "p(Short.)", "p(strong(Keywords:) a, b)", "h2(One)", "p(x)",
        ])
        #expect(read.document.metadata["title"] == "On E. coli")
        #expect(read.document.metadata["author"] == "Ann Roe, The Group")
        #expect(read.document.metadata["journal"] == "Annals")
        #expect(read.document.metadata["identifier"] == "doi:10.1/x")
        #expect(read.document.metadata["published"] == "2020-04-03")
    }

    @Test("sections nest, lists and definitions, quotes and code keep their kind")
    func blocks() throws {
        #expect(try jats("<sec><title>A</title><sec><label>1</label><title>B</title></sec></sec>") == ["h2(A)", "h3(B)"])
        #expect(try jats("<p>a:<list list-type='order'><list-item><p>x</p></list-item><list-item><label>2</label><p>y</p></list-item></list>b</p>") == ["p(a:)", "ol(li(x) li(y))", "p(b)"])
        #expect(try jats("<def-list><def-item><term>t</term><def><p>d</p></def></def-item></def-list>") == ["dl(dt(t) dd(d))"])
        #expect(try jats("<disp-quote><p>q</p></disp-quote><preformat>a\n b</preformat><p>x <code>c</code></p><code language='c'>i\nj</code>") == ["quote(q)", "code(a\n b)", "p(x code(c))", "code:c(i\nj)"])
    }

    @Test("a table has its label and caption, spans, and its notes behind it")
    func table() throws {
        let table = "<table-wrap><label>Table 1</label><caption><title>All</title><p>of it</p></caption><table><thead><tr><th colspan='2'>h</th></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table><table-wrap-foot><p>n</p></table-wrap-foot></table-wrap>"
        #expect(try jats(table) == ["table(caption(Table 1. All. of it) head: h→2 / a | b)", "p(n)"])
    }

    @Test("a figure has its label, title and text as caption")
    func figure() throws {
        let blocks = try jats("<fig id='f'><label>Fig 1</label><caption><title>T.</title><p>More.</p></caption><graphic xlink:href='f1.png'/></fig>")
        #expect(blocks.count == 1 && blocks[0].hasPrefix("figure(") && blocks[0].hasSuffix(" | Fig 1. T. More.)"))
    }

    @Test("formulas are LaTeX, their own or of MathML; of several forms one is shown")
    func formulas() throws {
        #expect(try jats("<p>x <inline-formula><mml:math><mml:mi>a</mml:mi><mml:mo>+</mml:mo><mml:mi>b</mml:mi></mml:math></inline-formula></p>") == ["p(x math(a+b))"])
        let both = "<disp-formula><label>(1)</label><alternatives><tex-math>\\documentclass{a}\\begin{document}$$x^2$$\\end{document}</tex-math><mml:math><mml:mi>x</mml:mi></mml:math></alternatives></disp-formula>"
        #expect(try jats(both) == ["math(x^2)", "p((1))"])
    }

    @Test("references to notes become notes, those to references and figures stay text")
    func notes() throws {
        let read = try read(
            "<article><body><p>a<xref ref-type='fn' rid='n1'>1</xref> b<fn><p>own</p></fn> [<xref ref-type='bibr' rid='r'>2</xref>]</p></body><back><fn-group><fn id='n1'><label>1</label><p>far</p></fn></fn-group></back></article>", .jats)
        #expect(read.document.notes.map { Outline.blocks($0.blocks) }.sorted() == ["far", "own"])
        #expect(read.blocks.count == 1 && read.blocks[0].hasSuffix(" [2])"))
    }

    @Test("what is cited is written out where only its parts are given, and stays as it is where it is printed")
    func citations() throws {
        let list = """
            <ref-list><title>References</title><ref id='a'><label>1</label><element-citation><person-group><name><surname>Roe</surname><given-names>A</given-names></name><etal/></person-group>
            <article-title>Title</article-title><source>J X</source><year>1999</year><volume>3</volume><issue>2</issue><fpage>5</fpage><lpage>9</lpage></element-citation></ref>
            <ref id='b'><label>2.</label><mixed-citation>Doe B. <source>Book</source>, 2001.</mixed-citation></ref></ref-list>
            """
        #expect(try jats("", back: list) == ["h2(References)", "ol(li(Roe A, et al. Title. J X 3(2): 5–9. 1999.) li(Doe B. Book, 2001.))"])
    }

    // MARK: DocBook

    @Test("titles of DocBook stand in the element or in its info; the document's people follow its title")
    func docbookTitles() throws {
        #expect(try docbook("<info><title>T</title><author><personname><firstname>Ann</firstname><surname>Roe</surname></personname></author></info><section><info><title>S</title><author><personname>x</personname></author></info><para>p</para></section>") == ["h1(T)", "p(Ann Roe)", "h2(S)", "p(p)"])
        #expect(try docbook("<title>T</title><sect1><title>A</title><sect2><title>B</title><bridgehead>C</bridgehead></sect2></sect1>") == ["h1(T)", "h2(A)", "h3(B)", "h4(C)"])
    }

    @Test("lists, admonitions, code and synopses of DocBook keep their kind")
    func docbookBlocks() throws {
        #expect(try docbook("<itemizedlist><title>L</title><listitem><para>a</para><orderedlist><listitem><para>b</para></listitem></orderedlist></listitem></itemizedlist>") == ["p(strong(L))", "ul(li(p(a) ol(li(b))))"])
        #expect(try docbook("<variablelist><varlistentry><term>t</term><listitem><para>d</para></listitem></varlistentry></variablelist>") == ["dl(dt(t) dd(d))"])
        #expect(try docbook("<glossary><title>G</title><glossentry><glossterm>t</glossterm><glossdef><para>d</para></glossdef></glossentry></glossary>") == ["h2(G)", "dl(dt(t) dd(d))"])
        #expect(try docbook("<warning><para>w</para></warning>") == ["quote(p(strong(Warning)) p(w))"])
        #expect(try docbook("<programlisting language='c'>\nint x;\n  y &lt; z</programlisting>") == ["code:c(int x;\n  y < z)"])
        #expect(try docbook("<cmdsynopsis><command>ls</command><arg choice='opt'>-l</arg><arg choice='plain' rep='repeat'>file</arg></cmdsynopsis>") == ["p(code(ls) [-l] file...)"])
        #expect(try docbook("<procedure><step><para>a</para></step></procedure><simplelist type='inline'><member>x</member><member>y</member></simplelist>").first == "ol(li(a))")
    }

    @Test("running text of DocBook: marks, keys, links, references by title, notes")
    func docbookInlines() throws {
        #expect(try docbook("<para><emphasis role='strong'>a</emphasis> <emphasis>b</emphasis> <filename>c</filename> <keycombo><keycap>Ctrl</keycap><keycap>X</keycap></keycombo></para>") == ["p(strong(a) em(b) code(c) code(Ctrl)+code(X))"])
        let blocks = try docbook("<section xml:id='s'><title>The Place</title><para>see <xref linkend='s'/>, <link xlink:href='http://x.y/'>there</link>, <ulink url='http://z/'/></para></section>")
        #expect(blocks.last?.contains("a[#s](The Place)") == true && blocks.last?.contains("a[http://z/](http://z/)") == true)
        let read = try read("<article><para>a<footnote><para>n</para></footnote></para></article>", .docbook)
        #expect(read.document.notes.map { Outline.blocks($0.blocks) } == ["n"])
    }

    @Test("a CALS table spans by the names of columns and by rows")
    func cals() throws {
        let table = """
            <table><title>C</title><tgroup cols='3'><colspec colname='a'/><colspec colname='b'/><colspec colname='c'/><spanspec spanname='s' namest='b' nameend='c'/>
            <thead><row><entry namest='a' nameend='b'>h</entry><entry>i</entry></row></thead>
            <tbody><row><entry morerows='1'>x</entry><entry spanname='s'>y</entry></row><row><entry>z</entry><entry>w</entry></row></tbody></tgroup></table>
            """
        #expect(try docbook(table) == ["table(caption(C) head: h→2 | i / x↓2 | y→2 / z | w)"])
    }

    @Test("a caption may be text with marks or paragraphs")
    func captions() throws {
        #expect(try docbook("<table><caption>All <emphasis>of</emphasis> it</caption><tr><td>a</td><td>b</td></tr></table>") == ["table(caption(All em(of) it) a | b)"])
        #expect(try jats("<table-wrap><label>T1.</label><caption><p>One.</p><p>Two.</p></caption><table><tr><td>a</td><td>b</td></tr></table></table-wrap>") == ["table(caption(T1. One. Two.) a | b)"])
    }

    @Test("parts in other files are reported, a document that ends early keeps what it has")
    func losses() throws {
        let read = try read("<book xmlns:xi='http://www.w3.org/2001/XInclude'><title>T</title><xi:include href='a.xml'/></book>", .docbook)
        #expect(read.diagnostics == ["article-part-missing"])
        let cut = try self.read("<article><title>T</title><para>abc", .docbook)
        #expect(cut.blocks == ["h1(T)", "p(abc)"])
        #expect(cut.diagnostics == ["xml-malformed"])
    }
}
