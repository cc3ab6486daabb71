// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Pipeline
import Settings
import SystemPackage

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Watches a folder and converts what arrives, until it is stopped.",
        discussion: "ROOT gets the folders inbox, outbox, archive, quarantine and state. Drop documents into ROOT/inbox.")

    @Argument(help: "The folder to work in.") var root: PathArgument
    @OptionGroup var conversion: ConversionOptions

    @Option(name: .long, help: "Workers at the same time; 0 is one per core.")
    var workers = 0

    @Option(name: .long, help: ArgumentHelp("Seconds between two looks through the inbox.", valueName: "seconds"))
    var poll: Double = 1

    @Option(name: .long, help: ArgumentHelp("Seconds for which nothing may happen to a file before it is taken.", valueName: "seconds"))
    var quiet: Double = 1

    func run() async throws {
        let root = root.path.absolute
        var configuration = Settings.Configuration.standard(root: root)
        configuration.workers.count = workers
        configuration.routes[0].options = conversion.options
        configuration.routes[0].pollInterval = .seconds(poll)
        configuration.routes[0].quiet = .seconds(quiet)
        configuration.routes[0].pollQuiet = .seconds(quiet)
        writeError("intray \(Version.text): watching \(configuration.routes[0].inbox.string)\n")
        try await Daemon(configuration, source: nil).run()
    }
}
