// SPDX-License-Identifier: Apache-2.0
import Control
import ConversionProtocol
import Glibc
import Quantities

/// One screen about a daemon, in the words and the order of `systemctl status`: what it is, how it fares, its routes, its
/// hooks, and the last failures.
struct StatusScreen {
    let status: StatusReport
    /// The newest jobs that failed.
    var failures: [JobReport] = []
    let terminal: Terminal
    /// Names the daemon in the commands of a text, so that they can be pasted.
    var addressed: (String) -> String = { $0 }

    func render() -> String {
        var text = head + facts
        for route in status.routes { text += "\n" + block(route) }
        if !status.hooks.isEmpty { text += "\n" + hooks }
        if !failures.isEmpty { text += "\n" + Self.lastFailures(failures, terminal) }
        return text
    }

    private var isWell: Bool { !status.paused && status.routes.allSatisfy { $0.state == "up" } && status.hooks.allSatisfy { $0.enabled && $0.trouble == nil } }

    private func dot(_ state: String) -> String {
        switch state {
        case "up", "on", "running": terminal.paint("●", .good)
        case "down", "off": terminal.paint("×", .bad)
        default: terminal.paint("●", .warning)
        }
    }

    private var head: String {
        let word = status.paused ? "paused" : "running"
        let trouble = isWell || status.paused ? "" : terminal.paint("; not all is well, see below", .warning)
        let since = Clock.full(time(nil) - time_t(status.uptime))
        let line = "\(dot(isWell ? "running" : "paused")) \(terminal.paint("intray", .strong)) \(status.version): \(terminal.paint(word, isWell ? .good : .warning)) since \(since), \(Quantity.duration(seconds: status.uptime))\(trouble)"
        return line.broken(at: terminal.width, indent: 2, first: 0) + "\n"
    }

    private var facts: String {
        let totals = status.totals
        var rows: [(String, String)] = []
        if let file = status.configuration { rows.append(("Config", place(file))) }
        if let state = status.state { rows.append(("State", place(state))) }
        rows.append(("Process", "\(status.pid), instance \(status.instance)"))
        var workers = "\(status.workers.count), isolation \(status.workers.isolation), sandbox \(status.workers.sandbox)"
        if status.workers.restarts > 0 { workers += ", \(Quantity.count(status.workers.restarts)) restarted" }
        rows.append(("Workers", workers))
        rows.append(("Documents", "\(counts(totals.done, totals.openFailures ?? totals.failed)), \(now(totals.inFlight, totals.queued, totals.delayed))"))
        if totals.documentsPerSecond > 0 {
            var rate = "\(Quantity.rate(totals.documentsPerSecond)), \(Quantity.bytes(UInt64(totals.bytesPerSecond)))/s"
            let isMoving = !status.paused && status.routes.contains { $0.state == "up" }
            if let left = totals.eta, isMoving, totals.queued + totals.inFlight + (totals.delayed ?? 0) > 0 { rate += ", about \(Quantity.duration(seconds: max(1, left))) left" }
            rows.append(("Rate", rate))
        }
        if let failed = totals.openFailures, failed > 0 { rows.append(("Failed", Self.openFailures(failed, terminal, addressed))) }
        return rows.map { fact($0, $1) }.joined()
    }

    private func fact(_ name: String, _ value: String) -> String { Self.fact(name, value, terminal) }

    /// A name, and behind it lines as wide as the terminal.
    static func fact(_ name: String, _ value: String, _ terminal: Terminal) -> String {
        "\(String(repeating: " ", count: max(0, 11 - name.count)))\(name): \(value.broken(at: terminal.width, indent: 13))\n"
    }

    /// A path, its end on one line.
    private func place(_ path: String) -> String { path.cut(to: terminal.width.map { max(20, $0 - 13) } ?? .max, keepingEnd: true) }

    private func counts(_ done: Int, _ failed: Int) -> String {
        let bad = "\(Quantity.count(failed)) failed"
        return "\(Quantity.count(done)) done, \(failed > 0 ? terminal.paint(bad, .bad) : bad)"
    }

    private func now(_ inWork: Int, _ queued: Int, _ delayed: Int?) -> String {
        let text = "\(Quantity.count(inWork)) in work, \(Quantity.count(queued)) waiting"
        return delayed.map { $0 > 0 ? text + ", \(Quantity.count($0)) to be tried again" : text } ?? text
    }

