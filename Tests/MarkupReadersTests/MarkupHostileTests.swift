// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import MarkupReaders
import ReaderTestSupport
import Testing

@Suite("hostile markup")
struct MarkupHostileTests {
    static let readers: [(name: String, reader: any DocumentReader, pieces: [String])] = [
        ("md", MarkdownReader(), ["> ", "- ", "*a ", "**a ", "[", "[a](", "![a](b ", "`", "``` ", "<a ", "<!-- ", "$a ", "$$", "| a |\n", "[^a]: x\n", "&#", "~~a ", "_a", "<div>\n\n", "1. x\n   ", "\\", "[a]: <b\n", "a\n\n- b\n\n"]),
        ("rst", RSTReader(), ["*a ", "**a ", "``a ", "`a ", ":a:`b ", "|a ", "  - a\n  ", ".. note::\n   ", ":a: b\n", "+-+\n", "=== ===\n", "[a]_ ", "a_ ", "__ ", "a::\n\n ", "-a  b\n", "| a\n", "..\n", "====\n", "* a\n\n"]),
        ("org", OrgReader(), ["*a ", "/a ", "=a ", "[[a", "[fn:", "* ", "- a\n  ", "| a\n", "#+begin_src\n", "#+begin_quote\n", ":A:\n", "\\(", "$a", "<a", "_{a", "\\begin{a}\n", "\\[\n", "- a :: b\n", "a^{b"]),
        ("adoc", AsciiDocReader(), ["*a ", "**a ", "`a ", "_a", "* a\n", "+\n", "====\n", "--\n", "|===\n", "|a ", "<<a", "http://a[", "link:a[", "footnote:[", "{a}", "[a]\n", "a::\n", "image::a[", ":a: {a}{a}\n", ". a\n\n.. b\n\n", "\"`a ", "[[a"]),
        ("tex", TeXReader(), ["{", "\\begin{a}", "\\begin{itemize}\\item ", "\\footnote{", "$", "$$", "\\(", "\\[", "\\textbf{", "\\section{", "%", "\\begin{tabular}{ll}a&b\\\\", "\\item", "\\verb|", "\\'", "\\newcommand{\\a}{\\a\\a}\\a", "\\def\\a#1{#1#1}\\a{", "[", "\\href{", "\\begin{verbatim}", "\\begin{figure}\\caption{"]),
        ("srt", SubtitleReader(), ["1\n00:00:01,000 --> 00:00:02,000\n<i>", "<i>", "{\\", "&", "00:01 --> ", "WEBVTT\n"]),
        ("ics", CalendarReader(), ["BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "SUMMARY:a\n ", "a;b=\"", "ATTENDEE:a\n", "\\"]),
        ("vcf", ContactReader(), ["BEGIN:VCARD\n", "N:a;;\n", "NOTE;ENCODING=QUOTED-PRINTABLE:=\n", "TEL:1\n "]),
        ("ipynb", NotebookReader(), ["[", "{\"a\":", "\"\\u", "{\"cells\":[{\"source\":"]),
        ("svg", SVGReader(), ["<svg>", "<text>", "<tspan x='1'>", "<g>a"]),
        ("log", LogReader(), ["\u{1B}[", "\r", "\u{8}"]),
    ]

    @Test("the same piece again and again takes linear time and never breaks a reader", arguments: Array(readers.indices))
    func repeated(_ index: Int) {
        let (name, reader, pieces) = Self.readers[index]
        for piece in pieces {
            for start in ["", "x ", name == "ics" ? "BEGIN:VCALENDAR\n" : "a\n\n"] {
                let bytes = Array((start + String(repeating: piece, count: 8_000 / piece.utf8.count) + " x").utf8)
                let clock = ContinuousClock()
                let elapsed = clock.measure { _ = try? Outline.read(bytes, AnyReader(reader: reader)) }
                // Quadratic time would be minutes; under a sanitizer linear time is a quarter of one.
                #expect(elapsed < .seconds(40), "\(name): \(piece.debugDescription)")
            }
        }
    }

    @Test("a text cut anywhere never breaks a reader", arguments: Array(readers.indices))
    func cut(_ index: Int) {
        let (_, reader, pieces) = Self.readers[index]
        let whole = Array(pieces.joined(separator: "x\n").utf8)
        for end in whole.indices { _ = try? Outline.read(Array(whole[..<end]), AnyReader(reader: reader)) }
    }

    @Test("a count below nothing is nothing", arguments: ["csv-table", "list-table"])
    func negativeCount(_ kind: String) throws {
        let text = ".. \(kind)::\n   :header-rows: -3\n\n   \(kind == "csv-table" ? "a,b" : "* - a\n     - b")\n"
        #expect(try Outline.read(Array(text.utf8), RSTReader()).document.blocks.map(Outline.block) == ["table(a | b)"])
    }

    @Test("a bracket within emphasis that closes before it is text")
    func bracketInEmphasis() throws {
        let blocks = try Outline.read(Array("*s*l[* ](http://a.b) x\n\n*q *s*l[* ](u \"t\") ![i](p)\n".utf8), MarkdownReader()).document.blocks.map(Outline.block)
        #expect(blocks.count == 2)
        #expect(blocks.joined().contains("x"))
    }

    private struct AnyReader: DocumentReader {
        let reader: any DocumentReader
        func read(_ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics) throws(ReadError) {
            try reader.read(source, limits: limits, into: sink, diagnostics: &diagnostics)
        }
    }
}
