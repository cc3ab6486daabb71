// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import Spooling
import SystemPackage
import TestSupport
import Testing

/// `INTRAY_KILLS=500` makes the campaigns as long as one wants.
@Suite("intray, killed", .serialized, .timeLimit(.minutes(60)))
struct KillTests {
    @Test("daemon, workers and watcher killed at random under load: nothing is lost, nothing is published twice or half")
    func campaign() async throws {
        let folder = try TemporaryFolder()
        var load = try await Load()
        var daemon = try await Watching(keeping: folder)
        var killed = (daemon: 0, worker: 0, watcher: 0)
        for _ in 0..<kills {
            for (name, bytes) in load.more(6) { try daemon.drop(name, bytes) }
            try await Task.sleep(for: .milliseconds(UInt64.random(in: 0...150)))
            switch Int.random(in: 0..<4) {
            case 0:
                if let worker = try daemon.children(named: "intray-worker").randomElement(), Glibc.kill(worker, SIGKILL) == 0 { killed.worker += 1 }
            case 1:
                if let watcher = try daemon.children(named: "intray-watcher").randomElement(), Glibc.kill(watcher, SIGKILL) == 0 { killed.watcher += 1 }
            default:
                daemon.kill()
                killed.daemon += 1
                daemon = try await Watching(keeping: folder)
            }
        }
        defer { daemon.kill() }
        try await load.check(daemon)
        print("killed: daemon \(killed.daemon), worker \(killed.worker), watcher \(killed.watcher); \(load.names.count) files")
    }

    @Test("sweeps killed at random convert each file once in the end and leave every original")
    func sweeps() async throws {
        let folder = try TemporaryFolder()
        var load = try await Load()
        for (name, bytes) in load.more(kills * 3) { try folder.path.appending("in/\(name)").write(bytes) }
        let intray = try Program("intray")
        let arguments = ["sweep", folder.path.appending("in").string, "--outbox", folder.path.appending("outbox").string, "--state", folder.path.appending("state").string]
        let log = try Descriptor.open(folder.path.appending("log"), O_WRONLY | O_CREAT | O_APPEND, mode: 0o644)
        for _ in 0..<kills {
            let sweep = try Program.start(intray.path, arguments, [:], output: log.raw)
            try await Task.sleep(for: .milliseconds(UInt64.random(in: 20...250)))
            Glibc.kill(sweep, SIGKILL)
            var status: Int32 = 0
            waitpid(sweep, &status, 0)
        }
        let last = try await intray.run(arguments)
        // The files that fail may have failed before a kill.
        #expect(last.exitCode == 0 || last.exitCode == 1, "\(last.output)")
        #expect(try Set(folder.path.appending("in").filesBelow().map(\.string)) == Set(load.names))
        let crashed = try load.crashLoops(in: folder.path.appending("state/quarantine"))
        let outputs = try folder.path.appending("outbox").filesBelow().map(\.string).filter { !$0.hasPrefix(".stage") && $0.hasSuffix(".md") }
        let wrong = Set(outputs).symmetricDifference(load.good.subtracting(crashed).map { "\($0).md" }).sorted()
        #expect(wrong.isEmpty, "\(wrong.prefix(20))")
        for name in load.good.subtracting(crashed) { #expect(try folder.path.appending("outbox/\(name).md").read() == load.expected(name), "\(name)") }
    }

    @Test("the daemon stopped at each step of a file's life", arguments: CrashPoints.Point.allCases)
    func steps(point: CrashPoints.Point) async throws {
        let folder = try TemporaryFolder()
        var load = try await Load()
        let first = try await Watching(keeping: folder, environment: ["INTRAY_CRASH_AT": "\(point.rawValue):2"])
        for (name, bytes) in load.more(12) { try first.drop(name, bytes) }
        try await eventually("the daemon dies at \(point)") { first.hasDied }
        first.kill()
        let second = try await Watching(keeping: folder)
        defer { second.kill() }
        try await load.check(second)
        try await second.stop()
    }
}

private let kills = getenv("INTRAY_KILLS").flatMap { Int(String(cString: $0)) } ?? 12

/// Files of several kinds, and what must have become of them.
private struct Load {
    private let samples: [Sample]
    private(set) var names: [String] = []
    var good: Set<String> { Set(names.filter { !$0.hasPrefix("bad") }) }
    var bad: Set<String> { Set(names.filter { $0.hasPrefix("bad") }) }

    init() async throws { samples = try await Self.converted.value }

