// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol
import DocumentReaders
import DocumentReading
import DocumentTree
import DocumentWriters
import TextReaders

/// Turns one document into every requested format in one reading.
///
///     bytes ─ Detection ▶ reader ─ RenditionTee ▶ a writer per format ─▶ reply
///                                             └ pictures ─▶ assets
///
/// What neither reader nor writer could carry over is sent as losses, the reader's first. A document that gives no
/// text though it has content is never a quiet success: that is the loss `empty-text`, and of a damaged document a failure.
public struct DocumentConverter: Converter {
    public init() {}

    /// Loads what a locked process can no longer load.
    public static func warmUp() { Readers.warmUp() }

    /// The formats that can be read, in the registry's order: for `intray formats`.
    public static var formats: [FormatSummary] {
        Readers.all.map {
            FormatSummary(name: $0.name, title: $0.title, extensions: $0.extensions, mediaTypes: $0.mediaTypes, carried: $0.carried, leftOut: $0.leftOut)
        }
    }

    /// Each page of a PDF as an SVG drawing of how its layout is understood, at most `most` pages.
    public static func layoutDrawings(_ bytes: UnsafeRawBufferPointer, most: Int, _ take: (_ page: Int, _ svg: String) -> Void) throws(ConversionError) {
        do throws(ReadError) { try Readers.layoutDrawings(bytes, most: most, take) } catch { throw ConversionError(error) }
    }

    public func convert(
        _ request: ConversionRequest, _ bytes: UnsafeRawBufferPointer, reply: any ReplySink
    ) throws(ConversionError) {
        var limits = ReadLimits(request.limits, request.options)
        limits.passwords = request.passwords.candidates
        let given = Source(
            bytes, nameExtension: FileName.fileExtension(request.name), innerExtension: FileName.innerExtension(request.name), mediaType: request.mediaType?.lowercased(),
            members: MemberReader(limits: limits))
        let opened: OpenedSource
        do throws(ReadError) { opened = try OpenedSource(given, limits) } catch { throw ConversionError(error) }
        defer { withExtendedLifetime(opened) {} }
        let (source, format) = (opened.source, opened.format)
        try reply.format(format.name)

        var diagnostics = Diagnostics()
        var written: UInt64 = 0
        var hasContent = false
        // Some outputs take the text as it is; the others are written from the tree.
        let wanted = request.options.formats.enumerated().map { (index: $0.offset, format: $0.element) }
        let tree = wanted.filter { !format.verbatimIn.contains($0.format.rawValue) }
        let verbatim = wanted.filter { format.verbatimIn.contains($0.format.rawValue) }
        let readings: [(renditions: [(index: Int, format: OutputFormat)], reader: any DocumentReader)] = [
            (tree, format.reader()), (verbatim, VerbatimReader()),
        ]
        var isFirst = true
        for (renditions, reader) in readings where !renditions.isEmpty {
            var losses = Diagnostics()
            let tee = RenditionTee(renditions, request, reply, isFirst: isFirst)
            do throws(ReadError) {
                try reader.read(source, limits: limits, into: tee, diagnostics: &losses)
            } catch {
                throw tee.failure ?? ConversionError(error)
            }
            try tee.close(losses: losses)
            written += tee.textBytes
            hasContent = hasContent || tee.hasContent
            for loss in losses.items + tee.losses where isFirst { diagnostics.add(loss) }
            isFirst = false
        }
        if !hasContent, diagnostics.tellOfDamage { throw ConversionError(.malformed, "it is damaged, and nothing of its text is left") }
        // Where none of the pages that were asked for is there, that has been said.
        if written == 0 || !hasContent, bytes.count > 0, !diagnostics.items.contains(where: { $0.code == "pages-left-out" }) {
            diagnostics.report("empty-text", "the document has content but gave no text")
        }
        for loss in diagnostics.items { try reply.loss(Loss(loss)) }
    }
}

/// One readable format, in words.
public struct FormatSummary: Sendable, Hashable {
    public let name: String
    public let title: String
    public let extensions: [String]
    public let mediaTypes: [String]
    /// What arrives in the output, and what does not.
    public let carried: String
    public let leftOut: String
}
