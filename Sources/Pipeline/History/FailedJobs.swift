// SPDX-License-Identifier: Apache-2.0
import Arrivals
import FileAccess
import Ledger
import Spooling

/// The way back for what failed, while the daemon runs.
struct FailedJobs {
    struct Outcome: Sendable {
        var moved = 0
        var refused: [(job: String, reason: String)] = []
    }

    let intake: Intake

    /// Gives quarantined files back to their inbox, where they are new.
    func requeue(_ rows: [JobRow]) async throws -> Outcome {
        var outcome = Outcome()
        var routes: Set<String> = []
        for row in rows {
            guard let route = intake.routes.first(where: { $0.name == row.route }) else {
                outcome.refused.append((row.job, "cannot retry it: its route \(row.route) is not there any more"))
                continue
            }
            do { if try route.spool.requeue(row.path, of: row.job) != nil { outcome.moved += 1 } } catch {
                outcome.refused.append((row.job, "\(error)"))
                continue
            }
            // Not before: a file that could not be moved can be asked for again.
            try await intake.ledger.forget(job: row.job)
            routes.insert(row.route)
        }
        for route in intake.routes where routes.contains(route.name) { route.feed.rescan() }
        return outcome
    }
}
