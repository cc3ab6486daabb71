// SPDX-License-Identifier: Apache-2.0
public import ConversionProtocol

/// One piece of work and what decides when it runs. What is to be done travels in `payload`.
public struct BatchJob<Payload: Sendable>: Sendable, Identifiable {
    public var id: JobID
    /// What is paused together, such as a route of the daemon. An environment error pauses its group only.
    public var group: String
    /// For people: a file name, an address.
    public var name: String
    /// Expected size of the input in bytes; 0 when unknown. Bounds the bytes in flight and carries progress and ETA.
    public var bytes: UInt64
    public var priority: Priority
    /// Attempts that an earlier run has used up.
    public var attemptsBefore: Int
    /// When a failed attempt is followed by another one; nil for the processor's rule.
    public var retry: RetryPolicy?
    /// It is not begun before so much time has passed since its submission: what an earlier run had it wait for.
    public var delay: Duration
    public var payload: Payload

    public init(
        id: JobID? = nil, group: String = "", name: String = "", bytes: UInt64 = 0, priority: Priority = .normal,
        attemptsBefore: Int = 0, retry: RetryPolicy? = nil, delay: Duration = .zero, payload: Payload
    ) {
        self.id = id ?? .next()
        self.group = group
        self.name = name
        self.bytes = bytes
        self.priority = priority
        self.attemptsBefore = attemptsBefore
        self.retry = retry
        self.delay = delay
        self.payload = payload
    }
}
