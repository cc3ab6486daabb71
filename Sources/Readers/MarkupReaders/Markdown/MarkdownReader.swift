// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads Markdown for outputs of other languages: CommonMark 0.31 with GitHub's tables, task lists, strikethrough,
/// footnotes, bare addresses, alerts and formulas, and front matter.
///
///     lines ─ MarkdownReferences ▶ links and notes that are defined ┐
///           └ MarkdownFrontMatter, MarkdownBlocks ─────────────────┴─ MarkdownSpans ▶ blocks
///
/// HTML within the Markdown goes through the HTML reader. Markdown outputs get the text as it is instead.
package struct MarkdownReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        var lines = MarkupText.lines(of: source, &diagnostics)
        var metadata = Metadata()
        if let front = MarkdownFrontMatter(lines) {
            for (name, value) in front.fields { metadata.add(name, value) }
            lines.removeFirst(front.count)
        }
        var parsing = MarkdownParsing(limits: limits, notePrefix: "", diagnostics: diagnostics)
        var document = parsing.document(lines)
        diagnostics = parsing.diagnostics
        document.metadata = metadata
        try sink.take(document)
    }
}

/// Everything that one text's blocks share.
struct MarkdownParsing {
    let limits: ReadLimits
    let notePrefix: String
    var diagnostics: Diagnostics
    var references = MarkdownReferences()
    var notes: [Note] = []

    init(limits: ReadLimits, notePrefix: String, diagnostics: Diagnostics) {
        var limits = limits
        // Names of pictures within HTML would collide with each other; their alternative texts stay.
        limits.wantsMedia = false
        self.limits = limits
        self.notePrefix = notePrefix
        self.diagnostics = diagnostics
    }

    mutating func document(_ lines: [Line]) -> Document {
        references = MarkdownReferences(lines, notePrefix: notePrefix)
        var document = Document()
        document.blocks = MarkdownBlocks.parse(lines, depth: 0, &self)
        document.notes = notes
        return document
    }
}
