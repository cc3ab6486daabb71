// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing
import WebReaders

@Suite("outlines")
struct OPMLTests {
    @Test("entries are items, what is below them lists within, feeds are links")
    func outline() throws {
        let text = "<opml version='2.0'><head><title>T</title><ownerName>Ann</ownerName></head><body><outline text='a &amp; b'><outline text='c' _note='n'/></outline><outline text='feed' xmlUrl='http://x/f' htmlUrl='http://x/'/></body></opml>"
        let read = try Outline.read(Array(text.utf8), OPMLReader())
        #expect(read.document.blocks.map(Outline.block) == ["h1(T)", "ul(li(p(a & b) ul(li(p(c) p(n)))) li(a[http://x/](feed)))"])
        #expect(read.document.metadata["author"] == "Ann")
    }

    @Test("entries too deep for lists stand beside the one above them")
    func deep() throws {
        let text = "<opml><body>" + (0..<60).map { "<outline text='\($0)'>" }.joined() + (0..<60).map { _ in "</outline>" }.joined() + "</body></opml>"
        let block = try Outline.read(Array(text.utf8), OPMLReader()).document.blocks.map(Outline.block).joined()
        #expect((0..<60).allSatisfy { block.contains("(\($0)") })
    }
}
