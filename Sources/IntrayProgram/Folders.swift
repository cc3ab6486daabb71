// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import Pipeline
import SystemPackage

/// Looks at folders before anything is done with them.
enum Folders {
    static func isFolder(_ path: FilePath) -> Bool {
        var facts = stat()
        return path.withPlatformString { stat($0, &facts) } == 0 && facts.st_mode & S_IFMT == S_IFDIR
    }

    /// Of these paths what would have to be made: the uppermost folder of each that is not there.
    static func missing(_ paths: [FilePath]) -> [FilePath] {
        var missing: [FilePath] = []
        for path in paths where !exists(path) {
            var topmost = path
            while case let above = topmost.removingLastComponent(), !above.isEmpty, above != topmost, !exists(above) { topmost = above }
            if !missing.contains(topmost) { missing.append(topmost) }
        }
        return missing
    }

    /// A folder may be made, but not those above it: a path that leads nowhere is a slip.
    static func refuseMisspelt(_ folder: FilePath, to verb: String) throws {
        let above = folder.removingLastComponent()
        if isFolder(folder) || isFolder(above) { return }
        throw ProgramError(.unavailable, "cannot \(verb) \(folder.quoted): there is no folder \(above.quoted); look at the name, or make that one first")
    }

    private static func exists(_ path: FilePath) -> Bool { path.withPlatformString { access($0, F_OK) } == 0 }
}
