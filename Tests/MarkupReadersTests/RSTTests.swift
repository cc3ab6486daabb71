// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import MarkupReaders
import ReaderTestSupport
import Testing

@Suite("The reStructuredText reader")
struct RSTTests {
    private func read(_ text: String) throws -> (blocks: [String], document: Document, losses: [String]) {
        let (document, diagnostics) = try Outline.read(Array(text.utf8), RSTReader())
        return (document.blocks.map(Outline.block), document, diagnostics.items.map(\.code))
    }

    @Test("an empty comment ends a list, and a quote may follow it")
    func emptyComment() throws {
        #expect(try read("- a\n\n..\n\n   b\n").blocks == ["ul(li(a))", "quote(b)"])
        #expect(try read("..\n   gone\n\nc\n").blocks == ["p(c)"])
    }

    @Test("what a program would describe keeps its name and the text beneath it")
    func automatic() throws {
        let result = try read(".. autoclass:: Message\n\n   .. automethod:: send\n\n   .. attribute:: FLAG\n\n      Set by a query.\n")
        #expect(result.blocks == ["dl(dt(code(Message)) dd(dl(dt(code(send))) dl(dt(code(FLAG)) dd(Set by a query.))))"])
        #expect(result.losses == ["directive-not-run"])
    }

    @Test("page headers and footers become metadata")
    func margins() throws {
        let result = try read(".. header:: The *head*\n.. footer::\n   The foot\n\na\n")
        #expect(result.blocks == ["p(a)"])
        #expect(result.document.metadata["header"] == "The head")
        #expect(result.document.metadata["footer"] == "The foot")
    }
}
