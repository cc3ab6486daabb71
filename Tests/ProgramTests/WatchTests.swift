// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("intray watch", .serialized, .timeLimit(.minutes(10)))
struct WatchTests {
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

    @Test("killed again and again under load, it loses nothing and publishes nothing twice")
    func kills() async throws {
        let kills = getenv("INTRAY_KILLS").flatMap { Int(String(cString: $0)) } ?? 6
        let folder = try TemporaryFolder()
        var names: [String] = []
        var generator = SystemRandomNumberGenerator()
        for round in 0..<kills {
            let daemon = try await Watching(root: folder.path, keeping: folder)
            for number in 0..<12 {
                let name = number % 6 == 5 ? "bad-\(round)-\(number).docx" : "file-\(round)-\(number).txt"
                try folder.path.appending("elsewhere/\(name)").write("content of \(name)\n")
                #expect(rename(folder.path.appending("elsewhere/\(name)").string, folder.path.appending("inbox/\(name)").string) == 0)
                names.append(name)
            }
            try await Task.sleep(for: .milliseconds(UInt64.random(in: 0...400, using: &generator)))
            daemon.kill()
        }
        let daemon = try await Watching(root: folder.path, keeping: folder)
        defer { daemon.kill() }
        let good = names.filter { !$0.hasPrefix("bad") }
        let bad = names.filter { $0.hasPrefix("bad") }
        try await eventually("everything has ended", within: .seconds(120)) {
            try Set(daemon.outputs().map(\.string)) == Set(good.map { "\($0).md" })
                && Set(folder.path.appending("quarantine").filesBelow().map(\.string)) == Set(bad + bad.map { "\($0).error.json" })
        }
        for name in good { #expect(try folder.path.appending("outbox/\(name).md").readText() == "content of \(name)\n") }
        let archived = try folder.path.appending("archive").filesBelow().compactMap { $0.lastComponent?.string }
        #expect(archived.sorted() == good.sorted())
        try await daemon.stop()
        let left = try folder.path.appending("inbox").filesBelow().filter { !$0.string.hasSuffix("/lock") }
        #expect(left.isEmpty, "\(left)")
    }

    @Test("without its watcher it starts another one and finds what came meanwhile")
    func watcherDies() async throws {
        let daemon = try await Watching()
        defer { daemon.kill() }
        try daemon.root.appending("inbox/before.txt").write("before\n")
        try await eventually("the first is converted") { try daemon.outputs().count == 1 }
        let watchers = try Self.children(of: daemon.process).filter { try FilePath("/proc/\($0)/comm").readShort().hasPrefix("intray-watcher") }
        #expect(watchers.count == 1)
        for watcher in watchers { Glibc.kill(watcher, SIGKILL) }
        try daemon.root.appending("inbox/after.txt").write("after\n")
        try await eventually("the second is converted") { try daemon.outputs().count == 2 }
        try await daemon.stop()
    }

    private static func children(of process: Int32) throws -> [Int32] {
        try FilePath("/proc/\(process)/task").childrenOfThreads()
    }
}

extension FilePath {
    fileprivate func readShort() throws -> String {
        let file = try Descriptor.open(self, O_RDONLY)
        return String(decoding: try file.read(4_096, path: self), as: UTF8.self)
    }

    fileprivate func childrenOfThreads() throws -> [Int32] {
        let directory = try Descriptor.open(self, O_RDONLY | O_DIRECTORY)
        var listing = try DirectoryListing(of: directory.raw, path: self)
        var found: [Int32] = []
        while let thread = try listing.next() {
            found += try appending(thread.name).appending("children").readShort().split(separator: " ").compactMap { Int32($0) }
        }
        return found
    }
}

/// A daemon at work on a root of its own.
private final class Watching: Sendable {
    let folder: TemporaryFolder
    let root: FilePath
    let process: Int32

    init(root: FilePath? = nil, keeping folder: TemporaryFolder? = nil) async throws {
        self.folder = try folder ?? TemporaryFolder()
        let place = root ?? self.folder.path
        self.root = place
        let log = try Descriptor.open(place.appending("daemon.log"), O_WRONLY | O_CREAT | O_APPEND, mode: 0o644)
        process = try Program.start(Program("intray").path, ["watch", place.string, "--quiet", "0.2"], [:], output: log.raw)
        let socket = place.appending("state/control.sock")
        let intray = try Program("intray")
        try await eventually("the daemon answers") {
            socket.exists ? try await intray.run(["status", "--root", place.string]).exitCode == 0 : false
        }
        try place.appending("elsewhere").makeFolders()
    }

    /// Documents in the outbox, assets and sidecars aside.
    func outputs() throws -> [FilePath] {
        try root.appending("outbox").filesBelow().filter { !$0.string.hasPrefix(".stage") && !$0.string.hasSuffix(".json") }
    }

    func kill() {
        Glibc.kill(process, SIGKILL)
        var status: Int32 = 0
        waitpid(process, &status, 0)
    }

    /// Asks it to end and expects a clean one.
    func stop() async throws {
        Glibc.kill(process, SIGTERM)
        let process = process
        let status = try await blocking {
            var status: Int32 = 0
            while waitpid(process, &status, 0) < 0 && errno == EINTR {}
            return status
        }
        #expect(status == 0, "the daemon ended with status \(status)")
    }
}
