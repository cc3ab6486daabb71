// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import FileAccess
import Glibc
import Hooks
import Ledger
import Settings
import SystemPackage
import TestSupport
import Testing

@Suite("Delivery to hooks", .timeLimit(.minutes(10)))
struct HookFeedTests {
    @Test("tries again after 75 until it is taken, under the same name, and says each time how it went")
    func again() async throws {
        let bench = try Bench("echo \"$INTRAY_EVENT_ID\" >> $OUT/calls; [ $(wc -l < $OUT/calls) -ge 3 ] || exit 75")
        try await bench.running { bus, _ in
            try await bus.publish([bench.done(1)])
            try await eventually("it is called three times") { try bench.calls.count == 3 }
            try await eventually("the end is told") { try bench.log.contains("\"type\":\"hook.done\"") }
        }
        #expect(try Set(bench.calls).count == 1)
        #expect(try bench.log.split(separator: "\n").count { $0.contains("\"type\":\"hook.deferred\"") && $0.contains("\"exit\":\"75\"") } == 2)
        #expect(try bench.ledger().backlog(ofHook: "h") == 0)
    }

    @Test("not now costs none of the attempts, however often it is said, also across a restart")
    func deferred() async throws {
        let bench = try Bench("""
            echo "$INTRAY_EVENT_ID" >> $OUT/calls
            case $(wc -l < $OUT/calls) in 1) exit 3 ;; 2 | 3 | 4 | 5 | 6) exit 75 ;; esac
            """) { $0.attempts = 2 }
        try await bench.running { bus, _ in
            try await bus.publish([bench.done(1)])
            try await eventually("it has been put off") { try bench.calls.count >= 3 }
        }
        let between = try #require(try bench.ledger().deliveries(hook: "h", limit: 1, oneOfEach: false).first)
        #expect(between.attempts == 1 && between.deferrals >= 1 && between.deferred > 0)
        try await bench.running { _, _ in
            try await eventually("the end is told") { try bench.log.contains("\"type\":\"hook.done\"") }
        }
        #expect(try bench.calls.count >= 7 && Set(bench.calls).count == 1)
        #expect(try bench.ledger().givenUp(ofHook: "h") == 0)
    }

    @Test("not now is heeded for as long as is set, then the event is given up")
    func deferredTooLong() async throws {
        let bench = try Bench("echo x >> $OUT/calls; exit 75") { $0.deferFor = .milliseconds(100) }
        try await bench.running { bus, _ in
            try await bus.publish([bench.done(1)])
            try await eventually("the end is told") { try bench.log.contains("\"final\":\"true\"") }
        }
        // After pauses of 10, 30 and 60 ms.
        #expect(try bench.calls.count == 4)
        #expect(try bench.ledger().backlog(ofHook: "h") == 0)
        #expect(try bench.ledger().givenUp(ofHook: "h") == 1)
    }

    @Test("what was given up is told again when somebody asks for it, one job's or all, under the names it had", arguments: [false, true])
    func deliveredAgain(oneJob: Bool) async throws {
        let bench = try Bench("echo \"$INTRAY_EVENT_ID\" >> $OUT/calls; [ -e $OUT/go ]") { $0.attempts = 1 }
        let events = (1...3).map { bench.done(UInt64($0), "0000000000000000000000000\($0)") }
        try await bench.running { bus, feed in
            try await bus.publish(events)
            try await eventually("all are given up") { feed.reports[0].givenUp == 3 && feed.reports[0].backlog == 0 }
            #expect(feed.reports[0].standing.failures == 3)
        }
        try bench.out("go").write("")
        try await bench.running { _, feed in
            #expect(feed.reports[0].givenUp == 3)
            await #expect(throws: HookRefusal.self) { try await feed.deliverAgain(hook: "h", job: "00000000000000000000000009") }
            await #expect(throws: HookRefusal.self) { try await feed.deliverAgain(hook: "nobody", job: nil) }
            let told = try await feed.deliverAgain(hook: oneJob ? "h" : nil, job: oneJob ? "00000000000000000000000002" : nil)
            #expect(told == [Redelivery(hook: "h", anew: oneJob ? 1 : 3, hurried: 0)])
            try await eventually("they are taken") { try bench.calls.count == (oneJob ? 4 : 6) && feed.reports[0].backlog == 0 }
            #expect(feed.reports[0].givenUp == (oneJob ? 2 : 0))
        }
        #expect(try Set(bench.calls.dropFirst(3)) == Set((oneJob ? [events[1]] : events).map(\.eventID)))
    }

