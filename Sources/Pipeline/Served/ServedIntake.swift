// SPDX-License-Identifier: Apache-2.0
import Announcements
import DashboardModel
import FileAccess
import Ledger
import Settings
import Synchronization
import SystemPackage

/// The daemon as its page and its API see it.
struct ServedIntake: ServedDaemon {
    let intake: Intake
    let source: FilePath?
    let started = Instant.now
    let sweeps: Sweeps
    /// What takes more than a moment to count, for as long as it is fresh.
    let counts: CountMemory

    init(intake: Intake, source: FilePath?) {
        self.intake = intake
        self.source = source
        sweeps = Sweeps(configuration: intake.configuration)
        counts = CountMemory(ledger: intake.ledger)
    }

    var log: FilePath { intake.configuration.state.appending("events.jsonl") }

    func route(_ name: String) throws(Refusal) -> Route {
        guard let route = intake.routes.first(where: { $0.name == name }) else {
            throw Refusal(.missing, "cannot find route \"\(name)\": there are \(intake.routes.map(\.name).joined(separator: ", "))")
        }
        return route
    }

    /// A name that may be left out; one that is given must exist.
    func check(_ name: String?) throws(Refusal) { if let name { _ = try route(name) } }
}

/// Counts over the whole history: made at most every two seconds, by whoever asks first.
final class CountMemory: Sendable {
    struct Counts: Sendable {
        var states: [String: Int] = [:]
        var failures: [String: [CodeCount]] = [:]
    }

    static let most = 100_000
    private let ledger: Ledger
    private let kept = Mutex<(made: Instant, counts: Counts)?>(nil)

    init(ledger: Ledger) { self.ledger = ledger }

    func counts() throws -> Counts {
        try kept.withLock { kept in
            if let kept, Instant.now.since(kept.made) < .seconds(2) { return kept.counts }
            var counts = Counts()
            counts.states = try ledger.stateCounts(upTo: Self.most)
            for row in try ledger.failureCounts() { counts.failures[row.route, default: []].append(CodeCount(code: row.code, count: row.count)) }
            kept = (.now, counts)
            return counts
        }
    }
}
