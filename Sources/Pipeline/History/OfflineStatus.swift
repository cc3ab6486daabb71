// SPDX-License-Identifier: Apache-2.0
import Announcements
import FileAccess
package import Ledger
package import Settings
package import SystemPackage

/// What the history of a state folder says while no daemon runs.
package struct OfflineStatus: Sendable, Encodable {
    package struct OfRoute: Sendable, Encodable {
        package var name: String
        /// nil for a route that is not set any more.
        package var inbox: String?
        /// Since there is a history.
        package var everDone: Int
        package var everFailed: Int
        /// Failures that were neither retried nor dismissed.
        package var openFailures: Int
    }

    package var running = false
    package var state: String
    /// The last thing that was noted, and when: `daemon.stopped`, unless it was killed.
    package var lastEvent: String?
    package var lastTime: String?
    /// Jobs that had not ended.
    package var unended: Int
    package var routes: [OfRoute]

    package init(state: FilePath, routes: [RouteSettings], ledger: Ledger) throws {
        self.state = state.escaped
        // A log that cannot be read leaves the ledger's word.
        let last = (try? EventLog.last(1, at: state.appending("events.jsonl")))?.last.flatMap { EventLog.event(of: $0) }
        (lastEvent, lastTime) = (last?.type.rawValue, last?.time)
        let counts = try ledger.stateCounts(upTo: 1_000_000)
        unended = (counts["claimed"] ?? 0) + (counts["waiting"] ?? 0)
        let failures = try ledger.openFailures()
        let names = routes.map(\.name) + (try ledger.routeNames().filter { name in !routes.contains { $0.name == name } })
        self.routes = try names.map { name in
            let sums = try ledger.sums(route: name)
            return OfRoute(
                name: name, inbox: routes.first { $0.name == name }?.inbox.escaped, everDone: sums.done, everFailed: sums.failed, openFailures: failures[name] ?? 0)
        }
    }
}
