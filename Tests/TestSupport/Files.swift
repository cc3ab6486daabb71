// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
package import SystemPackage

extension FilePath {
    /// Writes a file at once, making the folders above it.
    package func write(_ bytes: some Sequence<UInt8>) throws {
        try removingLastComponent().makeFolders()
        let file = try Descriptor.open(self, O_WRONLY | O_CREAT | O_TRUNC, mode: 0o644)
        try Array(bytes).withUnsafeBytes { try file.write($0, path: self) }
    }

    package func write(_ text: String) throws { try write(text.utf8) }

    package func read() throws -> [UInt8] {
        let file = try Descriptor.open(self, O_RDONLY)
        return try file.read(Int(FileIdentity.of(file.raw, path: self).size), path: self)
    }

    package func readText() throws -> String { String(decoding: try read(), as: UTF8.self) }

    package func makeFolders() throws {
        if isEmpty || exists { return }
        try removingLastComponent().makeFolders()
        guard withPlatformString({ mkdir($0, 0o755) }) == 0 || errno == EEXIST else { throw SystemError("create", self) }
    }

    package var exists: Bool { withPlatformString { access($0, F_OK) } == 0 }

    /// Relative paths of all regular files below, sorted by bytes.
    package func filesBelow(_ prefix: FilePath = FilePath("")) throws -> [FilePath] {
        do { return try walked(prefix).sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) } } catch let error as SystemError {
            // Somebody at work removes folders while they are listed; the top one has to be there.
            if error.kind == .missing, !prefix.isEmpty { return [] }
            throw error
        }
    }

    private func walked(_ prefix: FilePath) throws -> [FilePath] {
        var found: [FilePath] = []
        let directory = try Descriptor.open(appending(prefix.components), O_RDONLY | O_DIRECTORY)
        var listing = try DirectoryListing(of: directory.raw, path: self)
        while let entry = try listing.next() {
            let relative = prefix.appending(entry.name)
            switch entry.kind {
            case .directory: found += try filesBelow(relative)
            case .regular: found.append(relative)
            case .symbolicLink, .other, .unknown: continue
            }
        }
        return found
    }
}
