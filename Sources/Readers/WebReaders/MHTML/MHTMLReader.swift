// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads web pages saved as one file (MHTML, RFC 2557): the page is read as HTML, its pictures come from the other parts.
package struct MHTMLReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let archive = MHTMLArchive(source.bytes.bindMemory(to: UInt8.self), mostParts: max(limits.members, 10_000), mostDepth: limits.depth)
        guard let root = archive.root else { throw .malformed("the archive holds no page") }
        if archive.isCut { diagnostics.report("mhtml-cut", "the archive ends early") }
        let html = EmbeddedHTML(limits: limits, host: archive)
        var page = HTMLPage(charset: root.charset, base: root.location)
        page.isMainContentOnly = limits.wantsMainContentOnly
        page.isXML = root.mediaType == "application/xhtml+xml"
        let bytes = root.body
        var failure: ReadError?
        var count = 0
        bytes.withUnsafeBytes { bytes in
            do throws(ReadError) {
                count = try html.read(bytes, page, into: sink, &diagnostics) { (metadata: Metadata) throws(SinkError) in
                    var metadata = metadata
                    metadata.add("address", root.location.contains("://") ? root.location : "")
                    try sink.begin(metadata)
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        if count == 0 { diagnostics.report("html-no-text", "the page has no content to show") }
        if archive.frames > 0 { diagnostics.report("mhtml-frames-dropped", "pages within frames were left out", count: archive.frames) }
        try html.finish(sink)
    }
}
