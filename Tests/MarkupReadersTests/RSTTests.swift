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

    @Test("no cell of a drawn table is lost, whichever edge its corners stand on")
    func grids() throws {
        let pinwheel = """
            +---+-------+
            | a | b     |
            |   +---+---+
            |   | c | d |
            +---+---+   |
            | e     |   |
            +-------+---+
            """
        #expect(try read(pinwheel).blocks == ["table(a↓2 | b→2 / c | d↓2 / e→2)"])
        let uneven = """
            +---+---+---+
            | 1 | 2 | 3 |
            +===+===+===+
            | a | b | c |
            +---+---+---+
            | d | e     |
            +---+-------+
            """
        #expect(try read(uneven).blocks == ["table(head: 1 | 2 | 3 / a | b | c / d | e→2)"])
        let wide = "+------+----+\n| 北西 | é\u{301}b |\n+------+----+\n| x    | y  |\n+------+----+\n"
        #expect(try read(wide).blocks == ["table(北西 | é\u{301}b / x | y)"])
    }

    @Test("a drawing that is no table is shown as it is drawn")
    func malformedGrid() throws {
        let result = try read("+---+---+\n| a |   |\n+---+   |\n| b     |\n+-------+\n")
        #expect(result.blocks == ["code(+---+---+\n| a |   |\n+---+   |\n| b     |\n+-------+)"])
        #expect(result.losses == ["table-malformed"])
    }

    @Test("the borders of a simple table may join columns, and its third ends it")
    func simpleTables() throws {
        #expect(try read("====  ====\nA and B\n----------\na     b\nc and d\n==========\n").blocks == ["table(A and B→2 / a | b / c and d→2)"])
        #expect(try read("==  ==\nA   B\n==  ==\na   b\n==  ==\nafter\n").blocks == ["table(head: A | B / a | b)", "p(after)"])
        #expect(try read("=  =====\n©  - x\n   - y\n     z\n=  =====\n").blocks == ["table(© | ul(li(x) li(y z)))"])
    }

    @Test("fields of comma-separated tables keep the lines of their blocks, and marks are told by number too")
    func commaSeparated() throws {
        let table = ".. csv-table::\n   :header: A, \"\n            * x\n            * y\"\n   :delim: 0x2c\n\n   1, \"\n   - p\n   - q\"\n"
        #expect(try read(table).blocks == ["table(head: A | ul(li(x) li(y)) / 1 | ul(li(p) li(q)))"])
        #expect(try read(".. csv-table::\n   :file: x.csv\n").blocks == [])
    }

    @Test("a list goes on only with the next number of its own form")
    func enumerations() throws {
        #expect(try read("1. a\n2. b\n\nA. c\nB. d\n\ni. e\nii. f\n\n(1) g\n").blocks == ["ol(li(a) li(b))", "ol(li(c) li(d))", "ol(li(e) li(f))", "ol(li(g))"])
        #expect(try read("h. a\ni. b\nj. c\n").blocks == ["ol8(li(a) li(b) li(c))"])
        #expect(try read("(LCD) is a display\n").blocks == ["p((LCD) is a display)"])
        #expect(try read("#. a\n#. b\n").blocks == ["ol(li(a) li(b))"])
        #expect(try read("1.\n  a\n").blocks == ["ol(li(a))"])
        #expect(try read("‣ a\n‣ b\n").blocks == ["ul(li(a) li(b))"])
    }

    @Test("an attribution ends its quote")
    func attributions() throws {
        #expect(try read("x\n\n   a\n\n   -- B\n   C\n\n   d\n\n   --- E\n").blocks == ["p(x)", "quote(p(a) p(— B C))", "quote(p(d) p(— E))"])
        #expect(try read("x\n\n   -- not one\n").blocks == ["p(x)", "quote(-- not one)"])
    }

    @Test("addresses within phrases lose their line ends, names of targets their mark, and mail gets its scheme")
    func embeddedAddresses() throws {
        #expect(try read("`a <http://b/\nc>`__ `d <x@y.z>`_ `<e\\_>`_").blocks == ["p(a[http://b/c](a) a[mailto:x@y.z](d) a[e_](e_))"])
        #expect(try read("`a <name_>`_\n\n.. _name: /u\n").blocks == ["p(a[/u](a))"])
        #expect(try read("`a<b>`__ x").blocks == ["p(a<b> x)"])
    }

    @Test("marks in quotes are themselves, literals keep their backticks, places show their text", arguments: [
        ("(*) and [`] or “*” x", "p((*) and [`] or “*” x)"), ("**** ** x*", "p(**** ** x*)"), ("x *****", "p(x strong(*))"), ("*\\***", "p(em(**))"), ("```a```", "p(code(`a`))"),
        ("See _`here`.", "p(See here.)"), (":PEP:`8`", "p(a[https://peps.python.org/pep-0008](PEP 8))"), ("a\\::\n\n   b", "p(a::) quote(b)"),
        ("t : *c* : d\n   e", "dl(dt(t (em(em(c))) (em(d))) dd(e))"), ("``t : c``\n   e", "dl(dt(code(t : c)) dd(e))"), (":a b: :c: d", "dl(dt(a b) dd(dl(dt(c) dd(d))))"),
        ("+a  b\n/CC=x  d", "dl(dt(code(+a)) dd(b) dt(code(/CC=x)) dd(d))"), ("| a *b\n  c*\n| d", "p(a em(b c)⏎d)"),
        (".. image:: a/\n   b.png\n   :target: u/\n      v", "p(a[u/v](img[a/b.png]()))"),
    ])
    func spans(_ text: String, _ expected: String) throws {
        #expect(try read(text).blocks.joined(separator: " ") == expected)
    }
}
