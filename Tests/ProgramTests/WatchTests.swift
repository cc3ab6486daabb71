// SPDX-License-Identifier: Apache-2.0
import FileAccess
import FoundationEssentials
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("intray watch", .serialized, .timeLimit(.minutes(10)))
struct WatchTests {
    @Test("an inbox and an outbox that are links are watched and written like any others")
    func links() async throws {
        let folder = try TemporaryFolder()
        for name in ["inbox", "outbox"] {
            try folder.path.appending("real-\(name)").makeFolders()
            #expect(symlink("real-\(name)", folder.path.appending(name).string) == 0)
        }
        let daemon = try await Watching(keeping: folder)
        defer { daemon.kill() }
        try daemon.drop("notes.txt", "text\n")
        try await eventually("it is converted") { folder.path.appending("outbox/notes.txt.md").exists }
        let log = try folder.path.appending("state/events.jsonl").readText()
        #expect(log.contains("\"origin\":\"event\""))
        #expect(!log.contains("route.down") && !log.contains("route.paused"))
        try await daemon.stop()
    }

    @Test("whatever is dropped, however, is converted once; what is no document stays")
    func drops() async throws {
        let daemon = try await Watching()
        defer { daemon.kill() }
        let inbox = daemon.root.appending("inbox")
        try inbox.appending("copied.txt").write("copied\n")
        try daemon.root.appending("elsewhere/tree/deep/moved.txt").write("moved\n")
        #expect(rename(daemon.root.appending("elsewhere/tree").string, inbox.appending("tree").string) == 0)
        try inbox.appending(".upload.77").write("renamed\n")
        #expect(rename(inbox.appending(".upload.77").string, inbox.appending("renamed.txt").string) == 0)
        try daemon.root.appending("elsewhere/linked.txt").write("linked\n")
        #expect(link(daemon.root.appending("elsewhere/linked.txt").string, inbox.appending("linked.txt").string) == 0)
        let odd = FilePath(bytes: Array("odd\nna".utf8) + [0xFF] + Array("me.txt".utf8))
        try inbox.appending(odd.components).write("odd\n")
        #expect(mkfifo(inbox.appending("fifo.txt").string, 0o600) == 0)
        #expect(symlink("/etc/passwd", inbox.appending("link-out.txt").string) == 0)
        let expected = Set(["copied.txt", "tree/deep/moved.txt", "renamed.txt", "linked.txt"].map { FilePath("\($0).md") } + [FilePath(bytes: odd.bytes + Array(".md".utf8))])
        try await eventually("all are converted") { try Set(daemon.outputs()) == expected }
        #expect(inbox.appending("fifo.txt").exists)
        #expect(try daemon.root.appending("outbox/renamed.txt.md").readText() == "renamed\n")
        try await daemon.stop()
    }

    @Test("says what it has made and that it watches once nothing is in the way, and makes no root below a folder that is not there")
    func start() async throws {
        let folder = try TemporaryFolder()
        let intray = try Program("intray")
        let lost = try await intray.run(["watch", folder.path.appending("no/where").string])
        #expect(lost.exitCode == 5 && lost.output.contains("there is no folder \"\(folder.path)/no\""), "\(lost.output)")
        #expect(!folder.path.appending("no").exists)
        let root = folder.path.appending("root")
        let log = folder.path.appending("log")
        let output = try Descriptor.open(log, O_WRONLY | O_CREAT, mode: 0o644)
        let daemon = try Program.start(intray.path, ["watch", root.string], [:], output: output.raw)
        defer { kill(daemon, SIGKILL) }
        try await eventually("it watches") { try log.readText().contains("watching \(root)/inbox\n") }
        #expect(try log.readText().contains("made \"\(root)\", which was not there\n"))
        // The lock is held.
        let second = try await intray.run(["watch", root.string])
        #expect(second.exitCode == 4 && !second.output.contains("watching"), "\(second.output)")
        kill(daemon, SIGTERM)
        // The page's address is taken.
        let page = folder.path.appending("page.sock"), other = folder.path.appending("other")
        let taken = try await intray.run(["watch", other.string, "--dashboard", folder.path.appending("no/page.sock").string])
        #expect(taken.exitCode != 0 && !taken.output.contains("watching"), "\(taken.output)")
        let words = try Descriptor.open(folder.path.appending("words"), O_WRONLY | O_CREAT, mode: 0o644)
        let served = try Program.start(intray.path, ["watch", other.string, "--dashboard", page.string], [:], output: words.raw)
        defer { kill(served, SIGKILL) }
        try await eventually("it says both") { try folder.path.appending("words").readText().contains(/watching [^\n]*\n[^\n]*the page is at/) }
    }

