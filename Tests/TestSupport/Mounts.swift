// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import Synchronization
package import SystemPackage

/// File systems mounted below a folder for one test. Mounting needs root: ask `areAllowed` first.
package final class Mounts: Sendable {
    private let folder: FilePath
    private let places = Mutex<[FilePath]>([])

    package init(below folder: FilePath) { self.folder = folder }

    deinit { undo() }

    package static let areAllowed: Bool = {
        guard geteuid() == 0, let folder = try? TemporaryFolder() else { return false }
        return (try? Mounts(below: folder.path).addSystem(of: 64, at: "try")) != nil
    }()

    /// An empty file system of its own with so many KiB.
    @discardableResult
    package func addSystem(of kibibytes: Int, at name: String) throws -> FilePath {
        let place = folder.appending(name)
        try place.makeFolders()
        return try mount("tmpfs", at: place, "tmpfs", 0, "size=\(kibibytes)k")
    }

    /// Shows a file or a folder in a second place.
    @discardableResult
    package func bind(_ path: FilePath, to name: String) throws -> FilePath {
        let place = folder.appending(name)
        if try FileIdentity.of(path).isDirectory { try place.makeFolders() } else { try place.write("") }
        return try mount(path.string, at: place, nil, UInt(MS_BIND), nil)
    }

    private func mount(_ what: String, at place: FilePath, _ type: String?, _ flags: UInt, _ options: String?) throws -> FilePath {
        guard Glibc.mount(what, place.string, type, flags, options) == 0 else { throw SystemError("mount", place) }
        places.withLock { $0.append(place) }
        return place
    }

    package func undo() {
        places.withLock { places in
            for place in places.reversed() { umount2(place.string, Int32(MNT_DETACH)) }
            places = []
        }
    }
}
