// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import FileAccess
import Glibc
import Pipeline
import Settings
import SystemPackage

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Looks whether everything is as it must be, before anything runs.",
        discussion: "Makes no folder and converts no document. Ends with 0, or with 3 when there is a fault; run it as the daemon's user.")

    @Argument(help: "The folder that \"intray watch\" is to work in.") var root: PathArgument?

    @Option(name: .customLong("root"), help: ArgumentHelp("The same, as other commands have it.", valueName: "dir"))
    var named: PathArgument?

    @Option(name: [.customShort("c"), .customLong("config")], help: ArgumentHelp("The configuration file.", valueName: "file"))
    var file: PathArgument?

    @OptionGroup var output: JSONFlag

    func validate() throws {
        if [root, named, file].count(where: { $0 != nil }) != 1 { throw ValidationError("Name a folder, or a configuration file with -c.") }
    }

    func run() async throws {
        let findings = await findings()
        print(output.json ? try findings.json() + "\n" : findings.text(on: .output), terminator: "")
        if findings.isRefused { throw ExitStatus(code: ProgramError.Exit.refused.rawValue) }
    }

    private func findings() async -> [Finding] {
        let configuration: Settings.Configuration
        var findings: [Finding] = []
        if let file = file?.path.absolute {
            guard file.withPlatformString({ access($0, F_OK) }) == 0 else {
                return [.fault("configuration", "there is no file \(file.quoted)", remedy: "name the one that is there, or make one: intray config init \(file.string)")]
            }
            do {
                configuration = try Settings.Configuration.load(file)
                findings.append(.ok("configuration", "\(file.string): \(configuration.routes.count) route\(configuration.routes.count == 1 ? "" : "s"), \(configuration.hooks.count) hook\(configuration.hooks.count == 1 ? "" : "s")"))
            } catch {
                return error.lines.map { .fault("configuration", $0, remedy: "change the file; \"intray config init -\" shows every key") }
            }
        } else {
            var standard = Settings.Configuration.standard(root: (root ?? named)?.path.absolute ?? ".")
            standard.workers.user = WorkerAccount.named ?? SandboxOption.standardUser
            configuration = standard
        }
        for route in configuration.routes { findings += FolderChecks(route: route, names: configuration.routes.map(\.name)).run() }
        return findings + (await MachineChecks(configuration: configuration).run())
    }
}
