// SPDX-License-Identifier: Apache-2.0
import Announcements
import FileAccess
import Glibc
import Ledger
package import Settings
import Spooling
package import SystemPackage

/// Gives quarantined files back to their inbox while no daemon runs; the next start, or the next sweep, takes them again.
package struct OfflineRetry {
    private let state: FilePath
    private let configuration: Settings.Configuration?

    /// Without a configuration the state is a sweep's: its files stayed where they are, only what is known of them goes.
    package init(state: FilePath, configuration: Settings.Configuration?) {
        self.state = state
        self.configuration = configuration
    }

    /// One job, all with a code, or all that failed.
    package func run(job: String?, code: String?) async throws -> RetryOutcome {
        let held = try HeldState(state, to: "retry")
        defer { withExtendedLifetime(held) {} }
        let ledger = held.ledger
        let log = try EventLog(
            at: state.appending("events.jsonl"), rotateBytes: configuration?.eventLogBytes ?? 64 << 20, keep: configuration?.eventLogKeep ?? 8)
        var outcome = RetryOutcome()
        for row in try ledger.retriable(job: job, code: code, route: nil) {
            let route = configuration?.routes.first { $0.name == row.route }
            let place: JobReturn.Place
            do {
                let way = try QuarantineReturn(quarantine: route?.quarantine ?? state.appending("quarantine"), inbox: route?.inbox ?? state)
                place = try JobReturn(inbox: route?.inbox) { try way.requeue($0, of: $1) }.run(row)
            } catch {
                outcome.refuse(row.job, "\(error)")
                continue
            }
            outcome.add(place)
            var events = [Event(retrying: row, at: route?.inbox.appending(place.path.components))].compactMap(\.self)
            try log.append(&events, durably: false)
            // Not before: a file that could not be moved can be asked for again.
            try await ledger.retried(job: row.job)
        }
        return outcome
    }
}
