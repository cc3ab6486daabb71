// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control
import FileAccess
import FoundationEssentials
import Glibc
import Ledger
import Pipeline
import Settings
import SystemPackage

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Says what holds a file back, or what became of it.",
        discussion: """
            Asks the daemon; without one it says what the history, the rules and one look at the file say. After a sweep its state is named: \
            intray explain FILE --state OUTBOX.state
            """)

    @Argument(help: "A file in an inbox, or one that was there; an output, an original in the archive, or a file in quarantine.") var file: PathArgument
    @OptionGroup var place: Place
    @OptionGroup var output: JSONFlag

    func run() throws {
        var isFound = true
        for var report in try reports() {
            if report.state == "outside" || report.state == "missing" {
                isFound = false
                report.reasons.append("asked was the \(try place.isSweep() ? "history" : "daemon") of the state folder \(try place.stateFolder().quoted)")
                if let root = nearestRoot { report.remedy = "\(report.remedy ?? "look elsewhere"); or name the daemon that it belongs to, such as --root \(root.string)" }
            }
            try show(report)
        }
        if !isFound { throw ExitStatus(code: ProgramError.Exit.failures.rawValue) }
    }

    private func show(_ report: ExplainReport) throws {
        if output.json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return print(String(decoding: try encoder.encode(report), as: UTF8.self))
        }
        let terminal = Terminal.output
        let head = "\(terminal.paint(report.path, .strong)): \(terminal.paint(report.state, Self.ink(report.state)))\(report.route.map { ", route \($0)" } ?? "")"
        print(head.broken(at: terminal.width, indent: 2, first: 0))
        for reason in report.reasons.map(place.addressed) { print("  \(reason.broken(at: terminal.width, indent: 2))") }
        if let remedy = report.remedy.map(place.addressed) { print("  → \(remedy.broken(at: terminal.width, indent: 4))") }
    }

    /// A folder above the file that has a daemon's state, other than that which was asked.
    private var nearestRoot: FilePath? {
        var folder = file.path.absolute
        let asked = try? place.stateFolder()
        while folder.removeLastComponent(), !folder.components.isEmpty {
            let state = folder.appending("state")
            if state != asked, state.appending("lock").withPlatformString({ access($0, F_OK) }) == 0 { return folder }
        }
        return nil
    }

    private static func ink(_ state: String) -> Terminal.Ink {
        switch state {
        case "done", "ready", "offered", "work": .good
        case "failed", "unreadable": .bad
        default: .warning
        }
    }

    private func reports() throws -> [ExplainReport] {
        do {
            var request = ControlRequest(.explain)
            request.filePath = file.path.absolute
            return try place.client().values(request, as: ExplainReport.self)
        } catch let unreachable as ControlUnreachable {
            let state = try place.stateFolder()
            let isSweep = try place.isSweep()
            // One that refuses this caller has a history that is none of the caller's, too.
            let ledger = try? place.history(without: unreachable)
            guard ledger != nil || place.root != nil || place.file != nil else {
                // Neither rules nor a history: nothing can be said.
                throw ControlUnreachable(description: "cannot explain \(file.path.absolute.quoted): no daemon is known\(nearestRoot.map { ", but there is one's state beside it: name it with --root \($0.string)" } ?? ""); \(unreachable.description)")
            }
            var report = try Explainer(routes: place.routes(), ledger: ledger).explain(file.path.absolute)
            let isUntaken = ["ready", "settling", "waiting", "work", "retried"].contains(report.state)
            if isSweep {
                if isUntaken { report.reasons.insert("no sweep has dealt with it: the next one with this state takes it", at: 0) }
            } else {
                report.reasons.append(unreachable.isRefused ? "the daemon could not be asked: \(unreachable.description)" : "the daemon of \(state.quoted) is not running")
                if isUntaken, !unreachable.isRefused { report.remedy = "start it: intray watch \(place.root.map { $0.path.shellWord } ?? place.file.map { "-c \($0.path.shellWord)" } ?? "ROOT")" }
            }
            return [report]
        }
    }
}
