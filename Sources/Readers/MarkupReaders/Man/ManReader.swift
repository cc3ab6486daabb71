// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads manual pages: roff with the macros of man(7), as groff and mandoc know them.
///
///     lines ─ ManLines ▶ text and requests that apply ─ ManWalk ▶ blocks (ManRun: text with fonts, ManTable: tbl)
///
/// Nothing is included; macros that a page defines for itself are passed over, strings that it defines are put in.
package struct ManReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        var lines = ManLines(MarkupText.lines(of: source, &diagnostics))
        var walk = ManWalk()
        while let line = lines.next() { walk.take(line, &lines) }
        if lines.includes > 0 { diagnostics.report("man-include-left", "files that the page includes were left out", count: lines.includes) }
        if walk.unknown > 0 { diagnostics.report("man-macro-unknown", "macros that are not of manual pages became text", count: walk.unknown) }
        try sink.take(walk.finish())
    }
}
