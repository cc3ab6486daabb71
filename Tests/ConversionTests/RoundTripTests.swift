// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Testing

/// A page as Markdown, and that Markdown as a page, is the same page: what the writer leaves unescaped or escapes wrongly shows here.
@Suite("round trips through Markdown")
struct RoundTripTests {
    private func body(_ text: String, _ name: String) async throws -> String {
        let page = try await DocumentConverterTests.convert(text, name, [.html]).texts[0]
        let start = try #require(page.firstRange(of: "<body>")), end = try #require(page.firstRange(of: "</body>"))
        return String(page[start.upperBound..<end.lowerBound])
    }

    @Test("text, spans and blocks come back as they were", arguments: [
        "<p>1. no list</p>", "<p>12) no list</p>", "<p># no heading</p>", "<p>text<br># still none</p>", "<p>- no item</p>", "<p>+ x</p>", "<p>&gt; no quote</p>",
        "<p>```</p><p>no code</p>", "<p>~~~</p>", "<p>***</p>", "<p>text<br>---</p>", "<p>text<br>===</p>", "<p>[a]: /b</p>", "<p>[a]: no definition</p><p>[a]</p>",
        "<p>a * b</p>", "<p>*a* _b_ **c** __d__</p>", "<p>snake_case_name __init__ _x</p>", "<p>~~a~~ and ~b~</p>", "<p>`a` ``b``</p>", "<p>\\ \\* C:\\dir\\</p>",
        "<p>[a](b) ![c](d) [e][f]</p>", "<p>&lt;b&gt; &lt;!-- c --&gt;</p>", "<p>&amp;amp; &amp;#35; &amp;copy; AT&amp;T</p>", "<p>a | b<br>--- | ---</p>",
        "<p>| a |<br>|---|</p>", "<p>!<a href=\"u\">x</a></p>", "<p>[<a href=\"u\">x</a>]</p>", "<p>x<a href=\"u\">y</a>(z)</p>", "<p>a!</p>", "<p>* * *</p>", "<p>_ _ _</p>",
        "<p><b>a</b><i>b</i></p>", "<p><b>a<i>b</i></b>c</p>", "<p>a<b>b</b>c</p>", "<p><b>(a)</b>b</p>", "<p>a<b>(b)</b></p>", "<p><i>a</i>*</p>", "<p>*<b>a</b>*</p>",
        "<p><i><b>a</b> b</i></p>", "<p><i>a <b>b</b></i></p>", "<p>x<sup>2</sup> H<sub>2</sub>O</p>", "<p><del>a</del>b</p>",
        "<p><code>a`b</code> <code>``</code> <code>`a</code> <code>a|b</code> <code>\\</code> <code>*x*</code></p>", "<p><a href=\"a(b)\">x</a> <a href=\"a%20b\">y</a> <a href=\"u%29v\" title='t \"q\" (p)'>z</a></p>",
        "<p><a href=\"u\"><code>c</code> <b>b</b></a></p>", "<p><img src=\"a%20b.png\" alt=\"[x] *y*\" title=\"t\"></p>", "<p><a href=\"u\"><img src=\"i.png\" alt=\"i\"></a></p>",
        "<ul><li>a<ul><li>b<ul><li>c</ul></ul><li>d</ul>", "<ol start=7><li>a<li>b</ol>", "<ul><li><p>a<p>b</ul>", "<ul><li><hr></ul>", "<ul><li># x<li>1. y<li>- z</ul>",
        "<ul><li>a</ul><ul><li>b</ul>", "<ol><li>a</ol><ol><li>b</ol>", "<p>a</p><ol start=3><li>b</ol>", "<ul><li><pre>x\n  y</pre></ul>", "<ul><li><blockquote>q</blockquote></ul>",
        "<blockquote><p>a</p><blockquote>b</blockquote><ul><li>c</ul></blockquote>", "<pre><code class=language-swift>let a = \"```\"\n\n    indented\n</code></pre>", "<pre>~~~\n```</pre>",
        "<h2>a # b #</h2>", "<h3>1. x</h3>", "<h1>*a* <i>b</i></h1>", "<p>a</p><hr><p>b</p>", "<table><tr><th>a|b<th><code>c|d</code><tr><td>\\<td>*x*</table>",
        "<table><tr><th>a<th>b<tr><td><a href='u%7Cv'>x</a><td>1. y</table>", "<p>$5 and $6</p>", "<p>a\u{A0}b — “c” 😀</p>", "<p>x &lt; y &gt; z</p>",
        "<p>a<b>“x”</b>b</p>", "<p>他说<b>「你好」</b>吧</p>", "<p><b>（注）</b>，见</p>", "<p>“_a_” „_b_ c“</p>", "<p>a\u{A0}_b_\u{A0}c</p>", "<hr><p>a: b</p><hr>", "<hr><hr>",
    ])
    func returns(_ page: String) async throws {
        let markdown = try await DocumentConverterTests.convert("<!DOCTYPE html><body>" + page, "p.html", [.markdown]).texts[0]
        let there = try await body("<!DOCTYPE html><body>" + page, "p.html")
        #expect(try await body(markdown, "p.md") == there, "\(markdown)")
    }

