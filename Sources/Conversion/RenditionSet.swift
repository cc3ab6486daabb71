// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import DocumentTree
import DocumentWriters

/// One document, or one part of it, on its way into every requested format.
final class RenditionSet {
    private let writers: [any DocumentWriter]
    private let outputs: [OutputBuffer]
    private let formats: [OutputFormat]

    var textBytes: UInt64 { outputs.reduce(0) { $0 + UInt64($1.count) } }
    var losses: [Diagnostic] { writers.flatMap { $0.diagnostics.items } }

    /// `deliver` takes text of the rendition that has this number in the request.
    init(
        _ renditions: [(index: Int, format: OutputFormat)], _ options: WriteOptions,
        deliver: @escaping (UnsafeRawBufferPointer, Int) throws(SinkError) -> Void
    ) {
        formats = renditions.map(\.format)
        outputs = renditions.map { rendition in
            OutputBuffer { (chunk: UnsafeRawBufferPointer) throws(SinkError) in try deliver(chunk, rendition.index) }
        }
        writers = zip(renditions, outputs).map { rendition, output in rendition.format.writer(options, output) }
    }

    func begin(_ metadata: Metadata) throws(SinkError) { for writer in writers { try writer.begin(metadata) } }
    func locate(_ positions: [SourcePosition]) throws(SinkError) { for writer in writers { try writer.locate(positions) } }
    func append(_ block: Block) throws(SinkError) { for writer in writers { try writer.append(block) } }
    func beginTable(_ head: TableHead) throws(SinkError) { for writer in writers { try writer.beginTable(head) } }
    func appendRow(_ row: Row) throws(SinkError) { for writer in writers { try writer.appendRow(row) } }
    func endTable() throws(SinkError) { for writer in writers { try writer.endTable() } }
    func append(_ note: Note) throws(SinkError) { for writer in writers { try writer.append(note) } }
    func append(_ media: Media) throws(SinkError) { for writer in writers { try writer.append(media) } }
    func finish() throws(SinkError) { for writer in writers { try writer.finish() } }
    func close(losses: [Diagnostic]) throws(SinkError) { for writer in writers { try writer.close(losses: losses) } }

    /// A list of links, each to a file of the writer's own format. Chunks are text to be found: they get none.
    func append(links: [(title: String, target: String)]) throws(SinkError) {
        for (writer, format) in zip(writers, formats) where format != .chunks {
            try writer.append(.list(List(.bullet, items: links.map { link in
                ListItem([.paragraph([.link(to: "\(link.target).\(format.fileExtension)", title: nil, [.text(link.title)])])])
            })))
        }
    }
}
