// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("Hooks of the daemon", .serialized, .timeLimit(.minutes(10)))
struct HookTests {
    @Test("one that hangs, one that takes the third time, one that kills itself: as set, and conversions do not wait")
    func troublesome() async throws {
        let bench = try HookBench([
            ("hangs", "echo \"$INTRAY_EVENT_ID\" >> $OUT/hangs; sleep 1000", "timeout: 300ms\n    kill_grace: 100ms\n    attempts: 2"),
            ("third", "echo \"$INTRAY_EVENT_ID\" >> $OUT/third; [ $(wc -l < $OUT/third) -ge 3 ] || exit 75", ""),
            ("dies", "kill -9 $$", "attempts: 1"),
        ])
        let daemon = try await bench.start()
        defer { daemon.kill() }
        try daemon.drop("a.txt", "text\n")
        try await eventually("it is converted") { try daemon.outputs().count == 1 }
        try await eventually("all has been told") { try bench.log.split(separator: "\n").count { $0.contains("\"final\":\"true\"") } == 3 }
        let log = try bench.log
        #expect(log.split(separator: "\n").count { $0.contains("\"type\":\"hook.timeout\"") } == 2)
        #expect(log.contains("\"signal\":\"9\""))
        #expect(try Set(bench.lines("third")).count == 1 && bench.lines("third").count == 3)
        #expect(try Set(bench.lines("hangs")) == Set(bench.lines("third")))
        let status = try await Program("intray").run(["status", "-c", bench.file.string])
        for name in ["hangs", "third", "dies"] { #expect(status.output.contains(name), "\(status.output)") }
        try await daemon.stop()
    }

    @Test("what a killed daemon had not delivered is delivered after the next start, with the same name")
    func restart() async throws {
        let bench = try HookBench([("index", "echo \"$INTRAY_EVENT_ID\" >> $OUT/index; [ -e $OUT/go ] || sleep 1000", "timeout: 1h")])
        let first = try await bench.start()
        for number in 0..<3 { try first.drop("file-\(number).txt", "text\n") }
        try await eventually("two are being told") { try bench.lines("index").count == 2 }
        try await eventually("all are converted") { try first.outputs().count == 3 && bench.log.split(separator: "\n").count { $0.contains("job.done") } >= 3 }
        first.kill()
        try bench.out("go").write("")
        let second = try await bench.start()
        defer { second.kill() }
        try await eventually("all are told") { try bench.log.split(separator: "\n").count { $0.contains("\"type\":\"hook.done\"") } == 3 }
        #expect(try Set(bench.lines("index")).count == 3)
        #expect(try bench.lines("index").count == 5)
        try await second.stop()
    }

    @Test("one that fails is seen in status, check and the job's story, and is told again on request, with and without a daemon")
    func seenAndToldAgain() async throws {
        let bench = try HookBench([
            ("index", "[ -e $OUT/go ] && echo \"$INTRAY_EVENT_ID\" >> $OUT/index && exit; echo 'no such table' >&2; exit 3", "attempts: 2"),
            ("away", "exit 75", "backoff: 1h"),
        ])
        let intray = try Program("intray")
        let first = try await bench.start()
        for name in ["a.txt", "b.txt"] { try first.drop(name, "text\n") }
        try await eventually("both are given up, and put off") {
            try bench.log.split(separator: "\n").count { $0.contains("\"final\":\"true\"") } == 2 && bench.log.split(separator: "\n").count { $0.contains("hook.deferred") } == 2
        }
        try await eventually("status says so") {
            let status = try await intray.run(["status", "-c", bench.file.string]).output
            return status.contains("hook index: failing, 0 waiting, 2 given up") && status.contains("4 times in a row") && status.contains("exit 3: no such table")
                && status.contains("\"intray hook retry index -c \(bench.file)\"") && status.contains("hook away: failing, 2 waiting") && status.contains("exit 75") && status.contains("Next: at")
        }
        let check = try await intray.run(["check", "-c", bench.file.string])
        #expect(check.exitCode == 0 && check.output.contains("it failed 4 times in a row") && check.output.contains("2 events were given up"), "\(check.output)")
        let jobs = try await intray.run(["jobs", "-c", bench.file.string, "--name", "a.txt", "--json"]).output
        let job = try #require(jobs.firstMatch(of: /"job":"([0-9A-Z]+)"/)).1
        let story = try await intray.run(["jobs", String(job), "-c", bench.file.string]).output
        #expect(story.contains("hook index has given up job.done, run 2: exit 3: no such table\n  → \"intray hook retry index \(job) -c \(bench.file)\""), "\(story)")
        #expect(story.contains("hook away has not taken job.done yet, run 1: exit 75; next attempt at "), "\(story)")
        #expect(try await intray.run(["hook", "retry", "-c", bench.file.string]).exitCode == 2)
        #expect(try await intray.run(["hook", "retry", "nobody", "-c", bench.file.string]).exitCode == 1)
        try bench.out("go").write("")
        let again = try await intray.run(["hook", "retry", "index", String(job), "-c", bench.file.string])
        #expect(again.exitCode == 0 && again.output.contains("index: 1 event that was given up is told again"), "\(again.output)")
        try await eventually("it is taken") { try bench.lines("index").count == 1 }
        try await first.stop()
        let offline = try await intray.run(["check", "-c", bench.file.string])
        #expect(offline.output.contains("1 event was given up") && offline.output.contains("exit 75"), "\(offline.output)")
        let later = try await intray.run(["hook", "retry", "--all", "-c", bench.file.string])
        #expect(later.exitCode == 0 && later.output.contains("at the next start"), "\(later.output)")
        let told = try bench.log.split(separator: "\n").filter { $0.contains("\"type\":\"hook.retried\"") }
        #expect(told.count == 3 && told[0].contains("\"job\":\"\(job)\"") && told.allSatisfy { $0.contains("\"reason\":\"operator\"") }, "\(told)")
        #expect(told.contains { $0.contains("\"hook\":\"away\"") && $0.contains("\"deferred\":\"2\"") && $0.contains("\"given_up\":\"0\"") }, "\(told)")
        let second = try await bench.start()
        defer { second.kill() }
        try await eventually("the other is taken") { try bench.lines("index").count == 2 }
        #expect(try Set(bench.lines("index")).count == 2)
        try await second.stop()
    }

    @Test("gates skip, fail, hand over and hold up files before they are converted")
    func gates() async throws {
        let bench = try HookBench([("gate", """
            case $INTRAY_PATH in
                skip*) exit 10 ;;
                fail*) echo '{"action":"fail","reason":"infected"}' ;;
                other*) [ "$INTRAY_ROUTE" = other ] || echo '{"action":"route","route":"other"}' ;;
                broken*) exit 3 ;;
            esac
            [ -e "$INTRAY_SOURCE" ] || exit 5
            """, "gate: true")], retries: 2)
        let daemon = try await bench.start()
        defer { daemon.kill() }
        for name in ["skip.txt", "fail.txt", "other.txt", "broken.txt", "good.txt"] { try daemon.drop(name, "text\n") }
        try await eventually("good.txt and other.txt are converted") {
            try daemon.outputs().map(\.string) == ["good.txt.md"] && daemon.root.appending("other/outbox/other.txt.md").exists
        }
        try await eventually("two are in quarantine") { try daemon.root.appending("quarantine").filesBelow().count == 4 }
        #expect(try daemon.root.appending("quarantine/fail.txt.error.json").readText().contains("infected"))
        #expect(try daemon.root.appending("quarantine/broken.txt.error.json").readText().contains("\"code\":\"hook\""))
        #expect(try daemon.root.appending("archive").filesBelow().compactMap { $0.lastComponent?.string }.sorted() == ["good.txt", "skip.txt"])
        try await eventually("the log tells") { try bench.log.contains("\"reason\":\"veto\"") && bench.log.contains("\"reason\":\"routed to other\"") }
        try await daemon.stop()
    }

    @Test("a hook that others can write stops the start, and hook test says how a run ends")
    func tried() async throws {
        let bench = try HookBench([("loud", "echo \"$INTRAY_EVENT on $INTRAY_ROUTE\" >&2; exit 75", "")])
        let intray = try Program("intray")
        let run = try await intray.run(["hook", "test", "loud", "-c", bench.file.string])
        #expect(run.exitCode == 1 && run.output.contains("exit 75") && run.output.contains("job.done on main"), "\(run.output)")
        let sample = try HookBench([("reads", "cat \"$INTRAY_SOURCE\" \"$INTRAY_OUTPUT\" > $OUT/read", "")])
        #expect(try await intray.run(["hook", "test", "reads", "-c", sample.file.string]).exitCode == 0)
        #expect(try sample.out("read").readText().contains("A sample"))
        #expect(try await intray.run(["hook", "test", "nobody", "-c", bench.file.string]).exitCode == 2)
        chmod(bench.out("loud.sh").string, 0o777)
        let refused = try await intray.run(["watch", "-c", bench.file.string])
        #expect(refused.exitCode == 3 && refused.output.contains("can be written by everybody"), "\(refused.output)")
        #expect(try await intray.run(["hook", "test", "loud", "-c", bench.file.string]).exitCode == 3)
    }
}

/// A configuration with hooks that are scripts, `$OUT` their folder.
private struct HookBench {
    let folder: TemporaryFolder
    let work: TemporaryFolder
    var file: FilePath { folder.path.appending("intray.yaml") }

