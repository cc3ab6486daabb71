// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import Synchronization

extension BatchProcessor {
    /// Adds a job; suspends while the processor holds `capacity` jobs. May be called before `run`.
    /// - Throws: `SubmissionError`, or `CancellationError` when the task is cancelled while it waits.
    public func submit(_ job: Job) async throws {
        let job = HeldJobOf(job)
        if try trySubmit(job) { return }
        let number = desk.withLock { desk in
            desk.producerNumber += 1
            return desk.producerNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                let effects = desk.withLock { desk in
                    if Task.isCancelled {
                        continuation.resume(throwing: CancellationError())
                        return Effects()
                    }
                    desk.producers.append(.init(number: number, job: job, continuation: continuation))
                    return desk.admitProducers(now: clock.now)
                }
                effects.perform()
            }
        } onCancel: {
            desk.withLock { desk in
                guard let at = desk.producers.firstIndex(where: { $0.number == number }) else { return }
                desk.producers.remove(at: at).continuation.resume(throwing: CancellationError())
            }
        }
    }

    /// Adds a job if there is room and nobody waits for it.
    /// - Throws: `SubmissionError`.
    /// - Returns: false when the processor is full.
    public func trySubmit(_ job: Job) throws -> Bool { try trySubmit(HeldJobOf(job)) }

    private func trySubmit(_ job: HeldJob) throws -> Bool {
        let effects: Effects? = try desk.withLock { desk in
            guard desk.state.takesMore else { throw SubmissionError.closed }
            guard desk.keys[job.ticket.id] == nil else { throw SubmissionError.alreadyHeld }
            guard desk.state.hasRoom(for: job.ticket.group), !desk.producers.contains(where: { $0.job.ticket.group == job.ticket.group }) else { return nil }
            let submission = desk.insert(job)
            return desk.handle(submission, now: clock.now)
        }
        effects?.perform()
        return effects != nil
    }

    /// No more jobs will come: `run` returns when those submitted have ended.
    public func finish() { send(.finish) }

    /// More to come than was submitted so far, for progress and ETA: what a scan has counted.
    public func expect(jobs: Int, bytes: UInt64) {
        desk.withLock { desk in
            desk.state.tally.expectedJobs = jobs
            desk.state.tally.expectedBytes = bytes
        }
    }
}
