// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("What an operator does to jobs", .timeLimit(.minutes(10)))
struct OperatorTests {
    @Test("a cancelled job stays cancelled, everything says so, and retry has it converted")
    func cancel() async throws {
        let bench = try HeldBench()
        let daemon = try await bench.start()
        defer { daemon.kill() }
        try bench.put("a/inbox/1.txt", "one")
        let job = try await bench.waitingJob()
        let cancelled = try await bench.run("cancel", job)
        #expect(cancelled.exitCode == 0 && cancelled.output.contains("\(job)  1.txt: cancelled"), "\(cancelled.output)")
        #expect(cancelled.output.contains("intray retry \(job)"), "\(cancelled.output)")
        try bench.letThrough()
        #expect(try await bench.run("rescan").exitCode == 0)
        try bench.put("a/inbox/2.txt", "two")
        try await eventually("another file is converted") { bench.exists("a/outbox/2.txt.md") }
        #expect(bench.exists("a/inbox/1.txt") && !bench.exists("a/outbox/1.txt.md"))
        let explained = try await bench.run("explain", bench.path("a/inbox/1.txt").string)
        #expect(explained.output.contains("an operator cancelled it") && explained.output.contains("intray retry \(job)"), "\(explained.output)")
        let status = try await bench.run("status")
        #expect(status.output.contains("1 cancelled by an operator") && status.output.contains("intray retry"), "\(status.output)")
        let again = try await bench.run("cancel", job)
        #expect(again.exitCode == 1 && again.output.contains("it is cancelled"), "\(again.output)")

        let retried = try await bench.run("retry", job)
        #expect(retried.exitCode == 0 && retried.output == "1 file will be taken again\n", "\(retried.output)")
        try await eventually("it is converted") { bench.exists("a/outbox/1.txt.md") }
        let story = try await bench.run("jobs", job)
        for word in ["1.txt: retried", "job.claimed", "job.cancelled", "job.retried"] { #expect(story.output.contains(word), "\(story.output)") }
        #expect(!(try await bench.run("status").output.contains("Left alone")))
        try await daemon.stop()
    }

    @Test("a job that was taken up after a kill and then cancelled stays cancelled")
    func recovered() async throws {
        let bench = try HeldBench()
        let first = try await bench.start()
        try bench.put("a/inbox/1.txt", "one")
        let job = try await bench.waitingJob()
        first.kill()
        let daemon = try await bench.start()
        defer { daemon.kill() }
        try await eventually("it is cancelled") { try await bench.run("cancel", job).output.contains("\(job)  1.txt: cancelled") }
        try bench.letThrough()
        #expect(try await bench.run("rescan").exitCode == 0)
        try bench.put("a/inbox/2.txt", "two")
        try await eventually("another file is converted") { bench.exists("a/outbox/2.txt.md") }
        #expect(bench.exists("a/inbox/1.txt") && !bench.exists("a/outbox/1.txt.md"))
        #expect(try bench.events("job.claimed").count { $0.contains("\"path\":\"1.txt\"") } == 1)
        try await daemon.stop()
    }

    @Test("cancel --all names what it cancelled, and retry --code cancelled has all of it converted")
    func all() async throws {
        let bench = try HeldBench()
        let daemon = try await bench.start()
        defer { daemon.kill() }
        #expect(try await bench.run("cancel", "--all").output == "no job waits or runs\n")
        for name in ["1.txt", "2.txt"] { try bench.put("a/inbox/\(name)", name) }
        try await eventually("both wait") { try await bench.run("jobs", "--status", "waiting").output.split(separator: "\n").count == 3 }
        let cancelled = try await bench.run("cancel", "--all")
        for word in ["1.txt: cancelled", "2.txt: cancelled", "2 files stay in their inboxes", "intray retry --code cancelled"] { #expect(cancelled.output.contains(word), "\(cancelled.output)") }
        try bench.letThrough()
        #expect(try await bench.run("retry", "--code", "cancelled").output == "2 files will be taken again\n")
        try await eventually("both are converted") { bench.exists("a/outbox/1.txt.md") && bench.exists("a/outbox/2.txt.md") }
        try await daemon.stop()
    }

    @Test("a retry is told, keeps the story of the job, and is not done twice", arguments: [true, false])
    func retryFailed(daemonRuns: Bool) async throws {
        let bench = try HeldBench()
        try bench.letThrough()
        var daemon = try await bench.start()
        try bench.put("a/inbox/bad.docx", "PK no archive")
        try await eventually("it has failed") { try bench.exists("a/quarantine/bad.docx") && !bench.events("job.failed").isEmpty }
        let job = try #require(try bench.events("job.failed")[0].firstMatch(of: /"job":"([0-9A-Z]{26})"/)?.output.1)
        let failed = try bench.events("job.failed")[0]
        let place = bench.path("a/quarantine/bad.docx").string
        #expect(failed.contains("\"disposition\":\"\(place)\"") && failed.contains("\"source\":\"\(place)\"") && failed.contains("\"report\":\"\(place).error.json\""), "\(failed)")
        #expect(failed.contains(/"sha256":"[0-9a-f]{64}"/), "\(failed)")
        try await eventually("it is known") { try await bench.run("jobs", "--status", "failed").output.contains(job) }
        if !daemonRuns { try await daemon.stop() }
        let retried = try await bench.run("retry", String(job))
        #expect(retried.exitCode == 0 && retried.output == "1 of 1 files are back in their inbox\n", "\(retried.output)")
        if !daemonRuns { daemon = try await bench.start() }
        defer { daemon.kill() }
        try await eventually("it has failed again") { try bench.events("job.failed").count == 2 }
        let told = try bench.events("job.retried")
        #expect(told.count == 1 && told[0].contains("\"job\":\"\(job)\"") && told[0].contains("\"reason\":\"operator\"") && told[0].contains("\"code\":\"malformed\""), "\(told)")
        let story = try await bench.run("jobs", String(job))
        for word in ["bad.docx: retried (malformed)", "job.failed", "job.retried"] { #expect(story.output.contains(word), "\(story.output)") }
        let twice = try await bench.run("retry", String(job))
        #expect(twice.exitCode == 1 && twice.output.contains("it was given back before"), "\(twice.output)")
        let unknown = try await bench.run("retry", "01ARZ3NDEKTSV4RRFFQ69G5FAV")
        #expect(unknown.exitCode == 1 && unknown.output.contains("there is no such job"), "\(unknown.output)")
        unlink(bench.path("a/quarantine/bad.docx").string)
        unlink(bench.path("a/quarantine/bad.docx.error.json").string)
        let gone = try await bench.run("retry", "--all")
        #expect(gone.exitCode == 1 && gone.output.contains("neither in quarantine nor in the inbox"), "\(gone.output)")
        try await daemon.stop()
    }

    @Test("a folder of the inbox that cannot be read is said once, in status, check and explain, until it can be", .enabled(if: unprivileged != nil, "skipped: root reads everything, and setpriv(1) is not there"))
    func unreadable() async throws {
        let through = unprivileged ?? []
        let folder = try TemporaryFolder()
        let inbox = folder.path.appending("inbox")
        let shut = ["shut", "listed-only"].map { inbox.appending($0) }
        for place in shut { try place.appending("a.txt").write("text\n") }
        giveToUnprivileged(folder.path, inbox)
        for (place, mode) in zip(shut, [0, 0o644] as [mode_t]) { chmod(place.string, mode) }
        defer { for place in shut { chmod(place.string, 0o777) } }
        let daemon = try await Watching(keeping: folder, through: through)
        defer { daemon.kill() }
        let intray = try Program("intray"), root = ["--root", folder.path.string], log = folder.path.appending("state/events.jsonl")
        func told(_ type: String) throws -> [Substring] { try log.readText().split(separator: "\n").filter { $0.contains("\"type\":\"\(type)\"") } }
        try await eventually("both are told") { try told("route.degraded").count == 2 }
        #expect(try told("route.degraded").allSatisfy { $0.contains("permission denied") && $0.contains("passed over") })
        let status = try await intray.run(["status"] + root).output
        #expect(status.contains("route main: degraded") && status.contains("permission denied, and 1 more like that"), "\(status)")
        for place in shut {
            let explained = try await intray.run(["explain", place.appending("a.txt").string] + root)
            #expect(explained.output.contains(": unreadable") && explained.output.contains("permission denied") && explained.output.contains("intray rescan"), "\(explained.output)")
        }
        let program = through + [intray.path.string, "check", folder.path.string]
        let check = try await Program(at: FilePath(program[0])).run(Array(program.dropFirst()))
        #expect(check.output.contains("and 1 more like that: what lies there is passed over"), "\(check.output)")
        #expect(try await intray.run(["rescan"] + root).exitCode == 0)
        for place in shut { chmod(place.string, 0o777) }
        #expect(try await intray.run(["rescan"] + root).exitCode == 0)
        try await eventually("both are converted") { try daemon.outputs().count == 2 }
        try await eventually("both are told to be open") { try told("route.up").count { $0.contains("can be read again") } == 2 }
        #expect(try told("route.degraded").count == 2)
        #expect(try await intray.run(["status"] + root).output.contains("route main: up"))
        let journal = try folder.path.appending("daemon.log").readText()
        #expect(journal.contains("intray: route main has trouble: \"shut\": cannot open"), "\(journal)")
        try await daemon.stop()
    }

    @Test("what keeps a route from work is said of each of its files, with the last error and the next attempt")
    func explains() async throws {
        let bench = try HeldBench()
        let daemon = try await bench.start()
        defer { daemon.kill() }
        try bench.put("a/inbox/1.txt", "one")
        let job = try await bench.waitingJob()
        let waiting = try await bench.run("explain", bench.path("a/inbox/1.txt").string)
        for word in [": waiting, route a", "job \(job) waits: its next attempt is due in", "the last try failed: hook: "] { #expect(waiting.output.contains(word), "\(waiting.output)") }
        #expect(try await bench.run("pause", "a").exitCode == 0)
        try bench.put("a/inbox/2.txt", "two")
        try await eventually("it is offered") { try await bench.run("explain", bench.path("a/inbox/2.txt").string).output.contains(": offered") }
        for name in ["1.txt", "2.txt"] {
            let paused = try await bench.run("explain", bench.path("a/inbox/\(name)").string)
            #expect(paused.exitCode == 0 && paused.output.contains("route a is paused: an operator has paused it") && paused.output.contains("intray resume a"), "\(paused.output)")
        }
        let status = try await bench.run("status")
        #expect(status.output.contains("0 in work, 1 waiting, 1 to be tried again"), "\(status.output)")
        #expect(status.output.split(separator: "\n").count { $0.contains("0 in work, 1 waiting, 1 to be tried again") } == 2, "\(status.output)")
        try await eventually("the journal says it") { try bench.path("daemon.log").readText().contains("intray: route a is paused: an operator has paused it\n") }
        try await daemon.stop()
    }

    @Test("explain says which daemon was asked of a file that it knows nothing of, and does not end well")
    func outside() async throws {
        let bench = try HeldBench()
        let daemon = try await bench.start()
        defer { daemon.kill() }
        for file in ["elsewhere.txt", "a/inbox/none.txt"] {
            let asked = try await bench.run("explain", bench.path(file).string)
            #expect(asked.exitCode == 1 && asked.output.contains("asked was the daemon of the state folder \"\(bench.path("state"))\""), "\(asked.output)")
        }
        let empty = try TemporaryFolder()
        let unknown = try await Program("intray").run(["explain", bench.path("a/inbox/none.txt").string], environment: ["INTRAY_STATE": empty.path.string])
        #expect(unknown.exitCode == 5 && unknown.output.contains("no daemon is known") && unknown.output.contains("--root \(bench.folder.path)"), "\(unknown.output)")
        let watch = try bench.path("daemon.log").readText()
        #expect(watch.contains("its state is in \(bench.path("state")); ask it with \"intray status -c \(bench.file)\""), "\(watch)")
        try await daemon.stop()
    }

    @Test("a daemon whose file is broken meanwhile can be asked and stopped, with a warning", arguments: ["surplus: 1\n", "routes: [\n", "\t- x\n"])
    func brokenFile(mistake: String) async throws {
        let bench = try HeldBench()
        let daemon = try await bench.start()
        defer { daemon.kill() }
        try bench.file.write(try bench.file.readText() + mistake)
        let status = try await bench.run("status")
        #expect(status.exitCode == 0 && status.output.contains("has 1 fault") && status.output.contains("route a: up"), "\(status.output)")
        #expect(status.output.split(separator: "\n").count { $0.contains("has 1 fault") } == 1, "\(status.output)")
        kill(daemon.process, SIGHUP)
        try await eventually("the journal says why a hangup changes nothing") { try bench.path("daemon.log").readText().contains("the old settings stay:\n\(bench.file)") }
        #expect(try await bench.run("stop").exitCode == 0)
        try await eventually("it has ended") { daemon.hasDied }
    }

    @Test("a file without a word about the state names no daemon")
    func stateless() async throws {
        let folder = try TemporaryFolder()
        let file = folder.path.appending("intray.yaml")
        try file.write("nonsense: [\n")
        let asked = try await Program("intray").run(["status", "-c", file.string])
        #expect(asked.exitCode == 3 && asked.output.contains("does not say where its state is; name that with --state"), "\(asked.output)")
    }
}

extension OperatorTests {
    @Test("a folder that is moved in shut is told at once, and what lies in it is taken when it is opened", .enabled(if: unprivileged != nil, "skipped: root reads everything, and setpriv(1) is not there"))
    func movedInShut() async throws {
        let folder = try TemporaryFolder()
        let (made, place) = (folder.path.appending("made"), folder.path.appending("inbox/made"))
        try made.appending("deep/a.txt").write("text\n")
        try folder.path.appending("inbox").makeFolders()
        giveToUnprivileged(folder.path, folder.path.appending("inbox"))
        let daemon = try await Watching(keeping: folder, through: unprivileged ?? [])
        defer { daemon.kill() }
        let intray = try Program("intray"), root = ["--root", folder.path.string], log = folder.path.appending("state/events.jsonl")
        try await eventually("it has looked around") { try log.readText().contains("\"type\":\"scan.finished\"") }
        chmod(made.appending("deep").string, 0o777)
        chmod(made.string, 0)
        defer { chmod(place.string, 0o777) }
        try #require(rename(made.string, place.string) == 0)
        try await eventually("it is told") { try log.readText().contains(/"path":"made".*"type":"route.degraded"/) }
        let status = try await intray.run(["status"] + root).output
        #expect(status.contains("route main: degraded") && status.contains("permission denied") && status.contains("intray rescan"), "\(status)")
        chmod(place.string, 0o777)
        try await eventually("what lies in it is converted") { try daemon.outputs().map(\.string) == ["made/deep/a.txt.md"] }
        #expect(try log.readText().contains(/"path":"made".*"reason":"the folder can be read again".*"type":"route.up"/))
        #expect(try await intray.run(["status"] + root).output.contains("route main: up"))
        // No scan has found it: they are five minutes apart.
        #expect(try log.readText().split(separator: "\n").contains { $0.contains("\"type\":\"job.claimed\"") && $0.contains("\"origin\":\"event\"") })
        try await daemon.stop()
    }
}

/// A route `a` with a gate that asks for another try until it is told to let files through.
final class HeldBench: Sendable {
    private let bench: Bench
    var folder: TemporaryFolder { bench.folder }
    var file: FilePath { bench.file }

    /// `route`: further keys of the route; `more`: further keys of the file.
    init(route: String = "", more: String = "") throws {
        bench = try Bench()
        let gate = bench.path("later")
        try gate.write("#!/bin/sh\ncat >/dev/null\ntest -e \(bench.path("go").string) || exit 75\n")
        chmod(gate.string, 0o755)
        try bench.write("""
            state: state
            defaults: {settle: {quiet: 50ms}, retry: {first: 60s}}
            routes:
              - {name: a, root: a\(route)}
            hooks:
              - {name: later, gate: true, command: [\(gate.string)]}
            \(more)
            """)
    }

    func path(_ relative: String) -> FilePath { bench.path(relative) }
    func exists(_ relative: String) -> Bool { bench.exists(relative) }
    func put(_ relative: String, _ text: String) throws { try bench.put(relative, text) }
    func start() async throws -> Watching { try await bench.start() }
    func letThrough() throws { try bench.path("go").write("") }

    func run(_ arguments: String...) async throws -> Program.Ending { try await Program("intray").run(arguments + ["-c", file.string]) }

    /// The lines of the log about events of one type.
    func events(_ type: String) throws -> [String] {
        let log = bench.path("state/events.jsonl")
        return log.exists ? try log.readText().split(separator: "\n").map(String.init).filter { $0.contains("\"type\":\"\(type)\"") } : []
    }

    /// The job that waits for another try, once there is one.
    func waitingJob() async throws -> String {
        var job: String?
        try await eventually("a job waits") {
            job = try await run("jobs", "--status", "waiting").output.firstMatch(of: /[0-9A-Z]{26}/).map { String($0.output) }
            return job != nil
        }
        return job ?? ""
    }
}
