// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import WebReaders
import DocumentTree
import ReaderTestSupport
import Testing

@Suite("HTML running text")
struct HTMLTextTests {
    @Test("white space collapses across element boundaries and never stands inside of emphasis", arguments: [
        ("<p>  a \n b\t</p>", "p(a b)"),
        ("<p>a<b> b </b>c</p>", "p(a strong(b) c)"),
        ("<p>a <b> </b> c</p>", "p(a c)"),
        ("<p>a<span> </span>c</p>", "p(a c)"),
        ("<p>a<i></i>b</p>", "p(ab)"),
        ("<p>&nbsp;a&nbsp;b&nbsp;</p><p>&nbsp;</p>", "p(a\u{A0}b)"),
        ("<p><b>a</b><b>b</b> <b>c</b></p>", "p(strong(ab) strong(c))"),
        ("one<p>two</p>three", "p(one)\np(two)\np(three)"),
    ])
    func whiteSpace(html: String, expected: String) throws {
        #expect(try Outline.of(html: html) == expected)
    }

    @Test("inline elements become what they mean", arguments: [
        ("<em>a</em> <i>b</i> <var>c</var>", "p(em(a) em(b) em(c))"),
        ("<s>a</s><sub>b</sub><sup>c</sup><u>d</u>", "p(del(a)sub(b)sup(c)u(d))"),
        ("<kbd>a</kbd> <code>b <a href=x>c</a></code>", "p(code(a) code(b )a[x](code(c)))"),
        ("<kbd>a</kbd><kbd>b</kbd><a href=x>c</a><a href=y>d</a>", "p(code(a) code(b)a[x](c) a[y](d))"),
        ("<p style='font-weight:bold'>a <span style='font-weight:normal'>b</span> c</p>", "p(strong(a) b strong(c))"),
        ("a&shy;b&#8203;c <b>d&nbsp; </b>&nbsp;e", "p(abc strong(d) e)"),
        ("<q>a</q> <ruby>漢<rt>かん</rt></ruby>", "p(“a” 漢(かん))"),
        ("<span style='font-weight:700; font-style:italic'>a</span><b style='font-weight:normal'>b</b>", "p(strong(em(a))b)"),
        ("<b>a<b>b</b></b>", "p(strong(ab))"),
        ("<input value='typed'><input type=password value=secret><button>press</button>x", "p(typed press x)"),
        ("<select><option>a<option selected>b</select>", "p(b)"),
    ])
    func marks(html: String, expected: String) throws {
        #expect(try Outline.of(html: html) == expected)
    }

    @Test("links keep their address as written; what runs a script is left to whoever takes the document")
    func links() throws {
        #expect(try Outline.of(html: "<a href='../a b?x=1&amp;y=2' title=T>t</a>") == "p(a[../a b?x=1&y=2 'T'](t))")
        #expect(try Outline.of(html: "<a href=' JavaScript:alert(1)'>t</a>") == "p(a[JavaScript:alert(1)](t))")
        #expect(try Outline.of(html: "<a href=x><div>a</div><div>b</div></a>") == "p(a[x](a))\np(a[x](b))")
        #expect(try Outline.of(html: "<h2><a href=x>a</a></h2>") == "h2(a[x](a))")
    }

    @Test("a break is a line end, two are a new paragraph, a last one is nothing")
    func breaks() throws {
        #expect(try Outline.of(html: "<p>a<br> b<br></p>") == "p(a⏎b)")
        #expect(try Outline.of(html: "a<br><br>b<br>\n<br>c") == "p(a)\np(b)\np(c)")
        #expect(try Outline.of(html: "<b>a<br>b</b>") == "p(strong(a⏎b))")
    }

    @Test("white space is kept where the page says so")
    func keptSpace() throws {
        #expect(try Outline.of(html: "<p style='white-space:pre-wrap'>a  b\nc</p><p>d  e</p>") == "p(a  b⏎c)\np(d e)")
    }

    @Test("pictures keep address and text; data pictures become media, each once")
    func pictures() throws {
        #expect(try Outline.of(html: "<img src=a.png alt=' x\ny '><img><img src=dot.gif data-src=late.png>") == "p(img[a.png](x y)img[dot.gif]())")
        let png = "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNkYPhfz0AEYBxVSF+FAP5FDvcfRYWgAAAAAElFTkSuQmCC"
        let page = "<img src='data:image/png;base64,\(png)' alt=a><img src='data:image/png;base64,\(png)' alt=b>"
        let read = try Outline.read(Array(page.utf8), HTMLReader())
        #expect(read.document.blocks.map(Outline.block) == ["p(img[image1.png](a)img[image1.png](b))"])
        #expect(read.document.media.map(\.mediaType) == ["image/png"])
        #expect(read.document.media[0].bytes.prefix(4) == [0x89, 0x50, 0x4E, 0x47])
        var limits = ReadLimits()
        limits.wantsMedia = false
        #expect(try Outline.read(Array(page.utf8), HTMLReader(), limits: limits).document.media.isEmpty)
    }

    @Test("formulas are LaTeX where the page has it")
    func formulas() throws {
        let annotated = "<math><semantics><mi>x</mi><annotation encoding='application/x-tex'>x^2</annotation></semantics></math>"
        #expect(try Outline.of(html: "a \(annotated) b") == "p(a math(x^2) b)")
        #expect(try Outline.of(html: "<math display=block alttext='{\\displaystyle y}'><mi>y</mi></math>") == "math(y)")
        #expect(try Outline.of(html: "<math><mi>x</mi><mo>+</mo><mn>1</mn></math>") == "p(math(x+1))")
        let hidden = "<span style='display:none'><math alttext='{\\displaystyle z}'></math></span><img alt='{\\displaystyle z}' src=z.svg>"
        #expect(try Outline.of(html: hidden) == "p(math(z))")
        #expect(try Outline.of(html: "<p><script type='math/tex'>a<b</script>") == "p(math(a<b))")
    }
}
