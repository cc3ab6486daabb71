// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import ConversionProtocol
import FileAccess
import FoundationEssentials
import Glibc
import Pipeline
import Settings
import SystemPackage

struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "Converts everything in a folder once; the originals stay.",
        discussion: """
            What a sweep has done is kept in its state folder: the next sweep with the same state goes on behind it. \
            Files that fail have a report in STATE/quarantine. A name that an output in OUTBOX has already gets a number: report~2.docx.md.
            """)

    @Argument(help: "The folders to go through.") var folders: [PathArgument]

    @Option(name: .long, help: ArgumentHelp("Where the results go; sub-folders are mirrored.", valueName: "dir"))
    var outbox: PathArgument

    @Option(name: .long, help: ArgumentHelp("Where the sweep remembers what it has done; OUTBOX.state when left out.", valueName: "dir"))
    var state: PathArgument?

    @Option(name: .long, help: "Workers at the same time; 0 is one per core.")
    var workers = 0

    @Flag(name: .long, help: "Leaves files alone that are still being written, instead of waiting.")
    var noWait = false

    @Flag(name: .long, help: "Converts also what an earlier sweep has dealt with, and replaces outputs that are there.")
    var again = false

    @Flag(name: .long, help: "Says what would be done with each file, and why; does nothing.")
    var dryRun = false

    @Flag(name: .long, help: "The summary (with --dry-run each line) as JSON on standard output.")
    var json = false

    @OptionGroup(title: "Which files") var selection: SelectionOptions
    @OptionGroup var conversion: ConversionOptions
    @OptionGroup var secrets: PasswordOptions
    @OptionGroup var protection: SandboxOption

    func validate() throws { if folders.isEmpty { throw ValidationError("Name a folder to go through.") } }

    func run() async throws {
        let outbox = outbox.path.absolute
        let state = self.state?.path.absolute ?? FilePath(outbox.string + ".state")
        let passwords = try secrets.passwords()
        let routes = folders.enumerated().map { place, folder in
            var route = RouteSettings(root: state)
            route.name = folders.count == 1 ? "sweep" : "sweep-\(place + 1)"
            route.inbox = folder.path.absolute
            // Several folders keep apart what they give.
            route.outbox = folders.count == 1 ? outbox : outbox.appending(folder.path.absolute.lastComponent.map { [$0] } ?? [])
            route.claim = .leave
            route.disposal = .leave
            route.empty = .fail
            if again { route.onExists = .replace }
            route.options = conversion.options
            route.passwords.list = passwords
            selection.apply(to: &route)
            return route
        }
        for route in routes {
            if Folders.isFolder(route.inbox) { continue }
            guard route.inbox.withPlatformString({ access($0, F_OK) }) == 0 else {
                throw ProgramError(.unavailable, "cannot sweep \(route.inbox.quoted): there is no such folder; name one that is there")
            }
            throw ProgramError(.usage, "cannot sweep \(route.inbox.quoted): it is a file; convert it with: intray convert \(route.inbox.shellWord)")
        }
        try Folders.refuseMisspelt(outbox, to: "sweep into")
        try Folders.refuseMisspelt(state, to: "keep the state in")
        var configuration = Settings.Configuration(state: state, routes: routes)
        configuration.workers.count = workers
        configuration.sandbox = protection.setting
        configuration.workers.user = protection.workerUser
        if dryRun { return try await forecast(configuration) }
        let sweep = try Sweep(configuration, waits: !noWait, again: again)
        let meter = ProgressMeter(isQuiet: json)
        let summary = try await sweep.run { meter.show($0) }
        meter.end()
        if json { print(try Self.json(summary)) } else { writeError(SweepSummary(summary: summary, address: "--state \(state.shellWord)").render(on: .errors)) }
        guard summary.exit == .fine else { throw ExitStatus(code: summary.exit.rawValue) }
    }

    private func forecast(_ configuration: Settings.Configuration) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let isJSON = json
        try await DryRun(configuration, waits: !noWait, again: again).run { line in
            // A line of strings is always encoded.
            if isJSON, let bytes = try? encoder.encode(line) { return print(String(decoding: bytes, as: UTF8.self)) }
            let result = line.outputs.isEmpty ? "" : " -> \(line.outputs.joined(separator: ", "))"
            print("\(line.action.rawValue)\t\(line.path)\(result)\(line.reason.map { "  (\($0))" } ?? "")")
        }
    }

    private static func json(_ summary: Sweep.Summary) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(SweepSummary.Written(summary)), as: UTF8.self)
    }
}
