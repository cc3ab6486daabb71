// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import Pipeline
import Settings
import SystemPackage
import TestSupport
import Testing

/// One route in a folder of its own, swept by this process with real workers.
private struct SweptRoute {
    let folder: TemporaryFolder
    let path: FilePath
    let log: FilePath
    var settings: RouteSettings

    init() throws {
        setenv("INTRAY_WORKER", try Program("intray-worker").path.string, 1)
        setenv("INTRAY_WORKER_USER", "nobody", 1)
        folder = try TemporaryFolder()
        path = folder.path
        log = path.appending("state/events.jsonl")
        settings = RouteSettings(root: path)
    }

    func sweep() throws -> Sweep { try Sweep(Settings.Configuration(state: path.appending("state"), routes: [settings]), waits: true) }

    /// Runs a sweep to its end; once the log says `text`, does `then` with what stands in it.
    func run(_ sweep: Sweep, until text: String, then: (_ said: String) -> Void) async throws -> Sweep.Summary {
        async let summary = sweep.run { _ in }
        try await eventually(text) { try log.exists && log.readText().contains(text) }
        then(try log.readText())
        return try await summary
    }
}

private let paused = "\"type\":\"route.paused\""

@Suite("A full disk", .timeLimit(.minutes(10)))
struct FullDiskTests {
    @Test("pauses the route, costs no attempt, and everything is finished once there is space again", .enabled(if: Mounts.areAllowed, "mounting needs root"))
    func outbox() async throws {
        var route = try SweptRoute()
        let mounts = Mounts(below: route.path)
        defer { mounts.undo() }
        let disk = try mounts.addSystem(of: 512, at: "outbox")
        try disk.appending("ballast").write(repeatElement(0x2E, count: 300 << 10))
        route.settings.minimumFree = 0
        for number in 0..<24 { try route.path.appending("inbox/file-\(number).txt").write(String(repeating: "line of text \(number)\n", count: 800)) }
        let summary = try await route.run(route.sweep(), until: paused) { said in
            #expect(said.contains("\"reason\":\"disk-full\""))
            #expect(unlink(disk.appending("ballast").string) == 0)
        }
        #expect(summary.done == 24)
        #expect(summary.failed == 0)
        #expect(try disk.filesBelow().map(\.string).filter { !$0.hasPrefix(".") }.count == 24)
        let text = try route.log.readText()
        #expect(text.contains("\"type\":\"route.resumed\""))
        for line in text.split(separator: "\n") where line.contains("\"type\":\"job.done\"") { #expect(line.contains("\"attempt\":1,"), "\(line)") }
        #expect(try route.path.appending("inbox").filesBelow().filter { !$0.string.hasSuffix("/lock") }.isEmpty)
    }

    @Test("and any other trouble in the outbox pauses the route, and no document is rejected for it")
    func unwritable() async throws {
        let route = try SweptRoute()
        try route.path.appending("inbox/file.txt").write("text\n")
        let sweep = try route.sweep()
        let stage = route.path.appending("outbox/.stage-\(route.settings.name)")
        TemporaryFolder.remove(stage)
        try stage.write("in the way")
        let summary = try await route.run(sweep, until: paused) { _ in unlink(stage.string) }
        #expect(summary.done == 1 && summary.failed == 0)
        #expect(try route.log.readText().contains("\"attempt\":1,"))
    }

    @Test("and so does an outbox that may not be written to", .enabled(if: geteuid() != 0, "root may write everywhere"))
    func refused() async throws {
        let route = try SweptRoute()
        try route.path.appending("inbox/file.txt").write("text\n")
        let sweep = try route.sweep()
        let outbox = route.path.appending("outbox").string
        chmod(outbox, 0o555)
        let summary = try await route.run(sweep, until: paused) { _ in chmod(outbox, 0o755) }
        #expect(summary.done == 1 && summary.failed == 0)
    }

    @Test("and an inbox that is another folder by now pause the route, which says why")
    func replacedInbox() async throws {
        let route = try SweptRoute()
        let sweep = try route.sweep()
        let (inbox, aside) = (route.path.appending("inbox"), route.path.appending("aside"))
        #expect(rename(inbox.string, aside.string) == 0)
        try inbox.appending("file.txt").write("text\n")
        _ = try await route.run(sweep, until: "the inbox was removed or replaced") { _ in sweep.stop() }
        #expect(try inbox.appending("file.txt").readText() == "text\n")
    }

    @Test("before the outbox is full, the space that is to stay free stops the route")
    func minimumFree() async throws {
        var route = try SweptRoute()
        route.settings.minimumFree = .max
        try route.path.appending("inbox/file.txt").write("text\n")
        let sweep = try route.sweep()
        _ = try await route.run(sweep, until: paused) { _ in sweep.stop() }
        #expect(try route.path.appending("inbox/file.txt").readText() == "text\n")
        #expect(try route.path.appending("outbox").filesBelow().isEmpty)
    }
}

@Suite("An archive that cannot be written", .timeLimit(.minutes(10)))
struct DisposalTests {
    @Test("holds the end of a job back; nothing is converted again and nothing published twice")
    func heldBack() async throws {
        let route = try SweptRoute()
        try route.path.appending("inbox/file.txt").write("text\n")
        // Where the years' folders should be made there is a file for each.
        let years = (2020...2100).map { route.path.appending("archive/\($0)") }
        for year in years { try year.write("in the way") }
        _ = try await route.run(route.sweep(), until: "\"type\":\"route.degraded\"") { said in
            #expect(!said.contains("job.done"))
            for year in years { unlink(year.string) }
        }
        #expect(try route.path.appending("outbox").filesBelow().map(\.string) == ["file.txt.md"])
        #expect(try route.path.appending("archive").filesBelow().compactMap { $0.lastComponent?.string } == ["file.txt"])
        #expect(try route.log.readText().split(separator: "\n").count { $0.contains("\"type\":\"job.done\"") } == 1)
    }
}
