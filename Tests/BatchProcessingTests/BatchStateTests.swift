// SPDX-License-Identifier: Apache-2.0
@testable import BatchProcessing
import ConversionProtocol
import FileAccess
import Testing

/// The decisions, one by one, without tasks and clocks.
@Suite("Batch state")
struct BatchStateTests {
    private var state: BatchState
    private var now = Instant(nanoseconds: 1_000_000_000_000)

    init() { state = Self.make() }

    private static func make(
        _ limits: PhaseLimits = .work(2), _ change: (inout BatchSettings) -> Void = { _ in }
    ) -> BatchState {
        var settings = BatchSettings()
        change(&settings)
        return BatchState(rules: BatchRules(settings), limits: limits, random: FixedRandom())
    }

    private mutating func handle(_ input: BatchState.Input) -> [BatchState.Action] { state.handle(input, now: now) }

    private mutating func submit(_ priority: Priority = .normal, group: String = "g", bytes: UInt64 = 0) -> [BatchState.Action] {
        handle(.submit(Ticket(id: .next(), group: group, bytes: bytes, priority: priority, attemptsBefore: 0)))
    }

    private mutating func later(_ duration: Duration) -> [BatchState.Action] {
        now = now + duration
        return handle(.tick)
    }

    @Test("a job starts while there is a place, and the next one when a place is free")
    mutating func places() {
        #expect(submit() == [.start(0, run: 1, attempt: 1, isAlone: false)])
        #expect(submit() == [.start(1, run: 1, attempt: 1, isAlone: false)])
        #expect(submit() == [])
        #expect(handle(.ended(0, run: 1, nil)) == [.settle(0, .done), .start(2, run: 1, attempt: 1, isAlone: false)])
        #expect(state.held == 3)
        #expect(handle(.settled(0)) == [.forget(0)])
        #expect(state.held == 2)
    }

    @Test("a backlog of one group does not hold up another: it has a spare place, and then its turn")
    mutating func neighbours() {
        state = Self.make(PhaseLimits(read: 2, work: 1, write: 2, spare: 1)) { $0.capacity = 4 }
        for _ in 0..<4 { _ = submit(group: "busy") }
        #expect(handle(.wantsWork(0, run: 1)).contains(.proceed(0)))
        _ = handle(.wantsWork(1, run: 1))
        // Every place is taken, and the capacity too.
        #expect(!state.hasRoom(for: "busy"))
        #expect(state.hasRoom(for: "idle"))
        #expect(submit(group: "idle") == [.start(4, run: 1, attempt: 1, isAlone: false)])
        #expect(handle(.wantsWork(4, run: 1)) == [.proceed(4)])
        // One spare place, not one for each job.
        #expect(submit(group: "idle") == [])
        #expect(handle(.wantsWrite(4, run: 1)).contains(.proceed(4)))
        #expect(handle(.wantsWrite(0, run: 1)).contains(.proceed(1)))
    }

    @Test("within one priority the group with less underway goes first, then the older job")
    mutating func turns() {
        for group in ["a", "a", "a", "b"] { _ = submit(group: group) }
        #expect(handle(.ended(0, run: 1, nil)) == [.settle(0, .done), .start(3, run: 1, attempt: 1, isAlone: false)])
        #expect(handle(.ended(1, run: 1, nil)) == [.settle(1, .done), .start(2, run: 1, attempt: 1, isAlone: false)])
    }

    @Test("without spare places a group waits for a place like everybody")
    mutating func noSpare() {
        for _ in 0..<2 { _ = submit(group: "busy") }
        #expect(submit(group: "idle") == [])
    }

    @Test("a lower limit lets running jobs end and starts fewer")
    mutating func lowerLimit() {
        for _ in 0..<4 { _ = submit() }
        #expect(handle(.limit(1)) == [])
        #expect(handle(.ended(0, run: 1, nil)) == [.settle(0, .done)])
        #expect(handle(.ended(1, run: 1, nil)) == [.settle(1, .done), .start(2, run: 1, attempt: 1, isAlone: false)])
    }

    @Test("a job passes through its phases, and its worker is free before it writes")
    mutating func phases() {
        state = Self.make(PhaseLimits(read: 2, work: 1, write: 1))
        #expect(submit() == [.start(0, run: 1, attempt: 1, isAlone: false)])
        #expect(submit() == [.start(1, run: 1, attempt: 1, isAlone: false)])
        #expect(submit() == [])
        // The worker's place is free: work begins and the third job is read.
        #expect(handle(.wantsWork(0, run: 1)) == [.proceed(0), .start(2, run: 1, attempt: 1, isAlone: false)])
        #expect(handle(.wantsWork(1, run: 1)) == [])
        #expect(handle(.wantsWrite(0, run: 1)) == [.proceed(0), .proceed(1)])
        // One write at a time: the second waits, and nobody takes its worker while it does.
        #expect(handle(.wantsWrite(1, run: 1)) == [])
        #expect(handle(.wantsWork(2, run: 1)) == [])
        #expect(handle(.ended(0, run: 1, nil)) == [.settle(0, .done), .proceed(1), .proceed(2)])
    }