    @Test("a failure's report has a command line that gives the file back when it is pasted", arguments: ["my 'scans'", "plain"])
    func pasted(name: String) async throws {
        let folder = try TemporaryFolder()
        let root = folder.path.appending(name)
        try root.makeFolders()
        let daemon = try await Watching(keeping: folder, arguments: ["--quiet", "0.2", root.string], answersAt: root)
        defer { daemon.kill() }
        try root.appending("inbox/bad.docx").write("PK no archive")
        let report = root.appending("quarantine/bad.docx.error.json")
        try await eventually("it is in quarantine") { report.exists }
        struct Report: Decodable { var retry_command: String }
        let command = try JSONDecoder().decode(Report.self, from: Data(report.read())).retry_command
        let intray = try Program("intray").path.string
        #expect(command.hasPrefix("intray retry "))
        let ending = try await Program(at: "/bin/sh").run(["-c", intray + command.dropFirst("intray".count)])
        #expect(ending.exitCode == 0 && ending.output == "1 of 1 files are back in their inbox\n", "\(command): \(ending.output)")
        try await daemon.stop()
    }

    @Test("events of a route that there is not are refused with those that there are")
    func events() async throws {
        let daemon = try await Watching()
        defer { daemon.kill() }
        let none = try await Program("intray").run(["events", "--route", "mian", "--root", daemon.root.string])
        #expect(none.exitCode == 1 && none.output.contains("there are main"), "\(none.output)")
        #expect(try await Program("intray").run(["events", "--route", "main", "--root", daemon.root.string]).exitCode == 0)
        try await daemon.stop()
    }

    @Test("a file that is still being written is not taken")
    func slowWriter() async throws {
        let daemon = try await Watching()
        defer { daemon.kill() }
        let path = daemon.root.appending("inbox/slow.txt")
        let file = try Descriptor.open(path, O_WRONLY | O_CREAT, mode: 0o644)
        for line in 0..<8 {
            try Array("line \(line)\n".utf8).withUnsafeBytes { try file.write($0, path: path) }
            try await Task.sleep(for: .milliseconds(250))
            #expect(try daemon.outputs().isEmpty)
        }
        close(dup(file.raw))
        withExtendedLifetime(file) {}
    }

    @Test("a daemon that is told to stop as soon as it listens for that stops")
    func stoppedWhileStarting() async throws {
        let folder = try TemporaryFolder()
        let log = try Descriptor.open(folder.path.appending("said"), O_WRONLY | O_CREAT | O_APPEND, mode: 0o644)
        for _ in 0..<20 {
            let process = try Program.start(Program("intray").path, ["watch", folder.path.appending("root").string], [:], output: log.raw)
            defer { kill(process, SIGKILL) }
            while Self.caughtSignals(of: process) & 1 << UInt64(SIGTERM - 1) == 0 { sched_yield() }
            kill(process, SIGTERM)
            var status: Int32 = 0
            try await eventually("it ends", within: .seconds(20)) { waitpid(process, &status, WNOHANG) == process }
        }
    }

    /// The mask of signals that a process has handlers for; all of them once it has gone.
    private static func caughtSignals(of process: Int32) -> UInt64 {
        guard let file = fopen("/proc/\(process)/status", "r") else { return .max }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            if text.hasPrefix("SigCgt:") { return UInt64(text.dropFirst(7).filter { !$0.isWhitespace }, radix: 16) ?? .max }
        }
        return .max
    }

    @Test("without its watcher it starts another one and finds what came meanwhile")
    func watcherDies() async throws {
        let daemon = try await Watching()
        defer { daemon.kill() }
        try daemon.root.appending("inbox/before.txt").write("before\n")
        try await eventually("the first is converted") { try daemon.outputs().count == 1 }
        let watchers = try daemon.children(named: "intray-watcher")
        #expect(watchers.count == 1)
        for watcher in watchers { Glibc.kill(watcher, SIGKILL) }
        try daemon.root.appending("inbox/after.txt").write("after\n")
        try await eventually("the second is converted") { try daemon.outputs().count == 2 }
        try await daemon.stop()
    }
}
