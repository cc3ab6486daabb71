// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing
import WebReaders

@Suite("HTML within other documents")
struct EmbeddedHTMLTests {
    private final class Mail: HTMLHost {
        var asked: [String] = []

        func resource(at address: String) -> HTMLResource {
            asked.append(address)
            switch address {
            case "cid:logo@x", "https://x.example/pics/logo.png": return .here([1, 2, 3], mediaType: "image/png")
            case "cid:lost": return .missing
            default: return .elsewhere
            }
        }
        func destination(of address: String) -> String { address == "https://x.example/b" ? "#b" : address }
    }

    private func read(_ pages: [String], base: String = "", host: (any HTMLHost)? = nil) throws -> Document {
        let html = EmbeddedHTML(limits: ReadLimits(), host: host)
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        for page in pages {
            try Array(page.utf8).withUnsafeBytes { _ = try html.read($0, HTMLPage(base: base), into: builder, diagnostics: &diagnostics) }
        }
        try html.sendNotes(into: builder)
        return builder.document
    }

    @Test("a host's pictures become media, each once, over all pages")
    func pictures() throws {
        let mail = Mail()
        let document = try read(["<img src='cid:logo@x' alt=a><img src=cid:lost alt=b>", "<img src='cid:logo@x'><img src=http://o/p.png>"], host: mail)
        #expect(document.blocks.map(Outline.block) == ["p(img[image1.png](a)img[](b))", "p(img[image1.png]()img[http://o/p.png]())"])
        #expect(document.media.map(\.bytes) == [[1, 2, 3]])
        #expect(mail.asked == ["cid:logo@x", "cid:lost", "http://o/p.png"])
    }

    @Test("pictures keep their file names, and equal names are told apart")
    func names() throws {
        final class Package: HTMLHost {
            func resource(at address: String) -> HTMLResource { .here(Array(address.utf8), mediaType: "image/png") }
        }
        let document = try read(["<img src=a/x.png><img src=b/X.png><img src=b/%C3%A9%20%2e.png><img src=.hidden>"], base: "text/one.html", host: Package())
        #expect(document.media.map(\.id.name) == ["x.png", "X-2.png", "é-..png", "hidden.png"])
        #expect(document.media.first.map { String(decoding: $0.bytes, as: UTF8.self) } == "text/a/x.png")
    }

    @Test("relative addresses start from the base, the page's own before the one it came with", arguments: [
        ("<a href=b?c#d>x</a>", "p(a[https://x.example/p/b?c#d](x))"),
        ("<a href='../../b'>x</a>", "p(a[#b](x))"),
        ("<a href='//o/p'>x</a>", "p(a[https://o/p](x))"),
        ("<a href=mailto:a@b>x</a>", "p(a[mailto:a@b](x))"),
        ("<base href=/pics/><img src=logo.png>", "p(img[logo.png]())"),
    ])
    func addresses(page: String, expected: String) throws {
        #expect(try read([page], base: "https://x.example/p/q", host: Mail()).blocks.map(Outline.block) == [expected])
    }

    @Test("the sender's charset goes before the page's own, a byte order mark before both")
    func charset() throws {
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        for bytes in [Array("<meta charset=latin1>".utf8) + [0xCF, 0xF0], [0xEF, 0xBB, 0xBF] + Array("é".utf8)] {
            try bytes.withUnsafeBytes {
                _ = try EmbeddedHTML(limits: ReadLimits()).read($0, HTMLPage(charset: "windows-1251"), into: builder, diagnostics: &diagnostics)
            }
        }
        #expect(builder.document.blocks.map(Outline.block) == ["p(Пр)", "p(é)"])
    }

    @Test("in XHTML an element may end in its own tag, and text may stand in character data", arguments: [
        ("<p>a<i/>b<a id='x'/>c</p><p>d</p>", "p(abc)\np(d)"),
        ("<title/><script src='x'/><p>a<br/>b</p>", "p(a⏎b)"),
        ("<div/><p>a<![CDATA[<b>&]]></p>", "p(a<b>&)"),
        ("<table><tr><td/><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td><td>e</td></tr></table>", "table( | a | b / c | d | e)"),
    ])
    func xhtml(page: String, expected: String) throws {
        #expect(try Outline.of(html: "<?xml version='1.0'?><html><body>" + page) == expected)
    }
}

@Suite("XHTML, well-formed or not")
struct XHTMLTests {
    private func outline(_ page: String, isXML: Bool = true) throws -> [String] {
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        try Array(page.utf8).withUnsafeBytes { _ = try EmbeddedHTML(limits: ReadLimits()).read($0, HTMLPage(isXML: isXML), into: builder, diagnostics: &diagnostics) }
        return builder.document.blocks.map(Outline.block)
    }

    private static let page = """
        <?xml version="1.0"?><!DOCTYPE html PUBLIC "x" "y"><html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en"><head><title>T</title><style>p &gt; a { }</style></head><body>
        <h1 id="h">A &amp; B&nbsp;&mdash; &#233;&#x2014;</h1><!-- <p> --><p class="x">one\r\n<em>two</em><br/>three <a href="#h" title='t "q"'>four</a></p>
        <pre>  a\r\n<b>b</b></pre><ul><li>x<ol start="3"><li>y</li></ol></li></ul><dl><dt>d</dt><dd>e</dd></dl>
        <table><thead><tr><th>a</th><th>b</th></tr></thead><tr><td>1</td><td colspan="1">2</td></tr></table>
        <p><img src="i.png" alt="&quot;i&quot;"/><math xmlns="m"><mfrac><mi>a</mi><mn>2</mn></mfrac></math><svg xmlns="s" xmlns:xlink="l"><title>s</title><image xlink:href="v.png"/></svg></p>
        <blockquote><p>q<![CDATA[<r>]]></p></blockquote></body></html>
        """

    @Test("the quick way and the long way give the same")
    func same() throws {
        let quick = try outline(Self.page)
        // A tag that does not match sends the page the long way.
        let long = try outline(Self.page.replacing("</body>", with: "</i></body>"))
        #expect(quick == long)
        #expect(quick.first == "h1(A & B\u{A0}— é—anchor(h))")
        #expect(quick.count == 8)
    }

    @Test("what is not well-formed is read all the same", arguments: [
        "<html><p>a<p>b</html>", "<html><p>a</p><p>b", "<html><p x=1>a</p><p>b</p></html>", "<html><p>a</p><p>b</p></html><p/>",
        "<!DOCTYPE html [<!ENTITY x 'y'>]><html><p>a</p><p>b</p></html>", "<p>a</p><p>b</p>", "<html><p>a</p></b><p>b</p></html>",
    ])
    func broken(page: String) throws {
        #expect(try outline(page).filter { !$0.contains("]>") } == ["p(a)", "p(b)"])
    }

    @Test("a page cut anywhere is still read")
    func cut() throws {
        let page = Array(Self.page.utf8)
        for length in stride(from: 0, to: page.count, by: 3) { _ = try outline(String(decoding: page.prefix(length), as: UTF8.self)) }
    }
}
