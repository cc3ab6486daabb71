// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads reStructuredText as Docutils defines it, with Sphinx's directives where they hold text.
///
///     lines ─ RSTNames ▶ targets, substitutions ┐
///           └ RSTBlocks ─ RSTDirectives, RSTGrid ┴─ RSTSpans ▶ blocks
///
/// Levels of headings follow the order in which their marks appear. Included files are not read, which is said.
package struct RSTReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let lines = MarkupText.lines(of: source, &diagnostics).map { line in
            // Tabs stand at every eighth column.
            line.contains(0x09) ? RSTLine.expanded(line) : line
        }
        let parsing = RSTParsing(names: RSTNames(lines), limits: limits, diagnostics: diagnostics)
        var document = Document()
        document.blocks = RSTBlocks.parse(lines, depth: 0, parsing)
        diagnostics = parsing.diagnostics
        document.metadata = parsing.metadata
        if case .heading(_, let title) = document.blocks.first { document.metadata.add("title", InlineText.plain(title)) }
        document.notes = parsing.notes
        try sink.take(document)
    }
}
