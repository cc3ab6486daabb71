// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import DequeModule
import FileAccess

/// What a processor keeps under its lock: the state, the payloads, and everybody who waits for a decision.
struct Desk<Payload: Sendable, Output: Sendable> {
    typealias Result = BatchResult<Payload, Output>

    /// What the receiver is to be told about a job.
    enum News: Sendable {
        case ended(Result)
        case postponed(Attempt<Payload>, ConversionError, delay: Duration)
    }

    /// An attempt that runs.
    struct Running {
        let attempt: Attempt<Payload>
        let run: Int
        var task: Task<Void, Never>?
        /// Waits for the attempt's end.
        var end: CheckedContinuation<News?, Never>?
        /// Waits for the next phase.
        var turn: CheckedContinuation<Void, any Error>?
        var output: Output?
    }

    struct Producer {
        let number: UInt64
        let job: BatchJob<Payload>
        let continuation: CheckedContinuation<Void, any Error>
    }

    /// What only the running loop can do.
    enum Order: Sendable {
        case start(JobKey, run: Int, Attempt<Payload>)
        case tell(JobKey, News)
        case changed(GroupChange)
        case probe(String)
        case wake(Instant)
        case drained
    }

    var state: BatchState
    var jobs: [JobKey: BatchJob<Payload>] = [:]
    var keys: [JobID: JobKey] = [:]
    var running: [JobKey: Running] = [:]
    var producers: Deque<Producer> = []
    var producerNumber: UInt64 = 0
    var orders: [Order] = []
    /// The loop, when it has nothing to do.
    var loop: CheckedContinuation<Void, Never>?

    init(state: BatchState) { self.state = state }

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

    mutating func insert(_ job: BatchJob<Payload>) -> BatchState.Input {
        keys[job.id] = state.nextKey
        jobs[state.nextKey] = job
        return .submit(Ticket(
            id: job.id, group: job.group, bytes: job.bytes, priority: job.priority, attemptsBefore: job.attemptsBefore))
    }

    /// Lets producers go on while there is room, in the order in which they came.
    private mutating func admit(_ now: Instant, _ effects: inout Effects) {
        while state.hasRoom || !state.takesMore, let producer = producers.popFirst() {
            guard state.takesMore, keys[producer.job.id] == nil else {
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
                let attempt = Attempt(job: job, number: number, isAlone: isAlone, stopSign: StopSign())
                running[key] = Running(attempt: attempt, run: run)
                orders.append(.start(key, run: run, attempt))
            case .proceed(let key):
                running[key]?.turn.take()?.resume()
            case .cancel(let key):
                running[key]?.attempt.stopSign.raise()
                running[key]?.turn.take()?.resume(throwing: CancellationError())
                if let task = running[key]?.task { effects.cancelled.append(task) }
            case .settle(let key, let settlement): settle(key, settlement, now)
            case .forget(let key):
                if let job = jobs.removeValue(forKey: key) { keys[job.id] = nil }
            case .probe(let group): orders.append(.probe(group))
            case .changed(let change): orders.append(.changed(change))
            case .wake(let due): orders.append(.wake(due))
            case .drained: orders.append(.drained)
            }
        }
    }

    private mutating func settle(_ key: JobKey, _ settlement: BatchState.Settlement, _ now: Instant) {
        let ran = running.removeValue(forKey: key)
        ran?.turn?.resume(throwing: CancellationError())
        guard let news = news(key, settlement, ran, now) else { return }
        if let end = ran?.end { end.resume(returning: news) } else { orders.append(.tell(key, news)) }
    }

    private func news(_ key: JobKey, _ settlement: BatchState.Settlement, _ ran: Running?, _ now: Instant) -> News? {
        guard let job = jobs[key], let record = state.records[key] else { return nil }
        func ended(_ outcome: Result.Outcome) -> News {
            .ended(Result(
                job: job, outcome: outcome, attempts: record.attempts,
                waited: (record.firstStart ?? now).since(record.submitted), ran: record.start.map { now.since($0) } ?? .zero))
        }
        switch settlement {
        case .done: return ran?.output.map { ended(.done($0)) }
        case .failed(let error): return ended(.failed(error))
        case .cancelled: return ended(.cancelled)
        case .interrupted: return ended(.interrupted)
        case .postponed(let error, let delay): return ran.map { .postponed($0.attempt, error, delay: delay) }
        }
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