    private func block(_ route: RouteReport) -> String {
        let margin = String(repeating: " ", count: 11)
        let ink: Terminal.Ink = route.state == "up" ? .good : route.state == "down" ? .bad : .warning
        var text = "\(dot(route.state)) route \(terminal.paint(route.name, .strong)): \(terminal.paint(route.state, ink))"
        if let reason = route.reason { text += " (\(reason))" }
        text += ", \(route.mode)"
        if let free = route.freeBytes { text += ", \(Quantity.bytes(free)) free" }
        text = text.broken(at: terminal.width, indent: 2, first: 0) + "\n"
        if let remedy = route.remedy.map(addressed) { text += "\(margin)→ \(remedy.broken(at: terminal.width, indent: 13))\n" }
        text += fact("Inbox", place(route.inbox)) + fact("Outbox", place(route.outbox))
        text += fact("Now", "\(now(route.inFlight, route.queued, route.delayed)), \(Quantity.count(route.settling)) settling")
        if let held = route.held, held > 0 {
            text += fact("Left alone", "\(Quantity.count(held)) cancelled by an operator, in the inbox: \(addressed(#""intray jobs --status cancelled" lists them, "intray retry JOB" has one converted"#))")
        }
        var ended = "\(counts(route.done, route.failed)), \(Quantity.count(route.skipped)) skipped\(route.cancelled.map { $0 > 0 ? ", \(Quantity.count($0)) cancelled" : "" } ?? "") since the start"
        if route.everDone != route.done || route.everFailed != route.failed { ended += "; \(counts(route.everDone, route.everFailed)) in all" }
        return text + fact("Done", ended)
    }

    private var hooks: String {
        let margin = String(repeating: " ", count: 11)
        var text = ""
        for hook in status.hooks {
            let (state, ink): (String, Terminal.Ink) = !hook.enabled ? ("off", .bad) : hook.trouble != nil ? ("failing", .bad) : ("on", .good)
            var line = "\(dot(hook.enabled && hook.trouble == nil ? hook.givenUp == nil ? "on" : "" : "off")) hook \(terminal.paint(hook.name, .strong)): \(terminal.paint(state, ink)), \(Quantity.count(hook.backlog)) waiting"
            if let count = hook.givenUp { line += ", \(terminal.paint("\(Quantity.count(count)) given up", .bad))" }
            text += line.broken(at: terminal.width, indent: 2, first: 0) + "\n"
            if let trouble = hook.trouble {
                text += fact("Failed", "\(Quantity.count(trouble.failures, "time", "times")) in a row, the last at \(Clock.short(trouble.time)): \(trouble.reason)")
                if hook.enabled, let next = trouble.next { text += fact("Next", "at \(Clock.short(next))") }
            }
            for remedy in remedies(hook).map(addressed) { text += "\(margin)→ \(remedy.broken(at: terminal.width, indent: 13))\n" }
        }
        return text
    }

    private func remedies(_ hook: HookReport) -> [String] {
        var remedies: [String] = []
        if !hook.enabled { remedies.append("it asked to be switched off; mend it, then \"intray hook retry \(hook.name)\" switches it on") }
        if hook.givenUp != nil { remedies.append("\"intray hook retry \(hook.name)\" tells it again of what was given up") }
        return remedies
    }

    /// What is to be done about failures that nobody has taken up.
    static func openFailures(_ count: Int, _ terminal: Terminal, _ addressed: (String) -> String) -> String {
        let which = "\(Quantity.count(count, "document")), neither retried nor dismissed"
        let commands = #""intray jobs --status failed" lists them, "intray retry --all" tries them again, "intray dismiss --all" is done with them; a JOB in the place of --all means that one"#
        // A path that is wider than the terminal would run over its edge.
        return "\(which): \(terminal.width.map { $0 < 60 } == true ? commands : addressed(commands))"
    }

    static func lastFailures(_ failures: [JobReport], _ terminal: Terminal) -> String {
        var table = TextTable(header: ["Last failures", "JOB", "CODE", "FILE"])
        for job in failures {
            table.add([.init(Clock.short(job.updated)), .init(job.job, .faint, isWhole: true), .init(job.code ?? "", .bad), .init(job.path, keepsEnd: true)])
        }
        return table.render(on: terminal)
    }
}
