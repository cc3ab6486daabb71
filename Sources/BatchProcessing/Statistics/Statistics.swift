// SPDX-License-Identifier: Apache-2.0

/// A processor's counts at one moment.
public struct Statistics: Sendable, Hashable {
    /// Jobs submitted, or expected if that is more.
    public var total = 0
    public var queued = 0
    public var running = 0
    /// Waiting for another attempt.
    public var delayed = 0
    public var done = 0
    public var failed = 0
    public var cancelled = 0
    public var interrupted = 0
    /// Attempts beyond the first of each job.
    public var retries = 0
    /// Bytes of the jobs that ended well, and of all jobs.
    public var bytesDone: UInt64 = 0
    public var bytesTotal: UInt64 = 0
    /// Over the last minute, or since the start when that is shorter.
    public var jobsPerSecond = 0.0
    public var bytesPerSecond = 0.0
    /// Share of `done` among done and failed; 1 when none has ended.
    public var successRate = 1.0
    /// 0…1, by bytes with a share for each job.
    public var progress = 0.0
    /// Time until everything has ended at the recent rate; nil when nothing ended recently.
    public var remaining: Duration?

    public init() {}
}

/// One group's jobs at one moment.
public struct GroupCounts: Sendable, Hashable {
    public var queued = 0
    /// Waiting for another attempt.
    public var delayed = 0
    public var running = 0

    public init() {}
}
