// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import FileAccess
import Glibc
import Ledger
package import SystemPackage

/// Is done with failures while no daemon runs.
package struct OfflineDismissal {
    private let state: FilePath

    package init(state: FilePath) { self.state = state }

    /// One job, all with a code, or all that failed. For people, what was done.
    package func run(job: String?, code: String?) async throws -> String {
        let held = try HeldState(state, to: "dismiss")
        defer { withExtendedLifetime(held) {} }
        let rows = try held.ledger.dismissible(job: job, code: code)
        var events = rows.compactMap { Event(dismissing: $0) }
        try EventLog(at: state.appending("events.jsonl")).append(&events, durably: false)
        for row in rows { try await held.ledger.dismissed(job: row.job) }
        return Self.words(rows.count)
    }

    static func words(_ count: Int) -> String {
        count == 1 ? "1 failure is dismissed: its file stays where it is" : "\(count) failures are dismissed: their files stay where they are"
    }
}

extension Ledger {
    /// The failures that a wish to dismiss means: one by its job's name, all with a code, or all.
    /// - Throws: `ProgramError` that says why there is none.
    func dismissible(job: String?, code: String?) throws -> [JobRow] {
        var query = JobQuery()
        query.job = job
        query.code = code
        query.state = job == nil ? "failed" : nil
        query.limit = 100_000
        let found = try jobs(query)
        let rows = found.filter { $0.state == "failed" }
        if !rows.isEmpty { return rows }
        guard let job else { throw ProgramError(.failures, "cannot dismiss: no failed job is like that") }
        throw ProgramError(.failures, "cannot dismiss \"\(job)\": \(found.first.map { "it is \($0.state)" } ?? "there is no such job")")
    }
}

extension Event {
    /// That an operator is done with a failure.
    init?(dismissing row: JobRow) {
        guard let job = JobID(row.job) else { return nil }
        self.init(.jobDismissed, route: row.route, job: job, path: row.path)
        reason = "operator"
        size = row.size
        sha256 = row.sha256
        details = row.code.map { ["code": $0] }
    }
}
