// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing
import WebReaders

@Suite("FictionBook")
struct FB2Tests {
    private static let person = "<author><first-name>Ann</first-name><last-name>Author</last-name></author>"

    private func book(_ body: String, info: String = "", more: String = "") -> [UInt8] {
        Array("""
            <?xml version="1.0" encoding="utf-8"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink">
            <description><title-info>\(info)</title-info></description><body>\(body)</body>\(more)</FictionBook>
            """.utf8)
    }

    private func blocks(_ bytes: [UInt8]) throws -> [String] { try Outline.read(bytes, FB2Reader()).document.blocks.map(Outline.block) }

    @Test("sections become headings below the book's title", arguments: [
        ("<title><p>Book</p></title><section><title><p>One</p><p>A</p></title><p>x</p><section><title><p>Two</p></title><p>y</p></section></section>",
            ["h1(Book)", "h2(One⏎A)", "p(x)", "h3(Two)", "p(y)"]),
        ("<section><title><p>One</p></title><p>x</p></section><section><title><p>Two</p></title></section>", ["h1(One)", "p(x)", "h1(Two)"]),
        ("<section><p>a <strong>b</strong> <emphasis>c</emphasis><sup>d</sup></p><subtitle>* * *</subtitle><p>e</p></section>",
            ["p(a strong(b) em(c)sup(d))", "p(strong(* * *))", "p(e)"]),
        ("<section><epigraph><p>a</p><text-author>b</text-author></epigraph><poem><stanza><v>c</v><v>d</v></stanza><stanza><v>e</v></stanza></poem></section>",
            ["quote(p(a) p(em(b)))", "p(c⏎d)", "p(e)"]),
        ("<section><table><tr><th>a</th><th>b</th></tr><tr><td colspan=\"2\">c</td></tr><tr><td>d</td><td>e</td></tr></table></section>",
            ["table(head: a | b / c→2 / d | e)"]),
    ])
    func structure(body: String, expected: [String]) throws {
        #expect(try blocks(book(body)) == expected)
    }

    @Test("notes are notes, links within the book lead to places")
    func notes() throws {
        let more = "<body name=\"notes\"><title><p>Notes</p></title><section id=\"n1\"><title><p>1</p></title><p>a note</p></section></body>"
        let body = "<section><p>a<a l:href=\"#n1\" type=\"note\">[1]</a> <a l:href=\"#s\">b</a> <a l:href=\"http://o/\">c</a></p></section><section id=\"s\"><p>d</p></section>"
        let document = try Outline.read(book(body, more: more), FB2Reader()).document
        #expect(document.blocks.map(Outline.block) == ["p(anote a[#s](b) a[http://o/](c))", "p(anchor(s)d)"])
        #expect(document.notes.map { $0.blocks.map(Outline.block) } == [["p(a note)"]])
    }

    @Test("pictures are media, the cover comes first, a missing one is reported")
    func pictures() throws {
        let more = "<binary id=\"c.jpg\" content-type=\"image/jpeg\">AQ==</binary><binary id=\"p.png\" content-type=\"image/png\">A g\nM=</binary>"
        let body = "<section><p>a <image l:href=\"#p.png\"/></p><image l:href=\"#p.png\" alt=\"P\"/><image l:href=\"#no\" alt=\"N\"/></section>"
        let read = try Outline.read(book(body, info: "<coverpage><image l:href=\"#c.jpg\"/></coverpage>", more: more), FB2Reader())
        #expect(read.document.blocks.map(Outline.block) == ["p(img[c.jpg](Cover))", "p(a img[p.png]())", "p(img[p.png](P)img[](N))"])
        #expect(read.document.media.map(\.bytes) == [[1], [2, 3]])
        #expect(read.diagnostics.items.map(\.code) == ["fb2-picture-missing"])
    }

    @Test("facts become metadata, title and author stand first unless the text says them")
    func facts() throws {
        let info = "<genre>x</genre>\(Self.person)<book-title>The  Book</book-title><annotation><p>About.</p></annotation><lang>en</lang><sequence name=\"S\" number=\"2\"/>"
        let read = try Outline.read(book("<section><title><p>One</p></title></section>", info: info), FB2Reader())
        #expect(read.document.metadata.fields.map { "\($0.name)=\($0.value)" } == ["title=The Book", "author=Ann Author", "language=en", "series=S 2", "description=About."])
        #expect(read.document.blocks.map(Outline.block) == ["h1(The Book)", "p(Ann Author)", "h2(One)"])
        #expect(try blocks(book("<title><p>Ann Author</p><p>THE BOOK</p></title><section><p>a</p></section>", info: info)) == ["h1(Ann Author⏎THE BOOK)", "p(a)"])
    }

    @Test("a packed book, an old charset, a book cut anywhere")
    func hardships() throws {
        let whole = book("<section><title><p>One</p></title><p>a<a l:href=\"#n\">1</a></p><poem><stanza><v>b</v></stanza></poem></section>")
        var archive = EPUBMaker([])
        for name in ["mimetype", "META-INF/container.xml", "OPS/book.opf"] { archive.remove(name) }
        archive.add("book.fb2", whole)
        #expect(try blocks(archive.archive) == blocks(whole))
        let old = Array("<?xml version='1.0' encoding='windows-1251'?><FictionBook><body><section><p>".utf8) + [0xCF, 0xF0] + Array("</p></section></body></FictionBook>".utf8)
        #expect(try blocks(old) == ["p(Пр)"])
        for length in 0..<whole.count { _ = try? Outline.read(Array(whole.prefix(length)), FB2Reader()) }
        #expect(try Outline.read(Array(whole.prefix(whole.count - 40)), FB2Reader()).document.blocks.count == 3)
    }
}
