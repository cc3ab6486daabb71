// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("The command line", .timeLimit(.minutes(5)))
struct CommandLineTests {
    @Test("a command that there is not is refused in two lines, with the one that was probably meant")
    func unknown() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path.appending("report.pdf")
        try file.write("%PDF")
        let intray = try Program("intray")
        for (arguments, said) in [
            (["wach", "x"], "unknown command \"wach\"; did you mean \"watch\"?\n\"intray --help\""), (["stauts"], "did you mean \"status\"?"),
            (["conv", "a"], "did you mean \"convert\"?"), (["config", "int"], "did you mean \"init\"?\n\"intray config --help\""),
            (["hook", "tset"], "did you mean \"test\"?"), (["frobnicate"], "unknown command \"frobnicate\"\n"),
            ([file.string], "which is a file: intray convert \(file)"), ([folder.path.string], "which is a folder: intray sweep \(folder.path) --outbox OUT"),
        ] {
            let ending = try await intray.run(arguments)
            #expect(ending.exitCode == 2 && ending.output.contains(said) && ending.output.split(separator: "\n").count == 2, "\(ending.output)")
        }
        for fine in [["help", "watch"], ["--help"], ["config", "init", "--help"], ["--version"]] { #expect(try await intray.run(fine).exitCode == 0) }
    }

    @Test("each command that steers says what it has done, and stop returns when the daemon has ended")
    func steering() async throws {
        let daemon = try await Watching()
        let intray = try Program("intray"), root = ["--root", daemon.root.string]
        let address = "--root \(daemon.root)"
        let inbox = daemon.root.appending("inbox")
        for (command, said) in [
            ("pause", "route main is paused: nothing more is taken; \"intray resume \(address)\" goes on\n"), ("resume", "route main goes on\n"),
            ("rescan", "\(inbox.quoted) is looked through\n"),
        ] {
            let ending = try await intray.run([command] + root)
            #expect(ending.exitCode == 0 && ending.output == said, "\(ending.output)")
        }
        #expect(try await intray.run(["pause", "main"] + root).output.contains("\"intray resume main \(address)\""))
        let stopped = try await intray.run(["stop"] + root)
        #expect(stopped.exitCode == 0 && stopped.output == "the daemon ends\nprocess \(daemon.process) has ended\n", "\(stopped.output)")
        #expect(daemon.hasDied)
        daemon.kill()
    }

    @Test("a document is converted from standard input, under the name it is given")
    func piped() async throws {
        let folder = try TemporaryFolder()
        let (table, out) = (folder.path.appending("data"), folder.path.appending("out"))
        try table.write("a,b\n1,2\n")
        let intray = try Program("intray")
        let named = try await intray.run(["convert", "-", "--name", "table.csv"], input: table)
        #expect(named.exitCode == 0 && named.output.contains("| 1 | 2 |"), "\(named.output)")
        let docx = Samples.folder.appending("inspection.docx")
        let found = try await intray.run(["convert", "-", "-o", out.string + "/"], input: docx)
        #expect(found.exitCode == 0, "\(found.output)")
        #expect(try await intray.run(["convert", "-", "--name", "x/report.docx", "-o", out.string], input: docx).exitCode == 0)
        #expect(try out.filesBelow().map(\.string) == ["document.assets/image1.png", "document.md", "report.docx.assets/image1.png", "report.docx.md"])
        // Larger than what crosses to a worker at once.
        let long = folder.path.appending("long")
        try long.write(String(repeating: "a line of text\n", count: 20_000))
        let text = try await intray.run(["convert", "-", "--name", "long.txt", "--format", "txt"], input: long)
        #expect(text.exitCode == 0 && text.output.utf8.count >= 20_000 * 14)
        let empty = try await intray.run(["convert", "-"])
        #expect(empty.exitCode == 1 && empty.output.contains("cannot read \"-\": nothing came (empty)"), "\(empty.output)")
        for (arguments, said) in [
            (["-", "-"], "name - once"), ([table.string, "--name", "a.csv"], "name that as -"), (["-", "--password-file", "-"], "passwords come from a file"),
            (["-", "--name", "a/"], "a name such as"), (["-", "--debug-layout"], "needs a file"),
        ] {
            let refused = try await intray.run(["convert"] + arguments, input: table)
            #expect(refused.exitCode == 2 && refused.output.contains(said), "\(refused.output)")
        }
    }

    @Test("at a terminal a password is asked for and not shown, and a document is not waited for")
    func terminal() async throws {
        let folder = try TemporaryFolder()
        let keyboard = try PseudoTerminal()
        let locked = Samples.folder.removingLastComponent().appending("ConversionTests/Golden/zip/encrypted-traditional/input.zip").string
        let intray = try Program("intray")
        let said = folder.path.appending("said")
        let output = try Descriptor.open(said, O_WRONLY | O_CREAT | O_APPEND, mode: 0o644)
        let child = try Program.start(intray.path, ["convert", locked, "--password-file", "-"], [:], input: keyboard.path, output: output.raw)
        try await eventually("it asks") { try said.readText().contains("Password (not shown): ") }
        // A letter too many is taken back.
        try keyboard.type("sésamé\u{7F}e\n")
        let status = try await blocking {
            var status: Int32 = 0
            while waitpid(child, &status, 0) < 0 && errno == EINTR {}
            return status
        }
        let text = try said.readText()
        #expect(status == 0, "\(text)")
        #expect(keyboard.shown() == "" && keyboard.echoes)
        let waiting = try await intray.run(["convert", "-"], input: keyboard.path)
        #expect(waiting.exitCode == 2 && waiting.output.contains("Standard input is a terminal"), "\(waiting.output)")
    }
}
