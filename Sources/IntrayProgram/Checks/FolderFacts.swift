// SPDX-License-Identifier: Apache-2.0
import Arrivals
import FileAccess
import Glibc
import SystemPackage

extension FilePath {
    /// The path itself or the nearest folder above it that is there, and whether that is another.
    var nearestThatIsThere: (path: FilePath, isAbove: Bool) {
        var path = self
        while path.withPlatformString({ access($0, F_OK) }) != 0, path.removeLastComponent() {}
        return (path.isEmpty ? "." : path, path != self)
    }
}

extension Folder {
    /// Folders at and below this one; the count ends at `most`. Folders that cannot be read count as one.
    func countFolders(atMost most: Int) -> Int {
        var waiting = [FilePath("")]
        var count = 0
        while let folder = waiting.popLast(), count < most {
            count += 1
            guard let opened = try? folder.isEmpty ? nil : open(folder, O_RDONLY | O_DIRECTORY), var listing = try? DirectoryListing(of: opened.raw, path: path) else {
                if folder.isEmpty, var listing = try? DirectoryListing(of: descriptor, path: path) { Self.folders(&listing, below: folder, into: &waiting) }
                continue
            }
            Self.folders(&listing, below: folder, into: &waiting)
        }
        return count
    }

    private static func folders(_ listing: inout DirectoryListing, below folder: FilePath, into waiting: inout [FilePath]) {
        while let entry = try? listing.next() {
            if entry.kind == .directory, entry.name.string.first != "." { waiting.append(folder.appending(entry.name)) }
        }
    }
}

enum KernelNumber {
    /// A file of the kernel's that holds one number; nil: there is none, or it says "max".
    static func read(_ path: FilePath) -> Int? {
        guard let file = try? Descriptor.open(path, O_RDONLY), let bytes = try? file.read(64, path: path) else { return nil }
        return Int(String(decoding: bytes, as: UTF8.self).filter { !$0.isWhitespace })
    }
}
