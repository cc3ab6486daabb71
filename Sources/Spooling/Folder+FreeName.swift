// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import SystemPackage

extension Folder {
    /// Moves without replacing: `name`, `name~2`, …. Across file systems it copies, makes durable, verifies, renames, and
    /// only then removes. Returns the name it got.
    @discardableResult
    func moveToFreeName(_ path: FilePath, to folder: Folder, _ target: FilePath) throws -> FilePath {
        let base = FilePath(root: nil, target.lastComponent.map { [$0] } ?? []).bytes
        for number in 1...10_000 {
            let name = target.sibling(OutputNames.version(base, number))
            do {
                try move(path, to: folder, name)
                return name
            } catch let error as SystemError where error.errno == EEXIST {
                continue
            } catch let error as SystemError where error.errno == EXDEV {
                if try folder.identityIfPresent(of: name) != nil { continue }
                try CrossingMove(from: self, path, to: folder, name).run()
                return name
            }
        }
        throw SystemError("move", absolute(path), errno: EEXIST)
    }
}
