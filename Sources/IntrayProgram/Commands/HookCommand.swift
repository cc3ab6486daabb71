// SPDX-License-Identifier: Apache-2.0
import Announcements
import ArgumentParser
import ConversionProtocol
import FileAccess
import Glibc
import Hooks
import Pipeline
import Settings
import SystemPackage

struct HookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hook", abstract: "Tries a hook out; tells hooks again of what was given up.", subcommands: [HookTestCommand.self, HookRetryCommand.self])
}

struct HookTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Runs a hook once, program or web address, as the daemon would, and shows how it ended.",
        discussion: "The exit code is 0 when the hook took the event (0, 10 of a gate, or a status of 200 to 299), else 1.")

    @Argument(help: "The hook's name in the configuration.") var name: String

    @Option(name: [.customShort("c"), .customLong("config")], help: ArgumentHelp("The configuration file.", valueName: "file"))
    var file: PathArgument

    @Option(help: ArgumentHelp("A file with the event to tell of, one JSON object as in events.jsonl; a made-up one when left out.", valueName: "file"))
    var event: PathArgument?

    func run() async throws {
        let configuration = try Configurations.load(file.path.absolute)
        guard let hook = configuration.hooks.first(where: { $0.name == name }) else {
            let names = configuration.hooks.map(\.name).joined(separator: ", ")
            throw ProgramError(.usage, "cannot find hook \"\(name)\"; there \(names.isEmpty ? "is none" : "are \(names)")")
        }
        do { try HookSafety.check(hook, folders: configuration.documentFolders) } catch { throw ProgramError(.refused, "\(error)") }
        if let event {
            let (event, line) = try Self.read(event.path)
            return try await told(hook, event, line, configuration)
        }
        let sample = try Sample(for: hook, routes: configuration.routes)
        defer { withExtendedLifetime(sample) {} }
        try await told(hook, sample.event, sample.event.line(), configuration)
    }

    private func told(_ hook: HookSettings, _ event: Event, _ line: [UInt8], _ configuration: Settings.Configuration) async throws {
        let run = await HookCall(hook, event: event, line: line, state: configuration.state).run(stop: Wake())
        print("\(hook.name): \(run.text) after \(Int(run.milliseconds.rounded())) ms: \(run.meaning(for: hook))")
        if hook.isGate, !run.output.isEmpty { print(String(decoding: run.output, as: UTF8.self)) }
        if !run.errors.isEmpty { writeError(String(decoding: run.errors, as: UTF8.self)) }
        if run.verdict != .done && run.verdict != .skip { throw ExitStatus(code: ProgramError.Exit.failures.rawValue) }
    }

    private static func read(_ path: FilePath) throws -> (Event, [UInt8]) {
        let file = try Descriptor.open(path, O_RDONLY)
        let bytes = try file.read(16 << 20, path: path)
        let line = Array(bytes.prefix { $0 != 0x0A })
        guard let event = EventLog.event(of: line) else {
            throw ProgramError(.usage, "cannot read \(path.quoted): its first line is not an event; copy one from events.jsonl")
        }
        return (event, line)
    }
}
