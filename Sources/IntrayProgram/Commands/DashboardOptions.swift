// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Settings
import SystemPackage

/// The page beside a daemon; what is given here goes before the file.
struct DashboardOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("Serve the page, the API and the metrics here: 127.0.0.1:8088, or a path for a Unix socket.", valueName: "address"))
    var dashboard: String?

    @Flag(name: .long, help: "The address may be one that other machines reach.")
    var dashboardRemote = false

    @Option(name: .long, help: ArgumentHelp("A folder that may be previewed and swept from the page; again for more.", valueName: "dir"))
    var sweepFolder: [PathArgument] = []

    func validate() throws {
        guard let dashboard else { return }
        if ListenAddress(dashboard, base: "/") == nil { throw ValidationError("--dashboard takes an address such as 127.0.0.1:8088, or a path with a /.") }
    }

    func applied(to configuration: Settings.Configuration) -> Settings.Configuration {
        var configuration = configuration
        if let dashboard { configuration.dashboard.listen = ListenAddress(dashboard, base: FilePath(".").absolute) }
        if dashboardRemote { configuration.dashboard.isRemote = true }
        configuration.dashboard.sweepFolders += sweepFolder.map(\.path.absolute)
        return configuration
    }
}
