// SPDX-License-Identifier: Apache-2.0
import FileAccess

/// Running counts, and a minute's worth of what ended in each second.
struct Tally {
    /// What a job costs beside its bytes, in bytes: the share that makes a thousand tiny files count as work.
    static let perJob: UInt64 = 16 << 10
    static let seconds = 60

    var total = 0
    var done = 0
    var failed = 0
    var cancelled = 0
    var interrupted = 0
    var retries = 0
    var bytesTotal: UInt64 = 0
    var bytesDone: UInt64 = 0
    /// Bytes of all that ended, however.
    var bytesEnded: UInt64 = 0
    /// Announced beyond what was submitted.
    var expectedJobs = 0
    var expectedBytes: UInt64 = 0
    var began: Instant?
    private var ring = [Second](repeating: Second(), count: Tally.seconds)

    private struct Second {
        var number: UInt64 = 0
        var jobs = 0
        var bytes: UInt64 = 0
    }

    mutating func submitted(_ bytes: UInt64) {
        total += 1
        bytesTotal += bytes
    }

    mutating func started(_ now: Instant) { began = began ?? now }

    mutating func ended(_ settlement: BatchState.Settlement, bytes: UInt64, _ now: Instant) {
        switch settlement {
        case .postponed: return
        case .done:
            done += 1
            bytesDone += bytes
        case .failed: failed += 1
        case .cancelled: cancelled += 1
        case .interrupted: interrupted += 1
        }
        bytesEnded += bytes
        guard settlement.isWork else { return }
        let number = now.nanoseconds / 1_000_000_000
        let at = Int(number % UInt64(Self.seconds))
        if ring[at].number != number { ring[at] = Second(number: number) }
        ring[at].jobs += 1
        ring[at].bytes += bytes
    }

    /// A failed job runs again.
    mutating func reopened(_ bytes: UInt64) {
        failed -= 1
        bytesEnded -= min(bytesEnded, bytes)
    }

    /// Ended in the last minute: jobs, bytes, and the seconds that this took.
    func recent(_ now: Instant) -> (jobs: Int, bytes: UInt64, seconds: Double) {
        guard let began else { return (0, 0, 1) }
        let number = now.nanoseconds / 1_000_000_000
        let oldest = number >= UInt64(Self.seconds) ? number - UInt64(Self.seconds) + 1 : 0
        var jobs = 0
        var bytes: UInt64 = 0
        for second in ring where second.number >= oldest && second.number <= number {
            jobs += second.jobs
            bytes += second.bytes
        }
        let start = max(began, Instant(nanoseconds: oldest * 1_000_000_000))
        return (jobs, bytes, max(0.001, Double(now.since(start).wholeNanoseconds) / 1e9))
    }
}

extension BatchState.Settlement {
    /// Whether it says something about the pace.
    fileprivate var isWork: Bool {
        switch self {
        case .done, .failed: true
        case .cancelled, .interrupted, .postponed: false
        }
    }
}
