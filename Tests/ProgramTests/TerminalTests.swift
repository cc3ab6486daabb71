// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("On a terminal", .timeLimit(.minutes(10)), .enabled(if: FilePath("/usr/bin/script").exists, "script(1) is not installed"))
struct TerminalTests {
    @Test("lines fit, names of jobs are whole, colours come and go as they should")
    func jobs() async throws {
        let bench = try TerminalBench()
        let swept = try await bench.run("sweep", bench.documents, "--outbox", bench.outbox, columns: 80)
        for word in ["1 converted", "1 failed", "FORMAT", "csv", "docx", "1 malformed", "→ "] { #expect(swept.contains(word), "\(swept)") }
        let narrow = try await bench.run("jobs", "--state", bench.outbox + ".state", columns: 80)
        #expect(narrow.contains("\u{1B}[31mfailed\u{1B}[0m") && narrow.contains("\u{1B}[32mdone\u{1B}[0m"), "\(narrow)")
        let lines = Self.plain(narrow).split(separator: "\n")
        // Why one failed stands below it, so that its name has room.
        #expect(lines.count == 4 && lines.allSatisfy { $0.count <= 80 }, "\(lines)")
        #expect(lines.dropFirst().count { $0.split(separator: " ").contains { $0.count == 26 } } == 2 && lines.count { $0.hasPrefix("  malformed: ") } == 1, "\(lines)")
        #expect(lines.contains { $0.contains("failed") && $0.hasSuffix(String(bench.name.suffix(28))) }, "\(lines)")
        let times = lines.filter { !$0.hasPrefix(" ") }.dropFirst().map { $0.prefix(8) }
        #expect(times == times.sorted(by: >), "\(lines)")
        let plain = try await bench.run("jobs", "--state", bench.outbox + ".state", columns: 80, environment: ["NO_COLOR": "1"])
        #expect(!plain.contains("\u{1B}[") && plain.contains("…"), "\(plain)")
        let piped = try await Program("intray").run(["jobs", "--state", bench.outbox + ".state"])
        #expect(!piped.output.contains("\u{1B}") && piped.output.contains(bench.name), "\(piped.output)")
        let forced = try await Program("intray").run(["jobs", "--state", bench.outbox + ".state"], environment: ["CLICOLOR_FORCE": "1"])
        #expect(forced.output.contains("\u{1B}[31mfailed"))
    }

    @Test("events are lines for people there, and JSON with --json and in a pipe; --only chooses")
    func events() async throws {
        let daemon = try await Watching()
        defer { daemon.kill() }
        try daemon.drop("a.csv", "a,b\n1,2\n")
        try daemon.drop("bad.docx", "PK no archive")
        try await eventually("both have ended") { try daemon.outputs().count == 1 && daemon.root.appending("quarantine/bad.docx").exists }
        let bench = try TerminalBench()
        let root = ["--root", daemon.root.string]
        try await eventually("it is told") { try await bench.run("events", "-n", "100", columns: 100, root).contains("job done") }
        let shown = Self.plain(try await bench.run("events", "-n", "100", columns: 100, root))
        #expect(shown.contains("→ a.csv.md") && !shown.contains("{"), "\(shown)")
        let failed = try await Program("intray").run(["events", "--only", "job.failed", "-n", "100"] + root)
        #expect(failed.output.hasPrefix("{") && failed.output.split(separator: "\n").count == 1, "\(failed.output)")
        #expect(try await Program("intray").run(["events", "--only", "job.fialed"] + root).exitCode == 2)
        let status = Self.plain(try await bench.run("status", columns: 100, root))
        for word in ["● intray", "running since", "● route main: up", "1 done, 1 failed", "Last failures", "bad.docx"] { #expect(status.contains(word), "\(status)") }
        #expect(status.split(separator: "\n").allSatisfy { $0.count <= 100 })
        // However narrow: a path is cut, a job's name never, and nothing runs over the edge.
        for columns in [40, 80] {
            let narrow = Self.plain(try await bench.run("status", columns: columns, root)) + Self.plain(try await bench.run("jobs", columns: columns, root))
            #expect(narrow.split(separator: "\n").allSatisfy { $0.count <= columns }, "\(narrow)")
            #expect(narrow.contains("malformed") && narrow.contains("bad.docx") && narrow.matches(of: /\b[0-9A-Z]{26}\b/).count == 3, "\(narrow)")
        }
        let explained = try await Program("intray").run(["explain", daemon.root.appending("quarantine/bad.docx").string] + root)
        #expect(explained.output.contains("malformed: ") && explained.output.contains("→ open it in its own program"), "\(explained.output)")
        try await daemon.stop()
    }

    @Test("long names, wide characters and escapes in names run over no edge, and steer nothing", arguments: [40, 80])
    func names(_ columns: Int) async throws {
        let bench = try TerminalBench()
        let names = [
            String(repeating: "long name ", count: 20) + ".csv", String(repeating: "契約書と請求書", count: 8) + ".csv", "evil\u{1B}[31mred\u{1B}[2Jname\u{7}.csv",
            String(repeating: "e\u{301}", count: 60) + ".csv", "مرحبا.csv",
        ]
        let daemon = try await Watching()
        defer { daemon.kill() }
        for name in names {
            try daemon.drop(name, "a,b\n1,2\n")
            try FilePath(bench.documents).appending(name).write("a,b\n1,2\n")
        }
        try daemon.drop(bench.name, "PK no archive")
        let root = ["--root", daemon.root.string]
        try await eventually("all have ended") { try await bench.run("status", columns: 80, root).contains("\(names.count) done") }
        try await eventually("the failure is told") { try await Program("intray").run(["jobs", "--status", "failed"] + root).output.contains("malformed") }
        let job = try #require(try await Program("intray").run(["jobs", "--status", "failed"] + root).output.firstMatch(of: /[0-9A-Z]{26}/)?.output)
        var shown = try await bench.run("jobs", columns: columns, root)
        shown += try await bench.run("status", columns: columns, root)
        shown += try await bench.run("events", "-n", "100", columns: columns, root)
        shown += try await bench.run("jobs", String(job), columns: columns, root)
        shown += try await bench.run("explain", daemon.root.appending("inbox").string + "/" + bench.name, columns: columns, root)
        shown += try await bench.run("sweep", bench.documents, "--outbox", bench.outbox, columns: columns)
        shown += try await bench.run("formats", columns: columns)
        for code in ["[2J", "\u{7}"] { #expect(!shown.replacing("\u{1B}[J", with: "").contains("\u{1B}" + code) && !shown.contains("\u{7}")) }
        // What a program has drawn anew is not on the screen any more, and a word that is longer than a line is whole.
        let lines = Self.plain(shown).split(separator: "\n").filter { $0.split(separator: " ").allSatisfy { Self.columns($0) < columns - 12 } }
        #expect(lines.count > 100)
        try await daemon.stop()
        for line in lines { #expect(Self.columns(line) <= columns, "\(line)") }
        #expect(shown.contains("請求書.csv") && shown.contains("\\x1b[31mred"), "\(shown)")
    }

    @Test("the bar of a sweep that is interrupted stays where it is")
    func interrupted() async throws {
        let bench = try TerminalBench()
        let worker = bench.folder.path.appending("mock")
        try worker.write("#!/bin/sh\nexec \(Program("MockWorker").path.string) --mock \"$@\"\n")
        chmod(worker.string, 0o755)
        for number in 0..<200 { try FilePath(bench.documents).appending("\(number).txt").write("slow 300 \(number)\n") }
        let terminal = try PseudoTerminal()
        let sweep = try Program.start(
            try Program("intray").path, ["sweep", bench.documents, "--outbox", bench.outbox, "--workers", "2"],
            ["TERM": "xterm", "INTRAY_WORKER": worker.string], output: terminal.descriptor)
        try await eventually("the bar is there") { terminal.shown().contains(/[1-9][0-9]* of [12][0-9][0-9]/) }
        kill(sweep, SIGINT)
        try await eventually("it has ended") {
            // What nobody reads holds it up.
            _ = terminal.shown()
            var status: Int32 = 0
            return waitpid(sweep, &status, WNOHANG) == sweep
        }
        let shown = terminal.shown()
        #expect(shown.contains("stopping") && shown.contains("interrupted: the next sweep"), "\(shown)")
        #expect(!shown.contains("100 %") && shown.contains(/of [12][0-9][0-9]/), "\(shown)")
    }

    @Test("a daemon shows a line for each document that has ended, there as in a pipe; started from a file, in a pipe only failures")
    func lines() async throws {
        let bench = try TerminalBench()
        let root = bench.folder.path.appending("root")
        let intray = try Program("intray")
        async let ended = bench.run("watch", root.string, "--quiet", "0.1", columns: 100)
        try await eventually("it answers") { try await intray.run(["status", "--root", root.string]).exitCode == 0 }
        try root.appending("inbox/a.csv").write("a,b\n1,2\n")
        try root.appending("inbox/bad.docx").write("PK no archive")
        try await eventually("both have ended") { root.appending("outbox/a.csv.md").exists && root.appending("quarantine/bad.docx").exists }
        #expect(try await intray.run(["stop", "--root", root.string]).exitCode == 0)
        let shown = Self.plain(try await ended).split(separator: "\n")
        #expect(shown.contains { $0.contains("job done") && $0.contains("a.csv") && $0.contains("→ a.csv.md") && $0.count <= 100 }, "\(shown)")
        #expect(shown.contains { $0.contains("job failed") && $0.contains("bad.docx") && $0.contains("malformed") && $0.count <= 100 }, "\(shown)")

        let file = bench.folder.path.appending("intray.yaml")
        try file.write("state: file/state\nworkers: {user: nobody}\nroutes: [{root: file, settle: {quiet: 100ms}}]\n")
        for (arguments, told) in [([root.string, "--quiet", "0.1"], ["job done", "job failed"]), (["-c", file.string], ["job failed"])] {
            let log = bench.folder.path.appending("log-\(told.count)")
            let output = try Descriptor.open(log, O_WRONLY | O_CREAT, mode: 0o644)
            let place = arguments[0] == "-c" ? bench.folder.path.appending("file") : root
            let daemon = try Program.start(intray.path, ["watch"] + arguments, [:], output: output.raw)
            defer { kill(daemon, SIGKILL) }
            try await eventually("it answers") { try await intray.run(["status", "--root", place.string]).exitCode == 0 }
            try place.appending("inbox/b.csv").write("a,b\n1,2\n")
            try place.appending("inbox/worse.docx").write("PK no archive")
            try await eventually("both have ended") { place.appending("outbox/b.csv.md").exists && place.appending("quarantine/worse.docx").exists }
            _ = try await intray.run(["stop", "--root", place.string])
            _ = try await blocking {
                var status: Int32 = 0
                while waitpid(daemon, &status, 0) < 0 && errno == EINTR {}
                return status
            }
            let text = try log.readText()
            #expect(!text.contains("\u{1B}") && text.split(separator: "\n").filter { $0.contains("  job ") }.count == told.count, "\(text)")
            for word in told { #expect(text.contains("  \(word)"), "\(text)") }
        }
    }

    @Test("completions are made for each shell", arguments: ["bash", "zsh", "fish"])
    func completions(shell: String) async throws {
        let made = try await Program("intray").run(["--generate-completion-script", shell])
        #expect(made.exitCode == 0 && made.output.contains("sweep") && made.output.contains("outbox"))
    }

    /// As a terminal shows the characters of these tests.
    private static func columns(_ text: Substring) -> Int { text.reduce(0) { $0 + (("契約書と請求").contains($1) ? 2 : 1) } }

    /// Without colours and the terminal's line ends.
    private static func plain(_ text: String) -> String {
        var plain = ""
        var isCode = false
        for scalar in text.unicodeScalars where scalar != "\r" {
            if scalar == "\u{1B}" { isCode = true } else if isCode { isCode = !("A"..."z").contains(scalar) || scalar == "[" } else { plain.unicodeScalars.append(scalar) }
        }
        return plain
    }
}

/// Commands with a terminal of a certain width as their standard output.
private struct TerminalBench {
    let folder: TemporaryFolder
    let name = "a document with a very long name that does not fit into the column which there is for names.docx"
    var documents: String { folder.path.appending("in").string }
    var outbox: String { folder.path.appending("out").string }

    init() throws {
        folder = try TemporaryFolder()
        try folder.path.appending("in/a.csv").write("a,b\n1,2\n")
        try folder.path.appending("in").appending(FilePath.Component(name).map { [$0] } ?? []).write("PK no archive")
    }

    func run(_ arguments: String..., columns: Int, _ more: [String] = [], environment: [String: String] = [:]) async throws -> String {
        let program = try Program("intray").path.string
        let command = ([program] + arguments + more).map { "'\($0)'" }.joined(separator: " ")
        let set = environment.merging(["TERM": "xterm"]) { $1 }
        return try await Program(at: "/usr/bin/script").run(["-qec", "stty cols \(columns) rows 40; \(command)", "/dev/null"], environment: set).output
    }
}
