// SPDX-License-Identifier: Apache-2.0
import FileAccess

/// The time that a processor goes by; tests turn it by hand.
protocol BatchClock: Sendable {
    var now: Instant { get }
    func sleep(until due: Instant) async throws
}

/// The monotonic clock.
struct MonotonicBatchClock: BatchClock {
    var now: Instant { .now }
    func sleep(until due: Instant) async throws { try await Task.sleep(for: due.since(.now)) }
}
