// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import DocumentWriters
import Testing

@Suite("chunks")
struct ChunkWriterTests {
    static func chunks(_ blocks: [Block], notes: [Note] = [], tokens: Int = 40) throws -> [String] {
        var options = WriteOptions()
        options.sourceName = "a.docx"
        options.chunkTokens = tokens
        var document = Document()
        document.blocks = blocks
        document.notes = notes
        let output = OutputBuffer()
        let writer = ChunkWriter(options: options, output: output)
        try writer.send(document)
        try writer.close(losses: [])
        return String(decoding: output.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test("a heading begins a chunk, with its path, page and place")
    func headings() throws {
        let lines = try Self.chunks([
            .heading(level: 1, [.text("A")]), .heading(level: 2, [.text("B")]), .paragraph([.text("one")]), .pageBreak(page: 2),
            .paragraph([.text("two")]), .heading(level: 2, [.text("C")]), .paragraph([.text("three"), .note(NoteID("1"))]),
        ], notes: [Note(id: NoteID("1"), blocks: [.paragraph([.text("n")])])])
        #expect(lines == [
            ###"{"id": "a.docx#1", "source": "a.docx", "headings": ["A", "B"], "last_page": 2, "block": 1, "tokens": 5, "text": "# A\n\n## B\n\none\n\ntwo"}"###,
            ###"{"id": "a.docx#2", "source": "a.docx", "headings": ["A", "C"], "page": 2, "block": 5, "tokens": 4, "text": "## C\n\nthree[^1]"}"###,
            ###"{"id": "a.docx#3", "source": "a.docx", "headings": ["Notes"], "block": 6, "tokens": 2, "text": "[^1]: n"}"###,
        ])
    }

    @Test("a chunk says where its blocks stand, one place for what stands below each other, and the pages are those of its places")
    func places() throws {
        let output = OutputBuffer()
        let writer = ChunkWriter(options: WriteOptions(), output: output)
        try writer.append(.pageBreak(page: 3, label: "iii"))
        for (index, places) in [
            [SourcePosition(page: 3, left: 60, top: 100, right: 200, bottom: 110)], [SourcePosition(page: 3, left: 60, top: 115, right: 190, bottom: 130)],
            [SourcePosition(page: 3, left: 60, top: 135, right: 195, bottom: 140), SourcePosition(page: 3, left: 300, top: 50, right: 400, bottom: 60), SourcePosition(page: 4, left: 60, top: 50, right: 200, bottom: 60)],
        ].enumerated() {
            try writer.locate(places)
            try writer.append(.paragraph([.text("p\(index)")]))
        }
        try writer.close(losses: [])
        #expect(String(decoding: output.bytes, as: UTF8.self) == #"""
            {"id": "1", "headings": [], "page": 3, "page_label": "iii", "last_page": 4, "at": [{"page": 3, "box": [60, 100, 200, 140]}, {"page": 3, "box": [300, 50, 400, 60]}, {"page": 4, "box": [60, 50, 200, 60]}], "block": 1, "tokens": 3, "text": "p0\n\np1\n\np2"}

            """#)
    }

    @Test("blocks stay whole while they fit, and are cut between sentences, items, rows and lines where they do not")
    func cuts() throws {
        let sentence = "This is a sentence of some forty bytes. "
        let long = try Self.chunks([.paragraph([.text(String(repeating: sentence, count: 8))])])
        #expect(long.count == 2)
        #expect(long.allSatisfy { $0.contains("forty bytes.\"}") })

        let items = (0..<10).map { ListItem([.paragraph([.text("item \($0) \(sentence)")])]) }
        let list = try Self.chunks([.list(List(.ordered(start: 1), items: items))])
        #expect(list.count > 3)
        #expect(list[1].contains("\"text\": \"3. item 2") || list[1].contains("\"text\": \"4. item 3"))

        let rows = (0..<30).map { Row([Cell(text: "r\($0)"), Cell(text: sentence)]) }
        let table = try Self.chunks([.table(Table(head: TableHead(rows: [Row([Cell(text: "Name"), Cell(text: "Text")])]), rows: rows))])
        #expect(table.count > 5)
        #expect(table.allSatisfy { $0.contains(#"| Name | Text |\n| --- | --- |"#) })

        let code = try Self.chunks([.code((0..<40).map { "let x\($0) = 1" }.joined(separator: "\n"), language: "swift")])
        #expect(code.count > 2)
        #expect(code.allSatisfy { $0.contains("```swift\\n") && $0.hasSuffix("\\n```\"}") })
    }

    @Test("no chunk is larger than asked for, whatever comes", arguments: ["x", "日本語。", "a b. ", "\u{1F600}"])
    func bounded(_ unit: String) throws {
        for line in try Self.chunks([.paragraph([.text(String(repeating: unit, count: 2_000))]), .quote([.paragraph([.text(String(repeating: unit, count: 900))])])]) {
            let tokens = try #require(line.split(separator: "\"tokens\": ").last.flatMap { Int($0.prefix { $0.isNumber }) })
            #expect(tokens <= 42)
        }
    }
}
