// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import DocumentReaders
import DocumentReading
import DocumentTree
import DocumentWriters

/// One reading's way to several writers, and of its pictures to the reply.
///
/// The reader's `finish` is not the end: writers are closed when all losses are known.
final class RenditionTee: DocumentSink {
    private let writers: [any DocumentWriter]
    private let outputs: [OutputBuffer]
    private let reply: any ReplySink
    private let wantsAssets: Bool
    private var sent: Set<MediaID> = []
    private var mediaLosses = Diagnostics()
    private let link: ReplyLink

    /// The reply's own error, which passed through the reader as a `SinkError`.
    var failure: ConversionError? { link.failure }
    var textBytes: UInt64 { outputs.reduce(0) { $0 + UInt64($1.count) } }
    var losses: [Diagnostic] { mediaLosses.items + writers.flatMap { $0.diagnostics.items } }
    /// Whether anything but page breaks came.
    private(set) var hasContent = false
    private let isFirst: Bool

    /// `isFirst` is false for a second reading of the same document, which repeats metadata and pictures.
    init(_ renditions: [(index: Int, format: OutputFormat)], _ request: ConversionRequest, _ reply: any ReplySink, isFirst: Bool) {
        let link = ReplyLink()
        self.link = link
        self.reply = reply
        self.isFirst = isFirst
        wantsAssets = request.options.images == .assets && isFirst
        let options = WriteOptions(request.options, name: request.name)
        outputs = renditions.map { rendition in
            OutputBuffer { (chunk: UnsafeRawBufferPointer) throws(SinkError) in
                try link.pass { () throws(ConversionError) in try reply.text(chunk, rendition: rendition.index) }
            }
        }
        writers = zip(renditions, outputs).map { rendition, output in rendition.format.writer(options, output) }
    }

    func close(losses: Diagnostics) throws(ConversionError) {
        let all = losses.items + self.losses
        do throws(SinkError) {
            for writer in writers { try writer.close(losses: all) }
        } catch {
            throw failure ?? ConversionError(.outputLimit, error.reason)
        }
    }

    func begin(_ metadata: Metadata) throws(SinkError) {
        for writer in writers { try writer.begin(metadata) }
        guard isFirst else { return }
        for field in metadata.fields {
            try link.pass { () throws(ConversionError) in try reply.metadata(MetadataField(name: field.name, value: field.value)) }
        }
    }

    func append(_ block: Block) throws(SinkError) {
        if case .pageBreak = block {} else { hasContent = true }
        for writer in writers { try writer.append(block) }
    }

    func beginTable(_ head: TableHead) throws(SinkError) {
        if !head.rows.isEmpty { hasContent = true }
        for writer in writers { try writer.beginTable(head) }
    }

    func appendRow(_ row: Row) throws(SinkError) {
        hasContent = true
        for writer in writers { try writer.appendRow(row) }
    }

    func endTable() throws(SinkError) { for writer in writers { try writer.endTable() } }
    func append(_ note: Note) throws(SinkError) { for writer in writers { try writer.append(note) } }

    func append(_ media: Media) throws(SinkError) {
        guard sent.insert(media.id).inserted else { return }
        guard AssetName.isSafe(media.id.name) else {
            mediaLosses.report("asset-name-refused", "a picture's name is no plain file name")
            return
        }
        for writer in writers { try writer.append(media) }
        guard wantsAssets else { return }
        let sniffed = media.bytes.withUnsafeBytes(PictureType.sniffed)
        let mediaType = sniffed ?? media.mediaType
        if sniffed == nil, media.mediaType.hasPrefix("image/"), media.mediaType != "image/svg+xml" {
            mediaLosses.report("asset-type-unknown", "a picture's bytes are of no known picture format", at: media.id.name)
        }
        try link.pass { () throws(ConversionError) in
            var failure: ConversionError?
            media.bytes.withUnsafeBytes { bytes in
                do throws(ConversionError) { try reply.asset(name: media.id.name, mediaType: mediaType, bytes) } catch { failure = error }
            }
            if let failure { throw failure }
        }
    }

    func progress(_ done: Int) throws(SinkError) {
        try link.pass { () throws(ConversionError) in try reply.progress(UInt64(max(0, done))) }
    }

    func finish() throws(SinkError) { for writer in writers { try writer.finish() } }
}

/// Keeps the error of the reply while the reader unwinds with a `SinkError` in its place.
private final class ReplyLink {
    private(set) var failure: ConversionError?

    func pass(_ call: () throws(ConversionError) -> Void) throws(SinkError) {
        do throws(ConversionError) {
            try call()
        } catch {
            failure = error
            throw SinkError(error.reason)
        }
    }
}
