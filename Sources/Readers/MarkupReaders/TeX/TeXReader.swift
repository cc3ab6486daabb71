// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads LaTeX for its structure; nothing is typeset.
///
///     bytes ─ TeXWalk: text, commands, environments ▶ blocks
///             ├ TeXCommands, TeXEnvironments, TeXTable
///             └ TeXMacros: \newcommand and \def, expanded within bounds
///
/// Formulas stay LaTeX, with the text's own commands expanded. Commands that are not known leave their text.
package struct TeXReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let text = TextReading.whole(source, &diagnostics)
        let walk = TeXWalk(diagnostics: diagnostics, labels: limits.labels, hasChapters: text[...].first("\\chapter{") != nil || text[...].first("\\chapter*{") != nil)
        var body = text[...]
        if let start = body.first("\\begin{document}") {
            walk.preamble(body[..<start])
            body = body[(start + "\\begin{document}".utf8.count)...]
            if let end = body.first("\\end{document}") { body = body[..<end] }
        }
        walk.run(body, depth: 0)
        walk.flush()
        var document = Document()
        document.metadata = walk.metadata
        document.blocks = walk.blocks
        document.notes = walk.notes
        diagnostics = walk.diagnostics
        try sink.take(document)
    }
}
