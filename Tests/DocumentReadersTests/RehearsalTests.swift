// SPDX-License-Identifier: Apache-2.0
import DocumentReaders
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@Suite("rehearsals")
struct RehearsalTests {
    @Test("each is read by the reader of its format, whole, and reaches what documents of the format have", arguments: Readers.rehearsals.map(\.name))
    func read(name: String) throws {
        let rehearsal = try #require(Readers.rehearsals.first { $0.name == name })
        let limits = ReadLimits()
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        let ending = String(name.split(separator: ".")[1])
        try rehearsal.bytes().withUnsafeBytes { bytes in
            let opened = try OpenedSource(Source(bytes, nameExtension: ending, members: MemberReader(limits: limits)), limits)
            #expect(opened.format.name == ending)
            try opened.format.reader().read(opened.source, limits: limits, into: builder, diagnostics: &diagnostics)
        }
        #expect(diagnostics.items.map(\.code) == [])
        let blocks = builder.document.blocks.map(Outline.block)
        for kind in Self.kinds[ending] ?? ["nothing is expected"] { #expect(blocks.contains { $0.hasPrefix(kind) }, "\(kind) in \(blocks)") }
    }

    /// How blocks begin that each has at least.
    private static let kinds = [
        "pdf": ["h1(A title)", "p(", "ul(li(an item)", "table(head: Name | Price"], "docx": ["h1(", "p(Text with strong(bold)a[", "ul(li(item))", "table(a | 1"],
        "xlsx": ["h2(Prices)", "table(head: Day | Price |  / 2026-11-27 | 1,234.50 EUR | TRUE)"], "pptx": ["h1(", "p(strong(", "table("],
        "html": ["h1(", "p(", "ul(li(p(one) ol(", "quote(", "code", "dl(", "table("], "eml": ["h1(Übung)", "p(strong(From:) Jürgen", "p(Dear all", "table("],
        "odt": ["h1(", "p(", "ul(", "table("], "ods": ["h2(t)", "table("], "odp": ["h1(Title)"], "epub": ["h1(", "p("], "rtf": ["h1(", "p(", "table("],
        "csv": ["table(head:"], "md": ["h1(", "p(", "ul(", "table("], "json": ["code:json("], "xml": ["code:xml("],
    ]
}
