// SPDX-License-Identifier: Apache-2.0
import ReaderTestSupport
import Testing

@Suite("HTML tables")
struct HTMLTableTests {
    @Test("rows, headers, captions and spans are kept", arguments: [
        ("<table><tr><th>a<th>b<tr><td>1<td>2</table>", "table(head: a | b / 1 | 2)"),
        ("<table><caption>c</caption><thead><tr><td>a<td>b</thead><tr><td>1<td>2</table>", "table(caption(c) head: a | b / 1 | 2)"),
        ("<table><tr><td>a<td>b<tr><th>1<td>2</table>", "table(a | b / 1 | 2)"),
        ("<table><tr><th>a<th colspan=2>b<tr><td rowspan=2>c<td>d<td>e<tr><td>f<td>g</table>", "table(head: a | b→2 / c↓2 | d | e / f | g)"),
        ("<table><tr><td><b>a</b><td><b>b</b><tr><td>1<td>2</table>", "table(head: strong(a) | strong(b) / 1 | 2)"),
        ("<table><tfoot><tr><td>x<td>y</tfoot><tr><td>a<td>b</table>", "table(a | b / x | y)"),
        ("<table><tr><td>a<td>b<tr><td><ul><li>c</ul><td>d<br>e</table>", "table(a | b / ul(li(c)) | d⏎e)"),
    ])
    func tables(html: String, expected: String) throws {
        #expect(try Outline.of(html: html) == expected)
    }

    @Test("what only spaces the page goes: empty columns and rows, rows that only span", arguments: [
        ("<table><tr><td>a<td>&nbsp;<td>b<tr><td>c<td><td>d<tr><td></table>", "table(a | b / c | d)"),
        ("<table><tr><th>y<th>m<tr><th rowspan=3>2025<tr><td>Jan<tr><td>Feb</table>", "table(head: y | m / 2025↓2 | Jan / Feb)"),
        ("<table><tr><td colspan=3>a<td>b<tr><td colspan=3>c<td>d</table>", "table(a | b / c | d)"),
    ])
    func spacing(html: String, expected: String) throws {
        #expect(try Outline.of(html: html) == expected)
    }

    @Test("a table that only arranges the page becomes its contents", arguments: [
        ("<table><tr><td><h1>a</h1><p>b</table>", "h1(a)\np(b)"),
        ("<table role=presentation><tr><td>a<td>b</table>", "p(a)\np(b)"),
        ("<table><tr><td>•<td>a</table><table><tr><td>•<td>b</table>", "ul(li(a) li(b))"),
    ])
    func layout(html: String, expected: String) throws {
        #expect(try Outline.of(html: html) == expected)
    }

    @Test("spans that reach outside of the table are cut to it")
    func wildSpans() throws {
        #expect(try Outline.of(html: "<table><tr><td rowspan=60000>a<td>b<tr><td>c</table>") == "table(a↓2 | b / c)")
        #expect(try Outline.of(html: "<table><tr><td rowspan=0>a<td>b<tr><td>c</table>") == "table(a↓2 | b / c)")
        #expect(try Outline.of(html: "<table><tr><td colspan=99999>a<td>b<tr><td>c<td>d</table>") == "table(a→2 | b / c | d)")
    }
}
