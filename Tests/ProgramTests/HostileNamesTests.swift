// SPDX-License-Identifier: Apache-2.0
import CLinux
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("names and files that mean harm", .timeLimit(.minutes(10)))
struct HostileNamesTests {
    /// Names a file may have, none of which may reach a terminal as it is.
    private static let names: [[UInt8]] = [
        Array("\u{1B}]0;title\u{7}\u{1B}[2J.txt".utf8), Array("two\nlines.txt".utf8), Array("c1\u{9B}31m.txt".utf8), Array("\u{202E}txt.exe.txt".utf8),
        Array("back\r\u{8}\u{8}.txt".utf8), [0xFF, 0xFE] + Array("\u{1B}c.txt".utf8), Array("\u{2028}separated.txt".utf8), Array("del\u{7F}.txt".utf8),
        Array(String(repeating: "n", count: 240).utf8) + Array(".txt".utf8), Array("..hidden-not.txt".utf8), Array("$(reboot);`id`.txt".utf8), Array("-rf.txt".utf8), Array("a\\..\\b.txt".utf8),
    ]

    @Test("a name is shown escaped by every command, and stands so in the log and in reports")
    func shown() async throws {
        let daemon = try await Watching()
        defer { daemon.kill() }
        for name in Self.names where name.first != UInt8(ascii: ".") {
            try daemon.root.appending("inbox").appending(FilePath(bytes: name).components).write("text\n")
            // A file that fails is told of in other ways.
            if name.count < 200 { try daemon.root.appending("inbox").appending(FilePath(bytes: name + Array(".pdf".utf8)).components).write("no PDF\n") }
        }
        let count = Self.names.count - 1
        try await eventually("all are converted, or put aside") {
            try daemon.outputs().count >= count && daemon.root.appending("quarantine").filesBelow().count >= 2 * (count - 1)
        }
        let intray = try Program("intray")
        let root = ["--root", daemon.root.string]
        for command in [["status"], ["status", "--json"], ["jobs", "-n", "500"], ["jobs", "-n", "500", "--json"], ["events", "-n", "500"], ["rescan"], ["retry", "--all"]] {
            let ending = try await intray.run(command + root)
            #expect(ending.exitCode == 0, "\(command): \(ending.output)")
            Self.expectPlain(ending.output, "\(command)")
        }
        for name in Self.names {
            let path = daemon.root.appending("inbox").appending(FilePath(bytes: name).components)
            guard String(validating: name, as: UTF8.self) != nil else { continue }
            Self.expectPlain(try await intray.run(["explain", path.string] + root).output, "explain")
        }
        let story = try await intray.run(["jobs", "-n", "1"] + root).output.split(separator: "\n").last?.split(separator: " ").first { $0.count > 20 }
        if let story { Self.expectPlain(try await intray.run(["jobs", String(story)] + root).output, "jobs JOB") }
        try await daemon.stop()
        Self.expectPlain(try daemon.root.appending("daemon.log").readText(), "the daemon's own words")
        Self.expectPlain(try daemon.root.appending("state/events.jsonl").readText(), "the event log")
        for report in try daemon.root.appending("quarantine").filesBelow() where report.string.hasSuffix(".error.json") {
            Self.expectPlain(try daemon.root.appending("quarantine").appending(report.components).readText(), "a report")
        }
    }

    @Test("so do a sweep, its dry run, convert and their errors")
    func withoutDaemon() async throws {
        let folder = try TemporaryFolder()
        for name in Self.names { try folder.path.appending("in").appending(FilePath(bytes: name + Array(".pdf".utf8)).components.prefix(1)).write("no PDF\n") }
        let intray = try Program("intray")
        let sweep = ["sweep", folder.path.appending("in").string, "--outbox", folder.path.appending("out").string]
        for command in [sweep + ["--dry-run"], sweep + ["--dry-run", "--json"], sweep, ["jobs", "--state", folder.path.appending("out.state").string]] {
            Self.expectPlain(try await intray.run(command).output, "\(command[0])")
        }
        for name in Self.names {
            guard let text = String(validating: name + Array(".pdf".utf8), as: UTF8.self) else { continue }
            Self.expectPlain(try await intray.run(["convert", folder.path.appending("in").string + "/" + text]).output, "convert")
            Self.expectPlain(try await intray.run(["convert", folder.path.string + "/none/" + text]).output, "convert of nothing")
        }
    }

