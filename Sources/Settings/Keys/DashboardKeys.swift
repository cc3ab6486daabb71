// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// The keys of `dashboard`.
enum DashboardKeys {
    static let all: [Setting<Configuration.Dashboard>] = [
        .value("listen", \.listen, Kind<ListenAddress>.address.optional),
        .value("remote", \.isRemote, .flag),
        .value("token_file", \.tokenFile, Kind<FilePath>.path.optional),
        .value("hosts", \.hosts, Kind<String>.text.list),
        .value("upload_limit", \.uploadBytes, .size),
        .value("sweep_folders", \.sweepFolders, Kind<FilePath>.path.list),
    ]
}

extension Kind where Value == ListenAddress {
    static let address = Kind("an address to listen on", "for example 127.0.0.1:8088, or a path for a Unix socket", show: { .text($0.description) }) { text, walk in
        ListenAddress(text, base: walk.base)
    }
}

extension Configuration.Dashboard {
    /// A fault when the page would be open to other machines by mistake.
    func check(at place: Place, _ walk: inout Walk) {
        guard let listen, !listen.isLocal, !isRemote else { return }
        walk.fault(place, "\(listen) can be reached from other machines; expected \"remote: true\" beside it, or an address of this machine such as 127.0.0.1:8088")
    }
}
