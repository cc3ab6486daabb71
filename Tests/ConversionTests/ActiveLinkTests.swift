// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import DocumentTree
import Testing

@testable import Conversion

@Suite("links that run code")
struct ActiveLinkTests {
    private static let page = """
        <h1><a href="javascript:void(0)">Menu</a></h1><p>See <b><a href=" Java\tScript:alert(1)">this</a></b> and <a href="https://x.example/">that</a>,
        <a href="data:text/html,x">more</a>.</p><table><tr><td><a href="vbscript:x">cell</a></td><td>b</td></tr></table>
        """

    @Test("are left out of every output, counted once for the document", arguments: [OutputFormat.markdown, .text, .json, .html, .chunks])
    func leftOut(_ format: OutputFormat) async throws {
        for formats in [[format], [format, format == .html ? .markdown : .html]] {
            var request = ConversionRequest(job: JobID(milliseconds: 0), name: Array("page.html".utf8))
            request.options.formats = formats
            let receiver = CollectingReceiver()
            let reply = try await InlineEngine().convert(request, input: .bytes(Array(Self.page.utf8)), into: receiver)
            #expect(reply.losses.first { $0.code == "active-links-left-out" }?.count == 4)
            let text = String(decoding: receiver.texts[0] ?? [], as: UTF8.self)
            for word in ["Menu", "this", "more", "cell"] { #expect(text.contains(word)) }
            for scheme in ["javascript", "vbscript", "data:"] { #expect(!text.lowercased().contains(scheme)) }
        }
    }

    @Test("are found wherever a block may hold them, and nothing else is changed")
    func places() {
        let bad = Inline.link(to: "javascript:x", title: nil, [.text("t")]), good = Inline.link(to: "https://x/", title: "T", [.text("u")])
        let picture = Inline.image(Image(.address("data:text/html,x"), alternative: "seen"))
        let blocks: [Block] = [
            .heading(level: 1, [bad]), .paragraph([.emphasis([.strong([bad, good])]), picture]), .list(List(.bullet, items: [ListItem([.paragraph([bad])], checked: true)])),
            .quote([.paragraph([bad])]), .definitions([Definition(term: [bad], descriptions: [[.paragraph([bad])]])]), .figure([.paragraph([bad])], caption: [bad]),
            .table(Table(head: TableHead(caption: [bad], rows: [Row([Cell([.paragraph([bad])])])]), rows: [Row([Cell([.paragraph([bad])], columns: 2)])])),
        ]
        var links = ActiveLinks()
        let cleared = blocks.map { links.cleared($0) }
        #expect(links.count == 12)
        let text = Inline.text("t")
        #expect(cleared == [
            .heading(level: 1, [text]), .paragraph([.emphasis([.strong([text, good])]), .text("seen")]), .list(List(.bullet, items: [ListItem([.paragraph([text])], checked: true)])),
            .quote([.paragraph([text])]), .definitions([Definition(term: [text], descriptions: [[.paragraph([text])]])]), .figure([.paragraph([text])], caption: [text]),
            .table(Table(head: TableHead(caption: [text], rows: [Row([Cell([.paragraph([text])])])]), rows: [Row([Cell([.paragraph([text])], columns: 2)])])),
        ])
        var none = ActiveLinks()
        #expect(none.cleared(.paragraph([good, .text("javascript: is a word")])) == .paragraph([good, .text("javascript: is a word")]))
        #expect(none.loss == nil)
    }
}
