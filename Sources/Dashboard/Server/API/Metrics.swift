// SPDX-License-Identifier: Apache-2.0
import DashboardModel

/// The overview in Prometheus' text format 0.0.4, named by its conventions: base units, `_total` for what only grows.
enum Metrics {
    static func text(_ overview: Overview) -> String {
        var page = Page()
        page.family("intray_build_info", "gauge", "The version that runs; always 1.") { $0.add(["version": overview.version, "instance": overview.instance], 1) }
        page.family("intray_uptime_seconds", "gauge", "Time since the daemon started.") { $0.add([:], overview.uptime) }
        page.family("intray_paused", "gauge", "1 while everything is paused.") { $0.add([:], overview.isPaused ? 1 : 0) }
        page.family("intray_workers", "gauge", "Worker processes.") { $0.add([:], Double(overview.workers.count)) }
        page.family("intray_worker_restarts_total", "counter", "Workers that were started anew.") { $0.add([:], Double(overview.workers.restarts)) }
        page.family("intray_retries_total", "counter", "Attempts beyond the first of each job.") { $0.add([:], Double(overview.totals.retries)) }
        page.family("intray_jobs_total", "counter", "Jobs that ended since the start, by route and state.") { family in
            for route in overview.routes {
                for (state, count) in [("done", route.throughput.done), ("failed", route.throughput.failed), ("skipped", route.throughput.skipped)] {
                    family.add(["route": route.name, "state": state], Double(count))
                }
            }
        }
        page.family("intray_jobs", "gauge", "Jobs that have not ended, by route and state.") { family in
            for route in overview.routes {
                let flow = route.throughput
                for (state, count) in [("settling", flow.settling), ("queued", flow.queued), ("delayed", flow.delayed), ("in_flight", flow.inFlight)] {
                    family.add(["route": route.name, "state": state], Double(count))
                }
            }
        }
        page.family("intray_quarantined_jobs", "gauge", "Jobs that failed and were not retried, by route and code.") { family in
            for route in overview.routes { for failure in route.failures { family.add(["route": route.name, "code": failure.code], Double(failure.count)) } }
        }
        page.family("intray_route_up", "gauge", "1 while the route takes files.") { family in
            for route in overview.routes { family.add(["route": route.name], route.state == .up ? 1 : 0) }
        }
        page.family("intray_outbox_free_bytes", "gauge", "Free space in the route's outbox.") { family in
            for route in overview.routes { if let free = route.freeBytes { family.add(["route": route.name], Double(free)) } }
        }
        page.family("intray_hook_backlog", "gauge", "Deliveries that wait.") { family in
            for hook in overview.hooks { family.add(["hook": hook.name], Double(hook.backlog)) }
        }
        page.family("intray_hook_up", "gauge", "0 for a hook that switched itself off.") { family in
            for hook in overview.hooks { family.add(["hook": hook.name], hook.isOn ? 1 : 0) }
        }
        page.family("intray_hook_failures_in_a_row", "gauge", "Runs since the hook last took an event.") { family in
            for hook in overview.hooks { family.add(["hook": hook.name], Double(hook.trouble?.failures ?? 0)) }
        }
        page.family("intray_hook_given_up", "gauge", "Deliveries that were given up and can be made again.") { family in
            for hook in overview.hooks { family.add(["hook": hook.name], Double(hook.givenUp)) }
        }
        page.family("intray_last_event_number", "gauge", "The number of the last event in the log.") { $0.add([:], Double(overview.lastEvent)) }
        return page.text
    }

    private struct Page {
        var text = ""

        /// Without samples, the family is left out.
        mutating func family(_ name: String, _ type: String, _ help: String, _ fill: (inout Family) -> Void) {
            var family = Family(name: name)
            fill(&family)
            if !family.lines.isEmpty { text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n\(family.lines)" }
        }
    }

    private struct Family {
        let name: String
        var lines = ""

        mutating func add(_ labels: KeyValuePairs<String, String>, _ value: Double) {
            let inside = labels.map { "\($0.key)=\"\(Self.escaped($0.value))\"" }.joined(separator: ",")
            let number = value == value.rounded() && abs(value) < 9e15 ? "\(Int64(value))" : "\(value)"
            lines += "\(name)\(inside.isEmpty ? "" : "{\(inside)}") \(number)\n"
        }

        private static func escaped(_ text: String) -> String {
            text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
        }
    }
}
