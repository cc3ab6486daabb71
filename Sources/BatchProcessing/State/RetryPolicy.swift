// SPDX-License-Identifier: Apache-2.0

/// When a failed attempt is followed by another one.
public struct RetryPolicy: Sendable, Hashable {
    /// Most attempts that count, the first included.
    public var attempts = 5
    /// The wait after the first failed attempt; each further one is `factor` times longer, up to `longest`.
    public var first: Duration = .seconds(5)
    public var factor = 3.0
    public var longest: Duration = .seconds(600)
    /// Share of the wait by which it is made longer or shorter, at random.
    public var jitter = 0.2
    /// Times an input that changed under the reader is read again before it counts as `unstable`.
    public var readAgains = 5
    public var readAgainDelay: Duration = .seconds(1)
    /// The first and the longest time between two looks whether an environment error is over.
    public var firstProbe: Duration = .seconds(1)
    public var longestProbe: Duration = .seconds(60)

    public init() {}

    /// The wait after `failed` attempts (1 or more); `random` is in 0…1.
    public func delay(after failed: Int, random: Double) -> Duration {
        var delay = first
        for _ in 1..<max(1, min(failed, 64)) where delay < longest { delay = delay * factor }
        return min(delay, longest) * (1 + jitter * (2 * random - 1))
    }
}
