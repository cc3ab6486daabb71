// SPDX-License-Identifier: Apache-2.0
import Announcements
import FileAccess
import Glibc
import Ledger
import Pipeline
import Settings
import SystemPackage
import TestSupport
import Testing

@Suite("Files with one content", .timeLimit(.minutes(10)))
struct DuplicateTests {
    @Test("are converted once where the route skips duplicates, at the same time or later")
    func skips() async throws {
        let bench = try Bench(.skip)
        try bench.write(["a.txt": "same\n", "b.txt": "same\n", "c.txt": "other\n"])
        #expect(try await bench.sweep() == [2, 1])
        try bench.write(["later.txt": "same\n"])
        #expect(try await bench.sweep() == [0, 1])
        #expect(try bench.outputs.filter { $0 != "c.txt.md" }.count == 1)
        let skipped = try bench.jobs(state: "skipped")
        #expect(skipped.map(\.reason) == ["duplicate", "duplicate"])
        let log = try bench.root.appending("state/events.jsonl").readText()
        #expect(log.contains("\"duplicate_of\":\"\(try #require(bench.jobs(state: "done").first { !$0.path.string.hasPrefix("c") }?.job))\""))
    }

    @Test("share one output where the route links duplicates")
    func links() async throws {
        let bench = try Bench(.link)
        try bench.write(["a.txt": "same\n", "sub/b.txt": "same\n"])
        #expect(try await bench.sweep() == [2, 0])
        let first = try FileIdentity.of(bench.root.appending("out/a.txt.md"))
        let second = try FileIdentity.of(bench.root.appending("out/sub/b.txt.md"))
        #expect(first.inode == second.inode)
    }

    @Test("are converted again once the first one's output has gone")
    func gone() async throws {
        let bench = try Bench(.skip)
        try bench.write(["a.txt": "same\n"])
        #expect(try await bench.sweep() == [1, 0])
        unlink(bench.root.appending("out/a.txt.md").string)
        try bench.write(["b.txt": "same\n"])
        #expect(try await bench.sweep() == [1, 0])
        #expect(try bench.outputs == ["b.txt.md"])
    }

    @Test("are converted each where nothing else is set")
    func converts() async throws {
        let bench = try Bench(.convert)
        try bench.write(["a.txt": "same\n", "b.txt": "same\n"])
        #expect(try await bench.sweep() == [2, 0])
        #expect(try bench.outputs == ["a.txt.md", "b.txt.md"])
    }
}

/// A folder that is swept, with a policy.
private struct Bench {
    let folder: TemporaryFolder
    let configuration: Settings.Configuration
    var root: FilePath { folder.path }

    init(_ duplicates: RouteSettings.Duplicates) throws {
        // The programs stand beside the test bundle; the daemon looks beside itself.
        setenv("INTRAY_WORKER", try Program("intray-worker").path.string, 1)
        setenv("INTRAY_WORKER_USER", "nobody", 1)
        folder = try TemporaryFolder()
        var route = RouteSettings(root: folder.path)
        route.outbox = folder.path.appending("out")
        route.claim = .leave
        route.duplicates = duplicates
        configuration = Settings.Configuration(state: folder.path.appending("state"), routes: [route])
    }

    func write(_ files: [String: String]) throws {
        for (name, text) in files { try root.appending("inbox").appending(FilePath(name).components).write(text) }
    }

    /// How many were converted and skipped.
    func sweep() async throws -> [Int] {
        let summary = try await Sweep(configuration, waits: true).run { _ in }
        return [summary.done, summary.skipped]
    }

    var outputs: [String] { get throws { try root.appending("out").filesBelow().map(\.string).filter { !$0.hasPrefix(".") } } }

    func jobs(state: String) throws -> [JobRow] {
        var query = JobQuery()
        query.state = state
        return try Ledger(at: root.appending("state/ledger.sqlite")).jobs(query)
    }
}
