// SPDX-License-Identifier: Apache-2.0
import Announcements
import Arrivals
import ConversionProtocol
import FileAccess
import Ledger
import Settings
import Spooling
import SystemPackage

/// What an operator does with jobs that failed or were cancelled, while the daemon runs.
struct FailedJobs {
    let intake: Intake

    /// Gives the files back to their inbox, where they are new.
    func requeue(_ rows: [JobRow]) async throws -> RetryOutcome {
        var outcome = RetryOutcome()
        var routes: Set<String> = []
        for row in rows {
            guard let route = intake.routes.first(where: { $0.name == row.route }) else {
                outcome.refuse(row.job, "cannot retry \(row.job): its route \(row.route) is not there any more")
                continue
            }
            let place: JobReturn.Place
            do { place = try JobReturn(inbox: route.settings.inbox) { try route.spool.requeue($0, of: $1) }.run(row) } catch {
                outcome.refuse(row.job, "\(error)")
                continue
            }
            outcome.add(place)
            if let event = Event(retrying: row, at: route.settings.inbox.appending(place.path.components)) { intake.bus.post(event) }
            // Not before: a file that could not be moved can be asked for again.
            try await intake.ledger.retried(job: row.job)
            routes.insert(row.route)
        }
        for route in intake.routes where routes.contains(route.name) { route.feed.rescan() }
        return outcome
    }

    /// Is done with failures: they are no longer counted or listed, and their files stay where they are.
    func dismiss(_ rows: [JobRow]) async throws {
        for row in rows {
            try await intake.ledger.dismissed(job: row.job)
            if let event = Event(dismissing: row) { intake.bus.post(event) }
        }
    }
}

extension Event {
    /// That the file of a job was given back. `place`: where it is; nil where that is not known.
    init?(retrying row: JobRow, at place: FilePath?) {
        guard let job = JobID(row.job) else { return nil }
        self.init(.jobRetried, route: row.route, job: job, path: row.path)
        reason = "operator"
        size = row.size
        sha256 = row.sha256
        self.place(place)
        details = ["state": row.state].merging(row.code.map { ["code": $0] } ?? [:]) { $1 }
    }
}
