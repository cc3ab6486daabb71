// SPDX-License-Identifier: Apache-2.0
package import Glibc
package import SystemPackage

/// What tells one version of one file from any other. Times are compared for equality only, never as a cursor.
package struct FileIdentity: Hashable, Sendable, Codable {
    package var device: UInt64
    package var inode: UInt64
    package var size: UInt64
    /// Nanoseconds since 1970.
    package var modified: Int64
    package var changed: Int64
    /// Links to the inode; more than one means that the content can change under another name.
    package var links: UInt64
    package var mode: UInt32

    package init(_ s: stat) {
        device = UInt64(s.st_dev)
        inode = UInt64(s.st_ino)
        size = UInt64(max(0, s.st_size))
        modified = Int64(s.st_mtim.tv_sec) * 1_000_000_000 + Int64(s.st_mtim.tv_nsec)
        changed = Int64(s.st_ctim.tv_sec) * 1_000_000_000 + Int64(s.st_ctim.tv_nsec)
        links = UInt64(s.st_nlink)
        mode = s.st_mode
    }

    package var isRegular: Bool { mode & S_IFMT == S_IFREG }
    package var isDirectory: Bool { mode & S_IFMT == S_IFDIR }
    package var isSymbolicLink: Bool { mode & S_IFMT == S_IFLNK }

    /// Same file with the same content as far as a stat can tell. A rename changes ctime, so ctime is left out.
    package func sameContent(as other: FileIdentity) -> Bool {
        device == other.device && inode == other.inode && size == other.size && modified == other.modified
    }
}

extension FileIdentity {
    /// - Throws: `SystemError`.
    package static func of(_ descriptor: Int32, path: FilePath) throws -> FileIdentity {
        var s = stat()
        guard fstat(descriptor, &s) == 0 else { throw SystemError("inspect", path) }
        return FileIdentity(s)
    }

    /// Does not follow a symbolic link. Relative to `directory`, or to the working directory.
    package static func of(_ path: FilePath, in directory: Int32 = AT_FDCWD) throws -> FileIdentity {
        var s = stat()
        guard path.withPlatformString({ fstatat(directory, $0, &s, AT_SYMLINK_NOFOLLOW) }) == 0 else {
            throw SystemError("inspect", path)
        }
        return FileIdentity(s)
    }
}
