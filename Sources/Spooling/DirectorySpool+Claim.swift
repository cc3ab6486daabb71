// SPDX-License-Identifier: Apache-2.0
import CLinux
package import ConversionProtocol
package import FileAccess
import Glibc
package import SystemPackage

extension DirectorySpool {
    /// The place of a claimed file, relative to the work area: its path in the inbox is kept below `src`.
    func source(of claim: Claim) -> FilePath { claim.folder.appending("src").appending(claim.path.components) }

    /// Where the original is while it is ours.
    func place(of claim: Claim) -> (Folder, FilePath) { layout.leavesFiles ? (folders.inbox, claim.path) : (folders.work, source(of: claim)) }

    /// Makes the file ours. Whether it was ours to take shows `standing(of:_:)`, once the claim is in safe hands.
    /// - Returns: nil when it has gone: taken by another daemon, or removed.
    package func claim(_ arrival: Arrival, job: JobID) throws -> Claim? {
        let claim = intent(arrival, job: job)
        if layout.leavesFiles, try folders.inbox.identityIfPresent(of: arrival.path) == nil { return nil }
        try makeJobFolder(claim)
        crash.pass(.claimFolder)
        try record(claim)
        crash.pass(.claimRecord)
        if layout.leavesFiles { return claim }
        do {
            crash.pass(.claimBefore)
            try folders.inbox.move(arrival.path, to: folders.work, source(of: claim))
            crash.pass(.claimAfter)
        } catch let error as SystemError {
            // A server that answered twice says that the file is gone, and here it is (NFS).
            if error.kind == .missing, try folders.work.identityIfPresent(of: source(of: claim)) != nil { return claim }
            try removeJobFolder(claim.folder)
            if error.kind == .missing { return nil }
            throw error
        }
        return claim
    }

    /// The claim that `claim` would make: for telling of a file that could not be taken.
    package func intent(_ arrival: Arrival, job: JobID) -> Claim {
        Claim(
            job: job, path: arrival.path, identity: arrival.identity, origin: arrival.origin, attempt: 0, marker: arrival.marker,
            firstSeen: WallClock.milliseconds, folder: folders.home.appending(job.text))
    }

    /// Whether the claimed file is the one that arrived and nobody writes to it; what is not is to be put back.
    package func standing(of claim: Claim, asksForWriters: Bool = true) throws -> Standing {
        let (folder, path) = place(of: claim)
        guard let now = try folder.identityIfPresent(of: path) else { return .vanished }
        guard now.isRegular, now.sameContent(as: claim.identity) else { return .changed }
        // A file that may not be opened says so when it is read.
        if asksForWriters, !layout.leavesFiles, let file = try? folder.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY), linux_probe_writer(file.raw) == 1 {
            return .beingWritten
        }
        if !layout.leavesFiles, let marker = claim.marker { try folders.inbox.remove(marker) }
        return .complete
    }

    private func record(_ claim: Claim) throws {
        let record = JobRecord(
            path: RecordedPath(claim.path), identity: claim.identity, origin: claim.origin, firstSeen: claim.firstSeen, marker: claim.marker.map { RecordedPath($0) })
        try folders.work.write(RecordCoding.bytes(record), to: claim.folder.appending("job.json"))
    }

    /// Counts the attempt on disk before it begins: a file that kills the daemon is known afterwards. The first one is
    /// said by the claim itself.
    package func beginAttempt(_ claim: Claim) throws -> Claim {
        let next = claim.attempt + 1
        if next > 1 || claim.hasAttempts { try folders.work.write([], to: claim.folder.appending("a\(next)")) }
        crash.pass(.attempt)
        return claim.attempt(next)
    }

    /// The attempt ended, well or badly, with this process alive. One that does not count is forgotten.
    package func endAttempt(_ claim: Claim, counts: Bool) throws -> Claim {
        let ended = counts ? claim.attempt : max(0, claim.attempt - 1)
        try folders.work.write([], to: claim.folder.appending("a\(ended).ended"))
        try folders.work.remove(claim.folder.appending("a\(claim.attempt)"))
        return claim.attempt(ended, hasAttempts: true)
    }

    /// Where the original is while it is ours: absolute.
    package func original(of claim: Claim) -> FilePath {
        let (folder, path) = place(of: claim)
        return folder.absolute(path)
    }

    /// Opens the claimed file; never through a link, never waiting for a FIFO's other end.
    package func open(_ claim: Claim) throws -> OpenedInput {
        let (folder, path) = place(of: claim)
        let file = try folder.open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY)
        let identity = try FileIdentity.of(file.raw, path: folder.absolute(path))
        guard identity.isRegular else { throw ConversionError(.unsupported, "it is not a regular file") }
        return OpenedInput(descriptor: file, identity: identity)
    }

    /// Whether the open file is what it was when it was opened.
    package func isUnchanged(_ input: OpenedInput, _ claim: Claim) throws -> Bool {
        try FileIdentity.of(input.descriptor.raw, path: claim.path).sameContent(as: input.identity)
    }

    /// Gives the file back to the inbox, under its name or the next free one. Returns which; nil when it was there.
    @discardableResult
    package func putBack(_ claim: Claim) throws -> FilePath? { try hand(claim, to: self) }

    /// Gives the file to the inbox of another route, under its name or the next free one. Done already, it does nothing.
    @discardableResult
    package func hand(_ claim: Claim, to other: DirectorySpool) throws -> FilePath? {
        try withdraw(claim)
        var place: FilePath?
        if !layout.leavesFiles, try folders.work.identityIfPresent(of: source(of: claim)) != nil {
            try other.folders.inbox.makeFolders(claim.path.removingLastComponent())
            place = try folders.work.moveToFreeName(source(of: claim), to: other.folders.inbox, claim.path)
        }
        try folders.outbox.removeTree(folders.stage.appending(claim.job.text))
        try removeJobFolder(claim.folder)
        return place
    }

    /// The job's story is told: its folder goes.
    package func finish(_ claim: Claim) throws {
        guard try layout.leavesFiles || folders.work.identityIfPresent(of: source(of: claim)) == nil else {
            throw SystemError("remove", folders.work.absolute(claim.folder), errno: ENOTEMPTY)
        }
        try retireJobFolder(claim)
        try retireStageFolder(folders.stage.appending(claim.job.text))
        crash.pass(.finishAfter)
    }

    /// Removes a job's records and empty folders, never an original.
    /// - Throws: `SystemError` when an original is still there.
    func removeJobFolder(_ folder: FilePath) throws {
        guard try folders.work.identityIfPresent(of: folder) != nil else { return }
        for name in try folders.work.names(in: folder) {
            let path = folder.appending(name)
            if name == "src" { try removeEmptyFolders(path) } else { try folders.work.removeTree(path) }
        }
        guard try folders.work.removeFolder(folder) else { throw SystemError("remove", folders.work.absolute(folder), errno: ENOTEMPTY) }
    }

    private func removeEmptyFolders(_ path: FilePath) throws {
        guard try folders.work.identity(of: path).isDirectory else { return }
        for name in try folders.work.names(in: path) { try removeEmptyFolders(path.appending(name)) }
        try folders.work.removeFolder(path)
    }
}
