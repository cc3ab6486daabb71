// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control
import FoundationEssentials

struct StatusCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "status", abstract: "Shows what the daemon is doing, and if it is not, why.")

    @OptionGroup var place: Place
    @OptionGroup var output: JSONFlag

    func run() throws {
        let client = try place.client()
        if output.json { return try printLines(of: ControlRequest(.status), from: client) }
        guard let status = try client.values(ControlRequest(.status), as: StatusReport.self).first else { return }
        print(Self.text(status), terminator: "")
    }

    static func text(_ status: StatusReport) -> String {
        let totals = status.totals
        var text = "intray \(status.version), process \(status.pid), up \(Quantity.seconds(status.uptime))\(status.paused ? ", paused" : "")\n"
        if let file = status.configuration { text += "configuration  \(file)\n" }
        text += "workers        \(status.workers.count), isolation \(status.workers.isolation), sandbox \(status.workers.sandbox)"
        text += status.workers.restarts > 0 ? ", \(status.workers.restarts) restarted\n" : "\n"
        text += "documents      \(totals.done) done, \(totals.failed) failed, \(totals.inFlight) in work, \(totals.queued) waiting"
        text += totals.documentsPerSecond > 0 ? ", \(Quantity.rate(totals.documentsPerSecond))" : ""
        text += totals.eta.map { ", about \(Quantity.seconds($0)) left\n" } ?? "\n"
        var routes = TextTable(header: ["\nROUTE", "STATE", "MODE", "DONE", "FAILED", "IN WORK", "WAITING", "SETTLING", "EVER DONE/FAILED", "INBOX"])
        for route in status.routes {
            let state = route.reason.map { "\(route.state) (\($0))" } ?? route.state
            routes.add(route.name, state, route.mode, "\(route.done)", "\(route.failed)", "\(route.inFlight)", "\(route.queued)", "\(route.settling)",
                "\(route.everDone)/\(route.everFailed)", route.inbox)
        }
        text += routes.render()
        if !status.hooks.isEmpty {
            var hooks = TextTable(header: ["\nHOOK", "STATE", "BACKLOG"])
            for hook in status.hooks { hooks.add(hook.name, hook.enabled ? "on" : "off", "\(hook.backlog)") }
            text += hooks.render()
        }
        return text
    }
}

/// Prints the lines of an answer as they are; ends when the daemon closes or the reader does.
func printLines(of request: ControlRequest, from client: ControlClient) throws {
    var left = try client.ask(request).lines ?? .max
    while left > 0, let line = try client.next() {
        print(String(decoding: line, as: UTF8.self))
        left -= 1
    }
}
