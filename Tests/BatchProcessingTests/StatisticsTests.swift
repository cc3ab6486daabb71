// SPDX-License-Identifier: Apache-2.0
@testable import BatchProcessing
import ConversionProtocol
import FileAccess
import Testing

@Suite("Statistics")
struct StatisticsTests {
    private var state: BatchState
    private var now = Instant(nanoseconds: 5_000_000_000_000)

    init() {
        state = BatchState(rules: BatchRules(BatchSettings()), limits: .work(1), random: FixedRandom())
    }

    private mutating func handle(_ input: BatchState.Input) { _ = state.handle(input, now: now) }

    private mutating func submit(_ count: Int, bytes: UInt64) {
        for _ in 0..<count {
            handle(.submit(Ticket(id: .next(), group: "", bytes: bytes, priority: .normal, attemptsBefore: 0)))
        }
    }

    private mutating func end(_ key: JobKey, _ error: ConversionError? = nil) {
        handle(.ended(key, run: 1, error))
        handle(.settled(key))
    }

    @Test("progress and the time left follow the bytes, not the number of jobs")
    mutating func remaining() throws {
        submit(10, bytes: 10 << 20)
        submit(1, bytes: 900 << 20)
        for key in 0..<10 as Range<JobKey> {
            now = now + .seconds(1)
            end(key)
        }
        let s = state.statistics(now)
        #expect(s.total == 11 && s.done == 10 && s.running == 1 && s.queued == 0)
        #expect(s.jobsPerSecond == 1)
        #expect(s.bytesPerSecond == Double(10 << 20))
        #expect(abs(s.progress - 0.1) < 0.001)
        let remaining = try #require(s.remaining)
        #expect(abs(remaining / .seconds(1) - 90) < 1)
    }

    @Test("only the last minute counts for the rate")
    mutating func recent() {
        submit(200, bytes: 1_000)
        for key in 0..<100 as Range<JobKey> {
            now = now + .milliseconds(100)
            end(key)
        }
        now = now + .seconds(120)
        #expect(state.statistics(now).jobsPerSecond == 0)
        #expect(state.statistics(now).remaining == nil)
        for key in 100..<160 as Range<JobKey> {
            now = now + .seconds(1)
            end(key)
        }
        #expect(abs(state.statistics(now).jobsPerSecond - 1) < 0.05)
    }

    @Test("what a scan has announced counts before it is submitted")
    mutating func expected() {
        state.tally.expectedJobs = 100
        state.tally.expectedBytes = 100_000
        submit(10, bytes: 1_000)
        for key in 0..<10 as Range<JobKey> {
            now = now + .seconds(1)
            end(key)
        }
        let s = state.statistics(now)
        #expect(s.total == 100)
        #expect(abs(s.progress - 0.1) < 0.001)
        #expect(abs((s.remaining ?? .zero) / .seconds(1) - 90) < 0.5)
    }

    @Test("failures, cancellations and retries are counted apart")
    mutating func counts() {
        submit(4, bytes: 10)
        end(0)
        end(1, ConversionError(.malformed, "no"))
        handle(.ended(2, run: 1, ConversionError(.crash, "signal 6")))
        handle(.settled(2))
        handle(.cancel(3))
        handle(.ended(3, run: 1, ConversionError(.cancelled, "")))
        handle(.settled(3))
        handle(.ended(2, run: 2, nil))
        handle(.settled(2))
        let s = state.statistics(now)
        #expect((s.done, s.failed, s.cancelled, s.retries) == (2, 1, 1, 1))
        #expect(s.successRate == 2.0 / 3)
        #expect(s.bytesDone == 20 && s.bytesTotal == 40)
        #expect(s.progress == 1 && s.remaining == .zero)
    }

    @Test("with nothing done there is no time left to tell, and with nothing to do there is none")
    mutating func edges() {
        #expect(state.statistics(now).remaining == .zero)
        submit(1, bytes: 10)
        #expect(state.statistics(now).remaining == nil)
        #expect(state.statistics(now).successRate == 1)
    }
}
