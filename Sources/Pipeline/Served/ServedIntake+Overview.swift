// SPDX-License-Identifier: Apache-2.0
import Announcements
import Arrivals
import BatchProcessing
import ConversionProtocol
import DashboardModel
import FileAccess
import Hooks
import Ledger
import Settings
import Spooling
import Synchronization
import SystemPackage
import Workers

extension ServedIntake {
    func overview() async throws -> Overview {
        var overview = Overview()
        let configuration = intake.configuration
        let pauses = intake.processor.pauses
        let groups = intake.processor.groupCounts
        let hour = Hour(try intake.ledger.minutes(since: Hour.first()))
        let failures = try counts.counts().failures
        overview.version = Version.text
        overview.instance = intake.instance
        overview.host = HostName.text
        overview.time = Event.text(of: WallClock.milliseconds)
        overview.uptime = Double(Instant.now.since(started).wholeMilliseconds) / 1_000
        overview.configuration = source?.escaped
        overview.isPaused = pauses.contains { $0.group == nil }
        overview.workers.count = configuration.workerCount
        overview.workers.restarts = Int(clamping: intake.pool.counters.restarts)
        overview.workers.isolation = configuration.workers.isolation.rawValue
        overview.workers.sandbox = intake.pool.counters.lock?.description ?? configuration.sandbox.rawValue
        overview.hooks = intake.hooks.reports.map(HookOverview.init)
        overview.routes = intake.routes.map { route in
            var shown = self.shown(route, pauses)
            shown.throughput = throughput(route, groups[route.name] ?? GroupCounts(), hour)
            shown.failures = failures[route.name] ?? []
            return shown
        }
        overview.totals = totals(overview.routes.map(\.throughput), hour)
        overview.lastEvent = intake.bus.lastSeq
        return overview
    }

    private func totals(_ routes: [Throughput], _ hour: Hour) -> Throughput {
        let statistics = intake.processor.statistics
        var totals = Throughput()
        for route in routes {
            totals.settling += route.settling
            totals.queued += route.queued
            totals.delayed += route.delayed
            totals.inFlight += route.inFlight
            totals.done += route.done
            totals.failed += route.failed
            totals.skipped += route.skipped
        }
        totals.cancelled = statistics.cancelled
        totals.retries = statistics.retries
        totals.documentsPerSecond = statistics.jobsPerSecond
        totals.bytesPerSecond = statistics.bytesPerSecond
        totals.eta = statistics.remaining.map { Double($0.components.seconds) }
        totals.lastHour = hour.points(of: nil)
        return totals
    }

    private func throughput(_ route: Route, _ group: GroupCounts, _ hour: Hour) -> Throughput {
        let feed = route.feed.status
        let counts = route.counts.withLock { $0 }
        var flow = Throughput()
        flow.settling = feed.settling
        flow.queued = feed.buffered + group.queued
        flow.delayed = group.delayed
        flow.inFlight = group.running
        flow.done = counts.done
        flow.failed = counts.failed
        flow.skipped = counts.skipped
        flow.lastHour = hour.points(of: route.name)
        (flow.documentsPerSecond, flow.bytesPerSecond) = hour.rate(of: route.name)
        let left = flow.queued + flow.delayed + flow.inFlight
        flow.eta = left == 0 ? 0 : flow.documentsPerSecond > 0 ? (Double(left) / flow.documentsPerSecond).rounded() : nil
        return flow
    }

    /// State and why, without counts.
    func shown(_ route: Route, _ pauses: [Pause]) -> RouteOverview {
        let feed = route.feed.status
        let condition = RouteCondition(of: route, pauses)
        var shown = RouteOverview(name: route.name, state: condition.state)
        shown.reason = condition.reason
        shown.remedy = condition.remedy
        shown.mode = feed.mode
        shown.inbox = route.settings.inbox.escaped
        shown.outbox = route.settings.outbox.escaped
        // A screen without its history is still a screen.
        if let sums = try? intake.ledger.sums(route: route.name) {
            shown.everDone = sums.done
            shown.everFailed = sums.failed
        }
        shown.freeBytes = try? route.spool.freeBytes()
        shown.minimumFree = route.settings.minimumFree
        shown.hookBacklog = intake.hooks.reports.filter { report in
            intake.configuration.hooks.contains { $0.name == report.name && ($0.routes.isEmpty || $0.routes.contains(route.name)) }
        }.map(\.backlog).reduce(0, +)
        return shown
    }
}

/// The last sixty minutes.
private struct Hour {
    private let rows: [MinuteRow]
    private let now = WallClock.milliseconds

    init(_ rows: [MinuteRow]) { self.rows = rows }

    static func first() -> Int64 { Int64(WallClock.milliseconds / 60_000) - 59 }

    /// One route's, or all routes' together.
    func points(of route: String?) -> [RatePoint] {
        let last = Int64(now / 60_000)
        var points = (0..<60).map { RatePoint(time: Event.text(of: UInt64(last - 59 + $0) * 60_000)) }
        for row in rows where route == nil || row.route == route {
            let place = Int(row.minute - last + 59)
            guard points.indices.contains(place) else { continue }
            points[place].done += row.done
            points[place].failed += row.failed
            points[place].bytes += row.bytes
        }
        return points
    }

    /// Over the minute before and what has passed of this one.
    func rate(of route: String) -> (documents: Double, bytes: Double) {
        let last = Int64(now / 60_000)
        let recent = rows.filter { $0.route == route && $0.minute >= last - 1 }
        let seconds = 60 + Double(now % 60_000) / 1_000
        return (Double(recent.map { $0.done + $0.failed }.reduce(0, +)) / seconds, Double(recent.map(\.bytes).reduce(0, +)) / seconds)
    }
}
