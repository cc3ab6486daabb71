// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("intray config, and watch with a file", .timeLimit(.minutes(10)))
struct ConfigTests {
    @Test("config init writes a file that loads, and never replaces one")
    func initialFile() async throws {
        let folder = try TemporaryFolder()
        let intray = try Program("intray")
        let file = folder.path.appending("intray.yaml")
        #expect(try await intray.run(["config", "init", file.string]).exitCode == 0)
        let shown = try await intray.run(["config", "show", "-c", file.string])
        #expect(shown.exitCode == 0)
        #expect(shown.output.contains("state: \"/var/lib/intray/state\""))
        try file.write("mine")
        let again = try await intray.run(["config", "init", file.string])
        #expect(again.exitCode == 3)
        #expect(try file.readText() == "mine")
    }

    @Test("config show prints what loads to the same again")
    func show() async throws {
        let folder = try TemporaryFolder()
        let intray = try Program("intray")
        let first = try await intray.run(["config", "show", "--root", "/srv/scans"]).output
        let file = folder.path.appending("shown.yaml")
        try file.write(first)
        #expect(try await intray.run(["config", "show", "-c", file.string]).output == first)
        try file.write(try await intray.run(["config", "show", "--root", "/srv/scans", "--json"]).output)
        #expect(try await intray.run(["config", "show", "-c", file.string]).output == first)
    }

    @Test("a file with faults is refused with all of them and exit code 3")
    func faults() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path.appending("intray.yaml")
        try file.write("routes:\n  - root: here\n    settle: {quiet: soon}\nworker: {}\n")
        let ending = try await Program("intray").run(["watch", "-c", file.string])
        #expect(ending.exitCode == 3)
        #expect(ending.output.contains("\(file):3:21: routes[0].settle.quiet: \"soon\" is not a duration"))
        #expect(ending.output.contains("\(file):4:1: worker: there is no key \"worker\"; did you mean \"workers\"?"))
        #expect(!folder.path.appending("here").exists)
    }

    @Test("what the file says cannot be said again on the command line", arguments: [
        ["watch"], ["watch", "/tmp", "-c", "f"], ["watch", "-c", "f", "--workers", "2"], ["watch", "-c", "f", "--quiet", "0"], ["watch", "-c", "f", "--format", "txt"],
        ["status", "-c", "f", "--root", "r"],
    ])
    func usage(_ arguments: [String]) async throws {
        #expect(try await Program("intray").run(arguments).exitCode == 2)
    }

    @Test("each route has its own folders and settings")
    func routes() async throws {
        let bench = try Bench()
        try bench.write("""
            state: state
            defaults: {settle: {quiet: 100ms}}
            routes:
              - {name: plain, inbox: plain-in, outbox: plain-out, quarantine: failed, archive: archive, output: {formats: [txt]}}
              - {name: rich, root: rich, original: delete}
            """)
        let daemon = try await bench.start()
        defer { daemon.kill() }
        try bench.put("plain-in/a.html", "<h1>Title</h1>")
        try bench.put("rich/inbox/b.html", "<h1>Title</h1>")
        try await eventually("both are converted") { bench.exists("plain-out/a.html.txt") && bench.exists("rich/outbox/b.html.md") }
        #expect(try bench.path("rich/outbox/b.html.md").readText() == "# Title\n")
        try await eventually("the original has gone") { !bench.exists("rich/inbox/b.html") }
        #expect(!bench.exists("rich/archive/2"))
        let status = try await Program("intray").run(["status", "-c", bench.file.string])
        #expect(status.output.contains(bench.file.string))
        try await daemon.stop()
    }
}

/// A folder with a configuration file and a daemon on it.
final class Bench: Sendable {
    let folder: TemporaryFolder
    var file: FilePath { folder.path.appending("intray.yaml") }

    init() throws { folder = try TemporaryFolder() }

    func path(_ relative: String) -> FilePath { folder.path.appending(FilePath(relative).components) }
    func exists(_ relative: String) -> Bool { path(relative).exists }
    func write(_ text: String) throws { try file.write(text) }
    func start() async throws -> Watching { try await Watching(keeping: folder, arguments: ["-c", file.string]) }
    func run(_ arguments: String...) async throws -> Program.Ending { try await Program("intray").run(arguments + ["-c", file.string]) }

    /// A whole file at once.
    func put(_ relative: String, _ text: String) throws {
        let made = path("elsewhere/\(relative)")
        try made.write(text)
        guard rename(made.string, path(relative).string) == 0 else { throw SystemError("move", made) }
    }
}
