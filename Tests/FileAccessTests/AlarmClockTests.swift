// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Testing

@Suite("An alarm clock", .timeLimit(.minutes(10)))
struct AlarmClockTests {
    @Test("wakes at the time, not before, again and again")
    func times() async {
        let clock = AlarmClock()
        for _ in 0..<5 {
            let due = Instant.now + .milliseconds(20)
            await clock.wait(until: due)
            #expect(Instant.now >= due)
        }
    }

    @Test("wakes when it is rung, and still keeps the time afterwards")
    func rung() async {
        let clock = AlarmClock()
        for _ in 0..<100 {
            async let waiting: Void = clock.wait(until: .now + .seconds(3_600))
            clock.ring()
            await waiting
        }
        let due = Instant.now + .milliseconds(30)
        await clock.wait(until: due)
        #expect(Instant.now >= due)
    }

    @Test("a cancelled wait ends, and the next one waits")
    func cancelled() async {
        let clock = AlarmClock()
        let waiting = Task { await clock.wait(until: .now + .seconds(3_600)) }
        waiting.cancel()
        await waiting.value
        // The cancellation may have rung before anybody waited.
        await clock.wait(until: .now + .milliseconds(1))
        let due = Instant.now + .milliseconds(30)
        await clock.wait(until: due)
        #expect(Instant.now >= due)
    }
}
