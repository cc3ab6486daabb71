// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import WebReaders
import DocumentTree
import ReaderTestSupport
import Testing

@Suite("hostile HTML")
struct HTMLHostileTests {
    private func seconds(_ work: () throws -> Void) rethrows -> Double {
        let clock = ContinuousClock()
        let time = try clock.measure(work)
        return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    }

    @Test("60,000 nested elements are flattened, reported, and keep their text", arguments: ["div", "b", "ul", "blockquote", "table", "x-y"])
    func nesting(name: String) throws {
        let page = String(repeating: "<\(name)>", count: 60_000) + "deep" + String(repeating: "</\(name)>", count: 60_000) + "after"
        var result: (document: Document, diagnostics: Diagnostics)?
        let time = try seconds { result = try Outline.read(Array(page.utf8), HTMLReader()) }
        let text = result?.document.blocks.map(Outline.block).joined() ?? ""
        #expect(text.contains("deep") && text.contains("after"))
        #expect(time < 20, "a quadratic parse takes minutes")
        if name == "div" || name == "ul" || name == "blockquote" {
            #expect(result?.diagnostics.items.map(\.code).contains("html-nesting-cut") == true)
        }
    }

    @Test("nested cells of nested tables come out as text")
    func nestedTables() throws {
        let page = String(repeating: "<table><tr><td>x<td>", count: 3_000) + "deep"
        #expect(try Outline.of(html: page).contains("deep"))
    }

    @Test("formatting that is never closed is not copied into every paragraph")
    func unclosedFormatting() throws {
        let page = (0..<2_000).map { "<b id=\($0) title=\($0)><p>x" }.joined() + String(repeating: "<p>y", count: 20_000)
        let read = try Outline.read(Array(page.utf8), HTMLReader())
        #expect(read.document.blocks.count == 22_000)
        #expect(read.diagnostics.items.map(\.code).contains("html-formatting-cut"))
    }

    @Test("a tag with a hundred thousand attributes is read")
    func attributes() throws {
        let page = "<p title=a " + (0..<100_000).map { "href\($0)=x lang=x" }.joined(separator: " ") + ">text"
        #expect(try Outline.of(html: page) == "p(text)")
    }

    @Test("thirty thousand equal neighbours take linear time", arguments: [
        "<li>x</li>", "<b>x</b>", "<td>x", "<a href=x>x</a>", "<dt>x", "x<br>", "<br><br>x", "<option>x", "<img src='data:,x' alt=x>", "</p>",
    ])
    func neighbours(piece: String) throws {
        let start = piece == "<td>x" ? "<table><tr>" : piece == "<option>x" ? "<select>" : piece == "<dt>x" ? "<dl>" : ""
        let page = start + String(repeating: piece, count: 30_000)
        #expect(try seconds { _ = try Outline.read(Array(page.utf8), HTMLReader()) } < 10)
    }

    @Test("a page cut anywhere is still read")
    func truncation() throws {
        let page = Array("<!doctype html><html><head><title>t</title></head><body><p class='a'>é<a href=\"x\">b</a><!-- c --><table><tr><td>d</table><script>e</script><svg><path/></svg>&amp;".utf8)
        for length in 0...page.count { _ = try Outline.read(Array(page.prefix(length)), HTMLReader()) }
    }

    @Test("an ordinary page with many unclosed tags loses no structure")
    func oldPages() throws {
        let page = String(repeating: "<p>a<li>b<font size=2>c<td>d<p>e<center>f</center>", count: 2_000)
        #expect(try Outline.codes(html: page).contains("html-nesting-cut") == false)
    }
}
