// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing
import WebReaders

@Suite("EPUB")
struct EPUBTests {
    private func read(_ book: EPUBMaker) throws -> (document: Document, diagnostics: Diagnostics) { try Outline.read(book.archive, EPUBReader()) }
    private func blocks(_ book: EPUBMaker) throws -> [String] { try read(book).document.blocks.map(Outline.block) }

    @Test("chapters come in the order of the spine, what stands beside it last")
    func spine() throws {
        let order = "<itemref idref='three' linear='no'/><itemref idref='two'/><itemref idref='one'/><itemref idref='two'/>"
        #expect(try blocks(EPUBMaker(["<p>1</p>", "<p>2</p>", "<p>3</p>"], spine: order)) == ["p(2)", "p(1)", "p(3)"])
    }

    @Test("links between chapters become links within the one text, and equal names are told apart")
    func links() throws {
        let book = EPUBMaker([
            "<p id='a'>1 <a href='two.xhtml#a'>x</a> <a href='#a'>y</a> <a href='two.xhtml'>z</a> <a href='gone.xhtml'>g</a></p>",
            "<h2>2</h2><p id='a'>3 <a href='../text/one.xhtml#a'>w</a> <a href='http://o/'>o</a></p>",
        ])
        let read = try read(book)
        #expect(read.document.blocks.map(Outline.block) == [
            "p(anchor(one-a)1 a[#a](x) a[#one-a](y) a[#two](z) g)", "h2(2anchor(two))", "p(anchor(a)3 a[#one-a](w) a[http://o/](o))",
        ])
        #expect(read.diagnostics.items.map(\.code) == ["epub-link-broken"])
    }

    @Test("notes of another file are notes of the text")
    func notes() throws {
        let book = EPUBMaker([
            "<p>a<a epub:type='noteref' href='two.xhtml#n1'>1</a><a epub:type='noteref' href='two.xhtml#n2'>2</a></p>",
            "<section epub:type='footnotes'><aside epub:type='footnote' id='n1'><p>b</p></aside><aside epub:type='footnote' id='n2'><p>c</p></aside></section>",
        ])
        let document = try read(book).document
        #expect(document.blocks.map(Outline.block) == ["p(anotenote)"])
        #expect(document.notes.map(\.id.name) == ["1", "2"])
        #expect(document.notes.map { $0.blocks.map(Outline.block) } == [["p(b)"], ["p(c)"]])
    }

    @Test("pictures are media under their own names; the cover comes first unless a page shows it")
    func pictures() throws {
        let files = [("OPS/pic/a.png", [1] as [UInt8]), ("OPS/b/a.png", [2]), ("OPS/cover.jpg", [3])]
        let manifest = "<item id='c' href='cover.jpg' media-type='image/jpeg' properties='cover-image'/><item id='a' href='pic/a.png' media-type='image/png'/>"
        let book = EPUBMaker(["<p><img src='../pic/a.png' alt='A'/><img src='../b/a.png'/><img src='../b/no.png' alt='N'/></p>"], manifest: manifest, files: files)
        let read = try read(book)
        #expect(read.document.blocks.map(Outline.block) == ["p(img[cover.jpg](Cover))", "p(img[a.png](A)img[a-2.png]()img[](N))"])
        #expect(read.document.media.map(\.bytes) == [[3], [1], [2]])
        #expect(read.diagnostics.items.map(\.code) == ["epub-file-missing"])
        let shown = EPUBMaker(["<svg xmlns:xlink='x'><image xlink:href='../cover.jpg'/></svg>"], manifest: manifest, files: files)
        #expect(try blocks(shown) == ["p(img[cover.jpg]())"])
    }

    @Test("facts become metadata, and a paragraph where the book itself does not name its author")
    func facts() throws {
        let metadata = """
            <dc:title id='s'>Sub</dc:title><dc:title id='t'>Main  Title</dc:title><meta refines='#t' property='title-type'>main</meta>
            <dc:creator id='a'>Ann Author</dc:creator><dc:creator id='b'>Ed Itor</dc:creator><meta refines='#b' property='role'>edt</meta>
            <dc:language>de</dc:language><dc:date>1999</dc:date><dc:subject>x</dc:subject><dc:subject>y</dc:subject><dc:description>&lt;p&gt;An &lt;b&gt;old&lt;/b&gt; story&lt;/p&gt;</dc:description>
            """
        let read = try read(EPUBMaker(["<p>a</p>"], metadata: metadata))
        #expect(read.document.metadata.fields.map { "\($0.name)=\($0.value)" } == [
            "title=Main Title", "author=Ann Author", "language=de", "created=1999", "description=An old story", "keywords=x, y",
        ])
        #expect(read.document.blocks.map(Outline.block) == ["p(strong(Title:) Main Title⏎strong(Authors:) Ann Author⏎strong(Description:) An old story)", "p(a)"])
        #expect(try blocks(EPUBMaker(["<p>by ANN AUTHOR</p>"], metadata: metadata)) == ["p(by ANN AUTHOR)"])
    }

    @Test("a chapter without headings gets its title from the table of contents", arguments: [
        ("<p>text</p>", ["h2(Chapter I)", "p(text)"]),
        ("<p><b>CHAPTER I</b></p><p>text</p>", ["h2(strong(CHAPTER I))", "p(text)"]),
        ("<h3>own</h3><p>text</p>", ["h3(own)", "p(text)"]),
    ])
    func contents(body: String, expected: [String]) throws {
        let ncx = """
            <ncx><navMap><navPoint><navLabel><text>Part</text></navLabel><content src='text/zero.xhtml'/>
            <navPoint><navLabel><text>Chapter I</text></navLabel><content src='text/one.xhtml#start'/></navPoint></navPoint></navMap></ncx>
            """
        let manifest = "<item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/>"
        #expect(try blocks(EPUBMaker([body], manifest: manifest, files: [("OPS/toc.ncx", Array(ncx.utf8))])) == expected)
        let nav = "<html xmlns:epub='e'><nav epub:type='toc'><ol><li><span>Part</span><ol><li><a href='text/one.xhtml'>Chapter I</a></li></ol></li></ol></nav></html>"
        let navigation = "<item id='nav' properties='nav' href='nav.xhtml' media-type='application/xhtml+xml'/>"
        #expect(try blocks(EPUBMaker([body], manifest: navigation, files: [("OPS/nav.xhtml", Array(nav.utf8))])) == expected)
    }

    @Test("obfuscated fonts do not matter, encrypted text does")
    func encryption() throws {
        func rights(_ method: String, _ path: String) -> [UInt8] {
            Array("<encryption xmlns:enc='e'><enc:EncryptedData><enc:EncryptionMethod Algorithm='\(method)'/><enc:CipherData><enc:CipherReference URI='\(path)'/></enc:CipherData></enc:EncryptedData></encryption>".utf8)
        }
        var book = EPUBMaker(["<p>a</p>"])
        book.add("META-INF/encryption.xml", rights("http://www.idpf.org/2008/embedding", "OPS/font.ttf"))
        #expect(try blocks(book) == ["p(a)"])
        book.remove("META-INF/encryption.xml")
        book.add("META-INF/encryption.xml", rights("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OPS/text/one.xhtml"))
        #expect(throws: ReadError.encrypted("the book's text is encrypted (digital rights management)")) { try self.read(book) }
    }

    @Test("a damaged book is read as far as it goes")
    func damage() throws {
        var book = EPUBMaker(["<p>a</p>", "<p>b</p>"])
        book.remove("OPS/text/one.xhtml")
        #expect(try blocks(book) == ["p(b)"])
        book.remove("META-INF/container.xml")
        #expect(try read(book).diagnostics.items.map(\.code) == ["epub-container-missing", "epub-file-missing"])
        book.remove("OPS/book.opf")
        #expect(try blocks(book) == ["p(b)"])
        let whole = EPUBMaker(["<p>a</p>", "<p>b</p>"]).archive
        for length in stride(from: 0, to: whole.count, by: 7) { _ = try? Outline.read(Array(whole.prefix(length)), EPUBReader()) }
        #expect(try Outline.read(Array(whole.dropLast(60)), EPUBReader()).document.blocks.count == 2)
    }
}
