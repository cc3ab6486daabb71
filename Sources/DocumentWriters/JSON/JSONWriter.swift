// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// Writes the tree itself, one block a line:
///
///     {"version": 1, "metadata": {…}, "blocks": [ … ], "notes": [ … ], "media": [ … ], "losses": [ … ]}
///
/// A block is an object with `type`, an inline likewise; text is a plain string. A streamed table is one block. Where the source
/// says where things stand, a block's last field is `at`.
package final class JSONWriter: DocumentWriter {
    package let diagnostics = Diagnostics()
    private let output: OutputBuffer
    private let headingOffset: Int
    private var hasBlock = false
    private var hasRow = false
    private var notes: [(note: Note, positions: [SourcePosition])] = []
    /// Of what comes next.
    private var positions: [SourcePosition] = []
    private var media: [(name: String, mediaType: String, count: Int)] = []

    package init(options: WriteOptions, output: OutputBuffer) {
        self.output = output
        headingOffset = options.headingOffset
    }

    package func begin(_ metadata: Metadata) throws(SinkError) {
        output.append("{\"version\": 1, \"metadata\": {")
        output.append(metadata.fields.map { "\(JSONText.quoted($0.name)): \(JSONText.quoted($0.value))" }.joined(separator: ", "))
        output.append("},\n\"blocks\": [")
    }

    package func locate(_ positions: [SourcePosition]) throws(SinkError) { self.positions = positions }

    package func append(_ block: Block) throws(SinkError) {
        nextBlock()
        put(JSONNode.block(block, headingOffset: headingOffset, at: positions))
        positions = []
        try output.drain()
    }

    package func beginTable(_ head: TableHead) throws(SinkError) {
        nextBlock()
        output.append("{\"type\": \"table\", ")
        put(JSONNode.head(head))
        output.append(", \"rows\": [")
        hasRow = false
    }

    package func appendRow(_ row: Row) throws(SinkError) {
        output.append(hasRow ? ",\n" : "\n")
        hasRow = true
        put(JSONNode.row(row))
        try output.drain()
    }

    package func endTable() throws(SinkError) {
        put(positions.isEmpty ? "]}" : "], \(JSONPlaces.field(positions))}")
        positions = []
    }

    package func append(_ note: Note) throws(SinkError) {
        notes.append((note, positions))
        positions = []
    }

    package func append(_ media: Media) throws(SinkError) { self.media.append((media.id.name, media.mediaType, media.bytes.count)) }
    package func progress(_ done: Int) throws(SinkError) {}
    package func finish() throws(SinkError) {}

    package func close(losses: [Diagnostic]) throws(SinkError) {
        output.append("],\n\"notes\": [")
        output.append(notes.map { JSONNode.note($0.note, at: $0.positions) }.joined(separator: ",\n"))
        output.append("],\n\"media\": [")
        output.append(media.map { "{\"name\": \(JSONText.quoted($0.name)), \"mediaType\": \(JSONText.quoted($0.mediaType)), \"bytes\": \($0.count)}" }.joined(separator: ",\n"))
        output.append("],\n\"losses\": [")
        output.append(losses.map(JSONNode.loss).joined(separator: ",\n"))
        output.append("]}\n")
        try output.drain(all: true)
    }

    private func nextBlock() {
        output.append(hasBlock ? ",\n" : "\n")
        hasBlock = true
    }

    private func put(_ text: String) { output.append(text) }
}
