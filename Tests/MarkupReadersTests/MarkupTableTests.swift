// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import MarkupReaders
import ReaderTestSupport
import Testing

@Suite("tables of Org and LaTeX")
struct MarkupTableTests {
    private func org(_ text: String) throws -> String { try Outline.read(Array(text.utf8), OrgReader()).document.blocks.map(Outline.block).joined(separator: " ") }
    private func tex(_ text: String) throws -> String { try Outline.read(Array(text.utf8), TeXReader()).document.blocks.map(Outline.block).joined(separator: " ") }

    @Test("a caption may have a short form and several lines, and stays with whatever it stands before")
    func captions() throws {
        #expect(try org("#+CAPTION[short: one]: A *long*\n#+CAPTION: caption\n| a |\n|---|\n| b |\n") == "table(caption(A strong(long) caption) head: a / b)")
        #expect(try org("#+caption: C\nsome text\n") == "figure(some text | C)")
        #expect(try org("#+caption: C\n#+begin_example\nx\n#+end_example\n") == "p(C) code(x)")
    }

    @Test("columns and rows of marks are no text of the table")
    func specialColumns() throws {
        let table = "| / | <    | >   |\n|   | Name | Num |\n|   | <l>  | <r12> |\n|---+------+-----|\n| # | a    | 1   |\n|---+---+---|\n|   | Sum  | 1   |\n"
        #expect(try org(table) == "table(head: Name | Num / a | 1 / Sum | 1)")
        #expect(try org("| # | Name |\n|---+---|\n| 1 | a \\vert b |\n") == "table(head: # | Name / 1 | a | b)")
    }

    @Test("drawings of table.el are tables, and a plus sign is none")
    func drawn() throws {
        #expect(try org("+---+---+\n| a | b |\n|   +---+\n|   | c |\n+---+---+\n") == "table(a↓2 | b / c)")
        #expect(try org("+- x\n") == "p(+- x)")
    }

    @Test("rules with arguments, widths and keys leave nothing behind in the cells", arguments: [
        ("\\begin{tabular}{lr}\\toprule[1pt] a & b \\\\ \\midrule[1pt] c & d \\\\ \\specialrule{1pt}{0pt}{0pt} e & f \\\\ \\Xhline{2pt} \\end{tabular}", "table(head: a | b / c | d / e | f)"),
        ("\\begin{tabu} to \\textwidth {X[l]X[c]} a & b \\\\ \\end{tabu}", "table(a | b)"),
        ("\\begin{tblr}{colspec = {lr}, hlines} a & b \\\\ c & d \\end{tblr}", "table(a | b / c | d)"),
        ("\\begin{tabular}{ll} a & b \\\\ \\cdashline{1-2} c & d \\\\ \\end{tabular}", "table(a | b / c | d)"),
    ])
    func rules(_ text: String, _ expected: String) throws { #expect(try tex(text) == expected) }

    @Test("columns of tabularray are told by their key")
    func columns() throws {
        let document = try Outline.read(Array("\\begin{tblr}{hlines, colspec={lcr}} a & b & c \\end{tblr}".utf8), TeXReader()).document
        guard case .table(let table) = document.blocks.first else { return #expect(Bool(false)) }
        #expect(table.head.alignments == [.natural, .center, .right])
    }
}