    @Test("what was read goes to a worker by priority")
    mutating func readyOrder() {
        state = Self.make(PhaseLimits(read: 3, work: 1, write: 1))
        for priority in [Priority.normal, .low, .urgent] { _ = submit(priority) }
        #expect(handle(.wantsWork(0, run: 1)) == [.proceed(0)])
        #expect(handle(.wantsWork(1, run: 1)) == [])
        #expect(handle(.wantsWork(2, run: 1)) == [])
        #expect(handle(.wantsWrite(0, run: 1)) == [.proceed(0), .proceed(2)])
    }

    @Test("a job that comes with a wait is not begun before, and is cancelled and retried like any that waits")
    mutating func delayedSubmission() {
        func ticket() -> Ticket { Ticket(id: .next(), group: "g", bytes: 0, priority: .normal, attemptsBefore: 1, delay: .seconds(10)) }
        #expect(handle(.submit(ticket())) == [.wake(now + .seconds(10))])
        #expect(later(.seconds(9)) == [])
        #expect(later(.seconds(1)) == [.start(0, run: 1, attempt: 2, isAlone: false)])
        _ = handle(.submit(ticket()))
        #expect(state.groupCounts["g"]?.delayed == 1)
        #expect(handle(.cancel(1)) == [.settle(1, .cancelled)])
        _ = handle(.submit(ticket()))
        #expect(handle(.retry(2)) == [.start(2, run: 1, attempt: 1, isAlone: false)])
    }

    @Test("an attempt that was given up is not heard any more")
    mutating func abandoned() {
        state = Self.make(.work(1)) { $0.timeout = .seconds(10); $0.grace = .seconds(5) }
        let timeout = ConversionError(.timeoutWall, "took longer than 10.0 seconds and did not stop when told", remedy: .reject)
        #expect(submit() == [.wake(now + .seconds(10)), .start(0, run: 1, attempt: 1, isAlone: false)])
        _ = submit()
        #expect(later(.seconds(9)) == [])
        #expect(later(.seconds(1)) == [.cancel(0), .wake(now + .seconds(5))])
        #expect(later(.seconds(5)).prefix(1) == [.settle(0, .failed(timeout))])
        #expect(state.active == 1)
        #expect(handle(.ended(0, run: 1, nil)) == [])
        #expect(state.tally.done == 0)
    }

    @Test("an attempt that ends well in its grace is done")
    mutating func justInTime() {
        state = Self.make(.work(1)) { $0.timeout = .seconds(10) }
        _ = submit()
        _ = later(.seconds(10))
        #expect(handle(.ended(0, run: 1, nil)) == [.settle(0, .done)])
    }

    @Test("what is being written is not broken off")
    mutating func writing() {
        state = Self.make(PhaseLimits(read: 1, work: 1, write: 1)) { $0.timeout = .seconds(10) }
        _ = submit()
        _ = handle(.wantsWork(0, run: 1))
        _ = handle(.wantsWrite(0, run: 1))
        #expect(handle(.cancel(0)) == [])
        #expect(later(.seconds(60)) == [])
        #expect(handle(.ended(0, run: 1, nil)) == [.settle(0, .done)])
    }

    @Test("a delayed job keeps its age")
    mutating func age() {
        state = Self.make(.work(1))
        for _ in 0..<3 { _ = submit() }
        let error = ConversionError(.internalError, "oh")
        _ = handle(.ended(0, run: 1, error))
        #expect(handle(.settled(0)) == [.wake(now + .seconds(5))])
        #expect(later(.seconds(5)) == [])
        #expect(handle(.ended(1, run: 1, nil)) == [.settle(1, .done), .start(0, run: 2, attempt: 2, isAlone: false)])
    }

    @Test("a delayed job runs at once when asked, and not twice")
    mutating func retryNow() {
        _ = submit()
        _ = handle(.ended(0, run: 1, ConversionError(.internalError, "oh")))
        _ = handle(.settled(0))
        #expect(handle(.retry(0)) == [.start(0, run: 2, attempt: 1, isAlone: false)])
        #expect(later(.seconds(10)) == [])
        #expect(handle(.retry(0)) == [])
    }

