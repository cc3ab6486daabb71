// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// Writes a document in pieces for retrieval: JSON lines, each a piece of Markdown with where it comes from.
///
///     {"id": "report.docx#3", "source": "report.docx", "headings": ["Report", "Costs"], "page": 2, "block": 14, "tokens": 211, "text": "…"}
///
/// A heading begins a new piece; within a section blocks are gathered up to the most tokens. A block is only cut where
/// it alone is larger: text between sentences, lists between items, tables between rows with their header repeated,
/// code between lines. `page` is the page or slide where the piece begins, when the source says so, and `at` tells where on
/// its pages the piece stands; `block` counts the document's blocks from 1. Notes come last, under a heading of their own.
package final class ChunkWriter: DocumentWriter {
    package var diagnostics: Diagnostics { renderer.diagnostics }
    private let output: OutputBuffer
    private let options: WriteOptions
    private let renderer: ChunkRenderer
    private var path: [(level: Int, text: String)] = []
    private var piece = Piece()
    private var number = 0
    private var page: Int?
    private var label: String?
    /// Of what comes next.
    private var positions: [SourcePosition] = []
    private var block = 0
    private var hasNotes = false
    private var table: (head: TableHead, rows: [Row], tokens: Int)?

    /// What is gathered so far.
    private struct Piece {
        var parts: [String] = []
        var tokens = 0
        /// Anything but headings.
        var hasBody = false
        var block = 0
        var page: Int?
        var label: String?
        var lastPage: Int?
        var positions: [SourcePosition] = []
    }

    package init(options: WriteOptions, output: OutputBuffer) {
        self.options = options
        self.output = output
        renderer = ChunkRenderer(options)
    }

    package func begin(_ metadata: Metadata) throws(SinkError) {}
    package func append(_ media: Media) throws(SinkError) { try renderer.take(media) }
    package func progress(_ done: Int) throws(SinkError) {}
    package func finish() throws(SinkError) {}

    package func locate(_ positions: [SourcePosition]) throws(SinkError) { self.positions = positions }

    package func append(_ block: Block) throws(SinkError) {
        defer { positions = [] }
        if case .pageBreak(let number, let name) = block { return turn(number, name) }
        // What begins within a list goes on behind it.
        defer { if case .list(let list) = block { turnPages(in: list) } }
        self.block += 1
        if case .heading(let level, let content) = block { return try heading(level, content, block) }
        for part in renderer.parts(of: block) { try add(part) }
    }

    private func turn(_ number: Int?, _ name: String?) {
        page = number ?? page
        label = number == nil ? label : name
    }

    private func turnPages(in list: List) {
        for block in list.items.lazy.flatMap(\.blocks) {
            if case .pageBreak(let number, let name) = block { turn(number, name) }
            if case .list(let inner) = block { turnPages(in: inner) }
        }
    }

    package func beginTable(_ head: TableHead) throws(SinkError) {
        block += 1
        table = (head, [], 0)
    }

    package func appendRow(_ row: Row) throws(SinkError) {
        guard var open = table else { return }
        let tokens = TokenEstimate.count(PlainText.of(row).utf8) + row.cells.count
        table = nil
        if !open.rows.isEmpty, open.tokens + tokens > options.chunkTokens {
            try add(renderer.table(open.head, open.rows))
            // Without a header row the first row is one to every reader of the Markdown.
            if open.head.rows.isEmpty { open.head.rows = [open.rows[0]] }
            open.rows = []
            open.tokens = 0
        }
        open.rows.append(row)
        open.tokens += tokens
        table = open
    }

    package func endTable() throws(SinkError) {
        defer { positions = [] }
        guard let open = table else { return }
        table = nil
        if !open.rows.isEmpty || !open.head.rows.isEmpty { try add(renderer.table(open.head, open.rows)) }
    }

    package func append(_ note: Note) throws(SinkError) {
        defer { positions = [] }
        if !hasNotes {
            hasNotes = true
            try flush()
            page = nil
            label = nil
            path = [(1, options.notesLabel)]
        }
        try add(renderer.text(of: note))
    }

    package func close(losses: [Diagnostic]) throws(SinkError) {
        try flush()
        try output.drain(all: true)
    }

    private func heading(_ level: Int, _ content: [Inline], _ block: Block) throws(SinkError) {
        if piece.hasBody { try flush() }
        let text = PlainText.of(content)
        while let last = path.last, last.level >= level { path.removeLast() }
        path.append((level, String(text.prefix(500))))
        gather(renderer.text(of: block), isBody: false)
    }

    private func add(_ text: String) throws(SinkError) {
        guard !text.isEmpty else { return }
        if piece.hasBody, piece.tokens + TokenEstimate.count(text.utf8) > options.chunkTokens { try flush() }
        gather(text, isBody: true)
    }

    private func gather(_ text: String, isBody: Bool) {
        if piece.parts.isEmpty {
            piece.block = block
            piece.page = positions.first?.page ?? page
            piece.label = piece.page == page ? label : nil
        }
        piece.lastPage = positions.last?.page ?? page
        SourcePosition.extend(&piece.positions, by: positions)
        piece.parts.append(text)
        piece.tokens += TokenEstimate.count(text.utf8) + 1
        piece.hasBody = piece.hasBody || isBody
    }

    private func flush() throws(SinkError) {
        let ready = piece
        piece = Piece()
        guard !ready.parts.isEmpty else { return }
        number += 1
        let text = ready.parts.joined(separator: "\n\n")
        let source = options.sourceName
        var fields = ["\"id\": \(JSONText.quoted((source.isEmpty ? "" : source + "#") + String(number)))"]
        if !source.isEmpty { fields.append("\"source\": \(JSONText.quoted(source))") }
        fields.append("\"headings\": [" + path.map { JSONText.quoted($0.text) }.joined(separator: ", ") + "]")
        if let page = ready.page { fields.append("\"page\": \(page)") }
        if let label = ready.label { fields.append("\"page_label\": \(JSONText.quoted(label))") }
        if let last = ready.lastPage, last != ready.page { fields.append("\"last_page\": \(last)") }
        if !ready.positions.isEmpty { fields.append(JSONPlaces.field(ready.positions)) }
        fields.append("\"block\": \(ready.block)")
        fields.append("\"tokens\": \(TokenEstimate.count(text.utf8))")
        fields.append("\"text\": \(JSONText.quoted(text))")
        output.append("{" + fields.joined(separator: ", ") + "}\n")
        try output.drain()
    }
}
