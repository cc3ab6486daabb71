// SPDX-License-Identifier: Apache-2.0
import Control
import FileAccess
import Pipeline
import Quantities

/// The screen about a daemon that does not run, or about a sweep that has ended: what its history says.
struct OfflineScreen {
    let status: OfflineStatus
    let isSweep: Bool
    /// The newest jobs that failed.
    let failures: [JobReport]
    let terminal: Terminal
    let place: Place

    func render() -> String {
        var text = head
        text += fact("State", status.state)
        if status.unended > 0 { text += fact("Left over", "\(Quantity.count(status.unended, "file")) had not ended: \(isSweep ? "the next sweep" : "the next start") takes \(status.unended == 1 ? "it" : "them") up") }
        let failed = status.routes.map(\.openFailures).reduce(0, +)
        if failed > 0 { text += fact("Failed", StatusScreen.openFailures(failed, terminal, place.addressed)) }
        for route in status.routes {
            text += "\n\(terminal.paint("○", .faint)) route \(terminal.paint(route.name, .strong))\n"
            if let inbox = route.inbox { text += fact("Inbox", inbox) }
            text += fact("Done", "\(Quantity.count(route.everDone)) done, \(Quantity.count(route.everFailed)) failed in all, \(Quantity.count(route.openFailures)) of these neither retried nor dismissed")
        }
        if !failures.isEmpty { text += "\n" + StatusScreen.lastFailures(failures, terminal) }
        return text
    }

    private var head: String {
        let dot = terminal.paint("○", .faint)
        let last = status.lastTime.map { "\(status.lastEvent == "daemon.stopped" ? "it was stopped at" : "the last that is known of it is from") \(Clock.short($0))" }
        if isSweep { return "\(dot) \(terminal.paint("intray", .strong)): a sweep's history; no daemon belongs to it\(status.lastTime.map { "; it is from \(Clock.short($0))" } ?? "")\n" }
        var text = "\(dot) \(terminal.paint("intray", .strong)): \(terminal.paint("not running", .warning))\(last.map { "; \($0)" } ?? "")\n"
        let way = place.root.map { $0.path.shellWord } ?? place.file.map { "-c \($0.path.shellWord)" } ?? "ROOT"
        text += "  → \("start it: intray watch \(way), or systemctl start intray where it is a service".broken(at: terminal.width, indent: 4))\n"
        return text
    }

    private func fact(_ name: String, _ value: String) -> String { StatusScreen.fact(name, value, terminal) }
}