    @Test("what was put off is due at once when somebody asks for it, and a hook that is off is on again")
    func hurried() async throws {
        let bench = try Bench("echo x >> $OUT/calls; [ -e $OUT/go ] || exit $(cat $OUT/code)") { $0.backoff = .seconds(3_600) }
        try bench.out("code").write("75")
        try await bench.running { bus, feed in
            try await bus.publish([bench.done(1)])
            try await eventually("it is put off") { feed.reports[0].next != nil && feed.reports[0].standing.failures == 1 }
            try await eventually("that is noted") { try bench.ledger().nextDue(ofHook: "h") ?? 0 > 0 }
            try bench.out("code").write("77")
            #expect(try await feed.deliverAgain(hook: nil, job: nil) == [Redelivery(hook: "h", anew: 0, hurried: 1)])
            try await eventually("it is off") { !feed.reports[0].isOn }
            try bench.out("go").write("")
            #expect(try await feed.deliverAgain(hook: "h", job: nil) == [Redelivery(hook: "h", anew: 0, hurried: 0, isSwitchedOn: true)])
            try await eventually("it is taken") { feed.reports[0].backlog == 0 }
        }
        #expect(try bench.calls.count == 3)
    }

    @Test("how often in a row it failed, why and when it is tried again is known, also after a restart, until it takes an event")
    func standing() async throws {
        let bench = try Bench("[ -e $OUT/go ] || { echo 'no such table' >&2; exit 3; }") {
            $0.backoff = .seconds(3_600)
            $0.attempts = 2
        }
        try await bench.running { bus, feed in
            #expect(feed.reports[0].standing == HookStanding())
            try await bus.publish([bench.done(1), bench.done(2)])
            try await eventually("both failed") { try bench.ledger().standing(ofHook: "h").failures == 2 }
        }
        try bench.out("go").write("")
        try await bench.running { bus, feed in
            #expect(feed.reports[0].standing.failures == 2)
            #expect(feed.reports[0].standing.reason == "exit 3: no such table")
            let next = try #require(feed.reports[0].next)
            #expect(next > WallClock.milliseconds + 3_000_000)
            try await bus.publish([bench.done(3)])
            try await eventually("it is well") { feed.reports[0].standing == HookStanding() }
            try await eventually("the others wait") { feed.reports[0].backlog == 2 }
            #expect(feed.reports[0].next == nil)
        }
    }

    @Test("gives up after the attempts that are set, and goes on with the next event")
    func givesUp() async throws {
        let bench = try Bench("echo \"$INTRAY_EVENT_ID\" >> $OUT/calls; exit 3") { $0.attempts = 2 }
        try await bench.running { bus, _ in
            try await bus.publish([bench.done(1)])
            try await bus.publish([bench.done(2)])
            try await eventually("each was tried twice") { try bench.calls.count == 4 }
            try await eventually("both ends are told") { try bench.log.split(separator: "\n").count { $0.contains("\"final\":\"true\"") } == 2 }
        }
        #expect(try bench.ledger().backlog(ofHook: "h") == 0)
    }

    @Test("an event that was logged when nobody listened is delivered after the next start, with the name it had")
    func restart() async throws {
        let bench = try Bench("echo \"$INTRAY_EVENT_ID\" >> $OUT/calls")
        try await bench.running { _, _ in }
        // A crash between the log and the ledger leaves this.
        let log = try EventLog(at: bench.folder.path.appending("events.jsonl"))
        var events = [bench.done(7)]
        try log.append(&events, durably: true)
        try await bench.running { _, _ in try await eventually("it is called") { try bench.calls.count == 1 } }
        #expect(try bench.calls == [events[0].eventID])
        try await bench.running { _, _ in }
        #expect(try bench.calls.count == 1)
    }

