// SPDX-License-Identifier: Apache-2.0
import FileAccess
package import SystemPackage

/// The way back from a quarantine.
package struct QuarantineReturn {
    let quarantine: Folder
    let inbox: Folder

    init(quarantine: Folder, inbox: Folder) {
        self.quarantine = quarantine
        self.inbox = inbox
    }

    /// Opens both.
    package init(quarantine: FilePath, inbox: FilePath) throws {
        self.init(quarantine: try Folder(quarantine), inbox: try Folder(inbox))
    }

    /// As `DirectorySpool.requeue`.
    package func requeue(_ path: FilePath) throws -> FilePath? {
        let name = FilePath(root: nil, path.lastComponent.map { [$0] } ?? []).bytes
        let report = path.sibling(name + Array(".error.json".utf8))
        guard try quarantine.identityIfPresent(of: path) != nil else {
            // A file that was left in place has a report only: without it, it is new again.
            try quarantine.remove(report)
            return nil
        }
        try inbox.makeFolders(path.removingLastComponent())
        let target = try quarantine.moveToFreeName(path, to: inbox, path)
        try quarantine.remove(report)
        return target
    }
}
