// SPDX-License-Identifier: Apache-2.0
import Arrivals
import ConversionProtocol
import FileAccess
import Glibc
import Ledger
package import Settings
import Spooling
import SystemPackage

/// What a sweep would do with each file, and why. Claims, converts and makes nothing.
package struct DryRun: Sendable {
    package struct Line: Sendable, Codable {
        package enum Action: String, Sendable, Codable { case convert, skip, leave, wait }

        package var route: String
        /// Below the inbox, with escapes where it is not printable UTF-8.
        package var path: String
        package var action: Action
        package var reason: String?
        package var outputs: [String] = []
    }

    private let configuration: Settings.Configuration
    private let waits: Bool
    private let again: Bool

    /// With `waits`, files that are not known to be complete yet are looked at until they are, as a sweep does;
    /// with `again`, what an earlier sweep has dealt with is converted once more.
    package init(_ configuration: Settings.Configuration, waits: Bool, again: Bool = false) {
        self.configuration = configuration
        self.waits = waits
        self.again = again
    }

    package func run(_ tell: @escaping @Sendable (Line) -> Void) async throws {
        let file = configuration.state.appending("ledger.sqlite")
        let ledger = file.withPlatformString { access($0, R_OK) } == 0 ? try Ledger(at: file) : nil
        try refuse()
        for route in configuration.routes { try await look(route, ledger, tell) }
    }

    /// Refuses what the sweep would refuse.
    private func refuse() throws {
        do {
            for route in configuration.routes { try DirectorySpool.check(Route.layout(route, instance: "this", state: configuration.state)) }
        } catch {
            throw ProgramError(.refused, "\(error)")
        }
    }

    private func look(_ route: RouteSettings, _ ledger: Ledger?, _ tell: @escaping @Sendable (Line) -> Void) async throws {
        let name = route.name
        @Sendable func line(_ path: FilePath, _ action: Line.Action, _ reason: String?, _ outputs: [FilePath] = []) {
            tell(Line(route: name, path: path.escaped, action: action, reason: reason, outputs: outputs.map(\.escaped)))
        }
        let feed = try ArrivalFeed(Route.arrivals(route), isKnown: { [again] path, identity in
            guard !again, let ledger, ledger.isKnown(route: name, path: path, identity: identity) else { return false }
            line(path, .leave, "an earlier run has dealt with it")
            return true
        }) { report in
            switch report {
            case .ignored(let path, let rule): line(path, .leave, rule)
            case .unreadable(let path, let error): line(path, .leave, error.description)
            default: return
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { [waits] in for path in try await feed.sweep(wait: waits).unsettled { line(path, .wait, "it is not known to be complete yet: look again in a minute") } }
            while let arrival = await feed.next() {
                let forecast = OutputForecast(for: arrival.path, formats: route.options.formats, outbox: route.outbox)
                if arrival.identity.size > route.limits.inputBytes {
                    line(arrival.path, .skip, "it is larger than \(route.limits.inputBytes) bytes: it would fail")
                } else if arrival.identity.size == 0 {
                    line(arrival.path, .skip, "it is empty: it would fail")
                } else {
                    switch (forecast.isTaken, route.onExists) {
                    case (true, .skip): line(arrival.path, .skip, "its output is there")
                    case (true, .fail): line(arrival.path, .skip, "its output is there: it would fail")
                    case (true, .version): line(arrival.path, .convert, "an output of its name is there", forecast.documents)
                    case (true, .replace): line(arrival.path, .convert, "its output would be replaced", OutputForecast.plainNames(for: arrival.path, formats: route.options.formats))
                    case (false, _): line(arrival.path, .convert, nil, forecast.documents)
                    }
                }
                feed.finished(arrival.path)
            }
            try await tasks.waitForAll()
        }
    }
}
