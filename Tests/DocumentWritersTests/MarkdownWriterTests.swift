// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import Testing

@testable import DocumentWriters

@Suite("Markdown writer")
struct MarkdownWriterTests {
    static func markdown(_ blocks: [Block], notes: [Note] = [], options: WriteOptions = .init()) throws -> String {
        var document = Document()
        document.blocks = blocks
        document.notes = notes
        let output = OutputBuffer()
        let writer = MarkdownWriter(options: options, output: output)
        try writer.send(document)
        try writer.close(losses: [])
        return String(decoding: output.bytes, as: UTF8.self)
    }

    @Test("text is escaped only where it would be markup", arguments: [
        ("2 * 3 * 4", "2 * 3 * 4\n"), ("a*b*c", "a\\*b\\*c\n"), ("snake_case_name", "snake_case_name\n"), ("_private", "\\_private\n"),
        ("# not a heading", "\\# not a heading\n"), ("#tag", "#tag\n"), ("1. not a list", "1\\. not a list\n"), ("1.5 litres", "1.5 litres\n"),
        ("- no item", "\\- no item\n"), ("-5 °C", "-5 °C\n"), ("a < b and <b>", "a < b and &lt;b>\n"), ("AT&T &amp; &copy;", "AT&T &amp;amp; &amp;copy;\n"),
        ("[x](y)", "[x\\](y)\n"), ("[note]", "[note]\n"), ("C:\\dir\\*", "C:\\dir\\\\\\*\n"), ("~~gone~~", "~\\~gone\\~\\~\n"), ("> no quote", "\\> no quote\n"),
        ("[x]: javascript:alert(1)", "[x]\\: javascript:alert(1)\n"), ("a [x]: y", "a [x]: y\n"),
        ("---", "\\---\n"), ("tick ` here", "tick \\` here\n"), ("a | b", "a | b\n"),
    ])
    func escapes(_ text: String, _ expected: String) throws {
        #expect(try Self.markdown([.paragraph([.text(text)])]) == expected)
    }

    @Test("definitions are a list, so that each description shows its term")
    func definitions() throws {
        let inner = Definition(term: [.text("c")], descriptions: [[.paragraph([.text("d")])]])
        let blocks: [Block] = [.definitions([
            Definition(term: [.text("a")], descriptions: [[.paragraph([.text("b")])], [.definitions([inner])]]), Definition(term: [.text("e")], descriptions: []),
        ])]
        #expect(try Self.markdown(blocks) == "- **a**\n  - b\n  - **c**\n    - d\n- **e**\n")
    }

    @Test("a place has its name, a title no parenthesis")
    func anchorsAndTitles() throws {
        #expect(try Self.markdown([.heading(level: 2, [.text("a"), .anchor("x \"y\"")])]) == "## a<a id=\"x-&quot;y&quot;\"></a>\n")
        #expect(try Self.markdown([.paragraph([.link(to: "u(v)", title: "t (w)", [.text("a")])])]) == "[a](u%28v%29 \"t &#40;w&#41;\")\n")
        #expect(try Self.markdown([.paragraph([.link(to: "u(v)", title: nil, [.text("a")])])]) == "[a](u(v))\n")
    }

    @Test("neighbouring runs of one style become one and white space moves outside")
    func mergesRuns() throws {
        let text = try Self.markdown([.paragraph([.strong([.text("Bold ")]), .strong([.text("text ")]), .text("plain "), .emphasis([.text(" it")])])])
        #expect(text == "**Bold text** plain  *it*\n")
    }

    @Test("styles that asterisks could not show use elements")
    func flanking() throws {
        #expect(try Self.markdown([.paragraph([.text("a"), .strong([.text("(b)")]), .text("c")])]) == "a<strong>(b)</strong>c\n")
        #expect(try Self.markdown([.paragraph([.strong([.text("a"), .emphasis([.text("b")])]), .text(" c")])]) == "**a*b*** c\n")
    }

    @Test("what counts as white space or punctuation is Unicode's", arguments: [
        ("a", "“b”", "c", "a<strong>“b”</strong>c\n"), ("说", "「好」", "吧", "说<strong>「好」</strong>吧\n"), ("", "（注）", "，见", "**（注）**，见\n"),
        ("a ", "b\u{A0}", "c", "a **b**\u{A0}c\n"), ("a", "\u{3000}b", "c", "a\u{3000}**b**c\n"), ("é", "(b)", "é", "é<strong>(b)</strong>é\n"),
    ])
    func unicodeFlanking(_ before: String, _ bold: String, _ after: String, _ expected: String) throws {
        #expect(try Self.markdown([.paragraph([.text(before), .strong([.text(bold)]), .text(after)])]) == expected)
    }

