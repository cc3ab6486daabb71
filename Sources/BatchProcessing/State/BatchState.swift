// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import DequeModule
import FileAccess
import HeapModule

/// Every decision of a processor, without a clock, a task or a payload: what happened goes in, what is to be done comes out.
struct BatchState {
    enum Input {
        case submit(Ticket)
        /// The read is over; the job wants a worker.
        case wantsWork(JobKey, run: Int)
        /// The work is over; the job wants to write.
        case wantsWrite(JobKey, run: Int)
        case ended(JobKey, run: Int, ConversionError?)
        /// The receiver knows.
        case settled(JobKey)
        case finish, stop, interrupt
        case pause(String?), resume(String?)
        case cancel(JobKey), cancelAll
        case retry(JobKey), retryAll
        case limit(Int)
        case priority(JobKey, Priority)
        case probed(String, isOver: Bool)
        /// Something has changed that may have ended a group's outage.
        case lookAgain(String)
        /// The time asked for with `wake` has come.
        case tick
    }

    enum Action: Equatable {
        case start(JobKey, run: Int, attempt: Int, isAlone: Bool)
        /// The place that the job wanted is its own.
        case proceed(JobKey)
        /// Tell the running attempt to stop.
        case cancel(JobKey)
        /// Tell the receiver, then say `settled`.
        case settle(JobKey, Settlement)
        /// The job is unknown from here on.
        case forget(JobKey)
        case probe(String)
        case changed(GroupChange)
        case wake(Instant)
        /// Nothing is left and nothing will come.
        case drained
    }

    enum Settlement: Equatable {
        case done, failed(ConversionError), cancelled, interrupted
        case postponed(ConversionError, delay: Duration)
    }

    var rules: BatchRules
    var limits: PhaseLimits
    var random: any RandomNumberGenerator & Sendable

    var records: [JobKey: JobRecord] = [:]
    var groups: [String: JobGroup] = [:]
    var nextKey: JobKey = 0
    /// Jobs that hold a place: all but the kept ones.
    var held = 0
    var kept: Deque<JobKey> = []
    var delayed = Heap<DelayedEntry>()
    var ready: [JobKey] = []
    var worked: Deque<JobKey> = []
    var reading = 0
    var working = 0
    var writing = 0
    var active = 0
    var activeBytes: UInt64 = 0
    var isAloneActive = false
    var isPaused = false
    var takesMore = true
    var isStopping = false
    var isDrained = false
    var armed: Instant?
    var tally = Tally()

    struct DelayedEntry: Comparable {
        let due: Instant
        let key: JobKey
        let stamp: UInt32
        static func < (a: DelayedEntry, b: DelayedEntry) -> Bool { (a.due, a.key) < (b.due, b.key) }
    }

    init(rules: BatchRules, limits: PhaseLimits, random: some RandomNumberGenerator & Sendable) {
        self.rules = rules
        self.limits = limits
        self.random = random
    }

    /// Whether there is room for anybody: a quick answer before each is asked for.
    var mayHaveRoom: Bool { held < rules.capacity || limits.spare > 0 }

    /// Room for a job of a group: a group that holds next to nothing finds some when others have taken all.
    func hasRoom(for group: String) -> Bool {
        held < rules.capacity || (limits.spare > 0 && held < 2 * rules.capacity && groups[group]?.held ?? 0 < min(Self.reserve, rules.capacity / 4))
    }

    /// Jobs that each group may hold, whatever the others do.
    private static let reserve = 16

    mutating func handle(_ input: Input, now: Instant) -> [Action] {
        var actions: [Action] = []
        switch input {
        case .submit(let ticket): submit(ticket, now, &actions)
        case .wantsWork(let key, let run): wantsWork(key, run)
        case .wantsWrite(let key, let run): wantsWrite(key, run)
        case .ended(let key, let run, let error): ended(key, run, error, now, &actions)
        case .settled(let key): settled(key, now, &actions)
        case .finish: takesMore = false
        case .stop: stop(now, &actions)
        case .interrupt: interrupt(now, &actions)
        case .pause(let group): pause(group, &actions)
        case .resume(let group): resume(group, &actions)
        case .cancel(let key): cancel(key, now, &actions)
        case .cancelAll: for key in records.keys.sorted() { cancel(key, now, &actions) }
        case .retry(let key): retry(key, now)
        case .retryAll: for key in records.keys.sorted() { retry(key, now) }
        case .limit(let limit): limits.work = max(1, limit)
        case .priority(let key, let priority): move(key, to: priority)
        case .probed(let group, let isOver): probed(group, isOver, now, &actions)
        case .lookAgain(let group): lookAgain(at: group, now, &actions)
        case .tick: tick(now, &actions)
        }
        startWhatMay(now, &actions)
        if !takesMore && held == 0 && !isDrained {
            isDrained = true
            actions.append(.drained)
        }
        return actions
    }
}

/// What the settings say to the state.
struct BatchRules {
    var capacity: Int
    var bytesInFlight: UInt64
    var retry: RetryPolicy
    var timeout: Duration?
    var grace: Duration
    var alone: AloneRule
    var hasProbe: Bool
    var keptFailures: Int

    init(_ settings: BatchSettings) {
        capacity = max(1, settings.capacity)
        bytesInFlight = settings.bytesInFlight
        retry = settings.retry
        timeout = settings.timeout
        grace = settings.grace
        alone = settings.alone
        hasProbe = settings.probe != nil
        keptFailures = max(0, settings.keptFailures)
    }
}