    @Test("only one job at a time is tried alone, beside the others")
    mutating func aloneSlot() {
        state = Self.make(.work(3))
        for _ in 0..<4 { _ = submit() }
        let crash = ConversionError(.crash, "signal 11")
        #expect(handle(.ended(0, run: 1, crash)).contains(.settle(0, .postponed(crash, delay: .zero))))
        _ = handle(.ended(1, run: 1, crash))
        #expect(handle(.settled(0)) == [.start(0, run: 2, attempt: 2, isAlone: true)])
        #expect(handle(.settled(1)) == [])
        _ = handle(.ended(2, run: 1, nil))
        #expect(handle(.ended(0, run: 2, nil)) == [.settle(0, .done), .start(1, run: 2, attempt: 2, isAlone: true)])
    }

    @Test("a job alone in the processor waits until nothing runs, and nothing starts beside it")
    mutating func aloneProcessor() {
        state = Self.make(.work(2)) { $0.alone = .processor }
        for _ in 0..<3 { _ = submit() }
        let crash = ConversionError(.crash, "signal 11")
        #expect(handle(.ended(0, run: 1, crash)) == [.settle(0, .postponed(crash, delay: .zero)), .start(2, run: 1, attempt: 1, isAlone: false)])
        #expect(handle(.settled(0)) == [])
        _ = submit()
        #expect(handle(.ended(1, run: 1, nil)) == [.settle(1, .done)])
        #expect(handle(.ended(2, run: 1, nil)) == [.settle(2, .done), .start(0, run: 2, attempt: 2, isAlone: true)])
        #expect(submit() == [])
        #expect(handle(.ended(0, run: 2, crash)) == [
            .settle(0, .failed(crash)), .start(3, run: 1, attempt: 1, isAlone: false), .start(4, run: 1, attempt: 1, isAlone: false),
        ])
    }

    @Test("an input that keeps changing is read five times again, without counting, and then is unstable")
    mutating func unstable() {
        let torn = ConversionError(.inputChanged, "grew while it was read")
        _ = submit()
        for run in 1...5 {
            #expect(handle(.ended(0, run: run, torn)) == [.settle(0, .postponed(torn, delay: .seconds(1)))])
            _ = handle(.settled(0))
            #expect(later(.seconds(1)) == [.start(0, run: run + 1, attempt: 1, isAlone: false)])
        }
        let unstable = ConversionError(.unstable, "changed each of 6 times it was read")
        #expect(handle(.ended(0, run: 6, torn)) == [.settle(0, .failed(unstable))])
    }

    @Test("an outage is probed after 1, 2, 4 … 60 seconds, and its job goes first when it is over")
    mutating func probing() {
        state = Self.make(.work(1)) { $0.probe = { _ in true } }
        let full = ConversionError(.diskFull, "no space left")
        _ = submit(group: "a")
        _ = submit(group: "a")
        #expect(handle(.ended(0, run: 1, full)) == [
            .changed(.paused(group: "a", .environment(full))), .wake(now + .seconds(1)), .settle(0, .postponed(full, delay: .zero)),
        ])
        #expect(handle(.settled(0)) == [])
        #expect(submit(group: "b") == [.start(2, run: 1, attempt: 1, isAlone: false)])
        _ = handle(.ended(2, run: 1, nil))
        for wait in [1, 2, 4, 8, 16, 32, 60, 60] {
            #expect(later(.seconds(wait)) == [.probe("a")])
            _ = handle(.probed("a", isOver: false))
        }
        #expect(later(.seconds(60)) == [.probe("a")])
        #expect(handle(.probed("a", isOver: true)) == [.changed(.resumed(group: "a")), .start(0, run: 2, attempt: 1, isAlone: false)])
    }

    @Test("an outage whose reason may be gone is looked at at once")
    mutating func lookAgain() {
        state = Self.make(.work(1)) { $0.probe = { _ in true } }
        let full = ConversionError(.diskFull, "no space left")
        #expect(handle(.lookAgain("a")) == [])
        _ = submit(group: "a")
        _ = handle(.ended(0, run: 1, full))
        _ = handle(.settled(0))
        for wait in [1, 2, 4] {
            _ = later(.seconds(wait))
            _ = handle(.probed("a", isOver: false))
        }
        #expect(handle(.lookAgain("a")) == [.probe("a")])
        // One look at a time.
        #expect(handle(.lookAgain("a")) == [])
        #expect(handle(.probed("a", isOver: false)) == [.wake(now + .seconds(1))])
        #expect(later(.seconds(1)) == [.probe("a")])
    }

    @Test("without a probe one job tries, and the rest waits for it")
    mutating func trial() {
        state = Self.make(.work(4))
        let full = ConversionError(.diskFull, "no space left")
        for _ in 0..<3 { _ = submit() }
        for key in 0..<3 as Range<JobKey> {
            _ = handle(.ended(key, run: 1, full))
            _ = handle(.settled(key))
        }
        #expect(later(.seconds(1)) == [.start(0, run: 2, attempt: 1, isAlone: false)])
        #expect(handle(.ended(0, run: 2, full)) == [.wake(now + .seconds(2)), .settle(0, .postponed(full, delay: .zero))])
        _ = handle(.settled(0))
        #expect(later(.seconds(2)) == [.start(0, run: 3, attempt: 1, isAlone: false)])
        #expect(handle(.ended(0, run: 3, nil)) == [
            .changed(.resumed(group: "g")), .settle(0, .done),
            .start(1, run: 2, attempt: 1, isAlone: false), .start(2, run: 2, attempt: 1, isAlone: false),
        ])
    }

    @Test("a job that is cancelled while the receiver hears of its next attempt does not run again")
    mutating func cancelledMeanwhile() {
        _ = submit()
        _ = handle(.ended(0, run: 1, ConversionError(.internalError, "oh")))
        _ = handle(.cancel(0))
        #expect(handle(.settled(0)) == [.settle(0, .cancelled)])
        #expect(handle(.settled(0)) == [.forget(0)])
    }

    @Test("only so many failed jobs are kept")
    mutating func keptFailures() {
        state = Self.make(.work(1)) { $0.keptFailures = 2 }
        for key in 0..<4 as Range<JobKey> {
            _ = submit()
            _ = handle(.ended(key, run: 1, ConversionError(.malformed, "no")))
            #expect(handle(.settled(key)) == (key < 2 ? [] : [.forget(key - 2)]))
        }
        #expect(state.held == 0)
        #expect(state.records.count == 2)
    }

    @Test("it is drained once nothing is left and nothing comes")
    mutating func drained() {
        _ = submit()
        #expect(handle(.finish) == [])
        _ = handle(.ended(0, run: 1, nil))
        #expect(handle(.settled(0)) == [.forget(0), .drained])
    }

    @Test("waits grow threefold from 5 s to 10 min, within a fifth of it at random")
    func backoff() {
        let policy = RetryPolicy()
        #expect([1, 2, 3, 4, 5, 6, 100].map { policy.delay(after: $0, random: 0.5) } == [5, 15, 45, 135, 405, 600, 600].map { .seconds($0) })
        #expect(policy.delay(after: 1, random: 0) == .seconds(4))
        #expect(policy.delay(after: 1, random: 1) == .seconds(6))
    }

    @Test("no order of events loses a job or a place")
    mutating func anyOrder() {
        var random = SystemRandomNumberGenerator()
        for round in 0..<200 {
            state = Self.make(round % 2 == 0 ? .work(3) : PhaseLimits(read: 3, work: 2, write: 2)) { settings in
                settings.timeout = .seconds(20)
                settings.keptFailures = 0
                settings.alone = round % 4 < 2 ? .slot : .processor
            }
            var open: [JobKey: Int] = [:]
            var settling: Set<JobKey> = []
            var forgotten = 0
            let jobs = 40
            func note(_ actions: [BatchState.Action], _ open: inout [JobKey: Int]) {
                for action in actions {
                    switch action {
                    case .start(let key, let run, _, _): open[key] = run
                    case .settle(let key, _):
                        open[key] = nil
                        settling.insert(key)
                    case .forget: forgotten += 1
                    case .proceed, .cancel, .probe, .changed, .wake, .drained: continue
                    }
                }
            }
            for n in 0..<jobs { note(submit(Priority(rawValue: n % 4) ?? .normal, group: "\(n % 3)", bytes: UInt64(n)), &open) }
            for _ in 0..<20_000 where forgotten < jobs {
                let key = open.keys.randomElement(using: &random)
                let run = key.flatMap { open[$0] } ?? 0
                switch Int.random(in: 0..<12, using: &random) {
                case 0...2: if let key { note(handle(.wantsWork(key, run: run)), &open) }
                case 3...5: if let key { note(handle(.wantsWrite(key, run: run)), &open) }
                case 6: if let key { note(handle(.ended(key, run: run, nil)), &open) }
                case 7:
                    let code = FailureCode.allCases.randomElement(using: &random) ?? .crash
                    if let key { note(handle(.ended(key, run: run, ConversionError(code, ""))), &open) }
                case 8: note(later(.seconds(Int.random(in: 0...30, using: &random))), &open)
                case 9: if Int.random(in: 0..<20, using: &random) == 0, let key { note(handle(.cancel(key)), &open) }
                default:
                    guard let key = settling.randomElement(using: &random) else { continue }
                    settling.remove(key)
                    note(handle(.settled(key)), &open)
                }
            }
            #expect(forgotten == jobs)
            #expect([state.held, state.active, state.reading, state.working, state.writing, state.ready.count, state.worked.count] == [0, 0, 0, 0, 0, 0, 0])
            #expect(state.activeBytes == 0 && state.records.isEmpty && !state.isAloneActive)
        }
    }
}
