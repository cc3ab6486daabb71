// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import Synchronization
import SystemPackage

extension DirectorySpool {
    /// Whether these outputs, relative to the outbox, are all there.
    package func hasOutputs(_ paths: [String]) throws -> Bool {
        try !paths.isEmpty && paths.allSatisfy { try folders.outbox.identityIfPresent(of: FilePath($0))?.isRegular == true }
    }
}

extension Stage {
    /// Takes an earlier job's outputs as this one's, as further names of the same files.
    /// - Returns: false when that cannot be: the outputs are not just one document for each format (pictures carry the
    ///   first one's name in the text), or the file system knows no second names.
    package func adopt(_ outputs: [String]) throws -> Bool {
        try renditions.withLock { parts in
            guard outputs.count == parts.count else { return false }
            var earlier: [FilePath] = []
            for part in parts {
                guard let output = outputs.first(where: { $0.hasSuffix(".\(part.format)") }) else { return false }
                earlier.append(FilePath(output))
            }
            try makeFolder()
            for (place, path) in earlier.enumerated() {
                let staged = folder.appending(parts[place].stagedName)
                do { try spool.folders.outbox.link(path, staged) } catch let error as SystemError where [EPERM, EMLINK, EXDEV, EOPNOTSUPP, ENOENT].contains(error.errno) {
                    for place in parts.indices { parts[place].file = nil }
                    try spool.folders.outbox.removeTree(folder)
                    rest.withLock { $0.hasFolder = false }
                    return false
                }
                let file = try spool.folders.outbox.open(staged, O_RDONLY | O_NOFOLLOW)
                parts[place].bytes = try FileIdentity.of(file.raw, path: staged).size
                parts[place].file = file
            }
            return true
        }
    }
}
