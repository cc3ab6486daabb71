// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control
import FoundationEssentials
import Glibc
import Ledger
import Pipeline
import Settings
import SystemPackage

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Says what holds a file back, or what became of it.",
        discussion: "Asks the daemon; without one it says what the rules and one look at the file say.")

    @Argument(help: "A file in an inbox, or one that was there.") var file: PathArgument
    @OptionGroup var place: Place
    @OptionGroup var output: JSONFlag

    func run() throws {
        for report in try reports() {
            if output.json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                print(String(decoding: try encoder.encode(report), as: UTF8.self))
            } else {
                let terminal = Terminal.output
                let head = "\(terminal.paint(report.path, .strong)): \(terminal.paint(report.state, Self.ink(report.state)))\(report.route.map { ", route \($0)" } ?? "")"
                print(head.broken(at: terminal.width, indent: 2, first: 0))
                for reason in report.reasons { print("  \(reason.broken(at: terminal.width, indent: 2))") }
                if let remedy = report.remedy { print("  → \(remedy.broken(at: terminal.width, indent: 4))") }
            }
        }
    }

    private static func ink(_ state: String) -> Terminal.Ink {
        switch state {
        case "done", "ready", "offered", "work": .good
        case "failed": .bad
        default: .warning
        }
    }

    private func reports() throws -> [ExplainReport] {
        do {
            var request = ControlRequest(.explain)
            request.filePath = file.path.absolute
            return try place.client().values(request, as: ExplainReport.self)
        } catch is ControlUnreachable {
            let state = try place.stateFolder()
            let root = place.root?.path.absolute ?? state.removingLastComponent()
            let configuration = try place.file.map { try Configurations.load($0.path.absolute) } ?? .standard(root: root)
            let ledger = state.appending("ledger.sqlite")
            let isThere = ledger.withPlatformString { access($0, R_OK) } == 0
            let explainer = Explainer(routes: configuration.routes, ledger: isThere ? try Ledger(at: ledger) : nil)
            return [try explainer.explain(file.path.absolute)]
        }
    }
}
