// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import XMLTree

/// Reads articles and books in XML: JATS (ANSI/NISO Z39.96, and NLM's before it) and DocBook (4.5 and 5.1).
///
///     bytes ─ XMLTree ▶ elements ┬ ArticleFacts ▶ facts
///                                └ ArticlePage ▶ the page that says the same ─ EmbeddedHTML ▶ blocks
///
/// The page between them lets one reader know tables with spans, formulas, notes and code.
package struct ArticleReader: DocumentReader {
    package enum Vocabulary: Sendable { case jats, docbook }

    private let vocabulary: Vocabulary

    package init(_ vocabulary: Vocabulary) { self.vocabulary = vocabulary }

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let tree = try XMLTree.read(source, called: "the document", limits, &diagnostics)
        var page = ArticlePage(vocabulary, limits.labels)
        let facts = tree.withRoot { root in
            page.write(root)
            return ArticleFacts(root, vocabulary).metadata
        }
        if page.includes > 0 { diagnostics.report("article-part-missing", "parts kept in other files were left out", count: page.includes) }
        let html = EmbeddedHTML(limits: limits)
        do throws(SinkError) { try sink.begin(facts) } catch { throw .sink(error) }
        var failure: ReadError?
        page.bytes.withUnsafeBytes { bytes in
            do throws(ReadError) {
                try html.read(bytes, HTMLPage(charset: "utf-8", isXML: true), into: sink, diagnostics: &diagnostics)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        try html.finish(sink)
    }
}
