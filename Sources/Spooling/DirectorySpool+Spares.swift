// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Glibc
import Synchronization
import SystemPackage

/// Emptied folders of ended jobs, kept for later ones: on a journalled disk, making and removing a job's folders and records
/// costs more than all else about it.
struct Spares: Sendable {
    /// Relative to the work area: each with an empty record and, at most, an empty `src`.
    var jobs: [FilePath] = []
    /// Relative to the outbox: each with nothing in it.
    var stages: [FilePath] = []

    static let prefix = "spare-"
    static let most = 192
}

extension DirectorySpool {
    /// Gives the claim its folder: a spare one, or a new one.
    func makeJobFolder(_ claim: Claim) throws {
        if let spare = spares.withLock({ $0.jobs.popLast() }) {
            do { try folders.work.move(spare, to: folders.work, claim.folder) } catch let error as SystemError {
                // Another daemon was quicker, or the job has its folder.
                if error.kind == .exists { spares.withLock { $0.jobs.append(spare) } } else if error.kind != .missing { throw error }
            }
        }
        try folders.work.makeFolders(layout.leavesFiles ? claim.folder : source(of: claim).removingLastComponent(), mode: 0o700)
    }

    /// Keeps the folder of a job that has ended, if it is as plain as most; else it is removed.
    func retireJobFolder(_ claim: Claim) throws {
        guard try folders.work.identityIfPresent(of: claim.folder) != nil else { return }
        // The record goes first: without it the folder says nothing, whatever else is in it.
        try folders.work.empty(claim.folder.appending("job.json"))
        let isFlat = layout.leavesFiles || claim.path.components.count == 1
        let isPlain = isFlat && claim.attempt <= 1 && spares.withLock { $0.jobs.count < Spares.most }
        guard isPlain, try isBare(claim) else { return try removeJobFolder(claim.folder) }
        try folders.work.empty(claim.folder.appending("plan.json"))
        let spare = folders.home.appending(Spares.prefix + claim.job.text)
        try folders.work.move(claim.folder, to: folders.work, spare)
        spares.withLock { $0.jobs.append(spare) }
    }

    /// Nothing but the usual records, and no original.
    private func isBare(_ claim: Claim) throws -> Bool {
        for name in try folders.work.names(in: claim.folder) {
            switch name.string {
            case "job.json", "plan.json": continue
            case "src": guard try folders.work.names(in: claim.folder.appending("src")).isEmpty else { return false }
            default: return false
            }
        }
        return true
    }

    /// A stage folder for the job: a spare one, or a new one.
    func makeStageFolder(_ folder: FilePath) throws {
        if let spare = spares.withLock({ $0.stages.popLast() }) {
            do { return try folders.outbox.move(spare, to: folders.outbox, folder) } catch let error as SystemError {
                if error.kind == .exists { spares.withLock { $0.stages.append(spare) } } else if error.kind != .missing { throw error }
            }
        }
        try folders.outbox.makeFolders(folder, mode: 0o700)
    }

    /// Keeps a stage folder from which everything has been published; another is removed.
    func retireStageFolder(_ folder: FilePath) throws {
        guard try folders.outbox.identityIfPresent(of: folder) != nil else { return }
        guard try folders.outbox.names(in: folder).isEmpty, spares.withLock({ $0.stages.count < Spares.most }), let name = folder.lastComponent else {
            return try folders.outbox.removeTree(folder)
        }
        let spare = folders.stage.appending(Spares.prefix + name.string)
        try folders.outbox.move(folder, to: folders.outbox, spare)
        spares.withLock { $0.stages.append(spare) }
    }

    /// Leaves the work area and the outbox as if there had been no job: for a clean end.
    package func removeSpares() throws {
        let gone = spares.withLock { spares in
            defer { spares = Spares() }
            return spares
        }
        for spare in gone.jobs { try removeJobFolder(spare) }
        for spare in gone.stages { try folders.outbox.removeTree(spare) }
    }

    /// Takes up the spares of an earlier run.
    func findSpares() throws {
        let jobs = try folders.work.names(in: folders.home).filter { $0.string.hasPrefix(Spares.prefix) }.map { folders.home.appending($0) }
        let stages = try folders.outbox.names(in: folders.stage).filter { $0.string.hasPrefix(Spares.prefix) }.map { folders.stage.appending($0) }
        spares.withLock { spares in
            spares.jobs = jobs
            spares.stages = stages
        }
    }
}