    @Test("what CommonMark allows beyond the usual is read", arguments: [
        ("*[foo*](/u)", "<p>*<a href=\"/u\">foo*</a></p>"), ("_a [b_](/u)", "<p>_a <a href=\"/u\">b_</a></p>"), ("[a\nb]: /u\n\n[A B]", "<p><a href=\"/u\">A B</a></p>"),
        ("[a]: /u 'two\nlines'\n\n[a]", "<p><a href=\"/u\" title=\"two\nlines\">a</a></p>"), ("[ẞ]\n\n[SS]: /u", "<p><a href=\"/u\">ẞ</a></p>"),
        ("[a][b][c]\n\n[c]: /1\n[a]: /2", "<p>[a]<a href=\"/1\">b</a></p>"), ("[a]: <b>(c)\n\n[a]", "<p>[a]: (c)</p>\n<p>[a]</p>"), ("*£*b", "<p>*£*b</p>"), ("*\u{A0}a\u{A0}*", "<p>*\u{A0}a\u{A0}*</p>"),
        ("<a h*#r=\"x\">", "<p>&lt;a h*#r=&quot;x&quot;&gt;</p>"), ("a <?php 1 ?> b <!--> c <!X y> d", "<p>a  b  c  d</p>"), ("![a](/u \"t\")", "<p><img src=\"/u\" alt=\"a\" title=\"t\"></p>"),
        ("---\nFoo\n---\nBar", "<hr>\n<h2>Foo</h2>\n<p>Bar</p>"), ("---\n\na: b\n\n---", "<hr>\n<p>a: b</p>\n<hr>"), ("<!-- c --> a *b*\n*d*", "<p>a *b*</p>\n<p><em>d</em></p>"),
        ("t\n[a]: /u\n\n[a]", "<p>t [a]: /u</p>\n<p>[a]</p>"), ("# t\n[a]: /u\n[b]: /v\n\n[a] [b]", "<h1>t</h1>\n<p><a href=\"/u\">a</a> <a href=\"/v\">b</a></p>"),
        ("&#87654321; &#x1234567; &#x41;", "<p>&amp;#87654321; &amp;#x1234567; A</p>"), ("<a\\+@b.example> <a+@b.example>", "<p>&lt;a+@b.example&gt; <a href=\"mailto:a+@b.example\">a+@b.example</a></p>"),
        ("x <img src=\"i\" title=\"t\"> <a href=\"u\" title=\"s\">y</a>", "<p>x <img src=\"i\" alt=\"\" title=\"t\"> <a href=\"u\" title=\"s\">y</a></p>"),
        ("**a [b**](/u) c**", "<p><strong>a <a href=\"/u\">b**</a> c</strong></p>"), ("*a [b c*", "<p><em>a [b c</em></p>"),
    ])
    func reads(_ markdown: String, _ expected: String) async throws {
        let page = try await body(markdown, "p.md")
        #expect(page.split(separator: "\n").joined(separator: "\n") == expected)
    }
}
