// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import FileAccess
import Pipeline
import Testing

@Suite("What the journal says")
struct JournalTests {
    private var journal = Journal()
    private var now = Instant(nanoseconds: 1_000_000_000_000)

    @Test("a pause has its reason and what to do, an operator's too, and its end is said")
    mutating func pauses() {
        var event = Event(.routePaused, route: "main")
        event.error = ConversionError(.diskFull, "the outbox has less than 64 MiB free")
        #expect(journal.line(for: event) == "route main is paused: the outbox has less than 64 MiB free; \(FailureCode.diskFull.advice)")
        #expect(journal.line(for: Event(.routePaused)) == "every route is paused: an operator has paused it")
        #expect(journal.line(for: Event(.routeResumed, route: "main")) == "route main goes on")
    }

    @Test("single documents are not told", arguments: [EventType.jobFailed, .jobDone, .jobRetry, .scanFinished, .hookDone])
    mutating func documents(type: EventType) { #expect(journal.line(for: Event(type, route: "main")) == nil) }

    @Test("a hook that is given up again and again is said once a minute, with how often")
    mutating func hooks() {
        func givenUp(final: Bool = true) -> Event {
            var event = Event(.hookFailed, route: "main")
            event.reason = "exit 1"
            event.details = ["hook": "index", "event": "job.done"]
            if final { event.details?["final"] = "true" }
            return event
        }
        #expect(journal.line(for: givenUp(final: false), now: now) == nil)
        #expect(journal.line(for: givenUp(), now: now)?.hasPrefix("hook index was given up for job.done: exit 1") == true)
        for _ in 0..<3 { #expect(journal.line(for: givenUp(), now: now) == nil) }
        now = now + .seconds(60)
        #expect(journal.line(for: givenUp(), now: now)?.contains("and 3 more since the last word") == true)
    }
}
