// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import WebReaders
import DocumentTree
import ReaderTestSupport
import Testing

@Suite("HTML blocks")
struct HTMLBlockTests {
    @Test("blocks become what they mean", arguments: [
        ("<h1>a</h1><h6>b</h6><h2> </h2>", "h1(a)\nh6(b)"),
        ("<h1><div>a</div><p>b</p></h1>", "h1(a b)"),
        ("<p><h1>a</h1>", "h1(a)"),
        ("<blockquote>a<p>b</p></blockquote><hr>", "quote(p(a) p(b))\nhr"),
        ("<div>a<div>b</div>c</div>", "p(a)\np(b)\np(c)"),
        ("<figure><img src=a><figcaption>b</figcaption></figure>", "figure(img[a]() | b)"),
        ("<details><summary>a</summary><p>b</p></details>", "p(strong(a))\np(b)"),
        ("<pre>\n a\n  b\n\n</pre>", "code(a\n b)"),
        ("<pre><code class='hljs language-Swift'>let a</code></pre>", "code:swift(let a)"),
        ("<div class='highlight-source-js'><pre>x<br>y</pre></div>", "code:js(x\ny)"),
        ("<pre class='brush: php;'>x</pre>", "code:php(x)"),
        ("<script>a</script><style>b</style><template>c</template><noscript>d</noscript>e", "p(e)"),
        ("<title>t</title><body>a<!-- b --><p hidden>c</p><p style='DISPLAY : none'>d</p>", "p(a)"),
    ])
    func blocks(html: String, expected: String) throws {
        #expect(try Outline.of(html: html) == expected)
    }

    @Test("lists nest, start where they say, and know tasks", arguments: [
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", "ul(li(p(a) ul(li(b))) li(c))"),
        ("<ol start=42><li>a<li>b</ol>", "ol42(li(a) li(b))"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "ul(li(p(a) ul(li(b))))"),
        ("<ul>stray<li>a</li></ul>", "ul(li(stray) li(a))"),
        ("<ul><li><input type=checkbox> a<li><input type=checkbox checked>b<li>c</ul>", "ul([ ]li(a) [x]li(b) li(c))"),
        ("<li>a</li><li>b</li><p>c</p>", "ul(li(a) li(b))\np(c)"),
        ("<ul><li></li></ul>", ""),
        ("<dl><dt>a<dd>b<dd>c<dt>d<dt>e</dl>", "dl(dt(a) dd(b) dd(c) dt(d) dt(e))"),
        ("<dl><dd>a</dd></dl>", "p(a)"),
        ("<dl><div><dt>a</dt><dd>b</dd></div></dl>", "dl(dt(a) dd(b))"),
    ])
    func lists(html: String, expected: String) throws {
        #expect(try Outline.of(html: html) == expected)
    }

    @Test("what stays behind is reported, what is no content is not", arguments: [
        ("<p hidden>a</p>b", ["html-hidden-dropped"]),
        ("<iframe src=x></iframe>b", ["html-embedded-dropped"]),
        ("<svg><text>a</text></svg>b", ["html-drawing-dropped"]),
        ("<input type=radio checked>b", ["html-form-state-dropped"]),
        ("<select><option>a<option>b</select>", ["html-choices-dropped"]),
        ("<script>a</script><style>b</style><!-- c --><svg><path d='M0'/></svg>d", []),
        ("<script>a</script>", ["html-no-text"]),
    ])
    func diagnostics(html: String, codes: [String]) throws {
        #expect(try Outline.codes(html: html) == codes)
    }

    @Test("the charset is the mark's, the bytes' own, or the declared one", arguments: [
        ([0xEF, 0xBB, 0xBF, 0xC3, 0xA9], "é", []),
        (Array("<meta charset=latin1>\u{E9}".utf8), "é", []),
        (Array("<meta charset='shift_jis'>".utf8) + [0x93, 0xFA], "日", []),
        (Array("<meta name=x content=y charset=windows-1250>".utf8) + [0xB3], "ł", []),
        (Array("<meta content='a; charset=koi8-r' charset=utf-8><p>é".utf8), "é", []),
        (Array("<!-- charset=x --><META http-equiv=Content-Type content='text/html; charset=windows-1251'>".utf8) + [0xCF], "П", []),
        ([0xFF, 0xFE] + "<p>é".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] as [UInt8] }, "é", []),
        (Array("a\u{E9}".unicodeScalars.map { UInt8($0.value) }), "aé", ["charset-guessed"]),
        (Array("<meta charset=euc-jp>a".utf8) + [0xFF, 0x62], "a\u{FFFD}b", ["text-bytes-replaced"]),
    ] as [([UInt8], String, [String])])
    func charset(bytes: [UInt8], text: String, codes: [String]) throws {
        let read = try Outline.read(bytes, HTMLReader())
        #expect(read.document.blocks.map(Outline.block) == ["p(\(text))"])
        #expect(read.diagnostics.items.map(\.code) == codes)
    }

    @Test("the head becomes metadata")
    func metadata() throws {
        let page = """
            <html lang=de><head><title> A \n B </title><meta name=Author content=Ann><meta property=og:title content=C>
            <meta name=description content="D &amp; E"><link rel=canonical href=https://x.example/></head><body>a
            """
        let metadata = try Outline.read(Array(page.utf8), HTMLReader()).document.metadata
        #expect(metadata.fields.map { "\($0.name)=\($0.value)" } == [
            "title=A B", "author=Ann", "description=D & E", "language=de", "address=https://x.example/",
        ])
    }
}
