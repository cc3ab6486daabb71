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

    /// The owner's name.
    var owner: String? { facts(of: self).map { UserName.of($0.st_uid) } }

    /// ` (of user root, mode 755)`; empty when it cannot be asked.
    var ownership: String { facts(of: self).map { " (of user \(UserName.of($0.st_uid)), mode \(String($0.st_mode & 0o7777, radix: 8)))" } ?? "" }
}

/// nil when it cannot be asked.
private func facts(of path: FilePath) -> stat? {
    var facts = stat()
    return path.withPlatformString { stat($0, &facts) } == 0 ? facts : nil
}

/// The folders at and below one; hidden ones aside, in which no documents are looked for.
struct FolderTree {
    /// Ends at what was asked for; a folder that cannot be read counts as one.
    private(set) var count = 0
    /// Why folders cannot be looked into.
    private(set) var hidden: [SystemError] = []

    init(_ top: Folder, isRecursive: Bool, atMost most: Int) {
        var waiting = [FilePath("")]
        while let folder = waiting.popLast(), count < most {
            count += 1
            do {
                let opened = folder.isEmpty ? nil : try top.open(folder, O_RDONLY | O_DIRECTORY)
                let raw = opened?.raw ?? top.descriptor
                guard faccessat(raw, ".", X_OK, AT_EACCESS) == 0 else { throw SystemError("enter", top.absolute(folder)) }
                var listing = try DirectoryListing(of: raw, path: top.absolute(folder))
                guard isRecursive else { return }
                while let entry = try listing.next() {
                    if entry.kind == .directory, entry.name.string.first != "." { waiting.append(folder.appending(entry.name)) }
                }
            } catch {
                // One that has gone meanwhile is none.
                if let error = error as? SystemError, error.kind == .access { hidden.append(error) }
            }
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
