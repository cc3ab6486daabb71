// SPDX-License-Identifier: Apache-2.0
import Announcements
import FileAccess
import Glibc
package import Hooks
import Ledger
package import SystemPackage

/// Lets what hooks gave up be told again while no daemon runs: the next start does it.
package struct OfflineRedelivery {
    private let state: FilePath

    package init(state: FilePath) { self.state = state }

    /// Of one hook or of every one, of one job or of all.
    package func run(hook: String?, job: String?) async throws -> [Redelivery] {
        let held = try HeldState(state, to: "deliver again")
        defer { withExtendedLifetime(held) {} }
        let ledger = held.ledger
        var done: [Redelivery] = []
        var events: [Event] = []
        for name in try ledger.hooks() where hook == nil || name == hook {
            let found = try await ledger.deliverAgain(hook: name, job: job)
            let again = Redelivery(hook: name, anew: found.anew, hurried: found.hurried)
            if again.isNews { events.append(Event(again, job: job)) }
            done.append(again)
        }
        if !events.isEmpty { try EventLog(at: state.appending("events.jsonl")).append(&events, durably: false) }
        return try Redelivery.checked(done, hook: hook, job: job)
    }
}