    @Test("a style around nothing leaves no marks, and a rule at the very start begins no front matter")
    func emptyStyles() throws {
        let nothing = Inline.image(Image(.media(MediaID("gone.png")), alternative: ""))
        var options = WriteOptions()
        options.images = .none
        #expect(try Self.markdown([.paragraph([.strong([.emphasis([nothing])]), .text("a"), .link(to: "u", title: nil, [.strong([nothing])])])], options: options) == "a\n")
        #expect(try Self.markdown([.rule, .paragraph([.text("a: b")]), .rule]) == "***\n\na: b\n\n---\n")
    }

    @Test("lists nest by the width of their marks, stay tight, and do not join their neighbours")
    func lists() throws {
        let inner = List(.bullet, items: [ListItem([.paragraph([.text("x")])]), ListItem([.paragraph([.text("y")])], checked: true)])
        let outer = List(.ordered(start: 9), items: [
            ListItem([.paragraph([.text("nine")]), .list(inner)]), ListItem([.paragraph([.text("ten")])]),
        ])
        #expect(try Self.markdown([.list(outer), .list(inner), .list(inner)]) == """
            9. nine
               - x
               - [x] y
            10. ten

            - x
            - [x] y

            * x
            * [x] y

            """)
    }

    @Test("a spanning cell stands in each place it covers, a bar in a cell is escaped, the first row is the header")
    func tables() throws {
        let table = Table(rows: [
            Row([Cell(text: "a|b"), Cell([.paragraph([.text("wide")])], columns: 2)]),
            Row([Cell([.paragraph([.text("tall")])], rows: 2), Cell(text: "1"), Cell(text: "2")]),
            Row([Cell(text: "3"), Cell([.paragraph([.text("x"), .lineBreak, .text("y")]), .paragraph([.text("z")])])]),
        ])
        #expect(try Self.markdown([.table(table)]) == """
            | a\\|b | wide | wide |
            | --- | --- | --- |
            | tall | 1 | 2 |
            | tall | 3 | x<br>y<br>z |

            """)
    }

    @Test("code is fenced by more backticks than it holds, and keeps its place in a list")
    func code() throws {
        let item = ListItem([.paragraph([.text("run")]), .code("a\n```\n\nb", language: "sh")])
        #expect(try Self.markdown([.list(List(.bullet, items: [item]))]) == "- run\n\n  ````sh\n  a\n  ```\n\n  b\n  ````\n")
        #expect(try Self.markdown([.paragraph([.code("a`b"), .text(" "), .code("`")])]) == "``a`b`` `` ` ``\n")
    }

    @Test("notes, links, pictures, formulas and quotes have their marks")
    func inlines() throws {
        var options = WriteOptions()
        options.assetFolder = "a%20b.docx.assets/"
        let blocks: [Block] = [
            .paragraph([.text("See"), .note(NoteID("n 1")), .text(" "), .link(to: "http://x/a b", title: nil, [.text("t]")]), .text("!")]),
            .figure([.paragraph([.image(Image(.media(MediaID("i 1.png")), alternative: "A [pic]"))])], caption: [.text("Cap")]),
            .quote([.paragraph([.text("q")]), .math("x^2")]),
            .paragraph([.link(to: "javascript:alert(1)", title: nil, [.text("safe")])]),
        ]
        #expect(try Self.markdown(blocks, notes: [Note(id: NoteID("n 1"), blocks: [.paragraph([.text("N")]), .paragraph([.text("M")])])], options: options) == """
            See[^n-1] [t\\]](http://x/a%20b)!

            ![A \\[pic\\]](a%20b.docx.assets/i%201.png)

            Cap

            > q
            >
            > $$
            > x^2
            > $$

            safe

            [^n-1]: N

                M

            """)
    }

    @Test("front matter, page marks and the heading offset are written when asked for")
    func options() throws {
        var options = WriteOptions()
        options.frontMatter = true
        options.pageMarkers = true
        options.headingOffset = 1
        var document = Document()
        document.metadata.add("title", "A \"B\"")
        document.blocks = [.pageBreak(page: 2), .pageBreak(page: 3, label: "A-->\n1"), .heading(level: 1, [.strong([.text("H")]), .lineBreak, .text("#")]), .heading(level: 9, [.text("deep")])]
        let output = OutputBuffer()
        let writer = MarkdownWriter(options: options, output: output)
        try writer.send(document)
        try writer.close(losses: [])
        #expect(String(decoding: output.bytes, as: UTF8.self) == "---\ntitle: \"A \\\"B\\\"\"\n---\n\n<!-- page 2 -->\n\n<!-- page 3 (A--1) -->\n\n## H \\#\n\n###### deep\n")
    }
}

@Suite("Pages that begin within lists")
struct PageInListTests {
    private let list = Block.list(List(.bullet, items: [ListItem([.paragraph([.text("one")]), .pageBreak(page: 2)]), ListItem([.paragraph([.text("two")])])]))

    @Test("are told between the items, which stay close")
    func marker() throws {
        var options = WriteOptions()
        options.pageMarkers = true
        #expect(try MarkdownWriterTests.markdown([list], options: options) == "- one\n  <!-- page 2 -->\n- two\n")
        #expect(try MarkdownWriterTests.markdown([list]) == "- one\n- two\n")
    }

    @Test("are those of the chunks behind the list")
    func chunks() throws {
        let output = OutputBuffer()
        let writer = ChunkWriter(options: WriteOptions(), output: output)
        try writer.append(list)
        try writer.append(.heading(level: 1, [.text("Three")]))
        try writer.close(losses: [])
        #expect(String(decoding: output.bytes, as: UTF8.self).split(separator: "\n").last?.contains("\"page\": 2") == true)
    }
}

@Suite("options of the writers")
struct WriteOptionsTests {
    @Test("paragraphs are wrapped between words, never within code, links or tables, nor so that a line becomes a block")
    func wrap() throws {
        var options = WriteOptions()
        options.wrap = 24
        let text = "Alpha beta gamma delta - epsilon 1. zeta eta theta"
        #expect(try MarkdownWriterTests.markdown([.paragraph([.text(text)])], options: options) == "Alpha beta gamma delta -\nepsilon 1. zeta eta\ntheta\n")
        let link = Inline.link(to: "http://x", title: nil, [.text("a link of many words that stays whole")])
        #expect(try MarkdownWriterTests.markdown([.paragraph([.text("See "), link, .text(" and "), .code("code of many words too")])], options: options)
            == "See\n[a link of many words that stays whole](http://x)\nand\n`code of many words too`\n")
        let table = Table(rows: [Row([Cell(text: "a cell that is much longer than that")])])
        #expect(try MarkdownWriterTests.markdown([.table(table)], options: options) == "| a cell that is much longer than that |\n| --- |\n")
        let item = ListItem([.paragraph([.text("one two three four five six")])])
        #expect(try MarkdownWriterTests.markdown([.list(List(.bullet, items: [item]))], options: options) == "- one two three four\n  five six\n")
    }

    @Test("the name of a code's language is cut between characters")
    func longLanguage() throws {
        let name = String(repeating: "\u{FF}", count: 60)
        let text = MarkdownFence.language("a" + name)
        #expect(String(validating: text, as: UTF8.self) == "a" + String(repeating: "\u{FF}", count: 39))
    }

    @Test("front matter is YAML whatever the facts are called, and names the source")
    func frontMatter() throws {
        var document = Document()
        document.metadata.add("a: b", "x\u{85}y")
        document.metadata.add("pages", "3")
        document.metadata.add("title", "T")
        document.metadata.add("yes", "1")
        document.blocks = [.paragraph([.text("p")])]
        var options = WriteOptions()
        options.frontMatter = true
        options.sourceName = "ü \"q\".docx"
        let output = OutputBuffer()
        let writer = MarkdownWriter(options: options, output: output)
        try writer.send(document)
        try writer.close(losses: [])
        #expect(String(decoding: output.bytes, as: UTF8.self) == """
            ---
            title: "T"
            pages: 3
            source: "ü \\"q\\".docx"
            "a: b": "xy"
            "yes": "1"
            ---

            p

            """)
    }

    @Test("a picture too large to be put into the text is left out and told")
    func inlineBound() throws {
        var options = WriteOptions()
        options.images = .inline
        options.inlineBytes = 2
        let output = OutputBuffer()
        let writer = MarkdownWriter(options: options, output: output)
        var document = Document()
        document.media = [Media(id: MediaID("a.png"), mediaType: "image/png", bytes: [1, 2, 3]), Media(id: MediaID("b.png"), mediaType: "image/png", bytes: [1])]
        document.blocks = [.paragraph([.image(Image(.media(MediaID("a.png")), alternative: "A")), .image(Image(.media(MediaID("b.png")), alternative: "B"))])]
        try writer.send(document)
        try writer.close(losses: [])
        #expect(String(decoding: output.bytes, as: UTF8.self) == "A![B](data:image/png;base64,AQ==)\n")
        #expect(writer.diagnostics.items.map(\.code) == ["picture-not-inlined"])
    }
}
