// SPDX-License-Identifier: Apache-2.0
import Arrivals
import BatchProcessing
import ConversionProtocol
import DashboardModel
import FileAccess
import Hooks
import Ledger
import Settings
import Spooling

extension ServedIntake {
    func change(_ change: Change) async throws -> ChangeOutcome {
        switch change {
        case .pause(let route):
            try check(route)
            intake.processor.pause(route)
            return outcome(of: route, "paused: what runs is finished, nothing new begins")
        case .resume(let route):
            try check(route)
            intake.processor.resume(route)
            return outcome(of: route, "going on")
        case .rescan(let route):
            try check(route)
            for each in intake.routes where route == nil || each.name == route { each.feed.rescan() }
            return outcome(of: route, "looking through the inbox")
        case .cancel(let jobs): return each(jobs, "cancelled", cancel)
        case .cancelAll(let route):
            guard let route else {
                let count = intake.processor.groupCounts.values.map { $0.queued + $0.delayed + $0.running }.reduce(0, +)
                intake.processor.cancelAll()
                return ChangeOutcome(changed: count, message: "\(Self.jobs(count)) cancelled; their files stay in their inboxes until they are retried")
            }
            try check(route)
            return each(intake.processor.jobs(ofGroup: route).map(\.text), "cancelled", cancel)
        case .retry(let jobs):
            let (rows, refusals) = try chosen(jobs) { try intake.ledger.retriable(job: $0, code: nil, route: nil) }
            return try await retry(rows, refusals)
        case .retryAll(let code, let route):
            return try await retry(failed(code, route), [])
        case .dismiss(let jobs):
            let (rows, refusals) = try chosen(jobs) { try intake.ledger.dismissible(job: $0, code: nil) }
            return try await dismiss(rows, refusals)
        case .dismissAll(let code, let route):
            return try await dismiss(failed(code, route), [])
        case .deliverAgain(let hook, let job):
            guard intake.configuration.hooks.contains(where: { $0.name == hook }) else { throw Self.noHook(hook, among: intake.configuration.hooks.map(\.name)) }
            do {
                let done = try await intake.hooks.deliverAgain(hook: hook, job: job)
                return ChangeOutcome(changed: done.map(\.count).reduce(0, +), message: done.map(\.text).joined(separator: "; "))
            } catch let error as HookRefusal { throw Refusal(.conflict, error.description) }
        case .prioritize(let jobs, let priority):
            let wanted = Priority(name: priority.rawValue) ?? .normal
            return each(jobs, "of priority \(priority.rawValue) now") { job in
                intake.processor.setPriority(wanted, of: job) ? nil : "cannot change its priority: it neither waits nor runs"
            }
        }
    }

    private func cancel(_ job: JobID) -> String? { intake.processor.cancel(job) ? nil : "cannot cancel it: it neither waits nor runs" }

    private func outcome(of route: String?, _ message: String) -> ChangeOutcome {
        ChangeOutcome(changed: route == nil ? intake.routes.count : 1, message: "\(route ?? "all routes"): \(message)")
    }

    /// Tells how many of the jobs were changed, and why not the others.
    private func each(_ jobs: [String], _ what: String, _ body: (JobID) -> String?) -> ChangeOutcome {
        var refusals: [JobRefusal] = []
        for job in jobs {
            let reason = JobID(job).map(body) ?? "there is no job of that name"
            if let reason { refusals.append(JobRefusal(job: job, reason: reason)) }
        }
        let changed = jobs.count - refusals.count
        return ChangeOutcome(changed: changed, message: "\(Self.jobs(changed)) \(what)", refusals: refusals)
    }

    /// The rows of jobs, and why others have none.
    private func chosen(_ jobs: [String], _ find: (String) throws -> [JobRow]) throws -> ([JobRow], [JobRefusal]) {
        var rows: [JobRow] = []
        var refusals: [JobRefusal] = []
        for job in jobs {
            do { rows += try find(job) } catch let error as ProgramError { refusals.append(JobRefusal(job: job, reason: error.description)) }
        }
        return (rows, refusals)
    }

    private func failed(_ code: String?, _ route: String?) throws -> [JobRow] {
        try check(route)
        var query = JobQuery()
        query.state = "failed"
        query.code = code
        query.route = route
        query.limit = 100_000
        return try intake.ledger.jobs(query)
    }

    private func dismiss(_ rows: [JobRow], _ refusals: [JobRefusal]) async throws -> ChangeOutcome {
        try await FailedJobs(intake: intake).dismiss(rows)
        return ChangeOutcome(changed: rows.count, message: rows.isEmpty ? "nothing was dismissed" : OfflineDismissal.words(rows.count), refusals: refusals)
    }

    /// Has files taken again; those in quarantine go back to their inbox.
    private func retry(_ rows: [JobRow], _ refused: [JobRefusal]) async throws -> ChangeOutcome {
        let retried = try await FailedJobs(intake: intake).requeue(rows)
        let refusals = refused + retried.refused.map { JobRefusal(job: $0.job, reason: $0.reason) }
        return ChangeOutcome(changed: retried.taken, message: retried.taken == 0 ? "nothing was retried" : retried.lines.prefix(2).joined(separator: "; "), refusals: refusals)
    }

    private static func jobs(_ count: Int) -> String { count == 1 ? "1 job" : "\(count) jobs" }
}
