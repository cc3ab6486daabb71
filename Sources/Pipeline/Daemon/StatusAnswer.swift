// SPDX-License-Identifier: Apache-2.0
import Arrivals
import BatchProcessing
import Control
import ConversionProtocol
import DashboardModel
import FileAccess
import Glibc
import Hooks
import Ledger
import Settings
import Spooling
import SystemPackage
import Workers

/// What `intray status` is told. The totals are the sums of what the routes say.
struct StatusAnswer {
    let intake: Intake
    let source: FilePath?
    let started: Instant

    var report: StatusReport {
        let pauses = intake.processor.pauses
        let groups = intake.processor.groupCounts
        let configuration = intake.configuration
        // A status without its history is still a status.
        let failures = try? intake.ledger.openFailures()
        let routes = intake.routes.map { report(on: $0, pauses, groups[$0.name] ?? GroupCounts(), failures) }
        return StatusReport(
            version: Version.text, instance: intake.instance, pid: getpid(), uptime: Double(Instant.now.since(started).wholeMilliseconds) / 1_000,
            configuration: source?.escaped, state: configuration.state.escaped, paused: pauses.contains { $0.group == nil },
            workers: WorkersReport(
                count: configuration.workerCount,
                restarts: Int(intake.pool.counters.restarts), isolation: configuration.workers.isolation.rawValue, sandbox: intake.pool.counters.lock?.description ?? configuration.sandbox.rawValue),
            routes: routes, hooks: intake.hooks.reports.map(HookReport.init),
            totals: totals(routes, groups, failures))
    }

    private func totals(_ routes: [RouteReport], _ groups: [String: GroupCounts], _ failures: [String: Int]?) -> TotalsReport {
        let statistics = intake.processor.statistics
        // A route that a reload has ended may still have jobs.
        let others = groups.filter { group in !routes.contains { $0.name == group.key } }.values
        var totals = TotalsReport()
        for route in routes {
            totals.done += route.done
            totals.failed += route.failed
            totals.skipped = (totals.skipped ?? 0) + route.skipped
        }
        totals.queued = routes.map(\.queued).reduce(0, +) + others.map(\.queued).reduce(0, +)
        totals.delayed = routes.compactMap(\.delayed).reduce(0, +) + others.map(\.delayed).reduce(0, +)
        totals.inFlight = routes.map(\.inFlight).reduce(0, +) + others.map(\.running).reduce(0, +)
        totals.openFailures = failures?.values.reduce(0, +)
        totals.cancelled = statistics.cancelled
        totals.retries = statistics.retries
        totals.bytes = statistics.bytesDone
        totals.documentsPerSecond = statistics.jobsPerSecond
        totals.bytesPerSecond = statistics.bytesPerSecond
        totals.eta = statistics.remaining.map { Double($0.components.seconds) }
        return totals
    }

    private func report(on route: Route, _ pauses: [Pause], _ group: GroupCounts, _ failures: [String: Int]?) -> RouteReport {
        let feed = route.feed.status
        let counts = route.counts.withLock { $0 }
        let condition = RouteCondition(of: route, pauses)
        var report = RouteReport(
            name: route.name, state: condition.state.rawValue, mode: feed.mode,
            inbox: route.settings.inbox.escaped, outbox: route.settings.outbox.escaped)
        report.reason = condition.reason
        report.remedy = condition.remedy
        report.settling = feed.settling
        report.queued = feed.buffered + group.queued
        report.delayed = group.delayed
        report.inFlight = group.running
        report.done = counts.done
        report.failed = counts.failed
        report.skipped = counts.skipped
        report.cancelled = counts.cancelled
        report.held = route.cancelledFiles(in: intake.ledger)
        // A status without its history is still a status.
        if let sums = try? intake.ledger.sums(route: route.name) {
            report.everDone = sums.done
            report.everFailed = sums.failed
        }
        report.openFailures = failures.map { $0[route.name] ?? 0 }
        report.freeBytes = try? route.spool.freeBytes()
        return report
    }
}

extension Route {
    /// Files that lie in the inbox and are left alone because their jobs were cancelled; of the newest thousand of these.
    fileprivate func cancelledFiles(in ledger: Ledger) -> Int {
        var query = JobQuery()
        query.state = "cancelled"
        query.route = name
        query.limit = 1_000
        // What cannot be read now is not counted now.
        guard let rows = try? ledger.jobs(query).filter({ $0.inode != 0 }), !rows.isEmpty, let inbox = try? Folder(settings.inbox) else { return 0 }
        return rows.count { row in
            guard let there = try? inbox.identityIfPresent(of: row.path) else { return false }
            return there.inode == row.inode && there.device == row.device && there.size == row.size && there.modified == row.modified
        }
    }
}
