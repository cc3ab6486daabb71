// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol

/// The end of one job: exactly one for every job that was submitted, whichever execution ran it.
public struct BatchResult<Payload: Sendable, Output: Sendable>: Sendable {
    public let job: BatchJob<Payload>
    public let outcome: Outcome
    /// Attempts that count, those of earlier runs included.
    public let attempts: Int
    /// From `submit` to the first start, or to the end of a job that never started.
    public let waited: Duration
    /// From the last start to the end.
    public let ran: Duration

    public enum Outcome: Sendable {
        case done(Output)
        /// Rejected, or the attempts are used up.
        case failed(ConversionError)
        /// Somebody asked for it.
        case cancelled
        /// The processor was stopped first. Not an attempt: the job may be submitted again as it is.
        case interrupted
    }
}

/// Takes what becomes of the jobs. A job holds its place in the processor until the call about it has returned,
/// so a slow receiver slows the producers and memory stays bounded. Calls about different jobs come at the same time.
public protocol BatchReceiver<Payload, Output>: Sendable {
    associatedtype Payload: Sendable
    associatedtype Output: Sendable

    /// The job has ended; it is called once for each.
    func ended(_ result: BatchResult<Payload, Output>) async
    /// The attempt failed and the job runs again: after `delay`, or as soon as its group goes on.
    func postponed(_ attempt: Attempt<Payload>, because error: ConversionError, delay: Duration) async
    /// A group was paused or goes on, in the order in which it happened. Returns at once.
    func changed(_ change: GroupChange)
}

extension BatchReceiver {
    public func postponed(_ attempt: Attempt<Payload>, because error: ConversionError, delay: Duration) async {}
    public func changed(_ change: GroupChange) {}
}

/// A group that stops or goes on. The empty group of an operator's pause is everything.
public enum GroupChange: Sendable, Hashable {
    case paused(group: String?, PauseReason)
    case resumed(group: String?)
}

/// Why nothing of a group is started.
public enum PauseReason: Sendable, Hashable {
    case asked
    /// The disk is full, the outbox is gone, …; ends by itself.
    case environment(ConversionError)
}
