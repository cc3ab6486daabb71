// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Ledger

/// How a hook fares: what is told to people, and how long it is left alone as a whole.
///
/// Where one delivery after the other meets with "not now", the other side is away: then one run at a time finds out
/// whether it is back, and a long backlog does not beat on it.
struct HookHealth: Equatable {
    private(set) var standing: HookStanding
    /// Deferrals since a run ended otherwise.
    private var deferrals = 0

    init(_ standing: HookStanding) { self.standing = standing }

    /// Whether only one run at a time is tried.
    var isProbing: Bool { deferrals >= Self.patience }

    /// Takes note of a run, and returns how long nothing is started after it. `now`: milliseconds since 1970.
    mutating func note(_ run: HookRun, backoff: Duration, now: UInt64) -> Duration {
        switch run.verdict {
        case .done, .skip:
            self = HookHealth(HookStanding())
            return .zero
        case .switchOff, .failed, .refused: deferrals = 0
        case .again: deferrals += 1
        }
        standing.failures += 1
        standing.reason = run.reason
        standing.failed = now
        let rest = isProbing ? min(DeliveryCourse.pause(backoff, after: deferrals - Self.patience + 1), Self.longest) : .zero
        return max(rest, run.pause ?? .zero)
    }

    /// Somebody says that it is worth a try.
    mutating func encourage() { deferrals = 0 }

    private static let patience = 3
    private static let longest = Duration.seconds(60)
}
