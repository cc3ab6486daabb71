// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Ledger
import Settings

/// What becomes of a delivery after a run: decided by the run and by what the delivery has behind it, by no clock.
enum DeliveryCourse: Equatable {
    case taken
    /// It stays, and nothing of this hook runs any more.
    case switchedOff
    /// The row as it is to be kept, and how long it waits.
    case again(DeliveryRow, pause: Duration)
    case givenUp

    init(_ row: DeliveryRow, after run: HookRun, of hook: HookSettings) {
        var next = row
        switch run.verdict {
        case .done, .skip: self = .taken
        case .switchOff: self = .switchedOff
        case .refused: self = .givenUp
        case .failed:
            next.attempts += 1
            let pause = max(Self.pause(hook.backoff, after: next.attempts), run.pause ?? .zero)
            self = next.attempts < hook.attempts ? .again(next, pause: pause) : .givenUp
        case .again:
            let most = hook.deferFor.wholeMilliseconds
            guard row.deferred < most else {
                self = .givenUp
                return
            }
            next.deferrals += 1
            // The last run is when the time is over, unless the other side asked for longer.
            let left = Duration.milliseconds(Int64(clamping: most - row.deferred))
            let pause = max(min(Self.pause(max(hook.backoff, Self.shortest), after: next.deferrals), left), run.pause ?? .zero)
            next.deferred += pause.wholeMilliseconds
            self = .again(next, pause: pause)
        }
    }

    /// Three times as long after each, up to ten minutes.
    static func pause(_ first: Duration, after runs: Int) -> Duration {
        var pause = first
        for _ in 1..<max(1, min(runs, 32)) where pause < longest { pause = pause * 3 }
        return min(pause, max(first, longest))
    }

    private static let longest = Duration.seconds(600)
    /// A hook without a backoff is not asked in a ring.
    private static let shortest = Duration.milliseconds(10)
}
