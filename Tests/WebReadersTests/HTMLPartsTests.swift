// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing
import WebReaders

@Suite("HTML of all kinds")
struct HTMLPartsTests {
    @Test("a picture is where the page's scripts would find it", arguments: [
        ("<img src=blank.gif data-src=a.png>", "a.png"),
        ("<img srcset='s.png 100w, b.png 900w,c.png 300w'>", "b.png"),
        ("<img src=data:image/gif;base64,R0lGODlhAQABAAAAACw= data-srcset='a,b.png 1x, c.png 2x'>", "c.png"),
        ("<picture><source srcset='w.webp 1x'><img src='' alt=x></picture>", "w.webp"),
        ("<object type=image/svg+xml data=d.svg>x</object>", "d.svg"),
        ("<svg><title>t</title><image href=i.png /></svg>", "i.png"),
    ])
    func pictures(html: String, address: String) throws {
        #expect(try Outline.of(html: html).contains("img[\(address)]"))
    }

    @Test("code keeps its language, loses line numbers and the page's indentation", arguments: [
        ("<div class='highlight-python3 notranslate'><div class=highlight><pre>x</pre></div></div>", "code:python3(x)"),
        ("<div class='language-ruby highlighter-rouge'><div class=highlight><pre class=highlight><code>x</code></pre></div></div>", "code:ruby(x)"),
        ("<pre><code class='hljs swift'>x</code></pre>", "code:swift(x)"),
        ("<pre><code class='hljs language-Go'>x</code></pre>", "code:go(x)"),
        ("<pre>\n    a\n      b\n\n    c</pre>", "code(a\n  b\n\nc)"),
        ("<table><tr><td><pre>1\n2</pre><td><pre>a\nb</pre></table>", "code(a\nb)"),
    ])
    func code(html: String, expected: String) throws {
        #expect(try Outline.of(html: html) == expected)
    }

    @Test("a list that is only further to the right is one list")
    func indentedLists() throws {
        #expect(try Outline.of(html: "<ul><ul><li>a<li>b</ul><li>c</ul>") == "ul(li(a) li(b) li(c))")
    }

    @Test("MathML becomes LaTeX", arguments: [
        ("<mfrac><mi>a</mi><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow></mfrac>", "\\frac{a}{b+1}"),
        ("<msup><mi>x</mi><mn>2</mn></msup><msub><mi>x</mi><mi>i</mi></msub>", "x^{2}x_{i}"),
        ("<msqrt><mi>α</mi><mi>x</mi></msqrt><mroot><mi>x</mi><mn>3</mn></mroot>", "\\sqrt{\\alpha x}\\sqrt[3]{x}"),
        ("<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>", "\\sum_{i=1}^{n}i"),
        ("<mover><mi>v</mi><mo>→</mo></mover><msup><mi>f</mi><mo>′</mo></msup>", "\\vec{v}f'"),
        ("<mfenced open='[' close=''><mi>a</mi><mi>b</mi></mfenced>", "\\left[ a, b \\right."),
        ("<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd></mtr></mtable>", "\\begin{matrix} 1 & 2 \\\\ 3 \\end{matrix}"),
        ("<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi><mo>≤</mo><mtext>if so</mtext>", "\\sin x\\leq\\text{if so}"),
        ("<msup><mrow><mo>(</mo><mi>a</mi><mo>)</mo></mrow><mn>2</mn></msup><mi mathvariant=bold>M</mi>", "{(a)}^{2}\\mathbf{M}"),
    ])
    func formulas(html: String, latex: String) throws {
        #expect(try Outline.of(html: "<math>\(html)</math>") == "p(math(\(latex)))")
        let prefixed = html.replacingTags()
        #expect(try Outline.of(html: "<?xml version='1.0'?><p><m:math>\(prefixed)</m:math></p>") == "p(math(\(latex)))")
    }

    @Test("formulas nested without end do no harm")
    func deepFormula() throws {
        let page = "<math>" + String(repeating: "<msqrt>", count: 5_000) + "<mi>x</mi>"
        #expect(try Outline.of(html: page).contains("x"))
    }

    @Test("a charset in a description is none")
    func charset() throws {
        let page = Array("<meta name=description content='about charset=koi8-r'><meta charset=windows-1251>".utf8) + [0xCF]
        #expect(try Outline.read(page, HTMLReader()).document.blocks.map(Outline.block) == ["p(П)"])
    }
}

private extension String {
    /// The same with a namespace prefix on every tag, and quotes around attributes as XML wants them.
    func replacingTags() -> String {
        replacing("</", with: "\u{1}").replacing("<", with: "<m:").replacing("\u{1}", with: "</m:").replacing("=bold", with: "='bold'")
    }
}
