// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol

/// Runs jobs from a bounded queue: by priority, with retries, timeouts, pauses and one result path, whatever the execution.
public final class BatchProcessor<Payload: Sendable, Output: Sendable>: Sendable {
    public typealias Job = BatchJob<Payload>
    public typealias Result = BatchResult<Payload, Output>

    public init(_ execution: Execution<Payload, Output>, settings: BatchSettings = .init()) { fatalError() }

    /// Adds a job; suspends while the processor holds `capacity` jobs. May be called before `run`.
    /// - Throws: `CancellationError` when the task is cancelled first, or the processor takes no more.
    public func submit(_ job: Job) async throws {}

    /// Adds a job if there is room.
    public func trySubmit(_ job: Job) -> Bool { false }

    /// Runs until `finish` or `stop` was called and every job has ended. Cancelling the task stops at once: running jobs are
    /// cancelled, and all others end as interrupted. Call it once.
    public func run(reportingTo receiver: some BatchReceiver<Payload, Output>) async {}

    /// The same with a closure for the results.
    public func run(_ ended: @escaping @Sendable (Result) async -> Void) async {}

    /// No more jobs will come: `run` returns when those submitted have ended.
    public func finish() {}

    /// Starts nothing more: what runs ends, what waits is interrupted, `run` returns.
    public func stop() {}

    /// Starts nothing more of a group, or nothing at all. What runs goes on.
    public func pause(_ group: String? = nil) {}

    /// Ends a pause, an environment's too. Without a group, every pause.
    public func resume(_ group: String? = nil) {}

    /// Takes a job out of the queue, or stops it where it runs.
    /// - Returns: false when the processor does not hold it.
    @discardableResult
    public func cancel(_ id: JobID) -> Bool { false }

    public func cancelAll() {}

    /// Runs a job again at once that waits for its next attempt, or that failed and is still known; its attempts start over.
    /// - Returns: false when there is no such job.
    @discardableResult
    public func retry(_ id: JobID) -> Bool { false }

    /// `retry` for every such job.
    /// - Returns: how many.
    @discardableResult
    public func retryAll() -> Int { 0 }

    /// Changes the number of jobs worked on at once.
    public func setLimit(_ limit: Int) {}

    /// Moves a waiting job; no effect on one that runs.
    @discardableResult
    public func setPriority(_ priority: Priority, of id: JobID) -> Bool { false }

    /// More to come than was submitted so far, for progress and ETA: what a scan has counted.
    public func expect(jobs: Int, bytes: UInt64) {}

    /// Counts and rates as of now.
    public var statistics: Statistics { Statistics() }

    /// Groups that are paused, and why.
    public var pauses: [Pause] { [] }
}

/// A pause that holds at the moment; no group means everything.
public struct Pause: Sendable, Hashable {
    public var group: String?
    public var reason: PauseReason
}
