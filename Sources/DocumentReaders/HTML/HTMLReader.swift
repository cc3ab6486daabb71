// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// Reads HTML pages, XHTML among them, by the HTML standard's own rules for broken markup.
///
///     bytes ─ HTMLCharset, SourceCharset ▶ UTF-8 ─ HTMLGuard ▶ bounded ─ HTMLTree ▶ elements ─ HTMLWalk ▶ blocks
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
        let charset = SourceCharset(of: bytes, declared: HTMLCharset.declared(in: source.bytes))
        if charset.isGuessed { diagnostics.report("charset-guessed", "the page names no charset; it was guessed: \(charset.name)") }
        let body = UnsafeBufferPointer(rebasing: bytes.dropFirst(charset.markLength))
        do throws(SinkError) {
            if charset.isUTF8 {
                try Self.read(body, limits, sink, &diagnostics)
            } else {
                try Self.read(converted: charset.utf8(body), limits, sink, &diagnostics)
            }
        } catch {
            throw .sink(error)
        }
    }

    private static func read(
        converted: (text: [UInt8], replaced: Int), _ limits: ReadLimits, _ sink: any DocumentSink, _ diagnostics: inout Diagnostics
    ) throws(SinkError) {
        for _ in 0..<min(converted.replaced, 100_000) {
            diagnostics.report("text-bytes-replaced", "bytes that are no text in the charset were replaced")
        }
        var failure: SinkError?
        converted.text.withUnsafeBufferPointer { bytes in
            do throws(SinkError) { try read(bytes, limits, sink, &diagnostics) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Largest page; its tree takes about ten times as much memory.
    static let most = 64 << 20

    private static func read(
        _ bytes: ByteSlice, _ limits: ReadLimits, _ sink: any DocumentSink, _ diagnostics: inout Diagnostics
    ) throws(SinkError) {
        let guarded = HTMLGuard(bytes)
        if guarded.nestingCuts > 0 {
            diagnostics.report("html-nesting-cut", "elements nested too deeply were flattened")
        }
        if guarded.formattingCuts > 0 {
            diagnostics.report("html-formatting-cut", "formatting elements that were never closed were left out")
        }
        var failure: SinkError?
        func parse(_ bytes: ByteSlice) {
            let tree = HTMLTree(parsing: bytes)
            guard let root = tree.root else { return }
            do throws(SinkError) {
                try walk(root, limits, sink, &diagnostics)
            } catch {
                failure = error
            }
            withExtendedLifetime(tree) {}
        }
        guarded.page.withUnsafeBufferPointer(parse)
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
