// SPDX-License-Identifier: Apache-2.0
import Arrivals
import ConversionProtocol
package import Control
import FileAccess
package import Ledger
package import Settings
package import SystemPackage

/// Where a file is and what holds it back: the feed's word while it is in the inbox, the ledger's afterwards.
package struct Explainer {
    private let routes: [RouteSettings]
    private let ledger: Ledger?
    private let look: (RouteSettings, FilePath) throws -> Explanation

    /// Without a daemon: the rules, one look, and the ledger if there is one.
    package init(routes: [RouteSettings], ledger: Ledger?) {
        self.init(routes: routes, ledger: ledger) { try Explanation.of($1, Route.arrivals($0)) }
    }

    init(routes: [RouteSettings], ledger: Ledger?, look: @escaping (RouteSettings, FilePath) throws -> Explanation) {
        self.routes = routes
        self.ledger = ledger
        self.look = look
    }

    package func explain(_ path: FilePath) throws -> ExplainReport {
        for route in routes {
            if let below = path.below(route.inbox) { return try explain(path, below, in: route) }
        }
        for route in routes {
            if let below = path.below(route.quarantine) {
                let name = below.lastComponent?.string ?? ""
                let original = name.hasSuffix(".error.json") ? below.removingLastComponent().appending(String(name.dropLast(11))) : below
                return try story(of: original, path, in: route) ?? report(path, route, "failed", ["it is in quarantine"], "read \(path.quoted).error.json; \"intray retry\" or a move into the inbox tries it again")
            }
            for (place, what) in [(route.outbox, "an output"), (route.archive, "an original that was converted")] where path.below(place) != nil {
                return report(path, route, "done", ["it is \(what) of route \(route.name)"])
            }
        }
        return report(path, nil, "outside", ["it is in no inbox; there are \(routes.map(\.inbox.quoted).joined(separator: ", "))"], "move it into one of them, or add a route for its folder")
    }

    private func explain(_ path: FilePath, _ below: FilePath, in route: RouteSettings) throws -> ExplainReport {
        // Claims are kept below the work area under their own path.
        if below.components.first?.string == ".work-\(route.name)" {
            return report(path, route, "work", ["it is in the work area: claimed and not yet finished"])
        }
        let found = try look(route, below)
        switch found.state {
        case .missing, .ready:
            // The ledger's newest word, for a file that has gone or one that stays where it is.
            if let story = try story(of: below, path, in: route), found.state == .missing || route.claim == .leave || route.disposal == .leave { return story }
        case .ignored, .marker, .settling, .offered: break
        }
        return report(path, route, found.state.rawValue, found.reasons, found.remedy)
    }

    private func story(of below: FilePath, _ path: FilePath, in route: RouteSettings) throws -> ExplainReport? {
        var query = JobQuery()
        query.route = route.name
        query.name = below.string
        query.limit = 1_000
        guard let row = try ledger?.jobs(query).first(where: { $0.path == below }) else { return nil }
        var reasons: [String] = []
        if let code = row.code { reasons.append("\(code): \(row.reason ?? "")") } else if let reason = row.reason { reasons.append(reason) }
        for output in row.outputs { reasons.append("converted to \(route.outbox.appending(output).quoted)") }
        reasons.append("job \(row.job), \(row.attempts) attempt\(row.attempts == 1 ? "" : "s")")
        return report(path, route, row.state, reasons, row.code.flatMap { FailureCode(rawValue: $0)?.advice })
    }

    private func report(_ path: FilePath, _ route: RouteSettings?, _ state: String, _ reasons: [String], _ remedy: String? = nil) -> ExplainReport {
        ExplainReport(path: path.escaped, route: route?.name, state: state, reasons: reasons, remedy: remedy)
    }
}

extension Explanation {
    fileprivate var remedy: String? {
        switch state {
        case .ready, .offered, .marker: nil
        case .missing: "look at its name, letter by letter; \"intray jobs --name\" finds files that were here"
        case .ignored: "give it another name or another place, or change the route's find settings"
        case .settling: "nothing, if its producer is still at work; else see settle in the configuration, or rename files into the inbox when they are complete"
        }
    }
}

extension FilePath {
    /// The rest of the path below a folder; nil when it is not in it.
    fileprivate func below(_ folder: FilePath) -> FilePath? {
        var rest = self
        return rest.removePrefix(folder) && !rest.isEmpty ? rest : nil
    }
}
