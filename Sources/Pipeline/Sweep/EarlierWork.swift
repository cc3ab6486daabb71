// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Ledger
import Synchronization

/// Files that an earlier sweep has dealt with: left alone and counted, or taken once more.
package final class EarlierWork: Sendable {
    /// How files ended that were left alone.
    package struct Counts: Sendable, Equatable {
        package var done = 0
        package var failed = 0
        /// Skipped or cancelled.
        package var other = 0

        package var all: Int { done + failed + other }

        package init(done: Int = 0, failed: Int = 0, other: Int = 0) {
            self.done = done
            self.failed = failed
            self.other = other
        }
    }

    private let again: Bool
    private let begun = WallClock.milliseconds
    private let left = Mutex(Counts())

    /// With `again` what was dealt with before now is taken once more.
    init(again: Bool) { self.again = again }

    var counts: Counts { left.withLock { $0 } }

    /// Whether a file of which the ledger has such a row is left alone.
    func leaves(_ known: KnownFile) -> Bool {
        // A later scan of this very sweep finds what it has just ended.
        guard known.updated < begun else { return true }
        if again { return false }
        left.withLock { left in
            switch known.state {
            case "done": left.done += 1
            case "failed": left.failed += 1
            default: left.other += 1
            }
        }
        return true
    }
}
