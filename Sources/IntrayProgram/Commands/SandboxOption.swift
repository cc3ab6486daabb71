// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Pipeline
import Settings

/// How workers are held in, for every command that starts them without a configuration file.
struct SandboxOption: ParsableArguments {
    @Option(name: .long, help: "require: nothing is converted by a worker that the kernel does not lock in; off: limits only.")
    var sandbox: Choice = .require

    @Option(name: .long, help: ArgumentHelp("Run by root: the user that workers become. (default: nobody)", valueName: "name"))
    var user: String?

    enum Choice: String, ExpressibleByArgument, CaseIterable { case require, off }

    var setting: Settings.Configuration.Sandbox { sandbox == .off ? .off : .require }
    var workerUser: String { user ?? WorkerAccount.named ?? Self.standardUser }
    var isChanged: Bool { setting == .off || user != nil }

    /// Whom workers of root's become where no file says it.
    static let standardUser = "nobody"
}
