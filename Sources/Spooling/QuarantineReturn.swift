// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
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

    /// Gives the file that `job` put here back to the inbox and removes its report. `path` is where the job had it from.
    /// - Returns: where it is now, relative to the inbox; nil when the quarantine has no such file.
    package func requeue(_ path: FilePath, of job: String) throws -> FilePath? {
        guard let last = path.lastComponent else { return nil }
        let base = OutputNames.base(of: last)
        var missing = 0
        // Files of one name stand here as name, name~2, …; some of them may have gone back before.
        for number in 1...10_000 where missing < 100 {
            let place = path.sibling(OutputNames.version(base, number))
            let report = place.sibling(OutputNames.version(base, number) + Array(".error.json".utf8))
            guard let bytes = try quarantine.readIfPresent(report) else {
                missing += 1
                continue
            }
            guard RecordCoding.record(ReportOwner.self, from: bytes)?.job.text == job else { continue }
            var target: FilePath?
            if try quarantine.identityIfPresent(of: place) != nil {
                try inbox.makeFolders(path.removingLastComponent())
                target = try quarantine.moveToFreeName(place, to: inbox, path)
            }
            // A file that was left in place has a report only: without it, it is new again.
            try quarantine.remove(report)
            return target
        }
        return nil
    }
}
