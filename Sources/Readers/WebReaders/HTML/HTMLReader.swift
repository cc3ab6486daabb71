// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import TextDecoding

/// Reads HTML pages, XHTML among them, by the HTML standard's own rules for broken markup.
///
///     bytes ─ HTMLCharset, Charset ▶ UTF-8 ─ HTMLGuard ▶ bounded ─ HTMLTree ▶ elements ─ HTMLWalk ▶ blocks
///
/// Structure, links, pictures, tables with their spans, formulas and code are kept. Left out with a diagnostic: what the
/// page hides, embedded frames and players, drawings, states of forms. Left out in silence: scripts, styles, templates.
/// Nothing is fetched.
package struct HTMLReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        guard source.bytes.count <= Self.most else { throw .limit("page of more than \(Self.most >> 20) MiB") }
        let bytes = source.bytes.bindMemory(to: UInt8.self)
        let charset = Charset(of: bytes, declared: HTMLCharset.declared(in: source.bytes))
        if charset.isGuessed { diagnostics.report("charset-guessed", "the page names no charset; it was guessed: \(charset.name)") }
        let body = UnsafeBufferPointer(rebasing: bytes.dropFirst(charset.markLength))
        let guarded: HTMLGuard
        if charset.isUTF8 {
            guarded = HTMLGuard(body)
        } else {
            let converted = charset.utf8(body)
            for _ in 0..<min(converted.replaced, 100_000) {
                diagnostics.report("text-bytes-replaced", "bytes that are no text in the charset were replaced")
            }
            guarded = converted.text.withUnsafeBufferPointer { HTMLGuard($0) }
        }
        guard guarded.estimatedMemory <= Self.mostMemory else { throw .limit("page of \(guarded.elements) elements") }
        if guarded.nestingCuts > 0 {
            diagnostics.report("html-nesting-cut", "elements nested too deeply were flattened")
        }
        if guarded.formattingCuts > 0 {
            diagnostics.report("html-formatting-cut", "formatting elements that were never closed were left out")
        }
        do throws(SinkError) {
            try Self.read(guarded.page, limits, sink, &diagnostics)
        } catch {
            throw .sink(error)
        }
    }

    /// Largest page, and the most its tree may take: a worker's address space less what the rest of it needs.
    static let most = 256 << 20
    static let mostMemory = 850 << 20

    private static func read(
        _ page: [UInt8], _ limits: ReadLimits, _ sink: any DocumentSink, _ diagnostics: inout Diagnostics
    ) throws(SinkError) {
        var failure: SinkError?
        page.withUnsafeBufferPointer { bytes in
            let tree = HTMLTree(parsing: bytes)
            guard let root = tree.root else { return }
            do throws(SinkError) {
                try walk(root, limits, sink, &diagnostics)
            } catch {
                failure = error
            }
            withExtendedLifetime(tree) {}
        }
        if let failure { throw failure }
    }

    private static func walk(
        _ root: HTMLNode, _ limits: ReadLimits, _ sink: any DocumentSink, _ diagnostics: inout Diagnostics
    ) throws(SinkError) {
        try sink.begin(HTMLMetadata.read(root))
        let walk = HTMLWalk(sink: sink, wantsMedia: limits.wantsMedia, diagnostics: diagnostics)
        defer { diagnostics = walk.diagnostics }
        try walk.walk(root)
        if walk.blocksSent == 0 { walk.diagnostics.report("html-no-text", "the page has no content to show") }
        try sink.finish()
    }
}
