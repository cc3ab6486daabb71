// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import ConversionProtocol
import FileAccess
import Pipeline
import Settings
import SystemPackage

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Watches folders and converts what arrives, until it is stopped.",
        discussion: """
            ROOT gets the folders inbox, outbox, archive, quarantine and state; ROOT itself is made when the folder above it is there. \
            Drop documents into ROOT/inbox. Each that is done or has failed is a line on standard output; \
            with -c only on a terminal, elsewhere only what failed. \
            With -c everything is in the file ("intray config init" writes one to start from); \
            SIGHUP or "intray reload" reads it again.
            """)

    @Argument(help: "The folder to work in.") var root: PathArgument?

    @Option(name: [.customShort("c"), .customLong("config")], help: ArgumentHelp("Read routes and settings from this file.", valueName: "file"))
    var file: PathArgument?

    @OptionGroup var conversion: ConversionOptions
    @OptionGroup var secrets: PasswordOptions
    @OptionGroup var protection: SandboxOption

    @OptionGroup(title: "The operator's page") var page: DashboardOptions

    @Option(name: .long, help: "Workers at the same time; 0 is one per core.")
    var workers: Int?

    @Option(name: .long, help: ArgumentHelp("Seconds between two looks through an inbox whose changes the kernel does not tell of, as on network shares. (default: 1)", valueName: "seconds"))
    var poll: Double?

    @Option(name: .long, help: ArgumentHelp("Seconds for which nothing may happen to a file before it is taken. (default: 1)", valueName: "seconds"))
    var quiet: Double?

    func validate() throws {
        if (root == nil) == (file == nil) { throw ValidationError("Name a folder to work in, or a configuration file with -c.") }
        for (name, value) in [("--poll", poll), ("--quiet", quiet)] where value.map({ !(0...3.0e9).contains($0) }) == true {
            throw ValidationError("\(name) takes seconds, 0 or more.")
        }
        if workers.map({ !(0...1_024).contains($0) }) == true { throw ValidationError("--workers takes a number from 0 to 1024.") }
        guard file != nil else { return }
        let set = [("--workers", workers != nil), ("--poll", poll != nil), ("--quiet", quiet != nil), ("the options of the output", conversion.isChanged), ("--password", secrets.isGiven), ("--sandbox and --user", protection.isChanged)]
        if let (name, _) = set.first(where: \.1) { throw ValidationError("With -c, \(name) cannot be given here: the file says it.") }
    }

    func run() async throws {
        let source = file?.path.absolute
        let given = try source.map { try Configurations.load($0) } ?? standard(try secrets.passwords())
        let configuration = page.applied(to: given)
        if let root = root?.path.absolute { try Folders.refuseMisspelt(root, to: "watch") }
        let missing = Folders.missing([configuration.state] + configuration.documentFolders.map(\.path))
        // Once nothing is in the way any more: the lock is held and, with a page, its address is taken.
        let lines = EventLines(failuresOnly: source != nil && !Terminal.output.isTerminal)
        let daemon = try Daemon(configuration, source: source, say: { [routes = configuration.routes] text in
            Self.sayBegun(routes)
            writeError("intray: \(text)\n")
        }, warn: { writeError("intray: \($0)\n") }, tell: { await lines.show($0) })
        let made = missing.filter { Folders.isFolder($0) }
        if !made.isEmpty { writeError("intray: made \(made.map(\.quoted).joined(separator: ", ")), which \(made.count == 1 ? "was" : "were") not there\n") }
        let way = source.map { "-c \($0.shellWord)" } ?? "--root \((root?.path.absolute ?? ".").shellWord)"
        writeError("intray: its state is in \(configuration.state.escaped); ask it with \"intray status \(way)\"\n")
        if let shortage = daemon.shortage { writeError("intray: \(shortage)\n") }
        if configuration.dashboard.listen == nil { Self.sayBegun(configuration.routes) }
        try await daemon.run()
    }

    private static func sayBegun(_ routes: [RouteSettings]) {
        for route in routes { writeError("intray \(Version.text): watching \(route.inbox.escaped)\n") }
    }

    private func standard(_ passwords: DocumentPasswords) -> Settings.Configuration {
        var configuration = Settings.Configuration.standard(root: root?.path.absolute ?? ".")
        configuration.workers.count = workers ?? 0
        configuration.sandbox = protection.setting
        configuration.workers.user = protection.workerUser
        configuration.routes[0].options = conversion.options
        configuration.routes[0].passwords.list = passwords
        configuration.routes[0].pollInterval = .seconds(max(0.01, poll ?? 1))
        configuration.routes[0].quiet = .seconds(quiet ?? 1)
        configuration.routes[0].pollQuiet = .seconds(quiet ?? 1)
        return configuration
    }
}

enum Configurations {
    /// A file's configuration; its faults end the program as a refusal.
    static func load(_ file: FilePath) throws -> Settings.Configuration {
        do { return try Settings.Configuration.load(file) } catch {
            throw ProgramError(.refused, "cannot use \"\(file.string)\": \(error.faults.count) fault\(error.faults.count == 1 ? "" : "s")\n\(error.description)")
        }
    }
}
