// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import Ledger
import SystemPackage

/// The way back for the file of a job that failed or was cancelled, so that another job takes it.
struct JobReturn {
    /// nil: the files are where a sweep found them, and stay there.
    let inbox: FilePath?
    /// Gives a file back from quarantine; nil when it has none of that job.
    let requeue: (FilePath, String) throws -> FilePath?

    struct Place {
        /// Below the inbox.
        var path: FilePath
        /// Out of quarantine; else it has been in the inbox all along.
        var isMoved: Bool
    }

    func run(_ row: JobRow) throws -> Place {
        let hasFailed = row.state == "failed" || row.state == "dismissed"
        if hasFailed, let path = try requeue(row.path, row.job) { return Place(path: path, isMoved: true) }
        if let inbox, inbox.appending(row.path.components).withPlatformString({ access($0, F_OK) }) != 0 {
            let places = hasFailed ? "neither in quarantine nor in the inbox" : "not in the inbox any more"
            throw ProgramError(.failures, "cannot retry \(row.job): \(row.path.quoted) is \(places); drop it anew\(row.state == "failed" ? ", or be done with it: \"intray dismiss \(row.job)\"" : "")")
        }
        return Place(path: row.path, isMoved: false)
    }
}

/// What became of a wish to have jobs tried again.
package struct RetryOutcome: Sendable {
    /// Files that came back out of quarantine, and those that were in their inbox.
    package private(set) var moved = 0
    package private(set) var stayed = 0
    package private(set) var refused: [(job: String, reason: String)] = []

    package var taken: Int { moved + stayed }

    mutating func add(_ place: JobReturn.Place) { if place.isMoved { moved += 1 } else { stayed += 1 } }
    mutating func refuse(_ job: String, _ reason: String) { refused.append((job, reason)) }

    /// For people, a line each.
    package var lines: [String] {
        var lines: [String] = []
        if moved > 0 { lines.append("\(moved) of \(taken + refused.count) files are back in their inbox") }
        if stayed > 0 { lines.append(stayed == 1 ? "1 file will be taken again" : "\(stayed) files will be taken again") }
        return lines + refused.suffix(5).map(\.reason) + (refused.count > 5 ? ["and \(refused.count - 5) more like that"] : [])
    }
}

extension Ledger {
    /// The jobs that a wish to retry means: one by its name, all with a code, or all that failed.
    /// - Throws: `ProgramError` that says why there is none.
    func retriable(job: String?, code: String?, route: String?) throws -> [JobRow] {
        var query = JobQuery()
        query.job = job
        query.code = code
        query.route = route
        query.state = job == nil && code == nil ? "failed" : nil
        query.limit = 100_000
        let found = try jobs(query)
        let rows = found.filter { $0.state == "failed" || $0.state == "cancelled" || job != nil && $0.state == "dismissed" }
        if !rows.isEmpty { return rows }
        guard let job else { throw ProgramError(.failures, "cannot retry: no failed job is like that") }
        let why = switch found.first?.state {
        case nil: "there is no such job"
        case "claimed"?, "waiting"?: "it has not ended"
        case "retried"?: "it was given back before, and another job has its file; see \"intray jobs --name\""
        case let state?: "it is \(state)"
        }
        throw ProgramError(.failures, "cannot retry \"\(job)\": \(why)")
    }
}
