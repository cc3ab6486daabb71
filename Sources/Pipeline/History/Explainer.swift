// SPDX-License-Identifier: Apache-2.0
import Announcements
import Arrivals
import ConversionProtocol
package import Control
import DashboardModel
import FileAccess
import Glibc
package import Ledger
import Quantities
package import Settings
package import SystemPackage

/// Where a file is and what holds it back: the feed's word while it is in the inbox, the ledger's afterwards, and what keeps
/// its route from work.
package struct Explainer {
    private let routes: [RouteSettings]
    private let ledger: Ledger?
    private let look: (RouteSettings, FilePath) throws -> Explanation
    private let condition: (RouteSettings) -> RouteCondition?

    /// Without a daemon: the rules, one look, and the ledger if there is one.
    package init(routes: [RouteSettings], ledger: Ledger?) {
        self.init(routes: routes, ledger: ledger, look: { try Explanation.of($1, Route.arrivals($0)) }, condition: { _ in nil })
    }

    init(routes: [RouteSettings], ledger: Ledger?, look: @escaping (RouteSettings, FilePath) throws -> Explanation, condition: @escaping (RouteSettings) -> RouteCondition?) {
        self.routes = routes
        self.ledger = ledger
        self.look = look
        self.condition = condition
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
            if let below = path.below(route.outbox) { return try explain(output: below, path, in: route) }
            if let below = path.below(route.archive) {
                // Below a day's folders it has its path.
                let original = FilePath(root: nil, below.components.dropFirst(3))
                if let row = try ledger?.newest(route: route.name, path: original), row.state == "done" || row.state == "skipped" { return story(row, path, in: route) }
                return Self.isThere(path)
                    ? report(path, route, "done", ["it is an original that was converted by route \(route.name)"])
                    : report(path, route, "missing", ["there is no such file in the archive of route \(route.name)"], "\"intray jobs --name\" finds files that were here")
            }
        }
        return report(path, nil, "outside", ["it is in no folder of a route; the inboxes are \(routes.map(\.inbox.quoted).joined(separator: ", "))"], "move it into one of them, or add a route for its folder")
    }

    private func explain(_ path: FilePath, _ below: FilePath, in route: RouteSettings) throws -> ExplainReport {
        // Claims are kept below the work area under their own path: .work-ROUTE/INSTANCE/JOB/src/PATH.
        if below.components.first?.string == ".work-\(route.name)" {
            let job = below.components.dropFirst(2).first.flatMap { JobID($0.string) }
            if let row = try job.flatMap({ try self.row(of: $0) }) { return held(unended(row, path, in: route), in: route) }
            return report(path, route, "work", ["it is in the work area: claimed and not yet finished"])
        }
        let found = try look(route, below)
        let newest = try ledger?.newest(route: route.name, path: below)
        if let newest, !JobRow.endings.contains(newest.state), newest.state != "retried", found.state == .offered || found.state == .missing {
            return held(unended(newest, path, in: route), in: route)
        }
        switch found.state {
        case .missing: if let newest { return story(newest, path, in: route) }
        // What the ledger knows to be dealt with is left alone where it lies.
        case .ready, .settling: if let newest, isKnown(below, in: route) { return story(newest, path, in: route, isInInbox: true) }
        case .ignored, .marker, .unreadable: break
        case .offered: return held(report(path, route, "offered", found.reasons, found.remedy), in: route)
        }
        let report = report(path, route, found.state.rawValue, found.reasons, found.remedy)
        return found.state == .ready || found.state == .settling ? held(report, in: route) : report
    }

    /// Of which file an output is.
    private func explain(output: FilePath, _ path: FilePath, in route: RouteSettings) throws -> ExplainReport {
        let isThere = Self.isThere(path)
        let gone = isThere ? nil : "it is not in the outbox any more: whoever reads there has taken it, or deleted it"
        guard let row = try ledger?.newest(route: route.name, output: output.escaped) else {
            return isThere
                ? report(path, route, "done", ["it lies in the outbox of route \(route.name); the history knows of no job that has made it"])
                : report(path, route, "missing", ["there is no such file in the outbox of route \(route.name)"], "\"intray jobs --name\" finds files that were converted")
        }
        let reasons = [gone, "it was converted from \(row.path.quoted)", "job \(row.job), \(Event.text(of: row.updated))"].compactMap(\.self)
        return report(path, route, isThere ? "done" : "gone", reasons, isThere ? nil : "to have it again, drop \(row.path.quoted) anew")
    }

    private static func isThere(_ path: FilePath) -> Bool { path.withPlatformString { faccessat(AT_FDCWD, $0, F_OK, AT_SYMLINK_NOFOLLOW) } == 0 }

    /// A job that waits or runs.
    private func unended(_ row: JobRow, _ path: FilePath, in route: RouteSettings) -> ExplainReport {
        guard row.state == "waiting" else { return report(path, route, "work", ["job \(row.job) is in work"]) }
        let left = row.due.map { $0 > WallClock.milliseconds ? $0 - WallClock.milliseconds : 0 } ?? 0
        let next = left > 0 ? "its next attempt is due in \(Quantity.duration(milliseconds: Double(left))), at \(Event.text(of: row.due ?? 0))" : "its next attempt is due"
        let error = "\(row.attempts == 0 ? "the last try" : "attempt \(row.attempts)") failed: \(row.code.map { "\($0): " } ?? "")\(row.reason ?? "")"
        return report(path, route, "waiting", ["job \(row.job) waits: \(next)", error], row.code.flatMap { FailureCode(rawValue: $0)?.advice })
    }

    /// With what keeps the route from work; that goes first.
    private func held(_ report: ExplainReport, in route: RouteSettings) -> ExplainReport {
        guard let condition = condition(route), condition.state == .paused || condition.state == .down else { return report }
        var report = report
        if report.state == Explanation.State.ready.rawValue { report.reasons = ["nothing else holds it back"] }
        report.reasons.insert("route \(route.name) is \(condition.state.rawValue): \(condition.reason ?? "")", at: 0)
        report.remedy = condition.remedy ?? report.remedy
        return report
    }

    private func row(of job: JobID) throws -> JobRow? {
        var query = JobQuery()
        query.job = job.text
        return try ledger?.jobs(query).first
    }

    private func isKnown(_ below: FilePath, in route: RouteSettings) -> Bool {
        // A file that cannot be looked at is none that is known.
        guard let identity = try? Folder(route.inbox).identityIfPresent(of: below) else { return false }
        return ledger?.isKnown(route: route.name, path: below, identity: identity) ?? false
    }

    private func story(of below: FilePath, _ path: FilePath, in route: RouteSettings) throws -> ExplainReport? {
        try ledger?.newest(route: route.name, path: below).map { story($0, path, in: route) }
    }

    /// What became of a job; `isInInbox`: its file lies there still, and is not taken again.
    private func story(_ row: JobRow, _ path: FilePath, in route: RouteSettings, isInInbox: Bool = false) -> ExplainReport {
        var reasons: [String] = []
        var remedy = row.code.flatMap { FailureCode(rawValue: $0)?.advice }
        switch row.state {
        case "cancelled":
            reasons.append("an operator cancelled it at \(Event.text(of: row.updated))\(isInInbox ? "; it stays in the inbox and is not taken again by itself" : "")")
            if isInInbox { remedy = "\"intray retry \(row.job)\" has it converted" }
        case "done" where isInInbox && route.disposal != .leave:
            reasons.append("this very file was converted before, and is left alone")
            remedy = "to have it converted again, put a copy in its place, or touch it"
        default:
            if let code = row.code { reasons.append("\(code): \(row.reason ?? "")") } else if let reason = row.reason { reasons.append(reason) }
        }
        if row.state == "dismissed" { reasons.append("an operator dismissed the failure at \(Event.text(of: row.updated))") }
        if row.state == "retried" { reasons.append("it was given back at \(Event.text(of: row.updated)), and is to be taken anew") }
        for output in row.outputs {
            reasons.append("converted to \(route.outbox.appending(output).quoted)\(JobRow.isThere(output, in: route.outbox) ? "" : ", which is not there any more")")
        }
        if row.state == "failed" || row.state == "dismissed" { note(row, in: route, &reasons, &remedy) }
        reasons.append("job \(row.job), \(row.attempts) attempt\(row.attempts == 1 ? "" : "s")")
        return report(path, route, row.state, reasons, remedy)
    }

    /// Where the file of a failure is, and how to be done with it.
    private func note(_ row: JobRow, in route: RouteSettings, _ reasons: inout [String], _ remedy: inout String?) {
        let places = route.claim == .leave ? [route.inbox] : [route.quarantine, route.inbox]
        let place = places.map { $0.appending(row.path.components) }.first(where: Self.isThere)
        guard place == nil else {
            if route.claim != .leave, let place { reasons.append("it is at \(place.quoted)") }
            if row.state == "failed" { remedy = (remedy.map { "\($0); " } ?? "") + "what is not to be retried, \"intray dismiss \(row.job)\" is done with" }
            return
        }
        // In quarantine a second one of its name got a number.
        reasons.append("its file is not \(route.claim == .leave ? "in its place" : "in quarantine under its name") any more")
        if row.state == "failed" { remedy = "drop it anew; or be done with the failure: \"intray dismiss \(row.job)\"" }
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
        case .unreadable: "let user \(UserName.own) read and enter that folder; it is looked into again with the next scan, or at once with \"intray rescan\""
        }
    }
}

extension FilePath {
    /// The rest of the path below a folder, whether links on the way are followed or not; nil when it is not in it.
    fileprivate func below(_ folder: FilePath) -> FilePath? {
        if let rest = rest(of: folder) { return rest }
        guard let name = lastComponent else { return nil }
        return removingLastComponent().resolved().appending(name).rest(of: folder.resolved())
    }

    private func rest(of folder: FilePath) -> FilePath? {
        var rest = self
        return rest.removePrefix(folder) && !rest.isEmpty ? rest : nil
    }
}
