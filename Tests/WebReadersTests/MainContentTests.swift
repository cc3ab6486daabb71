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

    @Test("a discussion longer than what it is about is left out, one that is the page stays")
    func discussion() throws {
        let comments = "<div id=comments><ol><li class=comment><p>\(String(repeating: "Reply. " + Self.prose, count: 12))</ol></div>"
        let text = try read("<h1>T</h1><div class=text>\(String(repeating: "<p>\(Self.prose)</p>", count: 5))</div>\(comments)").text
        #expect(text.components("This is a sentence") == 5)
        #expect(!text.contains("Reply."))
        #expect(try read("<h1>T</h1><p>Short.</p>\(comments)").text.components("Reply.") == 12)
    }

    @Test("what says that it is an article is the content, however much text stands around it", arguments: [
        "<div itemprop=articleBody>", "<div class='x entry-content'>", "<article>", "<div role=article>", "<section class=post-content>",
    ])
    func marked(tag: String) throws {
        let teasers = String(repeating: "<div class=box><p>Elsewhere. \(Self.prose)</p></div>", count: 4)
        let close = "</" + tag.dropFirst().prefix { $0.isLetter } + ">"
        let text = try read("<div><div><h1>T</h1>\(tag)\(String(repeating: "<p>\(Self.prose)</p>", count: 4))\(close)</div>\(teasers)</div>").text
        #expect(text.components("This is a sentence") == 4)
        #expect(text.hasPrefix("h1(T)") && !text.contains("Elsewhere."))
    }

    @Test("an article's headline and lead stay with its text; several articles of a page all stay")
    func around() throws {
        let body = "<div class=entry-content>\(String(repeating: "<p>\(Self.prose)</p>", count: 6))</div>"
        #expect(try read("<nav>\(Self.links)</nav><article><h1>T</h1><p>The lead of it.</p>\(body)</article><p>\(Self.prose)</p>").text.hasPrefix("h1(T)\np(The lead of it.)\np(This"))
        let posts = (1...3).map { "<article><h2>P\($0)</h2><p>\(Self.prose)</p><p>\(Self.prose)</p></article>" }.joined()
        let text = try read("<nav>\(Self.links)</nav><div>\(posts)</div><footer>\(Self.links)</footer>").text
        #expect(text.contains("P1") && text.contains("P2") && text.contains("P3") && !text.contains("One"))
    }

    @Test("cards that lead to other pages and groups of links go, lists and tables within the text stay")
    func cards() throws {
        let prose = String(repeating: "<p>\(Self.prose)</p>", count: 12)
        let cards = (1...3).map { "<div class=c><h3><a href=x>Card \($0)</a></h3><p>Something else is told here.</p></div>" }.joined()
        let tags = "<div>" + (1...12).map { "<a href=t>tag number \($0)</a> " }.joined() + "</div>"
        let text = try read("<article><h1>T</h1>\(prose)<ul><li><a href=a>kept one</a><li><a href=b>kept two</a></ul><table><tr><td>c<td>d</table><div>\(cards)</div>\(tags)</article>").text
        #expect(text.contains("kept two") && text.contains("table(c | d)"))
        #expect(!text.contains("Card 1") && !text.contains("tag number"))
    }

    @Test("of chapters side by side all are content, however long one is")
    func chapters() throws {
        let long = String(repeating: "<p>\(Self.prose)</p>", count: 9)
        let text = try read("<nav>\(Self.links)</nav><div class=book><div class=sect1><h2>A</h2><p>\(Self.prose)</p></div><div class=sect1><h2>B</h2>\(long)</div></div>").text
        #expect(text.contains("h2(A)") && text.contains("h2(B)"))
    }

    @Test("a word that names most of the text piece by piece means nothing")
    func misnamedPieces() throws {
        let pieces = (1...5).map { "<section class='Section Section--Ads'><h2>S\($0)</h2><p>\(Self.prose)</p></section>" }.joined()
        #expect(try read("<nav>\(Self.links)</nav><div>\(pieces)</div>").text.components("This is a sentence") == 5)
        #expect(try read("<div class='elementor elementor-widget-wrap'><p>\(Self.prose)</p></div><p>\(Self.prose) \(Self.prose)</p>").text.components("This is a sentence") == 3)
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
