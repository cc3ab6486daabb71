// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol

/// What a pool has done so far.
public struct WorkerCounters: Sendable, Hashable {
    /// Documents handed to a worker, whatever became of them.
    public var documents: UInt64 = 0
    /// Nurseries started beyond the first of each slot.
    public var restarts: UInt64 = 0
    /// What holds the workers in; nil before the first one has started.
    public var lock: WorkerLock?
    /// Failed conversions by what went wrong.
    public var failures: [FailureCode: UInt64] = [:]

    public init() {}
}