    @Test("a run that a stop breaks off is delivered again")
    func brokenOff() async throws {
        let bench = try Bench("echo \"$INTRAY_EVENT_ID\" >> $OUT/calls; [ -e $OUT/go ] || sleep 1000")
        try await bench.running { bus, _ in
            try await bus.publish([bench.done(1)])
            try await eventually("it is called") { try bench.calls.count == 1 }
        }
        try bench.out("go").write("")
        try await bench.running { _, _ in
            try await eventually("it is called again") { try bench.calls.count == 2 }
            try await eventually("the end is told") { try bench.log.contains("\"type\":\"hook.done\"") }
        }
        #expect(try Set(bench.calls).count == 1)
    }

    @Test("what was taken is known from the log where the ledger has gone, and the rest is delivered again")
    func ledgerGone() async throws {
        let bench = try Bench("echo \"$INTRAY_JOB\" >> $OUT/calls; case $INTRAY_JOB in *3) [ -e $OUT/go ] || exit 75;; esac") { $0.backoff = .seconds(600) }
        let events = (1...3).map { bench.done(UInt64($0), "0000000000000000000000000\($0)") }
        try await bench.running { bus, _ in
            try await bus.publish(events)
            try await eventually("two were taken, one was not") {
                try bench.log.split(separator: "\n").count { $0.contains("\"type\":\"hook.done\"") } == 2 && bench.log.contains("\"type\":\"hook.deferred\"")
            }
        }
        for suffix in ["", "-wal", "-shm"] { unlink(bench.folder.path.appending("ledger.sqlite\(suffix)").string) }
        try bench.out("go").write("")
        let before = try bench.calls.count
        try await bench.running { _, _ in try await eventually("the third is taken") { try bench.calls.count > before } }
        #expect(try bench.calls.suffix(1) == ["00000000000000000000000003"])
        #expect(try bench.calls.count == before + 1)
    }

    @Test("77 switches the hook off, and what waits stays for the next start")
    func switchedOff() async throws {
        let bench = try Bench("echo x >> $OUT/calls; exit 77") { $0.concurrency = 1 }
        try await bench.running { bus, feed in
            for number in 1...5 { try await bus.publish([bench.done(UInt64(number))]) }
            try await eventually("it is off") { !feed.reports[0].isOn }
            try await eventually("the rest waits") { feed.reports[0].backlog == 5 }
            try await eventually("it says so") { try bench.log.contains("\"type\":\"hook.disabled\"") }
        }
        #expect(try bench.calls.count == 1)
    }

