// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads Org mode text (Org Syntax, orgmode.org).
///
///     lines ─ OrgBlocks ▶ headings, lists, tables, blocks ─ OrgSpans ▶ running text
package struct OrgReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let lines = MarkupText.lines(of: source, &diagnostics)
        let parsing = OrgParsing(limits: limits, diagnostics: diagnostics)
        for line in lines {
            if let key = OrgLine.keyword(line) {
                if key.name == "TODO" || key.name == "SEQ_TODO" { parsing.todo.formUnion(key.value.split(separator: 0x20).map { $0.prefix { $0 != UInt8(ascii: "(") }.text }) }
                if key.name == "LINK" {
                    let parts = key.value.split(separator: 0x20, maxSplits: 1)
                    if parts.count == 2 { parsing.abbreviations[parts[0].text] = parts[1].trimmed.text }
                }
            }
        }
        var document = Document()
        document.blocks = OrgBlocks.parse(lines, depth: 0, parsing)
        document.metadata = parsing.metadata
        if let title = parsing.metadata["title"] {
            document.blocks.insert(.heading(level: 1, OrgSpans.parse(Array(title.utf8)[...], parsing)), at: 0)
            // The title is the topmost heading; the others go below it.
            for index in document.blocks.indices.dropFirst() {
                if case .heading(let level, let content) = document.blocks[index] { document.blocks[index] = .heading(level: level + 1, content) }
            }
        }
        document.notes = parsing.notes
        diagnostics = parsing.diagnostics
        try sink.take(document)
    }
}
