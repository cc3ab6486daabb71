// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing
import WebReaders

@Suite("HTML places that links lead to")
struct HTMLTargetTests {
    @Test("a place that is linked to keeps its name, others do not", arguments: [
        ("<a href='#x'>a</a><h2 id=x>b</h2><p id=y>c</p>", "p(a[#x](a))\nh2(banchor(x))\np(c)"),
        ("<a href='#x'>a</a><div id=x><p><b>b</b></p></div>", "p(a[#x](a))\np(anchor(x)strong(b))"),
        ("<a name=x></a><p>b <a href='#x'>a</a>", "p(anchor(x)b a[#x](a))"),
        ("<a href='#x%20y'>a</a><p>b<pre id='x y'>c</pre>", "p(a[#x%20y](a))\np(b)\np(anchor(x y))\ncode(c)"),
        ("<a href='#x'>a</a><table id=x><tr><td>b<td>c<tr><td>d<td>e</table>", "p(a[#x](a))\ntable(anchor(x)b | c / d | e)"),
        ("<a href='#x'>a</a><span id=x></span>", "p(a[#x](a))\np(anchor(x))"),
    ])
    func anchors(html: String, expected: String) throws {
        #expect(try Outline.of(html: html) == expected)
    }

    @Test("notes leave their place, without the way back", arguments: [
        "<p>a<a epub:type=noteref href='#n'>1</a><aside epub:type=footnote id=n hidden><p>b <a href='#r'>↩</a></aside><p>c",
        "<p>a<sup><a role=doc-noteref href='#n'>[1]</a></sup><p>c<section role=doc-endnotes><ol><li id=n><p>b <a role=doc-backlink href='#r'>back</a></ol></section>",
        "<p>a<a class=footnote-ref href='#n'><sup>1</sup></a><p>c<div class=footnotes><p id=n><a href='#r'>1.</a> b</div>",
    ])
    func notes(html: String) throws {
        let read = try Outline.read(Array(html.utf8), HTMLReader())
        #expect(read.document.blocks.map(Outline.block) == ["p(anote)", "p(c)"])
        #expect(read.document.notes.map { $0.blocks.map(Outline.block) } == [["p(b)"]])
    }

    @Test("a reference to a note that is not there stays a link")
    func missingNote() throws {
        #expect(try Outline.of(html: "a<a role=doc-noteref href='#n'>1</a>") == "p(aa[#n](1))")
        #expect(try Outline.of(html: "a<a role=doc-noteref href='#n'>1</a><p><span id=n>b</span>") == "p(aa[#n](1))\np(b)")
    }

    @Test("pages of the printed book begin between blocks")
    func pages() throws {
        let page = "<p>a<span epub:type=pagebreak title=12></span>b</p><p>c</p><div role=doc-pagebreak aria-label='Page 13.'></div><p>d"
        let blocks = try Outline.read(Array(page.utf8), HTMLReader()).document.blocks
        #expect(blocks.map(Outline.block) == ["p(ab)", "page", "p(c)", "page", "p(d)"])
        #expect(blocks.contains(.pageBreak(page: 12)) && blocks.contains(.pageBreak(page: 13)))
    }
}
