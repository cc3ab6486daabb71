// SPDX-License-Identifier: Apache-2.0
@testable import DashboardScreens
import Testing

@Suite("Markdown as it reads")
struct MarkdownViewTests {
    @Test("headings, emphasis, code, links and rules", arguments: [
        ("## Part *two*", "<h2>Part <em>two</em></h2>"),
        ("a **b** ~~c~~ `d < e`", "<p>a <strong>b</strong> <s>c</s> <code>d &lt; e</code></p>"),
        ("see [the law](https://example.org/a_(b))", #"<p>see <a rel="noopener noreferrer nofollow" href="https://example.org/a_(b)">the law</a></p>"#),
        ("---", "<hr>"),
        ("2 * 3 * 4, snake_case_name", "<p>2 * 3 * 4, snake_case_name</p>"),
        (#"a \*star\* and 1\. no list"#, "<p>a *star* and 1. no list</p>"),
        ("```swift\nlet a = 1 < 2\n```", "<pre><code>let a = 1 &lt; 2\n</code></pre>"),
        ("> one\n> two", "<blockquote><p>one\ntwo</p></blockquote>"),
        ("one<br>two", "<p>one<br>two</p>"),
        ("**open", "<p>**open</p>"),
        ("H<sub>2</sub>O &lt;1&gt; <sup>open", "<p>H<sub>2</sub>O &lt;1&gt; &lt;sup&gt;open</p>"),
        ("a<a id=\"x\"></a>b", "<p>ab</p>"),
        ("<!-- page 3 -->", "<p class=\"quiet small\">Page 3</p>"),
        ("<!-- page 4 (i&v) -->", "<p class=\"quiet small\">Page 4 (i&amp;v)</p>"),
        ("<table>\n<tr><td colspan=\"2\">a</td></tr>\n</table>\n\nb", "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>\n<tr><td colspan=\"2\">a</td></tr>\n</table></div>\n<p>b</p>"),
    ])
    func rendersEach(_ markdown: String, _ html: String) {
        #expect(MarkdownView.render(markdown).text == html)
    }

    @Test("a list within an item stays within it, and a paragraph behind both does not")
    func nestsLists() {
        let html = MarkdownView.render("3. a\n   - b\n   - c\n4. d\n\nafter").text
        #expect(html == #"<ol start="3"><li><p>a</p><ul><li><p>b</p></li><li><p>c</p></li></ul></li><li><p>d</p></li></ol><p>after</p>"#)
    }

    @Test("a table's cells are cut at bars without a backslash")
    func cutsCells() {
        let html = MarkdownView.render("| a | b |\n|---|---|\n| 1 \\| 2 | 3 |").text
        #expect(html.contains("<th>a </th><th>b </th>"))
        #expect(html.contains("<td>1 | 2 </td><td>3 </td>"))
    }

    @Test("a column of numbers stands to the right")
    func alignsNumbers() {
        let html = MarkdownView.render("| a | b |\n|:--|--:|\n| 1 | 2 |").text
        #expect(html.contains(#"<th>a </th><th class="number">b </th>"#) && html.contains(#"<td>1 </td><td class="number">2 </td>"#))
    }

    @Test("nothing in a document becomes markup of its own", arguments: [
        "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](data:text/html,<script>alert(1)</script>)",
        "[x](java\tscript:alert(1))", "![x](x\" onerror=\"alert(1))", "[x](https://a\"onmouseover=\"alert(1))", "<javascript:alert(1)>", "`<svg onload=alert(1)>`",
        "```\n</code><script>alert(1)</script>\n```", "| <script>x</script> |\n|---|\n| <iframe src=javascript:alert(1)> |", "<br onclick=alert(1)>", "[![x](javascript:a)](vbscript:b)",
        "# <style>*{}</style>", "> <object data=x>", "- <form action=//evil>",
    ])
    func hostileTextStaysText(_ markdown: String) {
        let html = MarkdownView.render(markdown).text
        // Whatever tags there are: only ours, and of attributes only those that we write.
        for tag in html.split(separator: "<").dropFirst(html.hasPrefix("<") ? 0 : 1) {
            let inner = tag.prefix { $0 != ">" }
            let allowed = ["a rel=\"noopener noreferrer nofollow\" href=\"http", "div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"", "span class=\"picture\""]
            let plain: Set = ["p", "h1", "br", "pre", "code", "ul", "li", "blockquote", "table", "thead", "tbody", "tr", "th", "td"]
            let isOurs = allowed.contains { inner.hasPrefix($0) && inner.count { $0 == "\"" } == $0.count { $0 == "\"" } + ($0.hasSuffix("http") ? 1 : 0) }
            #expect(isOurs || plain.contains(String(inner)) || inner.first == "/", "\(inner) in \(html)")
        }
        #expect(!html.lowercased().contains("href=\"java") && !html.contains("href=\"data") && !html.contains("href=\"vb"))
    }

    @Test("deep nesting and long runs of marks end", arguments: [
        String(repeating: ">", count: 20_000), String(repeating: "- ", count: 10_000) + "x", String(repeating: "[", count: 50_000), String(repeating: "*a ", count: 30_000),
        String(repeating: "`", count: 30_000), String(repeating: "![](", count: 10_000), String(repeating: "<", count: 30_000), String(repeating: "|", count: 50_000),
    ])
    func boundsWork(_ markdown: String) {
        #expect(!MarkdownView.render(markdown).text.isEmpty)
    }
}
