// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import ConversionProtocol
import FoundationEssentials
import Pipeline
import Settings
import SystemPackage

struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "Converts everything in a folder once; the originals stay.",
        discussion: """
            What a sweep has done is kept in its state folder: the next sweep with the same state goes on behind it. \
            Files that fail have a report in STATE/quarantine.
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
            route.options = conversion.options
            route.passwords.list = passwords
            selection.apply(to: &route)
            return route
        }
        for route in routes {
            var isFolder = false
            if let found = try? Folders.isFolder(route.inbox) { isFolder = found }
            guard isFolder else { throw ProgramError(.unavailable, "cannot sweep \"\(route.inbox.string)\": there is no such folder") }
        }
        var configuration = Settings.Configuration(state: state, routes: routes)
        configuration.workers.count = workers
        configuration.sandbox = protection.setting
        configuration.workers.user = protection.workerUser
        if dryRun { return try await forecast(configuration) }
        let sweep = try Sweep(configuration, waits: !noWait)
        let meter = ProgressMeter(isQuiet: json)
        let summary = try await sweep.run { meter.show($0) }
        meter.end()
        if json { print(try Self.json(summary)) } else { writeError(SweepSummary(summary: summary).render(on: .errors)) }
        guard summary.exit == .fine else { throw ExitStatus(code: summary.exit.rawValue) }
    }

    private func forecast(_ configuration: Settings.Configuration) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let isJSON = json
        try await DryRun(configuration, waits: !noWait).run { line in
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
