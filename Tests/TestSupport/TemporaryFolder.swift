// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
package import SystemPackage

/// A folder of its own for one test, removed with everything in it when the last reference goes.
package final class TemporaryFolder: Sendable {
    package let path: FilePath

    package init() throws {
        // Memory when there is some: what tests make durable is gone with them anyway.
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? (access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp")
        var template = Array("\(base)/intray-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError("create", FilePath(base)) }
        path = FilePath(platformString: template)
    }

    deinit { Self.remove(path) }

    /// Removes a file or a whole tree; what is not there is fine.
    package static func remove(_ path: FilePath) {
        if path.withPlatformString({ unlink($0) }) == 0 || errno == ENOENT { return }
        _ = path.withPlatformString { chmod($0, 0o700) }
        if let directory = try? Descriptor.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
            var listing = try? DirectoryListing(of: directory.raw, path: path)
        {
            while let entry = try? listing.next() { remove(path.appending(entry.name)) }
        }
        _ = path.withPlatformString { rmdir($0) }
    }
}
