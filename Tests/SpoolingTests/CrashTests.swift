// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Spooling
import SystemPackage
import TestSupport
import Testing

@Suite("A crash at any step")
struct CrashTests {
    @Test(
        "leaves every file in one place and every output whole, once the next run has recovered",
        arguments: CrashPoints.Point.allCases, [[String](), ["leave"], ["delete"]])
    func recovers(point: CrashPoints.Point, mode: [String]) async throws {
        let route = try Route()
        let scenario = try Program("SpoolScenario")
        let crashed = try await scenario.run([route.root.string] + mode, environment: ["INTRAY_CRASH_AT": "\(point.rawValue):2"])
        // A step that only one file takes is not passed twice; one that no file of this mode takes, never.
        #expect(crashed.exitCode == 137 || crashed.exitCode == 0, "\(crashed.output)")
        let second = try await scenario.run([route.root.string] + mode)
        #expect(second.exitCode == 0, "\(second.output)")
        try route.check(leaves: mode.contains("leave"), deletes: mode.contains("delete"), announcements: crashed.output + second.output)
    }

    @Test("leaves nothing behind when there was none")
    func undisturbed() async throws {
        let route = try Route()
        let ending = try await Program("SpoolScenario").run([route.root.string])
        #expect(ending.exitCode == 0, "\(ending.output)")
        try route.check(leaves: false, deletes: false, announcements: ending.output)
    }

    @Test("three deaths while converting put the file aside as a crash loop")
    func crashLoop() async throws {
        let route = try Route(files: ["only.txt"])
        let scenario = try Program("SpoolScenario")
        for _ in 0..<3 {
            let ending = try await scenario.run([route.root.string], environment: ["INTRAY_CRASH_AT": "attempt"])
            #expect(ending.exitCode == 137)
        }
        _ = try await scenario.run([route.root.string])
        #expect(try route.root.appending("quarantine").filesBelow().map(\.string) == ["only.txt", "only.txt.error.json"])
        #expect(try route.root.appending("quarantine/only.txt.error.json").readText().contains("crash-loop"))
    }

    @Test("two spools on one inbox take each file once")
    func twoClaimers() async throws {
        let names = (0..<400).map { "file-\($0).txt" }
        let route = try Route(files: names)
        let scenario = try Program("SpoolScenario")
        async let first = scenario.run([route.root.string, "one", "unsynced"])
        async let second = scenario.run([route.root.string, "two", "unsynced"])
        let endings = try await [first, second]
        #expect(endings.map(\.exitCode) == [0, 0], "\(endings.map { $0.output.suffix(500) })")
        let documents = try route.root.appending("outbox").filesBelow().filter { $0.string.hasSuffix(".md") }
        #expect(Set(documents.map(\.string)) == Set(names.map { "\($0).md" }))
        #expect(endings.map { $0.output.split(separator: "\n").count }.reduce(0, +) == names.count)
    }
}

/// Folders of one route with a few files, and what must be true of them in the end.
private struct Route {
    let folder: TemporaryFolder
    let files: [String]
    var root: FilePath { folder.path }

    init(files: [String] = ["one.txt", "two words.txt", "bad.txt", "line\nbreak.txt"]) throws {
        folder = try TemporaryFolder()
        self.files = files
        for name in files { try root.appending("inbox").appending(FilePath(name).components).write("content of \(name)") }
    }

    func check(leaves: Bool, deletes: Bool, announcements: String) throws {
        let good = files.filter { !$0.hasPrefix("bad") }
        let outputs = try root.appending("outbox").filesBelow().map(\.string)
        #expect(outputs == good.flatMap { ["\($0).assets/copy.bin", "\($0).losses.json", "\($0).md"] }.sorted())
        for name in good {
            #expect(try root.appending("outbox").appending(FilePath("\(name).md").components).readText() == "content of \(name)".uppercased())
        }
        let quarantined = try root.appending("quarantine").filesBelow().map(\.string)
        #expect(quarantined == (leaves ? ["bad.txt.error.json"] : ["bad.txt", "bad.txt.error.json"]))
        let archive = root.appending("archive")
        let archived = archive.exists ? try archive.filesBelow().compactMap { $0.lastComponent?.string } : []
        #expect(archived == (leaves || deletes ? [] : good.sorted()))
        #expect(try root.appending("inbox").filesBelow().map(\.string).filter { !$0.hasSuffix("/lock") } == (leaves ? files.sorted() : []))
        for name in files { #expect(announcements.contains(FilePath(name).escaped), "\(name) was not announced") }
    }
}
