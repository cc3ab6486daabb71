// SPDX-License-Identifier: Apache-2.0
import Announcements
package import Control
import FileAccess
import Glibc
package import Ledger
package import SystemPackage

extension JobRow {
    /// As `intray jobs` shows it; with its route's outbox, the outputs are looked for.
    package func report(outbox: FilePath?) -> JobReport {
        var report = JobReport(
            job: job, route: route, path: path.escaped, state: state, attempts: attempts, size: size, updated: Event.text(of: updated))
        report.code = code
        report.reason = reason
        report.outputs = outputs
        report.missing = outbox.map { outbox in outputs.filter { !Self.isThere($0, in: outbox) } }
        report.losses = losses
        report.milliseconds = milliseconds
        return report
    }

    /// What has escapes in its name, and so is not known byte for byte, is taken to be there.
    static func isThere(_ output: String, in outbox: FilePath) -> Bool {
        if output.contains("\\") { return true }
        var facts = stat()
        return outbox.appending(output).withPlatformString { lstat($0, &facts) } == 0 || errno != ENOENT && errno != ENOTDIR
    }
}
