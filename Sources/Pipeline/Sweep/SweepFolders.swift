// SPDX-License-Identifier: Apache-2.0
import FileAccess
import FoundationEssentials
package import Settings
package import SystemPackage

/// The folders of a sweep and which of their files count. Kept with the state, so that it can be asked what became of a file.
package struct SweepFolders: Codable {
    private struct Folder: Codable {
        var name: String
        /// Bytes of paths: names need not be UTF-8.
        var inbox: Data
        var outbox: Data
        var include: [String]
        var exclude: [String]
        var extensions: [String]
        var minimumSize: UInt64?
        var maximumSize: UInt64?
    }

    private var folders: [Folder]

    package init(_ routes: [RouteSettings]) {
        folders = routes.map { route in
            Folder(
                name: route.name, inbox: Data(route.inbox.bytes), outbox: Data(route.outbox.bytes), include: route.include, exclude: route.exclude,
                extensions: route.extensions, minimumSize: route.minimumSize, maximumSize: route.maximumSize)
        }
    }

    /// Of the last sweep with this state; nil when it is a daemon's, or nobody's.
    package static func kept(in state: FilePath) -> SweepFolders? {
        // Without a record that can be read it is not known to be a sweep's.
        guard let folder = try? FileAccess.Folder(state), let bytes = try? folder.readIfPresent(file) else { return nil }
        return try? JSONDecoder().decode(SweepFolders.self, from: Data(bytes))
    }

    func keep(in state: FilePath) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try FileAccess.Folder(state).write([UInt8](try encoder.encode(self)), to: Self.file)
    }

    /// As routes whose files stay where they are.
    package func routes(state: FilePath) -> [RouteSettings] {
        folders.map { folder in
            var route = RouteSettings(root: state)
            route.name = folder.name
            route.inbox = FilePath(bytes: folder.inbox)
            route.outbox = FilePath(bytes: folder.outbox)
            (route.include, route.exclude, route.extensions) = (folder.include, folder.exclude, folder.extensions)
            (route.minimumSize, route.maximumSize) = (folder.minimumSize, folder.maximumSize)
            route.claim = .leave
            route.disposal = .leave
            route.empty = .fail
            return route
        }
    }

    private static let file = FilePath("folders.json")
}
