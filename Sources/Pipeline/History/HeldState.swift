// SPDX-License-Identifier: Apache-2.0
import FileAccess
import Glibc
import Ledger
import SystemPackage

/// The state folder of a daemon that does not run, or of a sweep, kept from starting meanwhile.
struct HeldState {
    let ledger: Ledger
    private let lock: Descriptor

    /// `verb` says what is to be done.
    /// - Throws: `ProgramError` when there is no history, or somebody holds it.
    init(_ state: FilePath, to verb: String) throws {
        let file = state.appending("ledger.sqlite")
        guard file.withPlatformString({ access($0, R_OK) }) == 0 else {
            throw ProgramError(.unavailable, "cannot \(verb): there is no history in \(state.quoted); name the state folder of a daemon or of a sweep")
        }
        lock = try Folder(state).open("lock", O_RDWR | O_CREAT | O_NOFOLLOW)
        guard flock(lock.raw, LOCK_EX | LOCK_NB) == 0 else {
            throw ProgramError(.locked, "cannot \(verb): another intray holds the lock of \(state.quoted) and does not answer")
        }
        ledger = try Ledger(at: file)
    }
}
