// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import DocumentWriters
import Testing

/// What a stranger's document would like to have done by whoever looks at its text.
@Suite("active content")
struct ActiveContentTests {
    private static let codes = [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
        "java\(String(repeating: "\t", count: 60))script:alert(1)", "\u{1}javascript:alert(1)", "vbscript:x", "data:text/html,<script>alert(1)</script>",
    ]

    @Test("an address that runs code stands in no output", arguments: codes)
    func addresses(_ address: String) throws {
        let blocks: [Block] = [.paragraph([.link(to: address, title: nil, [.text("words")]), .image(Image(.address(address), alternative: "picture"))])]
        let markdown = try MarkdownWriterTests.markdown(blocks)
        #expect(!markdown.contains("](") && markdown.contains("words"), "\(markdown)")
        let html = try Self.html(blocks)
        #expect(!html.contains("href") && !html.contains("src") && html.contains("words"), "\(html)")
    }

    @Test("an address that entities would spell is the address that it was")
    func entities() throws {
        let markdown = try MarkdownWriterTests.markdown([.paragraph([.link(to: "javascript&colon;alert(1)", title: nil, [.text("a")]), .text(" "), .link(to: "u?a=1&b=2", title: nil, [.text("b")])])])
        #expect(markdown == "[a](javascript&amp;colon;alert(1)) [b](u?a=1&b=2)\n")
    }

    @Test("HTML in words, code, names and formulas begins no element")
    func elements() throws {
        let evil = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>"
        let blocks: [Block] = [
            .heading(level: 1, [.text(evil), .anchor(evil)]), .paragraph([.text(evil), .code(evil), .math(evil), .strong([.text(evil)]), .link(to: "https://e.org/\(evil)", title: evil, [.text(evil)])]),
            .code(evil, language: evil), .math(evil), .raw(evil, format: "html"), .table(Table(head: TableHead(rows: [Row([Cell([.paragraph([.text(evil)])])])]), rows: [Row([Cell([.paragraph([.math(evil)])])])])),
            .paragraph([.image(Image(.address("p.png"), alternative: evil, title: evil))]),
        ]
        let html = try Self.html(blocks)
        for sign in ["<script", "<svg", "<img src=x", "<img src=\"x", "onerror=\"", "'>"] where sign != "'>" { #expect(!html.contains(sign), "\(sign) in \(html)") }
        // In Markdown what stands in code is code; everything else is escaped.
        let markdown = try MarkdownWriterTests.markdown(blocks)
        let outside = Self.withoutCode(markdown)
        for sign in ["<script", "</script", "<svg", "<img"] { #expect(!outside.contains(sign), "\(sign) in \(outside)") }
    }

    @Test("a definition of a link stays words")
    func definitions() throws {
        #expect(try MarkdownWriterTests.markdown([.paragraph([.text("[x]: javascript:alert(1)")]), .paragraph([.text("[x]")])]) == "[x]\\: javascript:alert(1)\n\n[x]\n")
    }

    private static func html(_ blocks: [Block]) throws -> String {
        var document = Document()
        document.blocks = blocks
        let output = OutputBuffer()
        let writer = HTMLWriter(options: WriteOptions(), output: output)
        try writer.send(document)
        try writer.close(losses: [])
        return String(decoding: output.bytes, as: UTF8.self)
    }

    /// Without fenced blocks and code spans.
    private static func withoutCode(_ markdown: String) -> String {
        var isCode = false
        let lines = markdown.split(separator: "\n").filter { line in
            if line.hasPrefix("```") { isCode.toggle() }
            return !isCode && !line.hasPrefix("```")
        }
        return lines.joined(separator: "\n").split(separator: "`", omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 0 }.map { String($0.element) }.joined()
    }
}
