// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// Writes a page of plain HTML: structure only, nothing that runs, loads or styles.
package final class HTMLWriter: DocumentWriter {
    package var diagnostics: Diagnostics {
        var all = losses
        pictures.report(to: &all)
        return all
    }

    private var losses = Diagnostics()
    private let output: OutputBuffer
    private let pictures: PictureLinks
    private let blocks: HTMLBlocks
    private var notes: [Note] = []

    package init(options: WriteOptions, output: OutputBuffer) {
        self.output = output
        pictures = PictureLinks(options)
        blocks = HTMLBlocks(output: output, pictures: pictures, headingOffset: options.headingOffset)
    }

    package func begin(_ metadata: Metadata) throws(SinkError) {
        output.append("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n")
        for field in metadata.fields {
            if field.name == "title" {
                output.append("<title>\(HTMLBlocks.escaped(field.value))</title>\n")
            } else {
                output.append("<meta name=\"\(HTMLBlocks.escaped(field.name))\" content=\"\(HTMLBlocks.escaped(field.value))\">\n")
            }
        }
        output.append("</head><body>\n")
    }

    package func append(_ block: Block) throws(SinkError) {
        blocks.write(block)
        try output.drain()
    }

    package func beginTable(_ head: TableHead) throws(SinkError) { blocks.beginTable(head) }

    package func appendRow(_ row: Row) throws(SinkError) {
        blocks.row(row, tag: "td")
        try output.drain()
    }

    package func endTable() throws(SinkError) { blocks.endTable() }
    package func append(_ note: Note) throws(SinkError) { notes.append(note) }
    package func append(_ media: Media) throws(SinkError) { pictures.take(media, &losses) }
    package func progress(_ done: Int) throws(SinkError) {}

    package func finish() throws(SinkError) {
        guard !notes.isEmpty else { return }
        output.append("<section class=\"notes\">\n")
        for note in notes {
            let label = NoteLabel.text(note.id)
            output.append("<div id=\"note-\(label)\"><sup>\(label)</sup> ")
            blocks.write(note.blocks)
            output.append("</div>\n")
        }
        output.append("</section>\n")
    }

    package func close(losses: [Diagnostic]) throws(SinkError) {
        output.append("</body></html>\n")
        try output.drain(all: true)
    }
}
