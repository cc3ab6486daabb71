// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import ZipArchive

/// Reads the text of Pages and Keynote documents of 2013 and later, whose parts are archives of Protocol Buffers messages.
///
///     bytes ─ ZipFile ▶ parts ─ SnappyBlocks ▶ IWorkArchive ▶ objects ─ IWorkText, IWorkSlides ▶ blocks
package struct IWorkReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let parts = try Self.parts(source.bytes, limits, &diagnostics)
        var document = Document()
        let slides = IWorkSlides(parts)
        guard slides.count <= limits.pages else { throw .pages("the presentation has more than \(limits.pages) slides") }
        document.blocks = slides.count > 0 ? slides.blocks(limits.labels) : IWorkText.document(parts)
        diagnostics.report("iwork-objects-dropped", "styles, tables, charts and pictures of the document were left out")
        do throws(SinkError) { try sink.send(document) } catch { throw .sink(error) }
    }

    /// The parts in the package, or in the archive within it that older programs wrote.
    private static func parts(_ bytes: UnsafeRawBufferPointer, _ limits: ReadLimits, _ diagnostics: inout Diagnostics) throws(ReadError) -> [IWorkArchive] {
        let bounds = ZipLimits(members: max(limits.members, 10_000), unpackedBytes: limits.unpackedBytes, unpackedRatio: limits.unpackedRatio)
        do throws(ZipError) {
            let file = try ZipFile(bytes, limits: bounds)
            if file.entry(named: ".iwpv2") != nil { throw .encrypted("the document is protected by a password") }
            guard let entry = file.entry(named: "Index.zip") else { return try archives(file, limits, &diagnostics) }
            let inner = try file.contents(of: entry).bytes
            // The archive keeps no bytes of its own.
            let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(inner.count, 1), alignment: 1)
            defer { copy.deallocate() }
            copy.copyBytes(from: inner)
            return try archives(try ZipFile(UnsafeRawBufferPointer(rebasing: copy[..<inner.count]), limits: bounds), limits, &diagnostics)
        } catch { throw ReadError(error) }
    }

    private static func archives(_ file: ZipFile, _ limits: ReadLimits, _ diagnostics: inout Diagnostics) throws(ZipError) -> [IWorkArchive] {
        var parts: [IWorkArchive] = []
        var room = limits.unpackedBytes
        for entry in file.entries where entry.name.hasPrefix("Index/") && entry.name.hasSuffix(".iwa") {
            let packed = try file.contents(of: entry).bytes
            guard let bytes = SnappyBlocks.unpacked(packed, most: room) else {
                diagnostics.report("part-unreadable", "a part could not be read", at: entry.name)
                continue
            }
            room -= bytes.count
            parts.append(IWorkArchive(name: entry.name, bytes))
        }
        guard !parts.isEmpty else { throw .malformed("the document has no part that can be read") }
        return parts
    }
}
