// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
package import FileAccess
package import SystemPackage

/// How a file is made ours.
package enum ClaimMode: String, Sendable, Codable, CaseIterable {
    /// Renamed into the work area: exact between any number of daemons.
    case move
    /// It stays where it is; one process per state folder.
    case leave
}

/// What becomes of an original once its outputs are durable.
package enum Disposal: String, Sendable, Codable, CaseIterable {
    case archive, delete, leave
}

/// What happens when an output of that name is there already.
package enum ExistsPolicy: String, Sendable, Codable, CaseIterable {
    /// `report~2.docx.md`.
    case version
    /// The file is left alone and counted as skipped.
    case skip
    /// The file fails with `output-exists`.
    case fail
    /// The old output goes when the new one is complete.
    case replace
}

/// When an output counts as safe.
package enum Durability: String, Sendable, Codable, CaseIterable {
    /// On disk before the original moves, in groups of up to 64 jobs.
    case group
    /// The same, each job by itself.
    case job
    /// Left to the kernel: for tests and scratch disks.
    case none
}

/// The folders of one route and what is done in them.
package struct SpoolLayout: Sendable, Equatable {
    package var route: String
    /// Tells daemons on one inbox apart; a plain file name.
    package var instance: String
    package var inbox: FilePath
    package var outbox: FilePath
    package var archive: FilePath
    package var quarantine: FilePath
    package var state: FilePath
    package var claim = ClaimMode.move
    package var disposal = Disposal.archive
    package var onExists = ExistsPolicy.version
    package var durability = Durability.group
    /// How commands name whose folders these are, for reports: `--root /srv/scans`.
    package var address = ""

    package init(
        route: String, instance: String, inbox: FilePath, outbox: FilePath, archive: FilePath, quarantine: FilePath, state: FilePath
    ) {
        self.route = route
        self.instance = instance
        self.inbox = inbox
        self.outbox = outbox
        self.archive = archive
        self.quarantine = quarantine
        self.state = state
    }

    /// Where claims live: beside the inbox's files, so that a claim is a rename; else with the state.
    var workArea: FilePath { leavesFiles ? state.appending("work-\(route)") : inbox.appending(Self.workName(of: route).components) }
    static func workName(of route: String) -> FilePath { FilePath(".work-\(route)") }
    static func stageName(of route: String) -> FilePath { FilePath(".stage-\(route)") }
    /// An original that is to stay is not moved in between either.
    package var leavesFiles: Bool { claim == .leave || disposal == .leave }

    /// The routes that have a work area in an inbox.
    package static func workAreas(in inbox: Folder) throws -> [String] {
        var listing = try DirectoryListing(of: inbox.descriptor, path: inbox.path)
        var routes: [String] = []
        while let entry = try listing.next() {
            let name = entry.name.string
            if entry.kind == .directory, name.hasPrefix(".work-") { routes.append(String(name.dropFirst(6))) }
        }
        return routes.sorted()
    }

    /// Files that a route of that name has claimed in an inbox and not ended.
    package static func claims(of route: String, in inbox: Folder) -> Int {
        let area = workName(of: route)
        // What cannot be read is not told of here: the route that takes it up says so.
        let instances = (try? inbox.names(in: area)) ?? []
        return instances.reduce(0) { $0 + ((try? inbox.names(in: area.appending($1))) ?? []).count { JobID($0.string) != nil } }
    }

    /// The same folders with no link on the way to them.
    func resolved() -> SpoolLayout {
        var layout = self
        for place in [\SpoolLayout.inbox, \.outbox, \.archive, \.quarantine, \.state] { layout[keyPath: place] = self[keyPath: place].resolved() }
        return layout
    }
}

/// The folders as they are set would harm one another; nothing was started.
package struct SpoolRefusal: Error, Sendable, CustomStringConvertible {
    package let description: String
}
