// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess

/// When a conversion has taken too long: in all, or since the last sign of life; and when it has to give way to others.
struct ExchangeClock {
    let started: Instant
    private let wall: Duration
    private let stall: Duration
    /// Nil once it has given way, or if it never will.
    private var givesWay: Duration?
    private var lastHeard: Instant

    init(_ limits: ConversionLimits, givesWayAfter milliseconds: UInt64? = nil, now: Instant) {
        started = now
        lastHeard = now
        wall = .milliseconds(limits.wallMilliseconds)
        stall = .milliseconds(limits.stallMilliseconds)
        givesWay = milliseconds.map { .milliseconds($0) }
    }

    mutating func heard(at now: Instant) { lastHeard = now }

    func verdict(at now: Instant) -> WorkerExit.Stop? {
        if now.since(started) >= wall { return .wall }
        return now.since(lastHeard) >= stall ? .stall : nil
    }

    /// True once.
    mutating func isToGiveWay(at now: Instant) -> Bool {
        guard let givesWay, now.since(started) >= givesWay else { return false }
        self.givesWay = nil
        return true
    }

    /// Milliseconds until the next verdict could be another one, rounded up; at most `most`.
    func patience(at now: Instant, most: UInt64) -> Int32 {
        let left = min((givesWay.map { min($0, wall) } ?? wall) - now.since(started), stall - now.since(lastHeard))
        return Int32(clamping: min(left.wholeMilliseconds + 1, most))
    }
}
