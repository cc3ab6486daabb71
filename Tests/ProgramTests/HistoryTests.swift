// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("What the history is asked", .timeLimit(.minutes(5)))
struct HistoryTests {
    @Test("a sweep's state explains what became of each file there")
    func sweep() async throws {
        let folder = try TemporaryFolder()
        let (inbox, out, state) = (folder.path.appending("in"), folder.path.appending("out"), folder.path.appending("out.state"))
        try inbox.appending("sub/good.txt").write("good\n")
        try inbox.appending("bad.docx").write("PK no archive")
        try inbox.appending("left.csv").write("a,b\n")
        let intray = try Program("intray")
        #expect(try await intray.run(["sweep", inbox.string, "--outbox", out.string, "--exclude", "*.csv"]).exitCode == 1)
        try inbox.appending("new.txt").write("new\n")
        let output = out.appending("sub/good.txt.md")
        for (file, words) in [
            (inbox.appending("sub/good.txt"), [": done, route sweep", "converted to \(output.quoted)\n"]), (output, [": done", "it was converted from \"sub/good.txt\""]),
            (inbox.appending("bad.docx"), [": failed", "malformed: ", "\"intray dismiss"]), (inbox.appending("left.csv"), [": ignored", "*.csv"]),
            (inbox.appending("new.txt"), ["no sweep has dealt with it: the next one with this state takes it"]),
        ] {
            let explained = try await intray.run(["explain", file.string, "--state", state.string])
            #expect(explained.exitCode == 0, "\(explained.output)")
            for word in words { #expect(explained.output.contains(word), "\(word): \(explained.output)") }
            #expect(!explained.output.contains("daemon"), "\(explained.output)")
        }
        let status = try await intray.run(["status", "--state", state.string])
        #expect(status.exitCode == 5 && status.output.contains("a sweep's history") && status.output.contains("1 done, 1 failed in all, 1 of these"), "\(status.output)")
        #expect(!(try await intray.run(["jobs", "--state", state.string]).output.contains("not running")))
    }

    @Test("a daemon that was stopped is said not to run, and its history is told all the same")
    func stopped() async throws {
        let daemon = try await Watching()
        try daemon.drop("good.txt", "good\n")
        try daemon.drop("bad.docx", "PK no archive")
        let intray = try Program("intray"), root = ["--root", daemon.root.string]
        try await eventually("both are known") { try await intray.run(["status"] + root).output.contains("1 done, 1 failed") }
        try await daemon.stop()
        try daemon.drop("late.txt", "late\n")
        let status = try await intray.run(["status"] + root)
        for word in ["intray: not running; it was stopped ", "→ start it: intray watch \(daemon.root)", "1 document, neither retried nor dismissed", "1 done, 1 failed in all", "bad.docx"] {
            #expect(status.exitCode == 5 && status.output.contains(word), "\(word): \(status.output)")
        }
        #expect(try await intray.run(["status", "--json"] + root).output.contains("\"running\":false"))
        let jobs = try await intray.run(["jobs"] + root)
        #expect(jobs.exitCode == 0 && jobs.output.contains("is not running; this is what its history says") && jobs.output.contains("good.txt"), "\(jobs.output)")
        #expect(try await intray.run(["events", "--only", "job.done"] + root).output.contains("\"path\":\"good.txt\""))
        #expect(try await intray.run(["events", "-f"] + root).exitCode == 5)
        for (name, words) in [("good.txt", [": done", "converted to "]), ("bad.docx", [": failed", "it is at "]), ("late.txt", ["start it: intray watch \(daemon.root)"])] {
            let explained = try await intray.run(["explain", daemon.root.appending("inbox").appending(name).string] + root)
            for word in words + ["the daemon of \"\(daemon.root)/state\" is not running"] { #expect(explained.exitCode == 0 && explained.output.contains(word), "\(word): \(explained.output)") }
        }
    }

    @Test("outputs that their reader has taken are not said to be there", arguments: [true, false])
    func taken(daemonRuns: Bool) async throws {
        let daemon = try await Watching()
        defer { daemon.kill() }
        try daemon.drop("a.txt", "text\n")
        let intray = try Program("intray"), root = ["--root", daemon.root.string]
        try await eventually("it is known") { try await intray.run(["jobs", "--status", "done"] + root).output.contains("a.txt.md") }
        #expect(!(try await intray.run(["jobs"] + root).output.contains("any more")))
        let output = daemon.root.appending("outbox/a.txt.md")
        try #require(unlink(output.string) == 0)
        if !daemonRuns { try await daemon.stop() }
        let explained = try await intray.run(["explain", daemon.root.appending("inbox/a.txt").string] + root)
        #expect(explained.output.contains("converted to \(output.quoted), which is not there any more"), "\(explained.output)")
        let asked = try await intray.run(["explain", output.string] + root)
        #expect(asked.exitCode == 0 && asked.output.contains(": gone") && asked.output.contains("it was converted from \"a.txt\"") && asked.output.contains("drop \"a.txt\" anew"), "\(asked.output)")
        #expect(try await intray.run(["jobs"] + root).output.contains("a.txt.md, which is not there any more"))
        let listed = try await intray.run(["jobs", "--json"] + root).output
        #expect(listed.contains("\"missing\":[\"a.txt.md\"]"), "\(listed)")
        let job = try #require(listed.firstMatch(of: /"job":"([0-9A-Z]+)"/)).1
        #expect(try await intray.run(["jobs", String(job)] + root).output.contains("not in the outbox any more: a.txt.md"))
        for never in ["outbox/never.md", "archive/2026/01/01/never.txt"] {
            let unknown = try await intray.run(["explain", daemon.root.string + "/" + never] + root)
            #expect(unknown.exitCode == 1 && unknown.output.contains(": missing"), "\(unknown.output)")
        }
    }

    @Test("failures are counted until they are retried or dismissed; a dismissed one keeps its file and its story", arguments: [true, false])
    func dismissed(daemonRuns: Bool) async throws {
        let daemon = try await Watching()
        defer { daemon.kill() }
        let intray = try Program("intray"), root = ["--root", daemon.root.string]
        for name in ["one.docx", "two.docx"] { try daemon.drop(name, "PK no archive") }
        try await eventually("both have failed") { try await intray.run(["status"] + root).output.contains("0 done, 2 failed") }
        #expect(try await intray.run(["retry", "--all"] + root).exitCode == 0)
        try await eventually("both have failed again") { try await intray.run(["jobs", "--status", "failed"] + root).output.split(separator: "\n").count == 3 }
        let status = try await intray.run(["status"] + root).output
        #expect(status.contains("0 done, 2 failed, 0 in work") && status.contains("2 documents, neither retried nor dismissed") && status.contains("\"intray dismiss --all --root \(daemon.root)\""), "\(status)")
        let failed = try await intray.run(["jobs", "--status", "failed", "--name", "one", "--json"] + root).output
        let job = String(try #require(failed.firstMatch(of: /"job":"([0-9A-Z]+)"/)).1)
        if !daemonRuns { try await daemon.stop() }
        let one = try await intray.run(["dismiss", job] + root)
        #expect(one.exitCode == 0 && one.output == "1 failure is dismissed: its file stays where it is\n", "\(one.output)")
        let again = try await intray.run(["dismiss", job] + root)
        #expect(again.exitCode == 1 && again.output.contains("it is dismissed"), "\(again.output)")
        let explained = try await intray.run(["explain", daemon.root.appending("quarantine/one.docx").string] + root).output
        #expect(explained.contains(": dismissed") && explained.contains("an operator dismissed the failure at"), "\(explained)")
        try #require(unlink(daemon.root.appending("quarantine/two.docx").string) == 0)
        let gone = try await intray.run(["explain", daemon.root.appending("inbox/two.docx").string] + root).output
        #expect(gone.contains("its file is not in quarantine under its name any more") && gone.contains("\"intray dismiss "), "\(gone)")
        #expect(try await intray.run(["dismiss", "--code", "malformed"] + root).output.hasPrefix("1 failure is dismissed"))
        #expect(try await intray.run(["dismiss", "--all"] + root).exitCode == 1)
        #expect(!(try await intray.run(["status"] + root).output.contains("neither retried nor dismissed: ")))
        let log = try daemon.root.appending("state/events.jsonl").readText()
        #expect(log.split(separator: "\n").count { $0.contains("\"type\":\"job.dismissed\"") && $0.contains("\"reason\":\"operator\"") } == 2)
        // It can be tried again all the same.
        #expect(try await intray.run(["retry", job] + root).output == "1 of 1 files are back in their inbox\n")
    }
}
