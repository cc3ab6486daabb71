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
        commandName: "hook", abstract: "Tries a hook out.", subcommands: [HookTestCommand.self])
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
        let (event, line) = try self.event.map { try Self.read($0.path) } ?? Self.sample(hook, configuration)
        let run = await HookCall(hook, event: event, line: line, state: configuration.state).run(stop: Wake())
        print("\(hook.name): \(run.text) after \(Int(run.milliseconds.rounded())) ms: \(Self.meaning(of: run, hook))")
        if hook.isGate, !run.output.isEmpty { print(String(decoding: run.output, as: UTF8.self)) }
        if !run.errors.isEmpty { writeError(String(decoding: run.errors, as: UTF8.self)) }
        if run.verdict != .done && run.verdict != .skip { throw ExitStatus(code: ProgramError.Exit.failures.rawValue) }
    }

    private static func meaning(of run: HookRun, _ hook: HookSettings) -> String {
        switch run.verdict {
        case .done: hook.isGate ? "the file would be let through, or as it says" : "the event is taken"
        case .skip: hook.isGate ? "the file would be skipped" : "the event is taken"
        case .again: "it would be run again later"
        case .switchOff: "it would be switched off"
        case .failed: "it would be run again, up to \(hook.attempts) times"
        case .refused: "it would be given up at once"
        }
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

    /// The first event that the hook wants, about a document that does not exist.
    private static func sample(_ hook: HookSettings, _ configuration: Settings.Configuration) throws -> (Event, [UInt8]) {
        let route = configuration.routes.first { hook.routes.isEmpty || hook.routes.contains($0.name) }
        let type = hook.isGate ? EventType.jobClaimed : hook.events.first ?? .jobDone
        var event = Event(type, route: route?.name ?? "main", job: JobID(milliseconds: WallClock.milliseconds), path: "sample.pdf")
        event.size = 4
        event.attempt = 1
        event.sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
        event.place(route?.archive.appending("sample.pdf"))
        if type == .jobDone, let outbox = route?.outbox {
            event.outputs = [EventOutput(path: outbox.appending("sample.pdf.md"), kind: "document", bytes: 4, sha256: "", format: "md")]
        }
        if type == .jobFailed { event.error = ConversionError(.malformed, "a sample of a failure") }
        return (event, try event.line())
    }
}
