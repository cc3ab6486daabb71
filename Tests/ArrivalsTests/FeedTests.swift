// SPDX-License-Identifier: Apache-2.0
@testable import Arrivals
import FileAccess
import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing

@Suite("A feed", .serialized, .timeLimit(.minutes(10)))
struct FeedTests {
    @Test("takes more young files than it follows at once, each once, in few scans", arguments: [Duration.milliseconds(50), .zero])
    func backlog(quiet: Duration) async throws {
        let folder = try TemporaryFolder()
        let count = 1_500
        for number in 0..<count { try folder.path.appending("d\(number % 10)/f\(number).txt").write("x") }
        var settings = ArrivalSettings(inbox: folder.path)
        (settings.quiet, settings.settlingMost, settings.readyMost) = (quiet, 200, 100)
        let most = Mutexes()
        let running = try RunningFeed(settings, watched: true, keeps: true)
        try await eventually("all are offered", within: .seconds(240)) {
            let status = running.feed.status
            most.note(status.settling, status.buffered)
            return running.paths.count >= count
        }
        await running.stop()
        #expect(Set(running.paths).count == count && running.paths.count == count)
        #expect(most.settling <= 201)
        #expect(most.buffered <= 102)
        #expect(running.scans <= 2)
    }

    @Test("goes on past files that never settle, and takes those when there is room, without scanning all the time")
    func stuck() async throws {
        let folder = try TemporaryFolder()
        for number in 0..<300 { try folder.path.appending("empty/f\(number).txt").write("") }
        for number in 0..<20 { try folder.path.appending("full\(number).txt").write("x") }
        var settings = ArrivalSettings(inbox: folder.path)
        (settings.quiet, settings.settlingMost, settings.emptyGrace) = (.milliseconds(20), 200, .seconds(4))
        let running = try RunningFeed(settings, watched: true, keeps: true)
        try await eventually("all are offered", within: .seconds(240)) { running.paths.count == 320 }
        await running.stop()
        #expect(Set(running.paths).count == running.paths.count)
        #expect(running.scans <= 4)
    }

    @Test("a hint that there is no room for becomes a scan")
    func fullTable() async throws {
        let folder = try TemporaryFolder()
        var settings = ArrivalSettings(inbox: folder.path)
        (settings.quiet, settings.settlingMost) = (.milliseconds(300), 500)
        let running = try RunningFeed(settings, watched: true)
        try await eventually("the first scan is over") { running.scans > 0 }
        for number in 0..<500 { running.feed.noticed(FilePath("none\(number).txt"), .closed, .event) }
        try folder.path.appending("late.txt").write("x")
        running.feed.noticed("late.txt", .closed, .event)
        try await eventually("the late one is offered") { running.paths == ["late.txt"] }
        await running.stop()
    }

    @Test("sleeps each time until it is due, and wakes early only when it is rung for an earlier time")
    func bell() async throws {
        let bell = Bell()
        for _ in 0..<3 {
            let start = Instant.now
            await bell.wait(until: start + .milliseconds(40))
            #expect(.now >= start + .milliseconds(40))
        }
        let start = Instant.now
        async let slept: Void = bell.wait(until: start + .seconds(60))
        bell.ring(for: start + .seconds(90))
        try await Task.sleep(for: .milliseconds(20))
        bell.ring()
        await slept
        #expect(Instant.now < start + .seconds(30))
    }

    @Test("stops while its consumer takes nothing")
    func stops() async throws {
        let folder = try TemporaryFolder()
        for number in 0..<300 { try folder.path.appending("f\(number).txt").write("x") }
        var settings = ArrivalSettings(inbox: folder.path)
        (settings.quiet, settings.readyMost) = (.zero, 100)
        let feed = try ArrivalFeed(settings)
        let task = Task { try await feed.run() }
        try await eventually("it is full") { feed.status.buffered == 100 }
        task.cancel()
        try await task.value
    }

    @Test("a folder removed and made again is looked into again, with hints and without", arguments: [true, false])
    func rootReplaced(watched: Bool) async throws {
        let folder = try TemporaryFolder()
        let inbox = folder.path.appending("inbox")
        try inbox.makeFolders()
        var settings = ArrivalSettings(inbox: inbox)
        (settings.quiet, settings.pollQuiet, settings.pollInterval) = (.milliseconds(20), .milliseconds(20), .milliseconds(30))
        let running = try RunningFeed(settings, watched: watched)
        try await eventually("the first scan is over") { running.scans > 0 }
        TemporaryFolder.remove(inbox)
        if watched { running.feed.take(.rootLost(0)) }
        try await eventually("the root is lost") { !running.feed.status.rootPresent }
        try inbox.appending("back.txt").write("x")
        if watched { running.feed.take(.rootBack(0)) }
        try await eventually("the file is offered") { running.paths == ["back.txt"] }
        await running.stop()
        #expect(running.reported.count { if case .rootLost = $0 { true } else { false } } == 1)
        #expect(running.reported.count { if case .rootBack = $0 { true } else { false } } == 1)
    }

    @Test("polling, it takes a file after two listings, and lives with folders that go while it lists")
    func polling() async throws {
        let folder = try TemporaryFolder()
        try folder.path.appending("a/one.txt").write("x")
        var settings = ArrivalSettings(inbox: folder.path)
        (settings.pollQuiet, settings.pollInterval, settings.mode) = (.milliseconds(1), .milliseconds(400), .poll)
        let running = try RunningFeed(settings)
        try await eventually("the first scan is over") { running.scans == 1 }
        try await Task.sleep(for: .milliseconds(100))
        #expect(running.paths.isEmpty)
        try await eventually("it is offered") { running.paths == ["a/one.txt"] }
        #expect(running.scans >= 1)
        for round in 0..<200 {
            try folder.path.appending("b\(round)/c/two.txt").write("x")
            running.feed.rescan()
            TemporaryFolder.remove(folder.path.appending("b\(round)"))
        }
        try folder.path.appending("three.txt").write("x")
        try await eventually("a later one is offered") { running.paths.contains("three.txt") }
        await running.stop()
        #expect(!running.reported.contains { if case .rootLost = $0 { true } else { false } })
    }
}

private final class Mutexes: Sendable {
    private let most = Mutex((0, 0))
    func note(_ settling: Int, _ buffered: Int) { most.withLock { $0 = (max($0.0, settling), max($0.1, buffered)) } }
    var settling: Int { most.withLock { $0.0 } }
    var buffered: Int { most.withLock { $0.1 } }
}
