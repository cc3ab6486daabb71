// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol
import Synchronization

extension BatchProcessor {
    /// Starts nothing more: what runs ends, what waits is interrupted, `run` returns.
    public func stop() { send(.stop) }

    /// Starts nothing more of a group, or nothing at all. What runs goes on.
    public func pause(_ group: String? = nil) { send(.pause(group)) }

    /// Ends a pause, an environment's too. Without a group, every pause.
    public func resume(_ group: String? = nil) { send(.resume(group)) }

    /// Looks at once whether a pause is over that the environment made: for when somebody has changed what may have been its reason.
    public func lookAgain(at group: String) { send(.lookAgain(group)) }

    /// Takes a job out of the queue, or stops it where it runs. What is being written already is written to its end.
    /// - Returns: false when the processor does not hold it.
    @discardableResult
    public func cancel(_ id: JobID) -> Bool {
        guard let key = desk.withLock({ $0.keys[id] }) else { return false }
        send(.cancel(key))
        return true
    }

    public func cancelAll() { send(.cancelAll) }

    /// Whether a job waits or runs, or its end is being told.
    public func holds(_ id: JobID) -> Bool { desk.withLock { $0.keys[id] != nil } }

    /// Runs a job again at once that waits for its next attempt, or that failed and is still known; its attempts start over.
    /// - Returns: false when there is no such job.
    @discardableResult
    public func retry(_ id: JobID) -> Bool {
        guard let key = desk.withLock({ desk in desk.keys[id].flatMap { desk.state.mayRetry($0) ? $0 : nil } }) else { return false }
        send(.retry(key))
        return true
    }

    /// `retry` for every such job.
    /// - Returns: how many.
    @discardableResult
    public func retryAll() -> Int {
        let count = desk.withLock { desk in desk.state.records.keys.count { desk.state.mayRetry($0) } }
        if count > 0 { send(.retryAll) }
        return count
    }

    /// Changes the number of jobs worked on at once, and of a worker pool's workers.
    public func setLimit(_ limit: Int) {
        send(.limit(limit))
        execution.limitChanged(max(1, limit))
    }

    /// Moves a waiting job; one that runs keeps its place and has the new priority when it is tried again.
    /// - Returns: false when the processor does not hold it.
    @discardableResult
    public func setPriority(_ priority: Priority, of id: JobID) -> Bool {
        guard let key = desk.withLock({ $0.keys[id] }) else { return false }
        send(.priority(key, priority))
        return true
    }

    /// Counts and rates as of now, computed when asked.
    public var statistics: Statistics { desk.withLock { $0.state.statistics(clock.now) } }

    /// The jobs of a group that wait or run, the oldest first.
    public func jobs(ofGroup name: String) -> [JobID] {
        desk.withLock { desk in desk.keys.filter { desk.state.records[$0.value]?.ticket.group == name }.sorted { $0.value < $1.value }.map(\.key) }
    }

    /// What each group has waiting and running as of now; groups without anything are left out.
    public var groupCounts: [String: GroupCounts] { desk.withLock { $0.state.groupCounts } }

    /// Groups that are paused, and why.
    public var pauses: [Pause] { desk.withLock { $0.state.pauses } }
}

/// A pause that holds at the moment; no group means everything.
public struct Pause: Sendable, Hashable {
    public var group: String?
    public var reason: PauseReason
}
