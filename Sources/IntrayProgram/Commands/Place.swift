// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control
import FileAccess
import Glibc
import Ledger
import Pipeline
import Settings
import Synchronization
import SystemPackage

/// Which daemon a command speaks to: by its state folder or its root.
struct Place: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The daemon's state folder. (default: $INTRAY_STATE, or \(Place.packaged.string))", valueName: "dir"))
    var state: PathArgument?

    @Option(name: .long, help: ArgumentHelp("The folder given to \"intray watch\": its state is in DIR/state.", valueName: "dir"))
    var root: PathArgument?

    @Option(name: [.customShort("c"), .customLong("config")], help: ArgumentHelp("The daemon's configuration file.", valueName: "file"))
    var file: PathArgument?

    /// Where the packaged service keeps its state.
    static let packaged = FilePath("/var/lib/intray/state")

    func validate() throws {
        if [state != nil, root != nil, file != nil].count(where: { $0 }) > 1 { throw ValidationError("Give one of --state, --root and -c.") }
    }

    private var isNamed: Bool { state != nil || root != nil || file != nil }

    /// The file's, `--state`, `--root`/state, `$INTRAY_STATE`, or the packaged service's.
    func stateFolder() throws -> FilePath {
        if let file { return try Self.place(in: file.path.absolute).state }
        if let state { return state.path.absolute }
        if let root { return root.path.absolute.appending("state") }
        if let named = getenv("INTRAY_STATE") { return FilePath(platformString: named).absolute }
        return Self.packaged
    }

    /// The settings of the daemon that is meant; nil when only its state is known.
    func configuration() throws -> Settings.Configuration? {
        if let file { return try Configurations.load(file.path.absolute) }
        return root.map { .standard(root: $0.path.absolute) }
    }

    /// The routes as they can be known without the daemon: those of the file, of the sweep whose state it is, or of the root.
    func routes() throws -> [RouteSettings] {
        if let file { return try Configurations.load(file.path.absolute).routes }
        let state = try stateFolder()
        return SweepFolders.kept(in: state)?.routes(state: state) ?? Settings.Configuration.standard(root: root?.path.absolute ?? state.removingLastComponent()).routes
    }

    /// Whether the state is a sweep's: then nobody misses a daemon.
    func isSweep() throws -> Bool { SweepFolders.kept(in: try stateFolder()) != nil }

    /// The history, for when the daemon does not answer.
    /// - Throws: what was `unreachable` where there is none, or it is not this caller's to read.
    func history(without unreachable: ControlUnreachable) throws -> Ledger {
        let file = try stateFolder().appending("ledger.sqlite")
        guard !unreachable.isRefused, file.withPlatformString({ access($0, R_OK | W_OK) }) == 0 else { throw unreachable }
        return try Ledger(at: file)
    }

    /// Says on standard error that no daemon was asked, but for a sweep.
    func tellNotRunning() throws {
        if try !isSweep() { writeError("intray: the daemon of \(try stateFolder().quoted) is not running; this is what its history says\n") }
    }

    private func socket() throws -> FilePath {
        if let file { return try Self.place(in: file.path.absolute).controlSocket }
        return try stateFolder().appending("control.sock")
    }

    func client() throws -> ControlClient {
        do { return try ControlClient(at: try socket()) } catch let error as ControlUnreachable where !isNamed {
            throw ControlUnreachable(description: "\(error.description); another one is named by --root, --state or -c", isRefused: error.isRefused)
        }
    }

    /// Has the daemon do something, and shows the lines that say what was done.
    func show(_ request: ControlRequest) throws {
        for line in try client().values(request, as: String.self) { print(addressed(line)) }
    }

    /// Commands that a text names, with the daemon that is meant: `"intray retry JOB"` becomes `"intray retry JOB --root ROOT"`.
    func addressed(_ text: String) -> String {
        guard let address else { return text }
        return text.replacing(/"intray (status|jobs|events|explain|retry|dismiss|hook retry|pause|resume|rescan|cancel|reload|stop)( [^"]*)?"/) { command in
            let words = command.output.2 ?? ""
            let isAddressed = ["-c", "--config", "--root", "--state"].contains { words.split(separator: " ").contains(Substring($0)) }
            return isAddressed ? String(command.output.0) : "\"intray \(command.output.1)\(words) \(address)\""
        }
    }

    private var address: String? {
        if let file { return "-c \(file.path.shellWord)" }
        if let state { return "--state \(state.path.shellWord)" }
        return root.map { "--root \($0.path.shellWord)" }
    }

    /// What can be read of a file, with a warning when that is not all.
    private static func place(in file: FilePath) throws -> StatePlace {
        do {
            let place = try StatePlace(of: file)
            if let faults = place.faults?.faults.count, warned.withLock({ $0.insert(file).inserted }) {
                writeError("intray: \(file.escaped) has \(faults) fault\(faults == 1 ? "" : "s"), which \"intray check -c\" lists; the daemon is looked for in \(place.state.escaped), as the file says\n")
            }
            return place
        } catch {
            throw ProgramError(.refused, "cannot find the daemon of \"\(file.escaped)\": the file does not say where its state is; name that with --state\n\(error.description)")
        }
    }

    private static let warned = Mutex<Set<FilePath>>([])
}

/// `--json`, wherever a program may read.
struct JSONFlag: ParsableArguments {
    @Flag(name: .long, help: "One JSON object a line.")
    var json = false
}
