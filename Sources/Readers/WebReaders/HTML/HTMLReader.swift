// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads HTML pages, XHTML among them, by the HTML standard's own rules for broken markup.
///
///     bytes ─ HTMLCharset, Charset ▶ UTF-8 ─ HTMLGuard ▶ bounded ─ HTMLTree ▶ elements ─ HTMLWalk ▶ blocks
///
/// Structure, links, pictures, tables with their spans, formulas and code are kept. Left out with a diagnostic: what the
/// page hides, embedded frames and players, drawings, states of forms. Left out in silence: scripts, styles, templates.
/// Nothing is fetched. For HTML within other documents see `EmbeddedHTML`.
package struct HTMLReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let document = EmbeddedHTML(limits: limits)
        var page = HTMLPage(isXML: Self.isXML(source))
        page.isMainContentOnly = limits.wantsMainContentOnly
        let count = try document.read(source.bytes, page, into: sink, &diagnostics) { metadata throws(SinkError) in try sink.begin(metadata) }
        if count == 0 { diagnostics.report("html-no-text", "the page has no content to show") }
        try document.finish(sink)
    }

    /// By the name or type it came with, or by its XML declaration.
    private static func isXML(_ source: Source) -> Bool {
        if ["xhtml", "xht"].contains(source.nameExtension) || source.mediaType == "application/xhtml+xml" { return true }
        return ByteSlice(rebasing: source.bytes.bindMemory(to: UInt8.self).prefix(64)).trimmed.hasKeyword("<?xml")
    }
}
