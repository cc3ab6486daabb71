// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
package import Hooks
import Ledger
package import SystemPackage

/// Lets what hooks gave up be told again while no daemon runs: the next start does it.
package struct OfflineRedelivery {
    private let state: FilePath

    package init(state: FilePath) { self.state = state }

    /// Of one hook or of every one, of one job or of all.
    package func run(hook: String?, job: String?) async throws -> [Redelivery] {
        let file = state.appending("ledger.sqlite")
        guard file.withPlatformString({ access($0, R_OK) }) == 0 else {
            throw ProgramError(.unavailable, "cannot deliver again: there is no history in \(state.quoted); name the state folder of a daemon")
        }
        let lock = try Folder(state).open("lock", O_RDWR | O_CREAT | O_NOFOLLOW)
        guard flock(lock.raw, LOCK_EX | LOCK_NB) == 0 else {
            throw ProgramError(.locked, "cannot deliver again: another intray holds the lock of \(state.quoted) and does not answer")
        }
        defer { withExtendedLifetime(lock) {} }
        let ledger = try Ledger(at: file)
        var done: [Redelivery] = []
        for name in try ledger.hooks() where hook == nil || name == hook {
            let found = try await ledger.deliverAgain(hook: name, job: job)
            done.append(Redelivery(hook: name, anew: found.anew, hurried: found.hurried))
        }
        return try Redelivery.checked(done, hook: hook, job: job)
    }
}
