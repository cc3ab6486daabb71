// SPDX-License-Identifier: Apache-2.0

/// Takes a document block by block, in reading order. Writers are sinks; so is `DocumentBuilder`.
///
/// Order of calls: `begin` once, then blocks and tables, media whenever they are known, notes after the last
/// reference to them, `finish` once. A streamed table is `beginTable`, rows, `endTable`, with no other call between.
package protocol DocumentSink: AnyObject {
    func begin(_ metadata: Metadata) throws(SinkError)
    /// Where the block, table or note that comes next stands in the source; of a paragraph that goes on in another column or
    /// on another page, each place. A page break's place is the whole page.
    func locate(_ positions: [SourcePosition]) throws(SinkError)
    func append(_ block: Block) throws(SinkError)
    func beginTable(_ head: TableHead) throws(SinkError)
    func appendRow(_ row: Row) throws(SinkError)
    func endTable() throws(SinkError)
    func append(_ note: Note) throws(SinkError)
    func append(_ media: Media) throws(SinkError)
    /// A part begins that may become an output of its own: what comes until `endPart` belongs to it. Parts hold no parts.
    /// - Returns: whether it does; then it may `begin` with metadata of its own, and its headings start at the top.
    func beginPart(_ part: DocumentPart) throws(SinkError) -> Bool
    func endPart() throws(SinkError)
    /// Pages, rows or members so far; keeps the stall limit away.
    func progress(_ done: Int) throws(SinkError)
    func finish() throws(SinkError)
}

extension DocumentSink {
    /// Most outputs do not say where things stood.
    package func locate(_ positions: [SourcePosition]) throws(SinkError) {}
    /// Most sinks know no parts: it is all one document.
    package func beginPart(_ part: DocumentPart) throws(SinkError) -> Bool { false }
    package func endPart() throws(SinkError) {}
}

/// The sink takes no more: a limit on text or assets was reached, or the far end has gone.
package struct SinkError: Error, Sendable, Hashable {
    package var reason: String
    package init(_ reason: String) { self.reason = reason }
}

/// Collects what a reader emits into one `Document`: for tests, and for formats that need the whole tree first.
package final class DocumentBuilder: DocumentSink {
    package private(set) var document = Document()
    /// Where blocks stand, by their place in the document, as far as that is known.
    package private(set) var positions: [Int: [SourcePosition]] = [:]
    private var table: Table?

    package init() {}

    package func begin(_ metadata: Metadata) { document.metadata = metadata }
    package func locate(_ positions: [SourcePosition]) { self.positions[document.blocks.count] = positions }
    package func append(_ block: Block) { document.blocks.append(block) }
    package func beginTable(_ head: TableHead) { table = Table(head: head, rows: []) }
    package func appendRow(_ row: Row) { table?.rows.append(row) }

    package func endTable() {
        if let table { document.blocks.append(.table(table)) }
        table = nil
    }

    package func append(_ note: Note) { document.notes.append(note) }
    package func append(_ media: Media) { document.media.append(media) }
    package func progress(_ done: Int) {}
    package func finish() {}
}

extension DocumentSink {
    /// Sends a whole document.
    package func send(_ document: Document) throws(SinkError) {
        try begin(document.metadata)
        for media in document.media { try append(media) }
        for block in document.blocks { try append(block) }
        for note in document.notes { try append(note) }
        try finish()
    }
}