    @Test("runs no more at once than it may; in order, one at a time for each route", arguments: [HookSettings.Order.none, .route])
    func concurrency(order: HookSettings.Order) async throws {
        let bench = try Bench("""
            echo "start $INTRAY_ROUTE $INTRAY_ATTEMPT" >> $OUT/calls; sleep 0.02; echo "end $INTRAY_ROUTE $INTRAY_ATTEMPT" >> $OUT/calls
            """) {
            $0.concurrency = 3
            $0.order = order
        }
        try await bench.running { bus, _ in
            var events: [Event] = []
            for number in 1...12 {
                var event = Event(.jobDone, route: number % 2 == 0 ? "even" : "odd", job: JobID(milliseconds: UInt64(number)), path: "a")
                event.attempt = number
                events.append(event)
            }
            try await bus.publish(events)
            try await eventually("all are taken") { try bench.calls.count == 24 }
        }
        var running: [String] = []
        var most = 0
        var started: [Int] = []
        for line in try bench.calls {
            let words = line.split(separator: " ").map(String.init)
            if words[0] == "start" {
                if order == .route { #expect(!running.contains(words[1])) }
                running.append(words[1])
                started.append(Int(words[2]) ?? 0)
            } else if let place = running.firstIndex(of: words[1]) { running.remove(at: place) }
            most = max(most, running.count)
        }
        #expect(most <= (order == .route ? 2 : 3))
        #expect(most > 1)
        if order == .route { for rest in [0, 1] { #expect(started.filter { $0 % 2 == rest } == started.filter { $0 % 2 == rest }.sorted()) } }
    }

    @Test("a required hook that is behind holds its route back until half of its queue is gone")
    func required() async throws {
        let bench = try Bench("while [ ! -e $OUT/go ]; do sleep 0.01; done") {
            $0.isRequired = true
            $0.queue = 4
            $0.routes = ["main"]
        }
        try await bench.running { bus, feed in
            for number in 1...5 { try await bus.publish([bench.done(UInt64(number))]) }
            try await eventually("it is behind") { feed.congestion(of: "main") == "h" }
            #expect(feed.congestion(of: "other") == nil)
            try bench.out("go").write("")
            try await eventually("it has caught up") { feed.congestion(of: "main") == nil }
        }
    }

    @Test("a gate's answer decides about the file", arguments: [
        ("exit 0", HookFeed.Passage.through), ("exit 10", .skip(reason: "veto")), ("exit 3", .broken("gate \"h\": exit 3")),
        ("echo '{\"action\":\"continue\"}'", .through), ("echo '{\"action\":\"skip\",\"reason\":\"seen\"}'", .skip(reason: "seen")),
        ("echo '{\"action\":\"fail\",\"reason\":\"infected\"}'", .fail(reason: "infected")),
        ("echo '{\"action\":\"route\",\"route\":\"invoices\"}'", .route("invoices")),
        ("echo 'yes'", .broken("gate \"h\": its answer is not {\"action\": \"continue|skip|fail|route\", …}")),
        ("echo '{\"action\":\"route\"}'", .broken("gate \"h\": its answer names no route")),
    ])
    func gates(script: String, passage: HookFeed.Passage) async throws {
        let bench = try Bench(script) { $0.isGate = true }
        try await bench.running { _, feed in
            #expect(feed.hasGates("main"))
            #expect(await feed.pass(Event(.jobClaimed, route: "main", job: JobID(milliseconds: 1), path: "a")) == passage)
            if case .broken = passage { #expect(feed.reports[0].standing.failures == 1) } else { #expect(feed.reports[0].standing.failures == 0) }
        }
    }
}

/// A state folder and one hook, a script with `$OUT` as its folder, started as often as one wants.
private struct Bench: Sendable {
    let folder: TemporaryFolder
    let hook: HookSettings

    init(_ lines: String, _ change: (inout HookSettings) -> Void = { _ in }) throws {
        folder = try TemporaryFolder()
        let program = folder.path.appending("hook")
        try program.write("#!/bin/sh\nOUT=\(folder.path.string)\n\(lines)\n")
        chmod(program.string, 0o755)
        var hook = HookSettings(name: "h", command: [program.string])
        hook.backoff = .milliseconds(10)
        hook.killGrace = .milliseconds(100)
        change(&hook)
        self.hook = hook
    }

    func out(_ name: String) -> FilePath { folder.path.appending(name) }
    var calls: [String] { get throws { out("calls").exists ? try out("calls").readText().split(separator: "\n").map(String.init) : [] } }
    var log: String { get throws { try out("events.jsonl").readText() } }

    func ledger() throws -> Ledger { try Ledger(at: out("ledger.sqlite")) }

    func done(_ number: UInt64, _ name: String? = nil) -> Event {
        Event(.jobDone, route: "main", job: name.flatMap { JobID($0) } ?? JobID(milliseconds: number), path: "a.txt")
    }

    /// From a start of the feed to its end.
    func running(_ body: @Sendable @escaping (EventBus, HookFeed) async throws -> Void) async throws {
        let bus = EventBus(log: try EventLog(at: out("events.jsonl")), instance: "i")
        let feed = try HookFeed([hook], ledger: ledger(), bus: bus, log: out("events.jsonl"), state: folder.path)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await feed.run() }
            defer { tasks.cancelAll() }
            try await body(bus, feed)
        }
        await bus.close()
    }
}
