// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import FileAccess
import Glibc
import Pipeline
import Settings
import SystemPackage

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Writes a configuration file to start from, or shows what is set.",
        subcommands: [Init.self, Show.self])

    struct Init: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the commented file with every key at its default; never replaces one.")

        @Argument(help: "Where; - is standard output.") var file = PathArgument(argument: "intray.yaml")

        func run() throws {
            let path = file.path
            let text = Self.text(isRoot: geteuid() == 0)
            if path.string == "-" { return print(text, terminator: "") }
            do {
                let made = try Descriptor.open(path, O_WRONLY | O_CREAT | O_EXCL, mode: 0o644)
                try Array(text.utf8).withUnsafeBytes { try made.write($0, path: path) }
            } catch let error as SystemError {
                let remedy = error.errno == EEXIST ? "; it is never replaced, name another file" : ""
                throw ProgramError(.refused, error.description + remedy)
            }
            print("wrote \(path.escaped); edit it, try it with \"intray check -c \(path.escaped)\", then run \"intray watch -c \(path.escaped)\"")
        }

        /// The shipped file; for root with a user that workers become, without which root's daemon does not start.
        private static func text(isRoot: Bool) -> String {
            let shipped = String(decoding: Settings.Configuration.shippedFile, as: UTF8.self)
            guard isRoot else { return shipped }
            return shipped.split(separator: "\n", omittingEmptySubsequences: false).map { line in
                line.hasPrefix("  user: ") ? "  user: \(SandboxOption.standardUser) " + line.dropFirst("  user: \(SandboxOption.standardUser) ".count) : String(line)
            }.joined(separator: "\n")
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Shows every setting that is in force with a file, as YAML that loads again.",
            discussion: "Without -c: the shipped settings for --root, or for /var/lib/intray.")

        @Option(name: [.customShort("c"), .customLong("config")], help: ArgumentHelp("The configuration file.", valueName: "file"))
        var file: PathArgument?

        @Option(name: .long, help: ArgumentHelp("The folder given to \"intray watch\".", valueName: "dir"))
        var root: PathArgument?

        @Flag(name: .long, help: "As one JSON object.") var json = false

        func validate() throws { if file != nil, root != nil { throw ValidationError("Give -c or --root, not both.") } }

        func run() throws {
            let configuration = try file.map { try Configurations.load($0.path.absolute) }
                ?? .standard(root: root?.path.absolute ?? "/var/lib/intray")
            print(json ? configuration.json : configuration.yaml, terminator: json ? "\n" : "")
        }
    }
}
