// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Control
import Glibc
import Settings
import SystemPackage

/// Which daemon a command speaks to: by its state folder or its root.
struct Place: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The daemon's state folder.", valueName: "dir"))
    var state: PathArgument?

    @Option(name: .long, help: ArgumentHelp("The folder given to \"intray watch\".", valueName: "dir"))
    var root: PathArgument?

    @Option(name: [.customShort("c"), .customLong("config")], help: ArgumentHelp("The daemon's configuration file.", valueName: "file"))
    var file: PathArgument?

    func validate() throws {
        if [state != nil, root != nil, file != nil].count(where: { $0 }) > 1 { throw ValidationError("Give one of --state, --root and -c.") }
    }

    /// The file's, `--state`, `--root`/state, `$INTRAY_STATE`, or the packaged service's.
    func stateFolder() throws -> FilePath {
        if let file { return try Configurations.load(file.path.absolute).state }
        if let state { return state.path.absolute }
        if let root { return root.path.absolute.appending("state") }
        if let named = getenv("INTRAY_STATE") { return FilePath(platformString: named).absolute }
        return FilePath("/var/lib/intray/state")
    }

    /// The settings of the daemon that is meant; nil when only its state is known.
    func configuration() throws -> Settings.Configuration? {
        if let file { return try Configurations.load(file.path.absolute) }
        return root.map { .standard(root: $0.path.absolute) }
    }

    func socket() throws -> FilePath {
        if let file { return try Configurations.load(file.path.absolute).controlSocketPath }
        return try stateFolder().appending("control.sock")
    }

    func client() throws -> ControlClient { try ControlClient(at: try socket()) }
}

/// `--json`, wherever a program may read.
struct JSONFlag: ParsableArguments {
    @Flag(name: .long, help: "One JSON object a line.")
    var json = false
}
