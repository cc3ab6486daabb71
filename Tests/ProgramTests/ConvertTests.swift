// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("intray convert", .timeLimit(.minutes(5)))
struct ConvertTests {
    @Test("an output replaces what was there only when something was converted, and may be the input itself")
    func output() async throws {
        let folder = try TemporaryFolder()
        let (notes, kept, broken) = (folder.path.appending("notes.md"), folder.path.appending("kept.md"), folder.path.appending("broken.docx"))
        try notes.write("# My notes\n")
        try kept.write("old\n")
        try broken.write("PK no archive")
        let intray = try Program("intray")
        #expect(try await intray.run(["convert", notes.string, "-o", notes.string]).exitCode == 0)
        #expect(try notes.readText() == "# My notes\n")
        #expect(try await intray.run(["convert", broken.string, "-o", kept.string]).exitCode == 1)
        #expect(try kept.readText() == "old\n")
        #expect(try await intray.run(["convert", broken.string, "-o", folder.path.appending("none.md").string]).exitCode == 1)
        #expect(symlink("kept.md", folder.path.appending("link.md").string) == 0)
        #expect(try await intray.run(["convert", notes.string, "-o", folder.path.appending("link.md").string]).exitCode == 0)
        #expect(try kept.readText() == "# My notes\n")
        #expect(try await intray.run(["convert", notes.string, "-o", "/dev/null"]).exitCode == 0)
        #expect(try await intray.run(["convert", notes.string, "-o", folder.path.appending("no/where.md").string]).output.contains("no such file or directory"))
        #expect(try Set(folder.path.filesBelow().map(\.string)) == ["notes.md", "kept.md", "broken.docx"])
    }

    @Test("of several documents in one output each begins on a line of its own")
    func several() async throws {
        let folder = try TemporaryFolder()
        let (table, text, both) = (folder.path.appending("a.csv"), folder.path.appending("b.txt"), folder.path.appending("both.md"))
        try table.write("a,b\n1,2\n")
        try text.write("and text\n")
        #expect(try await Program("intray").run(["convert", table.string, folder.path.appending("none").string, text.string, "-o", both.string]).exitCode == 1)
        #expect(try both.readText().hasSuffix("| 1 | 2 |\n\nand text\n"))
    }
}
