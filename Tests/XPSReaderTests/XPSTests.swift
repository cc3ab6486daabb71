// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing
import XPSReader
import ZipArchive

@Suite("XPS documents")
struct XPSTests {
    /// A package of these pages, each the inside of a `FixedPage`.
    private func package(_ pages: [String], parts: [(String, [UInt8])] = [], inPieces: Bool = false) -> [UInt8] {
        var zip = StoredZIP()
        func add(_ name: String, _ text: String) { zip.add(Array(name.utf8), Array(text.utf8)) }
        add("FixedDocumentSequence.fdseq", "<FixedDocumentSequence xmlns='http://schemas.microsoft.com/xps/2005/06'><DocumentReference Source='/Documents/1/FixedDoc.fdoc'/></FixedDocumentSequence>")
        add("Documents/1/FixedDoc.fdoc", "<FixedDocument xmlns='http://schemas.microsoft.com/xps/2005/06'>" + pages.indices.map { "<PageContent Source='Pages/\($0 + 1).fpage'/>" }.joined() + "</FixedDocument>")
        for (index, page) in pages.enumerated() {
            let text = "<FixedPage xmlns='http://schemas.microsoft.com/xps/2005/06' Width='816' Height='1056'>\(page)</FixedPage>"
            let name = "Documents/1/Pages/\(index + 1).fpage"
            if inPieces {
                let half = text.index(text.startIndex, offsetBy: text.count / 2)
                add(name + "/[1].last.piece", String(text[half...]))
                add(name + "/[0].piece", String(text[..<half]))
            } else {
                add(name, text)
            }
        }
        for (name, bytes) in parts { zip.add(Array(name.utf8), bytes) }
        return zip.finished()
    }

    private func line(_ text: String, x: Int = 96, y: Int, size: Int = 16, more: String = "") -> String {
        "<Glyphs OriginX='\(x)' OriginY='\(y)' FontRenderingEmSize='\(size)' UnicodeString='\(text)' FontUri='/f.odttf' Fill='#FF000000' \(more)/>"
    }

    private func read(_ bytes: [UInt8]) throws -> (blocks: [String], document: Document, diagnostics: [String]) {
        let read = try Outline.read(bytes, XPSReader())
        return (read.document.blocks.map(Outline.block).filter { $0 != "page" }, read.document, read.diagnostics.items.map(\.code))
    }

    private let prose = ["The first line of a paragraph that goes on for a while here", "and goes on in a second line of the same paragraph, until", "it ends."]

    @Test("lines become paragraphs, in the order in which they stand and not in that of the file", arguments: [false, true])
    func paragraphs(inPieces: Bool) throws {
        let lines = prose.enumerated().map { line($1, y: 200 + $0 * 20) } + [line("Another one stands below it.", y: 300)]
        #expect(try read(package([lines.reversed().joined()], inPieces: inPieces)).blocks == ["p(\(prose.joined(separator: " ")))", "p(Another one stands below it.)"])
    }

    @Test("a greater line above smaller ones is a heading; transformations of what is around apply")
    func heading() throws {
        let body = "<Canvas RenderTransform='2,0,0,2,0,0'>" + line("Great Title", x: 48, y: 60, size: 16) + "</Canvas>" + prose.enumerated().map { line($1, y: 200 + $0 * 20) }.joined()
        #expect(try read(package([body])).blocks.first == "h1(Great Title)")
    }

    @Test("ruled cells are a table")
    func table() throws {
        var page = ""
        for row in 0...3 { page += "<Path Data='M 96,\(200 + row * 40) L 496,\(200 + row * 40)' Stroke='#FF000000'/>" }
        for column in 0...2 { page += "<Path Data='M \(96 + column * 200),200 V 320' Stroke='#FF000000'/>" }
        for (index, text) in ["name", "size", "kettle", "3", "lid", "1"].enumerated() { page += line(text, x: 106 + index % 2 * 200, y: 225 + index / 2 * 40) }
        let blocks = try read(package([page])).blocks
        #expect(blocks.count == 1 && blocks[0].contains("name | size") && blocks[0].contains("kettle | 3 / lid | 1"))
    }

    @Test("links keep their address, pictures are carried over, a brace that opens is no mark")
    func more() throws {
        let picture: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 7]
        let page = line("{}{see the site}", y: 200, more: "FixedPage.NavigateUri='http://x.y/'")
            + "<Path Data='M 96,300 L 296,300 296,400 96,400 z'><Path.Fill><ImageBrush ImageSource='/Resources/a.png'/></Path.Fill></Path>"
        let read = try read(package([page], parts: [("Resources/a.png", picture)]))
        #expect(read.blocks.contains { $0.contains("a[http://x.y/]({see the site})") })
        #expect(read.document.media.map(\.bytes) == [picture])
    }

    @Test("widths that are written tell where words end")
    func advances() throws {
        // Two runs of one word: the second begins where the first one's widths end.
        let page = line("wo", x: 100, y: 200, size: 100, more: "Indices='1,50;2,50'") + line("rd", x: 200, y: 200, size: 100, more: "Indices=',50;,50'")
        #expect(try read(package([page])).blocks.joined().contains("word"))
    }

    @Test("a page that is missing is reported, a package without pages is malformed")
    func damage() throws {
        var zip = StoredZIP()
        zip.add(Array("a.fdseq".utf8), Array("<FixedDocumentSequence><DocumentReference Source='d.fdoc'/></FixedDocumentSequence>".utf8))
        zip.add(Array("d.fdoc".utf8), Array("<FixedDocument><PageContent Source='1.fpage'/></FixedDocument>".utf8))
        #expect(try read(zip.finished()).diagnostics == ["page-unreadable"])
        var empty = StoredZIP()
        empty.add(Array("a.fdseq".utf8), Array("<FixedDocumentSequence/>".utf8))
        let bytes = empty.finished()
        #expect(throws: ReadError.malformed("it has no pages")) { try read(bytes) }
    }
}
