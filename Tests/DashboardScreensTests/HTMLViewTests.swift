// SPDX-License-Identifier: Apache-2.0
@testable import DashboardScreens
import Testing

@Suite("HTML as it reads")
struct HTMLViewTests {
    @Test("what a document is made of stays", arguments: [
        ("<h2>A &amp; B</h2>", "<h2>A &amp; B</h2>"),
        ("<!DOCTYPE html><html><head><title>T</title></head><body><p>one<br>two</p></body></html>", "<p>one<br>two</p>"),
        ("<ol start=\"3\"><li>c</li></ol>", "<ol start=\"3\"><li>c</li></ol>"),
        ("<td rowspan=2 colspan='3'>x</td>", "<td rowspan=\"2\" colspan=\"3\">x</td>"),
        ("<sup><a href=\"#note-1\">1</a></sup><div id=\"note-1\">n</div>", "<sup><a href=\"#note-1\">1</a></sup><div id=\"note-1\">n</div>"),
        ("<a href=\"https://example.org/?a=1&amp;b=2\" title=x>y</a>", "<a rel=\"noopener noreferrer nofollow\" href=\"https://example.org/?a=1&amp;b=2\">y</a>"),
        ("<input type=checkbox disabled checked> done", "☑  done"),
        ("<table><tr><td>1</table>after", #"<div class="scroll" tabindex="0" role="region" aria-label="Table"><table><tr><td>1</td></tr></table></div>after"#),
        ("<p>1 < 2 &#x2014; 3 &unknown; &#xD800;</p>", "<p>1 &lt; 2 — 3 &amp;unknown; &amp;#xD800;</p>"),
        ("<font color=red><em>a</font></em>b</p>", "<em>a</em>b"),
        ("<p>open <strong>both", "<p>open <strong>both</strong></p>"),
    ])
    func keeps(_ source: String, _ html: String) {
        #expect(HTMLView.render(source).text == html)
    }

    @Test("what could run, ask or leave the page goes", arguments: [
        "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example></SCRIPT >", "<script>alert(1)", "<img src=x onerror=alert(1)>", "<p onclick=\"alert(1)\" style='x'>", "<a href=javascript:alert(1)>x</a>",
        "<a href=\" java&#115;cript:alert(1)\">x</a>", "<a href=\"&#106;avascript:alert(1)\">x</a>", "<a href='data:text/html,<script>alert(1)</script>'>x</a>", "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<svg><script>alert(1)</script><a xlink:href=\"javascript:alert(1)\"/></svg>", "<math><mi xlink:href=javascript:alert(1)>", "<object data=x>", "<embed src=x>", "<base href=//evil.example>",
        "<meta http-equiv=refresh content='0;url=//evil.example'>", "<link rel=stylesheet href=//evil.example>", "<style>@import '//evil.example'</style>", "<form action=//evil.example><input name=a><button>b</button></form>",
        "<!--><script>alert(1)</script>-->", "<!-- --!><script>alert(1)</script>", "<p <script>alert(1)</script>", "<img src=\"`><script>alert(1)</script>\">", "</article></body><script>alert(1)</script>",
        "<textarea></textarea><script>alert(1)</script>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<td rowspan=\"1\" onx=\"\">", "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">", "<div id=\"a\" onload=\"alert(1)\">",
        "<a id='\"onclick=\"alert(1)'>", "<img alt='\"><script>alert(1)</script>'>", "<scr<script>ipt>alert(1)</script>", "<\u{0}script>alert(1)</script>", "<p/onclick=alert(1)>", "<image src=x onerror=alert(1)>",
    ])
    func drops(_ source: String) {
        let html = HTMLView.render(source).text
        var names: Set<String> = ["p", "a", "div", "td", "span", "br", "em"]
        names.formUnion(names.map { "/\($0)" })
        for tag in html.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
            let inner = tag.prefix { $0 != ">" }
            #expect(names.contains(String(inner.prefix { $0 != " " })), "\(inner)")
            for attribute in inner.split(separator: " ").dropFirst() {
                #expect(["class=\"picture\"", "rowspan=\"1\"", "id=\"a\""].contains(attribute), "\(attribute)")
            }
        }
        #expect(!html.contains("evil.example") || html.contains("&lt;"))
    }

    @Test("a picture that stands in the text is shown, one of a kind that could run is not")
    func inlinePictures() {
        #expect(HTMLView.render(#"<img src="data:image/png;base64,UE5H" alt="A">"#).text == #"<img src="data:image/png;base64,UE5H" alt="A">"#)
        #expect(MarkdownView.render("![A \\[b\\]](data:image/png;base64,UE5H)").text == #"<p><img src="data:image/png;base64,UE5H" alt="A [b]"></p>"#)
        #expect(MarkdownView.render("![A](data:image/svg+xml;base64,UE5H)").text == #"<p><span class="picture">A</span></p>"#)
        #expect(MarkdownView.render(#"![A](data:image/png;base64,UE5H"onerror="x)"#).text == #"<p><span class="picture">A</span></p>"#)
    }

    @Test("deep nesting and long runs of marks end", arguments: [
        String(repeating: "<div>", count: 50_000), String(repeating: "<", count: 50_000), String(repeating: "<a ", count: 50_000), String(repeating: "<!--", count: 50_000),
        String(repeating: "&", count: 50_000), String(repeating: "</p>", count: 50_000), String(repeating: "<script>", count: 50_000), "<p " + String(repeating: "a=b ", count: 50_000) + ">x",
    ])
    func boundsWork(_ source: String) {
        let html = HTMLView.render(source).text
        #expect(html.utf8.count <= source.utf8.count * 5 + 1_000)
        #expect(html.split(separator: "<div>", omittingEmptySubsequences: false).count <= 65)
    }
}
