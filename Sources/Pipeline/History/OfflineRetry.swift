// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
package import Ledger
package import Settings
import Spooling
package import SystemPackage

/// Gives quarantined files back to their inbox while no daemon runs; the next start, or the next sweep, takes them again.
package struct OfflineRetry {
    private let state: FilePath
    private let configuration: Settings.Configuration?

    /// Without a configuration the state is a sweep's: its files stayed where they are, only what is known of them goes.
    package init(state: FilePath, configuration: Settings.Configuration?) {
        self.state = state
        self.configuration = configuration
    }

    /// How many files the query found, and how many were moved.
    package func run(_ query: JobQuery) async throws -> (found: Int, moved: Int) {
        let file = state.appending("ledger.sqlite")
        guard file.withPlatformString({ access($0, R_OK) }) == 0 else {
            throw ProgramError(.unavailable, "cannot retry: there is no history in \(state.quoted); name the state folder of a daemon or of a sweep")
        }
        let lock = try Folder(state).open("lock", O_RDWR | O_CREAT | O_NOFOLLOW)
        guard flock(lock.raw, LOCK_EX | LOCK_NB) == 0 else {
            throw ProgramError(.locked, "cannot retry: another intray holds the lock of \(state.quoted) and does not answer")
        }
        defer { withExtendedLifetime(lock) {} }
        let ledger = try Ledger(at: file)
        let rows = try ledger.jobs(query)
        var moved = 0
        for row in rows {
            let route = configuration?.routes.first { $0.name == row.route }
            let way = try QuarantineReturn(quarantine: route?.quarantine ?? state.appending("quarantine"), inbox: route?.inbox ?? state)
            if try way.requeue(row.path, of: row.job) != nil { moved += 1 }
            // Not before: a file that could not be moved can be asked for again.
            try await ledger.forget(job: row.job)
        }
        return (rows.count, moved)
    }
}
