// SPDX-License-Identifier: Apache-2.0
@testable import Arrivals
import FileAccess
import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing

/// A watcher and a feed together: INTRAY_BURST sets the number of files; 100,000 is the figure that is promised.
@Suite("A burst of files", .serialized, .timeLimit(.minutes(20)))
struct BurstTests {
    private static let count = getenv("INTRAY_BURST").flatMap { Int(String(cString: $0)) } ?? 5_000

    @Test("loses none, in one folder and in a hundred, with the queue overflown and without", arguments: [(1, true), (100, false)])
    func burst(folders: Int, overflows: Bool) async throws {
        let folder = try TemporaryFolder()
        let inbox = folder.path.appending("inbox")
        try inbox.makeFolders()
        var settings = ArrivalSettings(inbox: inbox)
        (settings.quiet, settings.settlingMost, settings.readyMost) = (.zero, 4_096, 1_024)
        let running = try RunningFeed(settings, watched: true, counts: true)
        let link = WatcherLink(program: try Program("intray-watcher").path, roots: [inbox])
        let isReady = Atomic(false)
        let linked = Task {
            await link.run { hint in
                running.feed.take(hint)
                if hint == .ready { isReady.store(true, ordering: .relaxed) }
            }
        }
        // The scan at the start and the one that the watcher asks for may be one.
        try await eventually("it watches") { isReady.load(ordering: .relaxed) && running.scans > 0 }
        let watcher = try #require(link.watcherPID)
        // The kernel tells of folders that are watched only: each shows that it is.
        for number in 0..<folders { try inbox.appending("d\(number)/first.txt").write("x") }
        try await eventually("its folders are watched") { running.distinct == folders }
        if overflows { kill(watcher, SIGSTOP) }
        let count = overflows ? max(Self.count, Self.queueLength + 1_000) : Self.count
        try await blocking { try Self.make(count, in: folders, below: inbox) }
        if overflows { kill(watcher, SIGCONT) }
        try await eventually("all are offered", within: .seconds(600)) { running.distinct == count + folders }
        if overflows { #expect(running.reported.contains { if case .scanStarted(.overflow) = $0 { true } else { false } }) }
        linked.cancel()
        await linked.value
        await running.stop()
    }

    /// By the system's own calls: the test's paths are slow without optimisation.
    private static func make(_ count: Int, in folders: Int, below inbox: FilePath) throws {
        let base = inbox.string
        for number in 0..<count {
            let file = open("\(base)/d\(number % folders)/f\(number).txt", O_WRONLY | O_CREAT, 0o644)
            guard file >= 0, write(file, "x", 1) == 1 else { throw SystemError("write", inbox) }
            close(file)
        }
    }

    private static var queueLength: Int {
        guard let file = try? Descriptor.open("/proc/sys/fs/inotify/max_queued_events", O_RDONLY), let text = try? file.read(32, path: "max_queued_events") else { return 16_384 }
        return Int(String(decoding: text, as: UTF8.self).prefix { $0.isNumber }) ?? 16_384
    }
}