    private typealias Sample = (name: String, ending: String, bytes: [UInt8], text: [UInt8])

    /// Once for all tests: each of its documents with its text, as an undisturbed conversion gives it.
    private static let converted = Task {
        let place = FilePath(#filePath).removingLastComponent().removingLastComponent().appending("Samples")
        let intray = try Program("intray")
        var samples: [Sample] = []
        for name in ["inspection.docx", "timetable.html", "prices.csv", "minutes.txt"] {
            let folder = try TemporaryFolder()
            let output = folder.path.appending("out.md")
            let ending = try await intray.run(["convert", place.appending(name).string, "-o", output.string])
            #expect(ending.exitCode == 0, "\(ending.output)")
            samples.append((name, String(name.split(separator: ".")[1]), try place.appending(name).read(), try output.read()))
        }
        return samples
    }

    /// So many new files, one in six of them no document.
    mutating func more(_ count: Int) -> [(String, [UInt8])] {
        (0..<count).map { _ in
            let number = names.count
            let sample = samples[number % samples.count]
            let isBad = number % 6 == 5
            names.append(isBad ? "bad-\(number).docx" : "file-\(number).\(sample.ending)")
            return (names[number], isBad ? Array("PK no archive at all \(number)".utf8) : sample.bytes)
        }
    }

    /// As an undisturbed conversion gave it; pictures are linked to by the document's name.
    func expected(_ name: String) -> [UInt8] {
        guard let sample = samples.first(where: { name.hasSuffix(".\($0.ending)") }) else { return [] }
        return Array(String(decoding: sample.text, as: UTF8.self).split(separator: "\(sample.name).assets", omittingEmptySubsequences: false)
            .joined(separator: "\(name).assets").utf8)
    }

    /// Good files that died with the daemon three times.
    func crashLoops(in quarantine: FilePath) throws -> Set<String> {
        guard quarantine.exists else { return [] }
        let reports = try quarantine.filesBelow().map(\.string).filter { $0.hasPrefix("file-") && $0.hasSuffix(".error.json") }
        return Set(try reports.filter { try quarantine.appending($0).readText().contains("crash-loop") }.map { String($0.dropLast(".error.json".count)) })
    }

    /// Waits for the end, then: every input in one place, every output whole, none twice, and the log says so.
    func check(_ daemon: Watching) async throws {
        let quarantine = daemon.root.appending("quarantine")
        do {
            try await eventually("everything has ended", within: .seconds(240)) {
                let aside = try quarantine.filesBelow().map(\.string).filter { !$0.hasSuffix(".error.json") && !$0.hasPrefix(".") }
                return try daemon.outputs().count + aside.count >= names.count && remaining(daemon).isEmpty
            }
        } catch let error as TimedOut {
            let status = try await Program("intray").run(["status", "--json", "--root", daemon.root.string]).output
            throw TimedOut(description: "\(error); \(try daemon.outputs().count) outputs of \(names.count) files; left: \(try remaining(daemon).prefix(20)); \(status)")
        }
        let crashed = try crashLoops(in: quarantine)
        let whole = good.subtracting(crashed)
        let wrong = try Set(daemon.outputs().map(\.string)).symmetricDifference(whole.map { "\($0).md" }).sorted()
        #expect(wrong.isEmpty, "\(wrong.prefix(20))")
        for name in whole { #expect(try daemon.root.appending("outbox/\(name).md").read() == expected(name), "\(name)") }
        let archived = try daemon.root.appending("archive").filesBelow().compactMap { $0.lastComponent?.string }
        #expect(archived.count == whole.count && Set(archived) == whole, "\(Set(archived).symmetricDifference(whole).prefix(20))")
        let aside = bad.union(crashed)
        #expect(try Set(quarantine.filesBelow().map(\.string)) == Set(aside.flatMap { [$0, "\($0).error.json"] }))
        let log = try daemon.root.appending("state/events.jsonl").readText().split(separator: "\n")
        #expect(Set(log.filter { $0.contains("\"type\":\"job.done\"") }.compactMap(Self.eventID)).count == whole.count)
    }

    private func remaining(_ daemon: Watching) throws -> [FilePath] {
        try daemon.root.appending("inbox").filesBelow().filter { !$0.string.hasSuffix("/lock") && !$0.string.contains("/spare-") }
    }

    private static func eventID(_ line: Substring) -> Substring? {
        line.split(separator: ",").first { $0.hasPrefix("\"event_id\"") }
    }
}
