// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// Writes the tree itself, one block a line:
///
///     {"version": 1, "metadata": {…}, "blocks": [ … ], "notes": [ … ], "media": [ … ], "losses": [ … ]}
///
/// A block is an object with `type`, an inline likewise; text is a plain string. A streamed table is one block.
package final class JSONWriter: DocumentWriter {
    package let diagnostics = Diagnostics()
    private let output: OutputBuffer
    private let headingOffset: Int
    private var hasBlock = false
    private var hasRow = false
    private var notes: [Note] = []
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

    package func append(_ block: Block) throws(SinkError) {
        nextBlock()
        put(JSONNode.block(block, headingOffset: headingOffset))
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

    package func endTable() throws(SinkError) { output.append("]}") }
    package func append(_ note: Note) throws(SinkError) { notes.append(note) }
    package func append(_ media: Media) throws(SinkError) { self.media.append((media.id.name, media.mediaType, media.bytes.count)) }
    package func progress(_ done: Int) throws(SinkError) {}
    package func finish() throws(SinkError) {}

    package func close(losses: [Diagnostic]) throws(SinkError) {
        output.append("],\n\"notes\": [")
        output.append(notes.map { "{\"id\": \(JSONText.quoted(NoteLabel.text($0.id))), \"blocks\": \(JSONNode.blocks($0.blocks))}" }.joined(separator: ",\n"))
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
