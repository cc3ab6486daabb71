// SPDX-License-Identifier: Apache-2.0
@testable import Arrivals
import CLinux
import FileAccess
import Glibc
import Synchronization
import SystemPackage
import TestSupport
import Testing

@Suite("intray-watcher", .serialized, .timeLimit(.minutes(10)))
struct WatcherTests {
    @Test("tells of files closed, renamed and made, whatever bytes are in their names")
    func changes() async throws {
        let watching = try await WatchedFolder()
        let names = [Array("plain.txt".utf8), Array("two\nlines.txt".utf8), [0xFF, 0xFE, 0x2E, 0x78], [UInt8](repeating: 0x61, count: 255)].map { FilePath(bytes: $0) }
        for name in names { try watching.path.appending(name.components).write("x") }
        for name in names { try await watching.told(.changed(root: 0, name, .closed)) }
        try watching.path.appending(".hidden").write("x")
        #expect(rename(watching.path.appending(".hidden").string, watching.path.appending("shown.txt").string) == 0)
        try await watching.told(.changed(root: 0, "shown.txt", .renamed))
        #expect(link(watching.path.appending("shown.txt").string, watching.path.appending("linked.txt").string) == 0)
        try await watching.told(.changed(root: 0, "linked.txt", .created))
        await watching.stop()
    }

    @Test("finds what is in a tree that is moved in, and follows a folder to its new name")
    func trees() async throws {
        let watching = try await WatchedFolder()
        let elsewhere = try TemporaryFolder()
        try elsewhere.path.appending("tree/a/b/deep.txt").write("x")
        #expect(rename(elsewhere.path.appending("tree").string, watching.path.appending("tree").string) == 0)
        try await watching.told(.changed(root: 0, "tree/a/b/deep.txt", .created))
        #expect(rename(watching.path.appending("tree").string, watching.path.appending("other").string) == 0)
        try await watching.told(.gone(root: 0, "tree"))
        try await watching.told(.changed(root: 0, "other/a/b/deep.txt", .created))
        try watching.path.appending("other/a/b/new.txt").write("x")
        try await watching.told(.changed(root: 0, "other/a/b/new.txt", .closed))
        await watching.stop()
    }

    @Test("watches a folder that is removed and made again under its name")
    func again() async throws {
        let watching = try await WatchedFolder()
        for round in 0..<20 {
            try watching.path.appending("sub/below/f\(round).txt").write("x")
            try await watching.told(FilePath("sub/below/f\(round).txt"))
            try watching.path.appending("sub/below/late\(round).txt").write("x")
            try await watching.told(.changed(root: 0, FilePath("sub/below/late\(round).txt"), .closed))
            TemporaryFolder.remove(watching.path.appending("sub"))
        }
        await watching.stop()
    }

    @Test("misses no file in folders made in a hurry")
    func races() async throws {
        let watching = try await WatchedFolder()
        var expected: Set<FilePath> = []
        for number in 0..<300 {
            let path = FilePath("r\(number)/a/b/c/f.txt")
            try watching.path.appending(path.components).write("x")
            expected.insert(path)
        }
        let all = expected
        try await eventually("all are told") { all.isSubset(of: watching.paths) }
        await watching.stop()
    }

    @Test("tells that a root has gone and that it is back, even while somebody holds it open")
    func roots() async throws {
        let watching = try await WatchedFolder()
        let held = try Descriptor.open(watching.path, O_RDONLY | O_DIRECTORY)
        TemporaryFolder.remove(watching.path)
        try await watching.told(.rootLost(0))
        try watching.path.makeFolders()
        try await watching.told(.rootBack(0))
        try watching.path.appending("sub/after.txt").write("x")
        try await watching.told("sub/after.txt")
        withExtendedLifetime(held) {}
        await watching.stop()
    }

    @Test("killed, it is started again, and everything is to be scanned")
    func killed() async throws {
        let watching = try await WatchedFolder()
        let first = try #require(watching.link.watcherPID)
        kill(first, SIGKILL)
        try await watching.told(.overflow)
        try await eventually("another one watches") { watching.count { $0 == .ready } == 2 }
        #expect(watching.link.watcherPID != first)
        try watching.path.appending("after.txt").write("x")
        try await watching.told(.changed(root: 0, "after.txt", .closed))
        await watching.stop()
        #expect(kill(first, 0) != 0)
    }

    @Test("tells once that there are no watches left, and goes on with those that it has")
    func limit() async throws {
        let folder = try TemporaryFolder()
        let program = folder.path.appending("limited")
        try program.write("""
            #!/bin/sh
            exec unshare --user --map-root-user sh -c 'echo 5 > /proc/sys/user/max_inotify_watches && exec "$0" "$@"' '\(try Program("intray-watcher").path.string)' "$@"
            """)
        chmod(program.string, 0o755)
        guard try await blocking({ system("unshare --user --map-root-user sh -c 'echo 5 > /proc/sys/user/max_inotify_watches' 2>/dev/null") }) == 0 else {
            print("skipped: this machine allows no user namespaces, in which the watch limit can be lowered")
            return
        }
        let watching = try await WatchedFolder(program: program) { inbox in
            for number in 0..<20 { try inbox.appending("d\(number)").makeFolders() }
        }
        try await eventually("the limit is told") { watching.count { if case .limit = $0 { true } else { false } } == 1 }
        try watching.path.appending("top.txt").write("x")
        try await watching.told(.changed(root: 0, "top.txt", .closed))
        await watching.stop()
    }
}

/// A watcher at work on one folder.
final class WatchedFolder: Sendable {
    let folder: TemporaryFolder
    let path: FilePath
    let link: WatcherLink
    private let hints = Mutex<[WatcherHint]>([])
    private let task = Mutex<Task<Void, Never>?>(nil)

    init(program: FilePath? = nil, _ prepare: (FilePath) throws -> Void = { _ in }) async throws {
        folder = try TemporaryFolder()
        path = folder.path.appending("inbox")
        try path.makeFolders()
        try prepare(path)
        link = WatcherLink(program: try program ?? Program("intray-watcher").path, roots: [path])
        task.withLock { task in
            task = Task { await self.link.run { hint in self.hints.withLock { $0.append(hint) } } }
        }
        try await told(.ready)
    }

    var all: [WatcherHint] { hints.withLock { $0 } }
    var paths: Set<FilePath> { Set(all.compactMap { if case .changed(_, let path, _) = $0 { path as FilePath? } else { nil } }) }
    func count(_ isMeant: (WatcherHint) -> Bool) -> Int { hints.withLock { $0.count(where: isMeant) } }

    func told(_ hint: WatcherHint) async throws {
        try await eventually("\(hint) is told") { count { $0 == hint } > 0 }
    }

    func told(_ path: FilePath) async throws {
        try await eventually("\(path) is told") { count { if case .changed(0, let told, _) = $0 { told == path } else { false } } > 0 }
    }

    func stop() async {
        let running = task.withLock { $0 }
        running?.cancel()
        await running?.value
    }
}
