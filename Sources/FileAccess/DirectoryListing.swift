// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
package import SystemPackage

/// Names of one directory, streamed in the file system's order through one fixed buffer; never sorted, never all in memory.
package struct DirectoryListing: ~Copyable {
    package struct Entry {
        package enum Kind: Sendable { case regular, directory, symbolicLink, other, unknown }
        package let name: FilePath.Component
        package let inode: UInt64
        package let kind: Kind
    }

    private let descriptor: Int32
    private let path: FilePath
    private let buffer: UnsafeMutableRawPointer
    private var used = 0
    private var offset = 0

    /// Lists the directory open at `descriptor`, which stays the caller's; `path` is for error texts.
    package init(of descriptor: Int32, path: FilePath) throws {
        let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard own >= 0 else { throw SystemError("list", path) }
        self.descriptor = own
        self.path = path
        buffer = .allocate(byteCount: Self.size, alignment: 8)
    }

    deinit {
        close(descriptor)
        buffer.deallocate()
    }

    /// The next entry but `.` and `..`; nil at the end.
    package mutating func next() throws -> Entry? {
        while true {
            var entry = linux_dirent()
            if linux_dirent_next(buffer, used, &offset, &entry) {
                guard let raw = entry.name else { continue }
                if let name = FilePath(platformString: raw).lastComponent, name.kind == .regular {
                    return Entry(name: name, inode: entry.inode, kind: Self.kind(entry.type))
                }
                continue
            }
            let got = linux_getdents(descriptor, buffer, Self.size)
            guard got >= 0 else { throw SystemError("list", path) }
            guard got > 0 else { return nil }
            used = got
            offset = 0
        }
    }

    private static func kind(_ type: UInt8) -> Entry.Kind {
        switch type {
        case 8: .regular
        case 4: .directory
        case 10: .symbolicLink
        case 0: .unknown
        default: .other
        }
    }

    private static let size = 128 << 10
}
