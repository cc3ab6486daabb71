// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// Markdown within another format.
enum MarkdownText {
    /// `prefix` keeps the names of this text's notes apart from those of its neighbours.
    static func document(_ text: [UInt8], limits: ReadLimits, _ diagnostics: inout Diagnostics, prefix: String = "") -> Document {
        var parsing = MarkdownParsing(limits: limits, notePrefix: prefix, diagnostics: diagnostics)
        let document = parsing.document(text.split(separator: 0x0A, omittingEmptySubsequences: false))
        diagnostics = parsing.diagnostics
        return document
    }

    static func spans(_ text: [UInt8]) -> [Inline] { MarkdownSpans.parse(text[...].trimmed, MarkdownReferences()) }
}
