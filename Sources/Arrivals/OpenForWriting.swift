// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage

/// Processes that have a file open for writing, as far as /proc may be read: one's own, or all of them as root.
enum OpenForWriting {
    struct Writer { var process: Int32, name: String }

    static func processes(on identity: FileIdentity) -> [Writer] {
        var found: [Writer] = []
        for process in names(in: "/proc").compactMap({ Int32($0) }) {
            let folder = FilePath("/proc/\(process)/fd")
            for number in names(in: folder) where isWriting(process, number, folder.appending(number), identity) {
                found.append(Writer(process: process, name: text(of: FilePath("/proc/\(process)/comm")).map { String($0.prefix { $0 != "\n" }) } ?? "?"))
                break
            }
        }
        return found
    }

    private static func isWriting(_ process: Int32, _ number: String, _ path: FilePath, _ identity: FileIdentity) -> Bool {
        var s = stat()
        guard path.withPlatformString({ stat($0, &s) }) == 0, UInt64(s.st_ino) == identity.inode, UInt64(s.st_dev) == identity.device else { return false }
        // proc(5), fdinfo: the flags of open(2) in octal.
        let line = text(of: FilePath("/proc/\(process)/fdinfo/\(number)"))?.split(separator: "\n").first { $0.hasPrefix("flags:") }
        guard let flags = line.flatMap({ Int32($0.dropFirst(6).drop { $0 == "\t" || $0 == " " }, radix: 8) }) else { return false }
        return flags & O_ACCMODE != O_RDONLY
    }

    private static func names(in folder: FilePath) -> [String] {
        guard let directory = try? Descriptor.open(folder, O_RDONLY | O_DIRECTORY), var listing = try? DirectoryListing(of: directory.raw, path: folder) else { return [] }
        var names: [String] = []
        // Processes end while they are listed.
        while let entry = try? listing.next() { names.append(entry.name.string) }
        return names
    }

    private static func text(of path: FilePath) -> String? {
        guard let file = try? Descriptor.open(path, O_RDONLY) else { return nil }
        return (try? file.read(4_096, path: path)).map { String(decoding: $0, as: UTF8.self) }
    }
}