    init(_ hooks: [(name: String, script: String, settings: String)], retries: Int = 5) throws {
        folder = try TemporaryFolder()
        work = try TemporaryFolder()
        var text = """
            state: \(work.path.string)/state
            defaults: {settle: {quiet: 200ms}, retry: {attempts: \(retries), first: 50ms}}
            routes:
              - {name: main, root: \(work.path.string)}
              - {name: other, root: \(work.path.string)/other}
            hooks:

            """
        for (name, script, settings) in hooks {
            let program = folder.path.appending("\(name).sh")
            try program.write("#!/bin/sh\nOUT=\(folder.path.string)\n\(script)\n")
            chmod(program.string, 0o755)
            text += "  - name: \(name)\n    command: [\(program.string)]\n"
            if !settings.contains("backoff") { text += "    backoff: 20ms\n" }
            if !settings.isEmpty { text += "    \(settings)\n" }
        }
        try file.write(text)
    }

    func start() async throws -> Watching { try await Watching(keeping: work, arguments: ["-c", file.string]) }
    func out(_ name: String) -> FilePath { folder.path.appending(name) }
    func lines(_ name: String) throws -> [String] { out(name).exists ? try out(name).readText().split(separator: "\n").map(String.init) : [] }
    var log: String { get throws { try work.path.appending("state/events.jsonl").readText() } }
}
