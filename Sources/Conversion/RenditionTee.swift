// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import DocumentReaders
import DocumentReading
import DocumentTree
import DocumentWriters

/// One reading's way to several writers, and of its pictures to the reply.
///
/// Where parts become outputs of their own, each has writers of its own, and the document's own text lists them.
/// The reader's `finish` is not the end: writers are closed when all losses are known.
final class RenditionTee: DocumentSink {
    private let renditions: [(index: Int, format: OutputFormat)]
    private let request: ConversionRequest
    private let main: RenditionSet
    private let reply: any ReplySink
    private let wantsAssets: Bool
    private var sent: Set<MediaID> = []
    private var ownLosses = Diagnostics()
    private var activeLinks = ActiveLinks()
    private let link: ReplyLink
    private var part: OpenPart?
    private var names: PartNames
    private var unlisted: [(title: String, target: String)] = []
    private var partBytes: UInt64 = 0

    /// A part that has begun; nothing of it is written before its first content.
    private struct OpenPart {
        let part: DocumentPart
        var metadata = Metadata()
        var set: RenditionSet?
        var path = ""
    }

    /// The reply's own error, which passed through the reader as a `SinkError`.
    var failure: ConversionError? { link.failure }
    var textBytes: UInt64 { main.textBytes + partBytes }
    var losses: [Diagnostic] { ownLosses.items + (activeLinks.loss.map { [$0] } ?? []) + main.losses }
    /// Whether anything but page breaks came.
    private(set) var hasContent = false
    private let isFirst: Bool

    /// `isFirst` is false for a second reading of the same document, which repeats metadata and pictures.
    init(_ renditions: [(index: Int, format: OutputFormat)], _ request: ConversionRequest, _ reply: any ReplySink, isFirst: Bool) {
        let link = ReplyLink()
        self.link = link
        self.reply = reply
        self.isFirst = isFirst
        self.renditions = renditions
        self.request = request
        names = PartNames(renditions.map(\.format))
        wantsAssets = request.options.images == .assets && isFirst
        main = RenditionSet(renditions, WriteOptions(request.options, name: request.name)) { (chunk, rendition) throws(SinkError) in
            try link.pass { () throws(ConversionError) in try reply.text(chunk, rendition: rendition) }
        }
    }

    func close(losses: Diagnostics) throws(ConversionError) {
        do throws(SinkError) { try main.close(losses: losses.items + self.losses) } catch {
            throw failure ?? ConversionError(.outputLimit, error.reason)
        }
    }

    func begin(_ metadata: Metadata) throws(SinkError) {
        if part != nil {
            if part?.set == nil { part?.metadata = metadata }
            return
        }
        try main.begin(metadata)
        guard isFirst else { return }
        for field in metadata.fields {
            try link.pass { () throws(ConversionError) in try reply.metadata(MetadataField(name: field.name, value: field.value)) }
        }
    }

    func locate(_ positions: [SourcePosition]) throws(SinkError) { try target().locate(positions) }

    func append(_ block: Block) throws(SinkError) {
        if case .pageBreak = block {} else { hasContent = true }
        try target().append(activeLinks.cleared(block))
    }

    func beginTable(_ head: TableHead) throws(SinkError) {
        if !head.rows.isEmpty { hasContent = true }
        try target().beginTable(activeLinks.cleared(head))
    }

    func appendRow(_ row: Row) throws(SinkError) {
        hasContent = true
        try (part?.set ?? main).appendRow(activeLinks.cleared(row))
    }

    func endTable() throws(SinkError) { try (part?.set ?? main).endTable() }
    func append(_ note: Note) throws(SinkError) { try target().append(activeLinks.cleared(note)) }

    func append(_ media: Media) throws(SinkError) {
        guard sent.insert(media.id).inserted else { return }
        guard AssetName.isSafe(media.id.name) else {
            ownLosses.report("asset-name-refused", "a picture's name is no plain file name")
            return
        }
        try target().append(media)
        let sniffed = media.bytes.withUnsafeBytes(PictureType.sniffed)
        if let sniffed, ["image/emf", "image/wmf", "image/x-pict"].contains(sniffed), MetafileText.line(media.bytes).isEmpty {
            ownLosses.report("picture-metafile", "pictures of drawing commands (EMF, WMF, PICT) are passed on as they are; no text was found in them", at: media.id.name)
        }
        guard wantsAssets else { return }
        let mediaType = sniffed ?? media.mediaType
        if sniffed == nil, media.mediaType.hasPrefix("image/"), media.mediaType != "image/svg+xml" {
            ownLosses.report("asset-type-unknown", "a picture's bytes are of no known picture format", at: media.id.name)
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

    func finish() throws(SinkError) {
        try endPart()
        try listParts()
        try main.finish()
    }

    // MARK: Parts

    /// A sheet runs until the next one begins: what it notes comes behind it.
    func beginPart(_ next: DocumentPart) throws(SinkError) -> Bool {
        guard request.options.split.takes(next.kind) else { return false }
        if let part {
            guard part.part.kind == .sheet, next.kind == .sheet else { return false }
            try endPart()
        }
        part = OpenPart(part: next)
        return true
    }

    func endPart() throws(SinkError) {
        guard let ended = part else { return }
        part = nil
        guard let set = ended.set else { return }
        try set.finish()
        try set.close(losses: set.losses)
        partBytes += set.textBytes
        var losses = Diagnostics()
        for loss in set.losses { losses.add(loss) }
        ownLosses.fold(losses, of: ended.part.name)
        try link.pass { () throws(ConversionError) in try reply.endPart() }
        unlisted.append((ended.part.name, FileName.partFolder(request.name) + FileName.encoded(path: ended.path)))
    }

    /// Where content goes now.
    private func target() throws(SinkError) -> RenditionSet {
        if let set = part?.set { return set }
        guard let begun = part, let path = names.claim(begun.part) else {
            if part != nil {
                ownLosses.report("parts-too-many", "so many parts have no output of their own; they stand in the document")
                part = nil
            }
            try listParts()
            return main
        }
        let link = link, reply = reply
        try link.pass { () throws(ConversionError) in try reply.beginPart(name: path) }
        var options = WriteOptions(request.options, name: request.name)
        options.assetFolder = String(repeating: "../", count: 1 + path.utf8.count { $0 == UInt8(ascii: "/") }) + options.assetFolder
        options.sourceName += "/" + begun.part.name
        let set = RenditionSet(renditions, options) { (chunk, rendition) throws(SinkError) in
            try link.pass { () throws(ConversionError) in try reply.part(chunk, rendition: rendition) }
        }
        part?.set = set
        part?.path = path
        var metadata = begun.metadata
        if begun.part.kind == .sheet { metadata.add("title", begun.part.name) }
        try set.begin(metadata)
        return set
    }

    private func listParts() throws(SinkError) {
        guard !unlisted.isEmpty else { return }
        try main.append(links: unlisted)
        unlisted = []
    }
}

extension SplitPolicy {
    func takes(_ kind: DocumentPart.Kind) -> Bool {
        switch (self, kind) {
        case (.none, _), (.sheets, .member), (.members, .sheet): false
        case (.sheets, .sheet), (.members, .member), (.all, _): true
        }
    }
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
