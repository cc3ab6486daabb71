// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import DequeModule
import FileAccess

/// What a processor keeps under its lock: the state, the jobs, and everybody who waits for a decision.
///
/// Not generic, because it is used for every step of every job: what depends on the payload's type is in `HeldJobOf`.
struct Desk {
    /// What the receiver is to be told about a job.
    enum News: Sendable {
        case ended(Ending)
        case postponed(ConversionError, delay: Duration)
    }

    struct Ending: Sendable {
        let settlement: BatchState.Settlement
        let attempts: Int
        let waited: Duration
        let ran: Duration
    }

    /// An attempt that runs.
    final class Running {
        let run: Int
        let stopSign = StopSign()
        var task: Task<Void, Never>?
        /// Waits for the attempt's end.
        var end: CheckedContinuation<News?, Never>?
        /// Waits for the next phase.
        var turn: CheckedContinuation<Void, any Error>?

        init(run: Int) { self.run = run }
    }

    struct Producer {
        let number: UInt64
        let job: HeldJob
        let continuation: CheckedContinuation<Void, any Error>
    }

    /// What only the running loop can do.
    enum Order: Sendable {
        case start(JobKey, HeldJob, Start)
        case tell(JobKey, HeldJob, News)
        case changed(GroupChange)
        case probe(String)
        case wake(Instant)
        case drained
    }

    struct Start: Sendable {
        let run: Int
        let number: Int
        let isAlone: Bool
        let stopSign: StopSign
    }

    var state: BatchState
    var jobs: [JobKey: HeldJob] = [:]
    var keys: [JobID: JobKey] = [:]
    var running: [JobKey: Running] = [:]
    var producers: Deque<Producer> = []
    var producerNumber: UInt64 = 0
    var orders: [Order] = []
    /// The loop, when it has nothing to do.
    var loop: CheckedContinuation<Void, Never>?

    init(state: BatchState) { self.state = state }

    /// The attempt, unless it was left behind.
    func running(_ key: JobKey, _ run: Int) -> Running? {
        guard let attempt = running[key], attempt.run == run else { return nil }
        return attempt
    }

    mutating func handle(_ input: BatchState.Input, now: Instant) -> Effects {
        var effects = Effects()
        carryOut(state.handle(input, now: now), now, &effects)
        return finish(now, effects)
    }

    /// Takes what producers have brought, as far as there is room.
    mutating func admitProducers(now: Instant) -> Effects { finish(now, Effects()) }

    private mutating func finish(_ now: Instant, _ begun: Effects) -> Effects {
        var effects = begun
        admit(now, &effects)
        if !orders.isEmpty, let waiting = loop {
            loop = nil
            effects.wakeLoop = waiting
        }
        return effects
    }

    mutating func insert(_ job: HeldJob) -> BatchState.Input {
        keys[job.ticket.id] = state.nextKey
        jobs[state.nextKey] = job
        return .submit(job.ticket)
    }

    /// Lets producers go on while there is room for their groups, in the order in which they came.
    private mutating func admit(_ now: Instant, _ effects: inout Effects) {
        while state.mayHaveRoom || !state.takesMore,
            let at = producers.firstIndex(where: { !state.takesMore || state.hasRoom(for: $0.job.ticket.group) })
        {
            let producer = producers.remove(at: at)
            guard state.takesMore, keys[producer.job.ticket.id] == nil else {
                producer.continuation.resume(throwing: state.takesMore ? SubmissionError.alreadyHeld : .closed)
                continue
            }
            carryOut(state.handle(insert(producer.job), now: now), now, &effects)
            producer.continuation.resume()
        }
    }

    private mutating func carryOut(_ actions: [BatchState.Action], _ now: Instant, _ effects: inout Effects) {
        for action in actions {
            switch action {
            case .start(let key, let run, let number, let isAlone):
                guard let job = jobs[key] else { continue }
                let attempt = Running(run: run)
                running[key] = attempt
                orders.append(.start(key, job, Start(run: run, number: number, isAlone: isAlone, stopSign: attempt.stopSign)))
            case .proceed(let key):
                running[key]?.turn.take()?.resume()
            case .cancel(let key):
                guard let attempt = running[key] else { continue }
                attempt.stopSign.raise()
                attempt.turn.take()?.resume(throwing: CancellationError())
                if let task = attempt.task { effects.cancelled.append(task) }
            case .settle(let key, let settlement): settle(key, settlement, now)
            case .forget(let key):
                if let job = jobs.removeValue(forKey: key) { keys[job.ticket.id] = nil }
            case .probe(let group): orders.append(.probe(group))
            case .changed(let change): orders.append(.changed(change))
            case .wake(let due): orders.append(.wake(due))
            case .drained: orders.append(.drained)
            }
        }
    }

    private mutating func settle(_ key: JobKey, _ settlement: BatchState.Settlement, _ now: Instant) {
        guard let job = jobs[key], let record = state.records[key] else { return }
        let attempt = running.removeValue(forKey: key)
        attempt?.turn?.resume(throwing: CancellationError())
        let news: News
        if case .postponed(let error, let delay) = settlement {
            news = .postponed(error, delay: delay)
        } else {
            news = .ended(Ending(
                settlement: settlement, attempts: record.attempts, waited: (record.firstStart ?? now).since(record.submitted),
                ran: record.start.map { now.since($0) } ?? .zero))
        }
        if let end = attempt?.end { end.resume(returning: news) } else { orders.append(.tell(key, job, news)) }
    }
}

/// A job in the processor.
class HeldJob: @unchecked Sendable {
    // Only constants here and below.
    let ticket: Ticket

    init(ticket: Ticket) { self.ticket = ticket }
}

final class HeldJobOf<Payload: Sendable>: HeldJob, @unchecked Sendable {
    let job: BatchJob<Payload>

    init(_ job: BatchJob<Payload>) {
        self.job = job
        super.init(ticket: Ticket(
            id: job.id, group: job.group, bytes: job.bytes, priority: job.priority, attemptsBefore: job.attemptsBefore, retry: job.retry, delay: job.delay))
    }
}

/// What has to wait until the lock is free, because it may call back.
struct Effects {
    var cancelled: [Task<Void, Never>] = []
    var wakeLoop: CheckedContinuation<Void, Never>?

    func perform() {
        for task in cancelled { task.cancel() }
        wakeLoop?.resume()
    }
}

/// Why a job was not taken.
public enum SubmissionError: Error, Sendable {
    /// `finish` or `stop` was called.
    case closed
    /// A job of this name is in the processor already.
    case alreadyHeld
}
