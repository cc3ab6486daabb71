// SPDX-License-Identifier: Apache-2.0

/// What a processor allows and how it waits. The defaults are the daemon's.
public struct BatchSettings: Sendable {
    /// Most jobs held at once, whether they wait, run, or wait for another attempt. `submit` suspends above it.
    public var capacity = 4_096
    /// Most bytes of started jobs, by `BatchJob.bytes`; a single larger job still runs, by itself.
    public var bytesInFlight: UInt64 = 256 << 20
    public var retry = RetryPolicy()
    /// Longest an attempt may take; nil for no limit. With `.hybrid` the write does not count.
    public var timeout: Duration?
    /// How long an attempt that was cancelled may go on before it is left to itself and reported.
    public var grace: Duration = .seconds(5)
    /// What a job that is tried again alone keeps away from.
    public var alone = AloneRule.slot
    /// Asked from 1 s up to 60 s apart whether a group paused by its environment can go on.
    /// Without one the group goes on by itself after that time and pauses again when nothing has changed.
    public var probe: (@Sendable (_ group: String) async -> Bool)?
    /// Failed jobs that `retry` still knows; the oldest are forgotten first.
    public var keptFailures = 1_000

    public init() {}
}

/// What a job that is tried again alone keeps away from. Whether it shares a process with earlier ones is up to the engine.
public enum AloneRule: Sendable, Hashable {
    /// Other jobs that are tried alone: one at a time, beside the others. A document that hangs delays nobody.
    case slot
    /// Every other job: the processor runs empty first.
    case processor
}
