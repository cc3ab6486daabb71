// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// Takes a member's document into its container's: headings lower, pictures and notes under names of their own.
///
/// The member's metadata, unless it stands in the container's place, and its end are left out. Its heading is sent before the first thing that shows.
package final class MemberSink: DocumentSink {
    private let outer: any DocumentSink
    private let names: MediaNames
    private let place: MemberPlace
    private var heading: Block?
    private var media: [MediaID: MediaID] = [:]
    private var notes: [NoteID: NoteID] = [:]
    private var isInTable = false
    /// Of what comes next; what shows the heading first must not give it these.
    private var positions: [SourcePosition] = []
    /// Whether anything but page breaks came.
    package private(set) var hasContent = false

    /// `heading` is sent at `place.level` where the place has one.
    package init(_ outer: any DocumentSink, _ place: MemberPlace, heading: [Inline] = [], names: MediaNames) {
        self.outer = outer
        self.names = names
        self.place = place
        if case .headed(let level) = place { self.heading = .heading(level: level, heading) }
    }

    package func begin(_ metadata: Metadata) throws(SinkError) {
        if place == .instead { try outer.begin(metadata) }
    }

    package func finish() {}

    package func append(_ block: Block) throws(SinkError) {
        if case .pageBreak = block {} else { try show() }
        try sendPositions()
        try outer.append(taken(block))
    }

    package func beginTable(_ head: TableHead) throws(SinkError) {
        try show()
        try sendPositions()
        isInTable = true
        var head = head
        head.caption = head.caption.map(taken)
        head.rows = head.rows.map(taken)
        try outer.beginTable(head)
    }

    package func appendRow(_ row: Row) throws(SinkError) { try outer.appendRow(taken(row)) }

    package func endTable() throws(SinkError) {
        isInTable = false
        try outer.endTable()
    }

    package func append(_ note: Note) throws(SinkError) {
        try sendPositions()
        try outer.append(Note(id: name(of: note.id), blocks: note.blocks.map(taken)))
    }

    package func append(_ item: Media) throws(SinkError) {
        try outer.append(Media(id: name(of: item.id), mediaType: item.mediaType, bytes: item.bytes))
    }

    /// A wrapping's document has the parts that it would have without it.
    package func beginPart(_ part: DocumentPart) throws(SinkError) -> Bool { place == .instead ? try outer.beginPart(part) : false }
    package func endPart() throws(SinkError) { if place == .instead { try outer.endPart() } }

    package func progress(_ done: Int) throws(SinkError) { try outer.progress(done) }

    /// Ends what a reader that failed half-way has left open.
    package func close() throws(SinkError) {
        if isInTable { try endTable() }
    }

    package func locate(_ positions: [SourcePosition]) { self.positions = positions }

    private func sendPositions() throws(SinkError) {
        guard !positions.isEmpty else { return }
        try outer.locate(positions)
        positions = []
    }

    private func show() throws(SinkError) {
        hasContent = true
        guard let heading else { return }
        self.heading = nil
        try outer.append(heading)
    }

    private func name(of id: MediaID) -> MediaID {
        if let known = media[id] { return known }
        let name = names.claim(id.name)
        media[id] = name
        return name
    }

    private func name(of id: NoteID) -> NoteID {
        if let known = notes[id] { return known }
        let name = names.claim(note: id)
        notes[id] = name
        return name
    }

    // MARK: The same tree in other names

    private func taken(_ block: Block) -> Block {
        switch block {
        case .heading(let level, let content): return .heading(level: min(level + place.level, 9), content.map(taken))
        case .paragraph(let content): return .paragraph(content.map(taken))
        case .list(var list):
            for index in list.items.indices { list.items[index].blocks = list.items[index].blocks.map(taken) }
            return .list(list)
        case .table(let table):
            let head = TableHead(caption: table.head.caption.map(taken), alignments: table.head.alignments, rows: table.head.rows.map(taken))
            return .table(Table(head: head, rows: table.rows.map(taken)))
        case .quote(let blocks): return .quote(blocks.map(taken))
        case .definitions(let entries):
            return .definitions(entries.map { Definition(term: $0.term.map(taken), descriptions: $0.descriptions.map { $0.map(taken) }) })
        case .figure(let blocks, let caption): return .figure(blocks.map(taken), caption: caption.map(taken))
        case .code, .rule, .pageBreak, .math, .raw: return block
        }
    }

    private func taken(_ row: Row) -> Row {
        Row(row.cells.map { Cell($0.blocks.map(taken), columns: $0.columns, rows: $0.rows) })
    }

    private func taken(_ inline: Inline) -> Inline {
        switch inline {
        case .emphasis(let inner): return .emphasis(inner.map(taken))
        case .strong(let inner): return .strong(inner.map(taken))
        case .strikethrough(let inner): return .strikethrough(inner.map(taken))
        case .underline(let inner): return .underline(inner.map(taken))
        case .superscript(let inner): return .superscript(inner.map(taken))
        case .subscript(let inner): return .subscript(inner.map(taken))
        case .link(let address, let title, let inner): return .link(to: address, title: title, inner.map(taken))
        case .image(var image):
            if case .media(let id) = image.source { image.source = .media(name(of: id)) }
            return .image(image)
        case .note(let id): return .note(name(of: id))
        case .text, .lineBreak, .code, .math, .anchor: return inline
        }
    }
}
