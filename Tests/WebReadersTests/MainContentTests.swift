// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing
import WebReaders

@Suite("the main content of a page")
struct MainContentTests {
    private static let prose = "This is a sentence of the article, long enough to be told from the words of a menu, and it has commas, as prose has. "
    private static let links = "<a href=a>One</a> <a href=b>Two</a> <a href=c>Three</a>"

    private func read(_ page: String) throws -> (text: String, codes: [String]) {
        var limits = ReadLimits()
        limits.wantsMainContentOnly = true
        let read = try Outline.read(Array(page.utf8), HTMLReader(), limits: limits)
        return (read.document.blocks.map(Outline.block).joined(separator: "\n"), read.diagnostics.items.map { "\($0.message) \($0.count)" })
    }

    @Test("navigation, banners, sidebars, notices and footers are left out and reported", arguments: [
        "<header><nav>\(links)</nav><p>Site</p></header><div id=x><h1>T</h1><p>\(prose)</p><p>\(prose)</p></div><footer>© \(links)</footer>",
        "<div class=navbar>\(links)</div><main><h1>T</h1><p>\(prose)</p><p>\(prose)</p><div class='share-buttons'>\(links)</div></main><div class=site-footer>©</div>",
        "<div class='cookie-consent'><p>\(prose)</div><h1>T</h1><div class=c><p>\(prose)</p><p>\(prose)</p><p>\(prose)</p></div><div id=sidebar><p>\(prose)</div>",
        "<table><tr><td class=menu>\(links)<td><article><h1>T</h1><p>\(prose)<p>\(prose)</article></table><aside>\(links)</aside>",
    ])
    func leavesOut(page: String) throws {
        let (text, codes) = try read(page)
        #expect(text.hasPrefix("h1(T)\np(This is"))
        #expect(!text.contains("One") && !text.contains("©") && !text.contains("Site"))
        #expect(text.components("This is a sentence") == page.components("This is a sentence") - (page.contains("cookie") ? 2 : 0))
        #expect(!codes.isEmpty && codes.allSatisfy { $0.contains("left out") })
    }

    @Test("an article's own header, notes, tables and lists stay")
    func keepsParts() throws {
        let page = "<nav>\(Self.links)</nav><article><header><h1>T</h1><p>By Ann</p></header><p>\(Self.prose)</p><ul><li>a<li>b</ul><table><tr><td>c<td>d<tr><td>e<td>f</table><aside><p>\(Self.prose)</aside></article>"
        #expect(try read(page).text.hasPrefix("h1(T)\np(By Ann)\np(This"))
        #expect(try read(page).text.contains("ul(li(a) li(b))\ntable(c | d / e | f)\np(This"))
    }

    @Test("a name means nothing on what holds most of the page")
    func misnamed() throws {
        let (text, _) = try read("<body class='has-sidebar'><div class='popup content'><p>\(Self.prose)</p><p>\(Self.prose)</p></div><nav>\(Self.links)</nav>")
        #expect(text.components("This is") == 2)
        #expect(!text.contains("One"))
    }

    @Test("where nothing stands out all is kept, and that is reported")
    func unclear() throws {
        let (text, codes) = try read("<ul><li>a<li>b</ul><nav>\(Self.links)</nav>")
        #expect(text.contains("li(a)") && text.contains("One"))
        #expect(codes == ["nothing on the page stands out as its content; all of it was kept 1"])
    }

    @Test("without the wish for it nothing is left out")
    func off() throws {
        #expect(try Outline.of(html: "<nav>x</nav><p>\(Self.prose)</p><footer>y</footer>").contains("p(x)"))
    }
}

private extension String {
    /// How often `part` stands in the text.
    func components(_ part: String) -> Int { ranges(of: part).count }
}
