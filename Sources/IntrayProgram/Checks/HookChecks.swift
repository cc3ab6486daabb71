// SPDX-License-Identifier: Apache-2.0
import Control
import Hooks
import Pipeline
import Quantities
import Settings

/// Each hook: whether it may be run at all, and how it has fared with a daemon at work or before.
struct HookChecks {
    let configuration: Settings.Configuration

    func run() -> [Finding] {
        guard !configuration.hooks.isEmpty else { return [] }
        let reports = self.reports
        return configuration.hooks.map { hook in
            let subject = "hook \(hook.name)"
            do { try HookSafety.check(hook, folders: configuration.documentFolders) } catch {
                return .fault(subject, "\(error)", remedy: "the daemon does not start with such a hook")
            }
            if let report = reports.first(where: { $0.name == hook.name }), let finding = Self.finding(subject, report) { return finding }
            return .ok(subject, hook.kind == .http ? hook.url : hook.command.first ?? "")
        }
    }

    private static func finding(_ subject: String, _ report: HookReport) -> Finding? {
        var words: [String] = []
        if !report.enabled { words.append("it switched itself off") }
        if let trouble = report.trouble {
            words.append("it failed \(Quantity.count(trouble.failures, "time", "times")) in a row, the last at \(Clock.short(trouble.time)): \(trouble.reason)")
            if let next = trouble.next { words.append("next attempt at \(Clock.short(next))") }
        }
        if let count = report.givenUp { words.append("\(Quantity.count(count, "event was", "events were")) given up") }
        guard !words.isEmpty else { return nil }
        let again = report.givenUp != nil || !report.enabled ? ", then \"intray hook retry \(report.name)\" tells it again" : ""
        return .warning(subject, words.joined(separator: "; "), remedy: "try it with \"intray hook test \(report.name)\" and mend it\(again)")
    }

    /// Of the daemon; without one, what the history says. A history that cannot be read says nothing here.
    private var reports: [HookReport] {
        if let client = try? ControlClient(at: configuration.controlSocketPath) {
            return (try? client.values(ControlRequest(.status), as: StatusReport.self).first?.hooks) ?? []
        }
        return (try? HookHistory(state: configuration.state, hooks: configuration.hooks.map(\.name)).reports()) ?? []
    }
}
