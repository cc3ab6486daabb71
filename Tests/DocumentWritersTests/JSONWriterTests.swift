// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import DocumentWriters
import Testing

@Suite("JSON")
struct JSONWriterTests {
    private static func json(_ fill: (JSONWriter) throws -> Void) throws -> String {
        let output = OutputBuffer()
        let writer = JSONWriter(options: WriteOptions(), output: output)
        try writer.begin(Metadata())
        try fill(writer)
        try writer.finish()
        try writer.close(losses: [])
        return String(decoding: output.bytes, as: UTF8.self)
    }

    @Test("a block, a streamed table and a note say where they stand, in tenths of points; what stands nowhere says nothing")
    func places() throws {
        let text = try Self.json { writer in
            try writer.locate([SourcePosition(page: 1, left: 72, top: 96.46, right: 523, bottom: 140.04), SourcePosition(page: 2, left: -0.26, top: .nan, right: .infinity, bottom: 9)])
            try writer.append(.paragraph([.text("one")]))
            try writer.append(.rule)
            try writer.append(.pageBreak(page: 2, label: "ii"))
            try writer.locate([SourcePosition(page: 2, left: 1, top: 2, right: 3, bottom: 4)])
            try writer.beginTable(TableHead())
            try writer.appendRow(Row([Cell(text: "a")]))
            try writer.endTable()
            try writer.locate([SourcePosition(page: 2, left: 5, top: 6, right: 7, bottom: 8)])
            try writer.append(Note(id: NoteID("1"), blocks: []))
        }
        #expect(text == #"""
            {"version": 1, "metadata": {},
            "blocks": [
            {"type": "paragraph", "content": ["one"], "at": [{"page": 1, "box": [72, 96.5, 523, 140]}, {"page": 2, "box": [-0.3, 0, 0, 9]}]},
            {"type": "rule"},
            {"type": "pageBreak", "page": 2, "label": "ii"},
            {"type": "table", "caption": [], "alignments": [], "headerRows": [], "rows": [
            [{"blocks": [{"type": "paragraph", "content": ["a"]}]}]], "at": [{"page": 2, "box": [1, 2, 3, 4]}]}],
            "notes": [{"id": "1", "blocks": [], "at": [{"page": 2, "box": [5, 6, 7, 8]}]}],
            "media": [],
            "losses": []}

            """#)
    }
}
