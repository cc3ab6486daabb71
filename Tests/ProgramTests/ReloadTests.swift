// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage
import TestSupport
import Testing

@Suite("intray reload", .timeLimit(.minutes(10)))
struct ReloadTests {
    private static let start = "state: state\ndefaults: {settle: {quiet: 50ms}}\nroutes:\n  - {name: a, root: a}\n"

    @Test("new settings, new routes and ended routes are in force at once; the rest is named")
    func applies() async throws {
        let bench = try Bench()
        try bench.write(Self.start + "  - {name: b, root: b}\n")
        let daemon = try await bench.start()
        defer { daemon.kill() }
        try bench.put("a/inbox/1.html", "<h1>x</h1>")
        try bench.put("b/inbox/1.html", "<h1>x</h1>")
        try await eventually("both are converted") { bench.exists("a/outbox/1.html.md") && bench.exists("b/outbox/1.html.md") }

        try bench.write("state: state\nworkers: {count: 1, isolation: batch}\ndefaults: {settle: {quiet: 50ms}}\nroutes:\n  - {name: a, root: a, output: {formats: [txt]}}\n  - {name: c, root: c}\n")
        let reloaded = try await bench.run("reload")
        #expect(reloaded.exitCode == 0)
        #expect(reloaded.output == """
            changed: route "a", workers.count
            new: route "c"
            ended: route "b"; what is in work is finished
            needs a restart, not in force: workers.isolation

            """)
        try bench.put("a/inbox/2.html", "<h1>x</h1>")
        try bench.put("b/inbox/2.html", "<h1>x</h1>")
        try bench.put("c/inbox/2.html", "<h1>x</h1>")
        try await eventually("the changed and the new route convert") { bench.exists("a/outbox/2.html.txt") && bench.exists("c/outbox/2.html.md") }
        #expect(bench.exists("b/inbox/2.html"))
        let events = try bench.path("state/events.jsonl").readText()
        #expect(events.contains("\"needs_restart\":\"workers.isolation\""))
        let status = try await bench.run("status")
        #expect(!status.output.contains("b/inbox"))
        #expect(status.output.contains("c/inbox"))

        // What waited in an ended route is taken when the route comes back.
        try bench.write(Self.start + "  - {name: b, root: b}\n")
        #expect(try await bench.run("reload").exitCode == 0)
        try await eventually("the file that waited is converted") { bench.exists("b/outbox/2.html.md") }
        try await daemon.stop()
    }

    @Test("the worker processes follow their number, and a second route brings a spare one")
    func workers() async throws {
        let bench = try Bench()
        try bench.write("workers: {count: 1}\n" + Self.start)
        let daemon = try await bench.start()
        defer { daemon.kill() }
        try await eventually("there is one worker") { try daemon.children(named: "intray-worker").count == 1 }
        try bench.write("workers: {count: 3}\n" + Self.start)
        #expect(try await bench.run("reload").exitCode == 0)
        try await eventually("there are three") { try daemon.children(named: "intray-worker").count == 3 }
        try bench.write("workers: {count: 2}\n" + Self.start + "  - {name: b, root: b}\n")
        #expect(try await bench.run("reload").exitCode == 0)
        try await eventually("there are two and a spare one") { try daemon.children(named: "intray-worker").count == 3 }
        try bench.write("workers: {count: 2}\n" + Self.start)
        #expect(try await bench.run("reload").exitCode == 0)
        try await eventually("there are two") { try daemon.children(named: "intray-worker").count == 2 }
        try await daemon.stop()
    }

    @Test("a file with a mistake changes nothing, and says so to the caller and in the log")
    func rejects() async throws {
        let bench = try Bench()
        try bench.write(Self.start)
        let daemon = try await bench.start()
        defer { daemon.kill() }
        try bench.write(Self.start + "  - {name: a, root: b, settle: {quiet: soon}}\n")
        let refused = try await Program("intray").run(["reload", "--state", bench.path("state").string])
        #expect(refused.exitCode == 3)
        #expect(refused.output.contains("intray.yaml:5:40: routes[1].settle.quiet: \"soon\" is not a duration"))
        try await eventually("the log has it") { try bench.path("state/events.jsonl").readText().contains("configuration.rejected") }
        try bench.put("a/inbox/1.txt", "x")
        try await eventually("the old settings work on") { bench.exists("a/outbox/1.txt.md") }
        try await daemon.stop()
    }

    @Test("a hangup reloads")
    func hangup() async throws {
        let bench = try Bench()
        try bench.write(Self.start)
        let daemon = try await bench.start()
        defer { daemon.kill() }
        try bench.write(Self.start.replacing("root: a", with: "root: a, output: {formats: [txt]}"))
        Glibc.kill(daemon.process, SIGHUP)
        try await eventually("it says so") { try bench.path("state/events.jsonl").readText().contains("configuration.reloaded") }
        try bench.put("a/inbox/1.html", "<h1>x</h1>")
        try await eventually("the new settings work") { bench.exists("a/outbox/1.html.txt") }
        try await daemon.stop()
    }

    @Test("reloads under load lose nothing and convert nothing twice", arguments: ["archive", "leave"])
    func load(_ original: String) async throws {
        let bench = try Bench()
        let text = Self.start.replacing("root: a", with: "root: a, original: \(original)")
        try bench.write(text)
        let daemon = try await bench.start()
        defer { daemon.kill() }
        for number in 0..<120 { try bench.put("a/inbox/\(number).txt", "text \(number)") }
        for round in 1...8 {
            try bench.write(text.replacing("root: a", with: "root: a, limits: {pages: \(1_000 + round)}"))
            let ending = try await bench.run("reload")
            #expect(ending.exitCode == 0, "\(ending.output)")
        }
        let expected = Set((0..<120).map { "\($0).txt.md" })
        try await eventually("all are converted", within: .seconds(240)) {
            Set(try bench.path("a/outbox").filesBelow().map(\.string).filter { !$0.hasPrefix(".") }).isSuperset(of: expected)
        }
        try await daemon.stop()
        let outputs = try bench.path("a/outbox").filesBelow().map(\.string).filter { !$0.hasPrefix(".") }
        #expect(Set(outputs) == expected)
        let done = try bench.path("state/events.jsonl").readText().split(separator: "\n").count { $0.contains("\"job.done\"") }
        #expect(done == 120)
    }

    @Test("an inbox or outbox that is made anew is taken up with the next file, and status says so before")
    func madeAnew() async throws {
        let bench = try Bench()
        try bench.write(Self.start)
        let daemon = try await bench.start()
        defer { daemon.kill() }
        try bench.put("a/inbox/1.txt", "x")
        try await eventually("it is converted") { bench.exists("a/outbox/1.txt.md") }
        for (number, folder) in ["outbox", "inbox"].enumerated() {
            let path = bench.path("a/\(folder)")
            rename(path.string, bench.path("a/old-\(folder)").string)
            let missing = try await bench.run("status")
            #expect(missing.output.contains("down") && missing.output.contains("put the folder or its mount back"), "\(missing.output)")
            mkdir(path.string, 0o755)
            let there = try await bench.run("status")
            #expect(there.output.contains("is taken up with the next file") || there.output.contains("goes on by itself") || !there.output.contains("down"), "\(there.output)")
            try bench.put("a/inbox/again-\(number).txt", "x")
            try await eventually("the new \(folder) is in use") { bench.exists("a/outbox/again-\(number).txt.md") }
            #expect(try await bench.run("status").output.contains("route a: up"))
        }
        #expect(bench.exists("a/old-outbox/1.txt.md"))
        try await daemon.stop()
    }

    @Test("a job whose outbox is made anew while it waits is told as cancelled, and its file converted into the new one")
    func madeAnewMeanwhile() async throws {
        let bench = try Bench()
        // A gate that asks for another try holds a claimed file.
        try bench.path("later").write("#!/bin/sh\ncat >/dev/null\ntest -e \(bench.path("go").string) || exit 75\n")
        chmod(bench.path("later").string, 0o755)
        try bench.write(Self.start + "hooks:\n  - {name: later, kind: exec, gate: true, command: [\(bench.path("later").string)]}\n")
        let daemon = try await bench.start()
        defer { daemon.kill() }
        try bench.put("a/inbox/1.txt", "x")
        try await eventually("it waits for another try") { try bench.path("state/events.jsonl").readText().contains("job.retry") }
        rename(bench.path("a/outbox").string, bench.path("a/old").string)
        mkdir(bench.path("a/outbox").string, 0o755)
        try bench.path("go").write("")
        try await eventually("it is converted", within: .seconds(120)) { bench.exists("a/outbox/1.txt.md") }
        #expect(try bench.path("state/events.jsonl").readText().contains("the outbox was replaced"))
        #expect(!bench.exists("a/inbox/1.txt") && !bench.exists("a/old/1.txt.md"))
        try await daemon.stop()
    }

    @Test("what a route had claimed is taken up under its new name, and check says so before", arguments: ["claim.after", "publish.document"])
    func renamed(_ point: String) async throws {
        let bench = try Bench()
        try bench.write(Self.start)
        let first = try await Watching(keeping: bench.folder, arguments: ["-c", bench.path("intray.yaml").string], environment: ["INTRAY_CRASH_AT": point])
        try bench.put("a/inbox/1.txt", "x")
        try await eventually("it dies with a claim") { first.hasDied }
        first.kill()
        try bench.write(Self.start.replacing("name: a", with: "name: renamed"))
        let check = try await Program("intray").run(["check", "-c", bench.path("intray.yaml").string])
        #expect(check.output.contains("1 file of a route \"a\", which is not set"), "\(check.output)")
        let daemon = try await bench.start()
        defer { daemon.kill() }
        try await eventually("it is converted") { bench.exists("a/outbox/1.txt.md") && bench.exists("a/archive") }
        try await daemon.stop()
        #expect(!bench.exists("a/inbox/.work-a"))
        #expect(try bench.path("a/outbox").filesBelow().map(\.string).filter { !$0.hasPrefix(".") } == ["1.txt.md"])
    }

    @Test("a file that waits for space is let go by a reload that asks for less, and its wait is told once")
    func minimumFree() async throws {
        let bench = try Bench()
        try bench.write(Self.start.replacing("root: a", with: "root: a, minimum_free: 900000TB"))
        let daemon = try await bench.start()
        defer { daemon.kill() }
        try bench.put("a/inbox/1.txt", "x")
        let log = bench.path("state/events.jsonl")
        func told(_ type: String) throws -> Int { try log.readText().split(separator: "\n").count { $0.contains("\"type\":\"\(type)\"") } }
        try await eventually("it waits") { try told("route.paused") == 1 }
        let explained = try await bench.run("explain", bench.path("a/inbox/1.txt").string)
        #expect(explained.output.contains("route a is paused: ") && explained.output.contains("(minimum_free)"), "\(explained.output)")
        try bench.write(Self.start)
        #expect(try await bench.run("reload").exitCode == 0)
        try await eventually("it is converted") { bench.exists("a/outbox/1.txt.md") }
        #expect(try told("route.paused") == 1 && told("route.resumed") == 1 && told("job.retry") == 1)
        let journal = try bench.path("daemon.log").readText()
        #expect(journal.contains("intray: route a is paused: ") && journal.contains("intray: route a goes on\n"), "\(journal)")
        try await daemon.stop()
    }

    @Test("stop ends the daemon as a termination does")
    func stop() async throws {
        let bench = try Bench()
        try bench.write(Self.start)
        let daemon = try await bench.start()
        defer { daemon.kill() }
        #expect(try await bench.run("stop").exitCode == 0)
        try await eventually("it has ended") { daemon.hasDied }
        #expect(try bench.path("state/events.jsonl").readText().contains("daemon.stopped"))
    }
}
