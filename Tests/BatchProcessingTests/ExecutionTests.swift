// SPDX-License-Identifier: Apache-2.0
@testable import BatchProcessing
import ConversionProtocol
import Testing
import TestSupport

/// What every execution promises.
@Suite("Execution", .timeLimit(.minutes(10)))
struct ExecutionTests {
    @Test("every job ends once, with its own output", arguments: Kind.allCases)
    func success(_ kind: Kind) async throws {
        let subject = Subject(kind)
        try await subject.whileRunning { subject in
            for n in 0..<200 { try await subject.submit("job \(n)") }
        }
        for n in 0..<200 { #expect(subject.reports("job \(n)") == ["done"]) }
        #expect(subject.control.statistics.done == 200)
    }

    @Test("a rejected job fails at once", arguments: Kind.allCases)
    func failure(_ kind: Kind) async throws {
        let subject = Subject(kind)
        try await subject.whileRunning { try await $0.submit("bad", .fail(ConversionError(.malformed, "no"))) }
        #expect(subject.reports("bad") == ["failed malformed"])
        #expect(subject.diary.attempts(of: "bad") == [1])
    }

    @Test("a passing failure is tried again, each time three times later, at most five times", arguments: Kind.allCases)
    func retry(_ kind: Kind) async throws {
        let subject = Subject(kind)
        try await subject.whileRunning { subject in
            try await subject.submit("flaky", .failFirst(2, ConversionError(.internalError, "oh")))
            try await subject.submit("hopeless", .fail(ConversionError(.internalError, "oh")))
            for (n, wait) in [5, 15, 45, 135].enumerated() {
                try await eventually("attempt \(n + 1) was made") { subject.reports("hopeless").count == n + 1 && subject.clock.hasSleepers }
                subject.clock.advance(by: .seconds(wait))
            }
        }
        #expect(subject.reports("flaky") == ["postponed internal 5000", "postponed internal 15000", "done"])
        #expect(subject.reports("hopeless").last == "failed internal")
        #expect(subject.diary.attempts(of: "hopeless") == [1, 2, 3, 4, 5])
        #expect(subject.control.statistics.retries == 6)
    }

    @Test("a crash is tried once more, alone", arguments: Kind.allCases)
    func alone(_ kind: Kind) async throws {
        let subject = Subject(kind)
        try await subject.whileRunning { try await $0.submit("bomb", .fail(ConversionError(.crash, "signal 11"))) }
        #expect(subject.reports("bomb") == ["postponed crash 0", "failed crash"])
        #expect(subject.diary.wasAlone("bomb") == [false, true])
    }

    @Test("higher priorities go first, and older jobs within one", arguments: Kind.allCases)
    func priorities(_ kind: Kind) async throws {
        let subject = Subject(kind, limit: 1)
        subject.control.pause(nil)
        try await subject.whileRunning { subject in
            for priority in [Priority.low, .normal, .high, .urgent] {
                for n in 1...2 { try await subject.submit("\(priority.name) \(n)", priority: priority) }
            }
            #expect(subject.control.setPriority(.urgent, of: subject.id("low 2")))
            subject.control.resume(nil)
        }
        #expect(subject.diary.names == ["low 2", "urgent 1", "urgent 2", "high 1", "high 2", "normal 1", "normal 2", "low 1"])
    }

    @Test("a paused group stands still and the others go on", arguments: Kind.allCases)
    func pauses(_ kind: Kind) async throws {
        let subject = Subject(kind)
        try await subject.whileRunning { subject in
            subject.control.pause("slow")
            try await subject.submit("a", group: "slow")
            try await subject.submit("b", group: "quick")
            try await eventually("the other group's job ended") { subject.reports("b") == ["done"] }
            #expect(subject.reports("a") == [])
            #expect(subject.control.pauses == [Pause(group: "slow", reason: .asked)])
            subject.control.resume("slow")
        }
        #expect(subject.reports("a") == ["done"])
        #expect(subject.changes == [.paused(group: "slow", .asked), .resumed(group: "slow")])
    }

    @Test("a job is cancelled where it waits and where it runs", arguments: Kind.allCases)
    func cancelOne(_ kind: Kind) async throws {
        let subject = Subject(kind, limit: 1)
        try await subject.whileRunning { subject in
            try await subject.submit("runs", .wait(Gate()))
            try await eventually("it runs") { subject.diary.names == ["runs"] }
            try await subject.submit("waits")
            #expect(subject.control.cancel(subject.id("waits")))
            #expect(subject.control.cancel(subject.id("runs")))
            try await subject.submit("next")
        }
        #expect(subject.reports("runs") == ["cancelled"])
        #expect(subject.reports("waits") == ["cancelled"])
        #expect(subject.reports("next") == ["done"])
        #expect(!subject.control.cancel(subject.id("next")))
    }

    @Test("cancelling all leaves nothing", arguments: Kind.allCases)
    func cancelAll(_ kind: Kind) async throws {
        let subject = Subject(kind)
        try await subject.whileRunning { subject in
            for n in 0..<50 { try await subject.submit("job \(n)", .wait(Gate())) }
            try await eventually("some run") { subject.diary.names.count == 2 }
            subject.control.cancelAll()
        }
        for n in 0..<50 { #expect(subject.reports("job \(n)") == ["cancelled"]) }
    }

    @Test("failed jobs run again when asked, one or all, with their attempts started over", arguments: Kind.allCases)
    func retryFailed(_ kind: Kind) async throws {
        let subject = Subject(kind)
        try await subject.whileRunning { subject in
            for n in 1...3 { try await subject.submit("job \(n)", .failFirst(1, ConversionError(.malformed, "no"))) }
            try await eventually("all failed") { subject.control.statistics.failed == 3 && subject.control.retry(subject.id("job 1")) }
            try await eventually("one went well") { subject.control.statistics.done == 1 }
            try await eventually("the others go on") { subject.control.retryAll() > 0 || subject.control.statistics.done == 3 }
        }
        for n in 1...3 { #expect(subject.reports("job \(n)") == ["failed malformed", "done"]) }
        #expect(subject.diary.attempts(of: "job 2") == [1, 1])
        #expect(subject.control.statistics.failed == 0)
    }

    @Test("the limit changes while jobs run", arguments: Kind.allCases)
    func limit(_ kind: Kind) async throws {
        let subject = Subject(kind, limit: 1)
        let gate = Gate()
        try await subject.whileRunning { subject in
            for n in 0..<10 { try await subject.submit("job \(n)", .wait(gate)) }
            try await eventually("one runs") { subject.diary.names.count == 1 }
            subject.control.setLimit(4)
            // A hybrid's reads are limited by themselves: at most one at a time here, so all four places fill up.
            try await eventually("four run") { subject.diary.names.count == 4 }
            gate.open()
        }
        #expect(subject.control.statistics.done == 10)
    }

    @Test("an attempt that takes too long is stopped, tried alone, and fails", arguments: Kind.allCases)
    func timeout(_ kind: Kind) async throws {
        var settings = BatchSettings()
        settings.timeout = .seconds(30)
        let subject = Subject(kind, settings: settings)
        try await subject.whileRunning { subject in
            try await subject.submit("endless", .wait(Gate()))
            for attempt in 1...2 {
                try await eventually("attempt \(attempt) runs") { subject.diary.names.count == attempt && subject.clock.hasSleepers }
                subject.clock.advance(by: .seconds(31))
            }
        }
        #expect(subject.reports("endless") == ["postponed timeout-wall 0", "failed timeout-wall"])
    }

    @Test("stopping lets running jobs end and hands the waiting ones back", arguments: Kind.allCases)
    func stop(_ kind: Kind) async throws {
        let subject = Subject(kind, limit: 1)
        let gate = Gate()
        try await subject.whileRunning { subject in
            try await subject.submit("runs", .wait(gate))
            try await eventually("it runs") { subject.diary.names == ["runs"] }
            try await subject.submit("waits")
            subject.control.stop()
            await #expect(throws: SubmissionError.closed) { try await subject.submit("late") }
            gate.open()
        }
        #expect(subject.reports("runs") == ["done"])
        #expect(subject.reports("waits") == ["interrupted"])
    }

    @Test("cancelling the run interrupts everything at once", arguments: Kind.allCases)
    func interrupt(_ kind: Kind) async throws {
        let subject = Subject(kind, limit: 1)
        try await subject.submit("runs", .wait(Gate()))
        try await subject.submit("waits")
        let run = Task { await subject.run() }
        try await eventually("it runs") { subject.diary.names == ["runs"] }
        run.cancel()
        await run.value
        #expect(subject.reports("runs") == ["interrupted"])
        #expect(subject.reports("waits") == ["interrupted"])
    }

    @Test("an environment error pauses the group, costs no attempt and ends by itself", arguments: Kind.allCases)
    func environment(_ kind: Kind) async throws {
        let subject = Subject(kind)
        let full = ConversionError(.diskFull, "no space left")
        try await subject.whileRunning { subject in
            try await subject.submit("a", .failFirst(2, full))
            for wait in [1, 2] {
                try await eventually("the group is paused") { subject.control.pauses.count == 1 && subject.clock.hasSleepers && subject.reports("a").count == wait }
                subject.clock.advance(by: .seconds(wait))
            }
        }
        #expect(subject.reports("a") == ["postponed disk-full 0", "postponed disk-full 0", "done"])
        #expect(subject.diary.attempts(of: "a") == [1, 1, 1])
        #expect(subject.changes == [.paused(group: "g", .environment(full)), .resumed(group: "g")])
    }
}
