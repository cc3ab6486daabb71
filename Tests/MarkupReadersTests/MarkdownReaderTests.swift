// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import MarkupReaders
import DocumentTree
import Testing

@Suite("Markdown reader")
struct MarkdownReaderTests {
    static func blocks(_ text: String) throws -> Document {
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        var failure: ReadError?
        Array(text.utf8).withUnsafeBytes { raw in
            do throws(ReadError) {
                try MarkdownReader().read(Source(raw, nameExtension: "md"), limits: ReadLimits(), into: builder, diagnostics: &diagnostics)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return builder.document
    }

    @Test("headings of both kinds, rules, code and front matter are told apart")
    func blocks() throws {
        let document = try Self.blocks("---\ntitle: \"T\"\n---\n# A #\nB\n---\n***\n```swift\nlet x\n```\n    indented\n")
        #expect(document.metadata["title"] == "T")
        #expect(document.blocks == [
            .heading(level: 1, [.text("A")]), .heading(level: 2, [.text("B")]), .rule, .code("let x", language: "swift"), .code("indented", language: nil),
        ])
    }

    @Test("a line that goes on with a paragraph from outside is text, whatever it looks like")
    func laziness() throws {
        #expect(try Self.blocks("> quoted\n===\n\nend").blocks == [.quote([.paragraph([.text("quoted ===")])]), .paragraph([.text("end")])])
        #expect(try Self.blocks("> quoted\n    - on\n").blocks == [.quote([.paragraph([.text("quoted - on")])])])
        #expect(try Self.blocks("- item\n      - on\n").blocks == [.list(List(.bullet, items: [ListItem([.paragraph([.text("item - on")])])]))])
        #expect(try Self.blocks("> ```\n> code\nafter\n").blocks == [.quote([.code("code", language: nil)]), .paragraph([.text("after")])])
        #expect(try Self.blocks("> # Head\nafter\n").blocks == [.quote([.heading(level: 1, [.text("Head")])]), .paragraph([.text("after")])])
    }

    @Test("lists nest by indentation and keep numbers and boxes")
    func lists() throws {
        let document = try Self.blocks("3. one\n   - [x] in\n4. two\n\ntext")
        #expect(document.blocks == [
            .list(List(.ordered(start: 3), items: [
                ListItem([.paragraph([.text("one")]), .list(List(.bullet, items: [ListItem([.paragraph([.text("in")])], checked: true)]))]),
                ListItem([.paragraph([.text("two")])]),
            ])),
            .paragraph([.text("text")]),
        ])
    }

    @Test("tables, emphasis, links and code are spans; lone marks stay text")
    func spans() throws {
        let document = try Self.blocks("| a | b |\n|:--|--:|\n| **x** | `y` |\n\n*i* [t](u \"v\") 2 * 3 \\*z")
        guard case .table(let table) = document.blocks.first else { return #expect(Bool(false)) }
        #expect(table.head.alignments == [.left, .right])
        #expect(table.rows == [Row([Cell([.paragraph([.strong([.text("x")])])]), Cell([.paragraph([.code("y")])])])])
        #expect(document.blocks.last == .paragraph([.emphasis([.text("i")]), .text(" "), .link(to: "u", title: "v", [.text("t")]), .text(" 2 * 3 *z")]))
    }

    @Test("marks nested without end neither overflow the stack nor take long", arguments: ["> ", "- ", "*", "[", "`", "_a ", "**a "])
    func hostile(_ mark: String) throws {
        #expect(try !Self.blocks(String(repeating: mark, count: 20_000) + "x").blocks.isEmpty)
    }
}
