// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("What is dropped into an inbox", .serialized, .timeLimit(.minutes(10)))
struct DropTests {
    @Test("a thousand files at once are a thousand documents")
    func thousand() async throws {
        let daemon = try await Watching()
        defer { daemon.kill() }
        for number in 0..<1_000 { try daemon.root.appending("inbox/file-\(number).txt").write("content \(number)\n") }
        try await eventually("all are converted", within: .seconds(240)) { try daemon.outputs().count == 1_000 }
        for number in 0..<1_000 { #expect(try daemon.root.appending("outbox/file-\(number).txt.md").readText() == "content \(number)\n") }
        let jobs = try await Program("intray").run(["jobs", "--root", daemon.root.string, "-n", "2000", "--status", "done", "--json"])
        #expect(jobs.output.split(separator: "\n").count == 1_000)
        try await daemon.stop()
    }

    @Test("a file that is written over five seconds is taken once, when it is whole")
    func slow() async throws {
        let daemon = try await Watching()
        defer { daemon.kill() }
        let path = daemon.root.appending("inbox/slow.txt")
        do {
            let file = try Descriptor.open(path, O_WRONLY | O_CREAT, mode: 0o644)
            for line in 0..<10 {
                try Array("line \(line)\n".utf8).withUnsafeBytes { try file.write($0, path: path) }
                try await Task.sleep(for: .milliseconds(500))
                #expect(try daemon.outputs().isEmpty)
            }
        }
        try await eventually("it is converted") { try daemon.outputs().count == 1 }
        #expect(try daemon.root.appending("outbox/slow.txt.md").readText() == (0..<10).map { "line \($0)\n" }.joined())
        try await daemon.stop()
    }

    @Test("a file that changes while it is converted is read again, and the attempt does not count")
    func torn() async throws {
        let folder = try TemporaryFolder()
        let worker = folder.path.appending("mock")
        try worker.write("#!/bin/sh\nexec \(Program("MockWorker").path.string) --mock \"$@\"\n")
        chmod(worker.string, 0o755)
        let daemon = try await Watching(environment: ["INTRAY_WORKER": worker.string])
        defer { daemon.kill() }
        try daemon.drop("torn.txt", "slow 700 first\n")
        let work = daemon.root.appending("inbox")
        try await eventually("it is claimed") { try work.filesBelow().contains { $0.string.hasSuffix("/src/torn.txt") } }
        let place = try #require(try work.filesBelow().first { $0.string.hasSuffix("/src/torn.txt") })
        try await Task.sleep(for: .milliseconds(150))
        // As a program does that had kept it open.
        try work.appending(place.components).write("ok second\n")
        try await eventually("it is converted") { try daemon.outputs().count == 1 }
        #expect(try daemon.root.appending("outbox/torn.txt.md").readText() == "ok second\n")
        // It is told only once the outbox has it.
        let events = daemon.root.appending("state/events.jsonl")
        try await eventually("its end is told") { try events.readText().contains("\"job.done\"") }
        let log = try events.readText()
        #expect(log.contains("\"type\":\"job.torn\""))
        #expect(log.split(separator: "\n").first { $0.contains("job.done") }?.contains("\"attempt\":1,") == true)
        try await daemon.stop()
    }

    @Test("an empty file waits for its grace, then fails by name")
    func empty() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path.appending("intray.yaml")
        let work = try TemporaryFolder()
        try file.write("""
            state: \(work.path.string)/state
            routes:
              - {name: main, root: \(work.path.string), settle: {quiet: 100ms, empty_grace: 600ms}}
            """)
        let daemon = try await Watching(keeping: work, arguments: ["-c", file.string])
        defer { daemon.kill() }
        try daemon.root.appending("inbox/empty.txt").write("")
        try daemon.root.appending("inbox/filled.txt").write("")
        try await Task.sleep(for: .milliseconds(250))
        #expect(try daemon.root.appending("quarantine").filesBelow().isEmpty)
        try daemon.root.appending("inbox/filled.txt").write("filled later\n")
        try await eventually("one failed, one is converted") {
            try daemon.root.appending("quarantine").filesBelow().map(\.string) == ["empty.txt", "empty.txt.error.json"] && daemon.outputs().count == 1
        }
        #expect(try daemon.root.appending("quarantine/empty.txt.error.json").readText().contains("\"code\":\"empty\""))
        try await daemon.stop()
    }

    @Test("what rsync brings is taken under its own name only", .enabled(if: FilePath("/usr/bin/rsync").exists, "rsync is not installed"))
    func rsync() async throws {
        let daemon = try await Watching()
        defer { daemon.kill() }
        for number in 0..<20 { try daemon.root.appending("elsewhere/tree/sub/file-\(number).txt").write("content \(number)\n") }
        let log = try Descriptor.open(daemon.root.appending("rsync.log"), O_WRONLY | O_CREAT, mode: 0o644)
        let rsync = try Program.start("/usr/bin/rsync", ["-a", daemon.root.appending("elsewhere/tree").string, daemon.root.appending("inbox").string], [:], output: log.raw)
        var status: Int32 = 0
        waitpid(rsync, &status, 0)
        #expect(status == 0)
        let wanted = Set((0..<20).map { "tree/sub/file-\($0).txt.md" })
        try await eventually("all are converted") { try Set(daemon.outputs().map(\.string)) == wanted }
        try await daemon.stop()
    }
}