    @Test("links, FIFOs, sockets, devices and folders elsewhere are no way out of an inbox")
    func elsewhere() async throws {
        let daemon = try await Watching()
        defer { daemon.kill() }
        let inbox = daemon.root.appending("inbox")
        let outside = daemon.root.appending("outside")
        try outside.appending("secret.txt").write("a secret\n")
        for (target, name) in [("../outside/secret.txt", "link.txt"), ("../outside", "folder"), ("/etc/passwd", "passwd.txt"), ("/proc/self/environ", "environ.txt"), (".", "round")] {
            #expect(symlink(target, inbox.appending(name).string) == 0)
        }
        #expect(mkfifo(inbox.appending("fifo.txt").string, 0o666) == 0)
        #expect(mknod(inbox.appending("socket.txt").string, S_IFSOCK | 0o666, 0) == 0)
        if geteuid() == 0 { #expect(mknod(inbox.appending("zero.txt").string, S_IFCHR | 0o666, dev_t(0x105)) == 0) }
        try daemon.drop("good.txt", "good\n")
        try await eventually("the good one is converted") { try daemon.outputs().count == 1 }
        #expect(try await Program("intray").run(["rescan", "--root", daemon.root.string]).exitCode == 0)
        try daemon.drop("second.txt", "second\n")
        try await eventually("the second one is converted") { try daemon.outputs().count == 2 }
        try await daemon.stop()
        #expect(try daemon.outputs().map(\.string) == ["good.txt.md", "second.txt.md"])
        #expect(try outside.appending("secret.txt").readText() == "a secret\n")
        #expect(try daemon.root.appending("archive").filesBelow().count == 2)
    }

    @Test("what is mounted within an inbox is no part of it: it is not read, and explain says why", .enabled(if: Mounts.areAllowed, "mounting needs root"))
    func mounted() async throws {
        let folder = try TemporaryFolder()
        let inbox = folder.path.appending("inbox")
        let outside = folder.path.appending("outside")
        try outside.appending("secret.txt").write("a secret\n")
        let mounts = Mounts(below: inbox)
        defer { mounts.undo() }
        try mounts.addSystem(of: 64, at: "memory").appending("own.txt").write("own\n")
        try mounts.bind(outside, to: "bound")
        try mounts.bind(outside.appending("secret.txt"), to: "file.txt")
        let daemon = try await Watching(keeping: folder)
        defer { daemon.kill() }
        try daemon.drop("good.txt", "good\n")
        try inbox.appending("memory/later.txt").write("later\n")
        try await eventually("the good one is converted") { try daemon.outputs().map(\.string) == ["good.txt.md"] }
        let intray = try Program("intray")
        for name in ["memory/own.txt", "memory/later.txt", "bound/secret.txt", "file.txt"] {
            try await eventually("\(name) is let be") {
                try await intray.run(["explain", inbox.appending(name).string, "--root", daemon.root.string]).output.contains("on a mount within the inbox")
            }
        }
        #expect(try await intray.run(["rescan", "--root", daemon.root.string]).exitCode == 0)
        // A sweep leaves files where they are, and so could read them without a claim.
        let sweep = try await intray.run(["sweep", inbox.string, "--outbox", folder.path.appending("swept").string, "--state", folder.path.appending("swept.state").string])
        #expect(sweep.exitCode == 0, "\(sweep.output)")
        #expect(try folder.path.appending("swept").filesBelow().isEmpty)
        try daemon.drop("second.txt", "second\n")
        try await eventually("the second one is converted") { try daemon.outputs().count == 2 }
        try await daemon.stop()
        #expect(try !daemon.root.appending("state/events.jsonl").readText().contains("job.retry"))
        #expect(try outside.appending("secret.txt").readText() == "a secret\n")
    }

    @Test("a hard link gives its content and keeps its other name; nothing is written through it")
    func hardLink() async throws {
        let daemon = try await Watching()
        defer { daemon.kill() }
        let other = daemon.root.appending("elsewhere/own.txt")
        try other.write("own text\n")
        #expect(link(other.string, daemon.root.appending("inbox/linked.txt").string) == 0)
        // The outbox has a hard link where an output will stand: it is another name, and stays what it is.
        #expect(link(other.string, daemon.root.appending("outbox/linked.txt.md").string) == 0)
        try await eventually("it is converted") { try daemon.outputs().count == 2 }
        try await daemon.stop()
        #expect(try other.readText() == "own text\n")
        #expect(try daemon.root.appending("outbox/linked.txt.md").readText() == "own text\n")
    }

    @Test("a folder of the outbox that becomes a link leads no output elsewhere")
    func outbox() async throws {
        let daemon = try await Watching()
        defer { daemon.kill() }
        let outside = daemon.root.appending("outside")
        try outside.makeFolders()
        #expect(symlink("../outside", daemon.root.appending("outbox/sub").string) == 0)
        try daemon.root.appending("inbox/sub").makeFolders()
        try daemon.drop("sub/a.txt", "a\n")
        try daemon.drop("b.txt", "b\n")
        try await eventually("what can be delivered is") { try daemon.outputs().map(\.string).contains("b.txt.md") }
        try await Task.sleep(for: .milliseconds(500))
        #expect(try outside.filesBelow().isEmpty)
        // The link is put right, and nothing was lost.
        #expect(unlink(daemon.root.appending("outbox/sub").string) == 0)
        _ = try await Program("intray").run(["retry", "--all", "--root", daemon.root.string])
        try await eventually("the other one is, too") { daemon.root.appending("outbox/sub/a.txt.md").exists }
        try await daemon.stop()
    }

    /// Nothing that steers a terminal, ends a line early or turns the direction of writing.
    private static func expectPlain(_ text: String, _ what: String) {
        let bad = text.unicodeScalars.filter { scalar in
            (scalar.value < 0x20 && scalar != "\n" && scalar != "\t") || (0x7F...0x9F).contains(scalar.value) || (0x2028...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        }
        #expect(bad.isEmpty, "\(what) holds \(Set(bad.map { String($0.value, radix: 16) }).sorted())")
    }
}
