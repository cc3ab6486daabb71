// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("intray convert", .timeLimit(.minutes(5)))
struct ConvertTests {
    @Test("an output replaces what was there only when something was converted, and is never the document itself")
    func output() async throws {
        let folder = try TemporaryFolder()
        let (notes, kept, broken) = (folder.path.appending("notes.md"), folder.path.appending("kept.md"), folder.path.appending("broken.docx"))
        try notes.write("# My notes\n")
        try kept.write("old\n")
        try broken.write("PK no archive")
        let intray = try Program("intray")
        for same in ["notes.md", "./notes.md"] {
            let refused = try await intray.run(["convert", notes.string, "-o", folder.path.string + "/" + same])
            #expect(refused.exitCode == 2 && refused.output.contains("is the document itself"), "\(refused.output)")
        }
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

    @Test("into a folder each document has a file of its own for each format, and its parts in each")
    func folder() async throws {
        let folder = try TemporaryFolder()
        let (table, broken, out) = (folder.path.appending("a.csv"), folder.path.appending("bad.docx"), folder.path.appending("out"))
        try table.write("a,b\n1,2\n")
        try broken.write("PK no archive")
        let intray = try Program("intray")
        let ending = try await intray.run(["convert", table.string, broken.string, Samples.folder.appending("inspection.docx").string, "--format", "md,json,md", "-o", out.string + "/"])
        #expect(ending.exitCode == 1, "\(ending.output)")
        let outputs = ["a.csv.json", "a.csv.md", "inspection.docx.assets/image1.png", "inspection.docx.json", "inspection.docx.md"]
        #expect(try out.filesBelow().map(\.string).sorted() == outputs)
        #expect(try out.appending("a.csv.md").readText().contains("| 1 | 2 |") && out.appending("a.csv.json").readText().hasPrefix("{"))
        // A folder that is there needs no slash, and what is in it is replaced.
        try out.appending("a.csv.md").write("old\n")
        #expect(try await intray.run(["convert", table.string, "-o", out.string]).exitCode == 0)
        #expect(try out.appending("a.csv.md").readText().contains("| 1 | 2 |"))
        let zip = folder.path.appending("two.zip")
        let golden = Samples.folder.removingLastComponent().appending("ConversionTests/Golden/zip/encrypted-traditional/input.zip")
        try zip.write(golden.read())
        let split = try await intray.run(["convert", zip.string, "--format", "txt,html", "--split", "members", "--password", "sésame", "-o", folder.path.appending("split").string + "/"])
        #expect(split.exitCode == 0, "\(split.output)")
        let parts = ["a.txt.html", "a.txt.txt", "b.csv.html", "b.csv.txt"].map { "two.zip.parts/\($0)" }
        #expect(try folder.path.appending("split").filesBelow().map(\.string).sorted() == ["two.zip.html"] + parts + ["two.zip.txt"])
    }

    @Test("formats that do not fit the output, or are none, are usage")
    func formats() async throws {
        let folder = try TemporaryFolder()
        let note = folder.path.appending("note.md")
        try note.write("# Note\n")
        try folder.path.appending("other/note.md").write("# Other\n")
        let intray = try Program("intray")
        for (arguments, said) in [
            (["--format", "md,json"], "-o FOLDER/"), (["--format", "md,json", "-o", folder.path.appending("one.md").string], "one.md/"), (["--format", ""], "There is no format \"\""),
            (["--format", "md,"], "There is no format \"\""), ([folder.path.appending("other/note.md").string, "-o", folder.path.string], "\"note.md\""), (["--split", "all"], "--split needs -o"),
        ] {
            let ending = try await intray.run(["convert", note.string] + arguments)
            #expect(ending.exitCode == 2 && ending.output.contains(said), "\(ending.output)")
        }
        #expect(try folder.path.filesBelow().map(\.string).sorted() == ["note.md", "other/note.md"])
        try folder.path.appending("note.md.md").write("# Not to be lost\n")
        let over = try await intray.run(["convert", note.string, folder.path.appending("note.md.md").string, "-o", folder.path.string])
        #expect(over.exitCode == 2 && over.output.contains("would be replaced"), "\(over.output)")
        #expect(try folder.path.appending("note.md.md").readText() == "# Not to be lost\n")
    }

    @Test("a failure says what to do about it, once for all that need the same")
    func advice() async throws {
        let folder = try TemporaryFolder()
        let locked = Samples.folder.removingLastComponent().appending("ConversionTests/Golden/zip/encrypted-traditional/input.zip").string
        let intray = try Program("intray")
        let ending = try await intray.run(["convert", locked, locked, folder.path.string])
        #expect(ending.exitCode == 1)
        let lines = ending.output.split(separator: "\n")
        #expect(lines.count == 3 && lines[0].contains("(encrypted); give its password: --password-file") && lines[1].hasSuffix("(encrypted)"), "\(ending.output)")
        #expect(lines.last?.contains("it is a folder; what is in it converts: intray sweep \(folder.path.string) --outbox OUT") == true, "\(ending.output)")
    }
}
