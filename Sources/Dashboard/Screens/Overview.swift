// SPDX-License-Identifier: Apache-2.0
import DashboardModel
import Quantities

/// What is going on, at one glance; what needs a person comes first.
struct OverviewScreen {
    let overview: Overview
    let frame: Frame

    var page: String {
        let waiting = totals.queued + totals.settling + totals.delayed
        return frame.page(.overview, title: waiting == 0 ? "Overview" : "\(Quantity.count(waiting)) waiting", #"""
            <div class="head"><h1>\#(overview.host.isEmpty ? "Overview" : overview.host)</h1><span id="sum" data-live>\#(overview.isPaused ? Pieces.state("paused") : Pieces.state("running", .good))</span></div>
            <div id="alarms" data-live>\#(alarms)</div>
            <dl class="figures" id="figures" data-live>\#(figures)</dl>
            <div class="columns"><div class="stack">
            <section class="panel" aria-labelledby="hour-title"><header><h2 id="hour-title">The last hour</h2>\#(HourChart.legend)</header><div id="hour" data-live>\#(HourChart(points: totals.lastHour).markup)</div></section>
            <div class="stack" id="routes" data-live>\#(routes)</div></div>
            <div class="stack">\#(Pieces.drop(frame, overview.routes.map(\.name)))
            <section class="panel"><h2>In quarantine, by code</h2><div id="failures" data-live>\#(failures)</div></section>
            <section class="panel"><h2>Hooks</h2><div id="hooks" data-live>\#(hooks)</div></section>
            <section class="panel"><h2>Engine</h2><dl class="facts" id="engine" data-live>\#(engine)</dl></section>
            </div></div>
            """#)
    }

    private var totals: Throughput { overview.totals }

    private var alarms: Markup {
        overview.routes.filter { $0.state != .up }.reduce("") { sum, route in
            let words = [route.reason, route.remedy].compactMap(\.self).map(Words.sentence).joined(separator: " ")
            let rest = !words.isEmpty ? words : route.state == .paused ? "Files wait in the inbox until it is resumed." : ""
            return sum + Pieces.notice("\(route.name) is \(route.state.rawValue).", rest, Tone(state: route.state.rawValue))
        }
    }

    private var figures: Markup {
        let pace = Words.rate(totals.documentsPerSecond)
        let waiting = totals.queued + totals.settling + totals.delayed
        let failed = totals.lastHour.reduce(0) { $0 + $1.failed }
        let free = overview.routes.compactMap(\.freeBytes).min()
        return #"""
            <div><dt>Waiting</dt><dd id="waiting">\#(Quantity.count(waiting))</dd></div>
            <div><dt>In flight</dt><dd>\#(Quantity.count(totals.inFlight))</dd></div>
            <div><dt>Documents</dt><dd>\#(pace.number) <small>\#(pace.unit)</small></dd></div>
            <div><dt>Read</dt><dd>\#(Quantity.bytes(totals.bytesPerSecond)) <small>a second</small></dd></div>
            <div><dt>Done in</dt><dd>\#(waiting + totals.inFlight == 0 ? "–" : totals.eta.map { Quantity.duration(milliseconds: $0 * 1000) } ?? "…")</dd></div>
            <div><dt>Failed, last hour</dt><dd class="\#(failed > 0 ? "bad" : "")">\#(Quantity.count(failed))</dd></div>
            <div><dt>Done since start</dt><dd>\#(Quantity.count(totals.done))</dd></div>
            <div><dt>Free space</dt><dd>\#(free.map { Quantity.bytes($0) } ?? "–")</dd></div>
            """#
    }

    private var routes: Markup {
        guard !overview.routes.isEmpty else {
            return Pieces.empty("No route is set", "A route says which inbox goes to which outbox. Write one into the configuration, then send SIGHUP.")
        }
        return overview.routes.reduce("") { $0 + route($1) }
    }

    private func route(_ route: RouteOverview) -> Markup {
        let now = route.throughput
        let jobs = { (state: JobState) in Address.of("/jobs", [("route", route.name), ("state", state.rawValue)]) }
        let pace = Words.rate(now.documentsPerSecond)
        let eta = now.eta.map { $0 > 0 ? Quantity.duration(milliseconds: $0 * 1000) : "–" } ?? "…"
        let cancel = now.queued + now.inFlight + now.delayed
        return #"""
            <section class="panel route" id="route-\#(route.name)" aria-label="Route \#(route.name)"><header><h2>\#(route.name)</h2>\#(Pieces.state(route.state.rawValue))<span class="path quiet small">\#(route.inbox)</span>
            <div class="actions">\#((route.state == .paused ? Order.resume(route.name) : Order.pause(route.name)).button(frame))\#(Order.rescan(route.name, route.inbox).button(frame))\#(if: cancel > 0, Order.cancelAll(route.name, cancel).button(frame))</div></header>
            <dl class="counts"><div><dt>Settling</dt><dd>\#(Quantity.count(now.settling))</dd></div><div><dt>Queued</dt><dd>\#(Quantity.count(now.queued))</dd></div>\#
            <div><dt>In flight</dt><dd>\#(Quantity.count(now.inFlight))</dd></div><div><dt>To retry</dt><dd><a href="\#(jobs(.waiting))">\#(Quantity.count(now.delayed))</a></dd></div>\#
            <div><dt>Done</dt><dd><a href="\#(jobs(.done))">\#(Quantity.count(route.everDone))</a></dd></div><div><dt>Failed</dt><dd><a href="\#(jobs(.failed))">\#(Quantity.count(route.everFailed))</a></dd></div>\#
            <div><dt>Rate</dt><dd>\#(pace.number)<small class="quiet">\#(pace.unit == "a second" ? "/s" : "/min")</small></dd></div><div><dt>Done in</dt><dd>\#(eta)</dd></div>\#
            <div><dt>Hooks owe</dt><dd>\#(Quantity.count(route.hookBacklog))</dd></div><div><dt>Free space</dt><dd>\#(route.freeBytes.map { Quantity.bytes($0) } ?? "–")</dd></div></dl>
            \#(if: now.lastHour.contains { $0.done + $0.failed > 0 } && overview.routes.count > 1, HourChart(points: now.lastHour).spark)</section>
            """#
    }

    private var failures: Markup {
        var sums: [String: Int] = [:]
        for failure in overview.routes.flatMap(\.failures) { sums[failure.code, default: 0] += failure.count }
        let sorted = sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        guard let most = sorted.first?.value else { return #"<p class="quiet">Nothing is in quarantine.</p>"# }
        return #"<ul class="ranks">\#(sorted.prefix(8).map { code, count in #"<li><div class="row"><a href="\#(Address.of("/jobs", [("state", "failed"), ("code", code)]))">\#(code)</a><span>\#(Quantity.count(count))</span></div>\#(Pieces.bar(Double(count) / Double(most), "part"))<p class="quiet small">\#(Remedy.of(code))</p></li>"# })</ul>"#
    }

    private var hooks: Markup {
        guard !overview.hooks.isEmpty else {
            return #"<p class="quiet">No hook is set. A hook tells another program of each result: see <code>hooks</code> in the configuration.</p>"#
        }
        return #"<ul class="ranks">\#(overview.hooks.map { hook in #"<li class="row"><a href="/routes#hook-\#(hook.name)">\#(hook.name)</a><span>\#(Pieces.hook(hook.isOn, hook.trouble, hook.backlog, givenUp: hook.givenUp))</span></li>"# })</ul>"#
    }

    private var engine: Markup {
        #"""
        <dt>Workers</dt><dd>\#(overview.workers.count)\#(if: overview.workers.restarts > 0, ", \(Quantity.count(overview.workers.restarts, "restart", "restarts"))")</dd>\#
        <dt>Isolation</dt><dd>\#(overview.workers.isolation)</dd><dt>Sandbox</dt><dd>\#(overview.workers.sandbox)</dd><dt>Up for</dt><dd>\#(Quantity.duration(milliseconds: overview.uptime * 1000))</dd>\#
        <dt>Settings</dt><dd class="path">\#(overview.configuration ?? "as shipped")</dd>
        """#
    }
}
