// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Settings

/// Whether workers must be locked in, for every command that starts them without a configuration file.
struct SandboxOption: ParsableArguments {
    @Option(name: .long, help: "require: nothing is converted by a worker that the kernel does not lock in; off: limits only.")
    var sandbox: Choice = .require

    enum Choice: String, ExpressibleByArgument, CaseIterable { case require, off }

    var setting: Settings.Configuration.Sandbox { sandbox == .off ? .off : .require }
}
