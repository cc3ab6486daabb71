// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Glibc
import SystemPackage

extension DirectorySpool {
    /// Looks at every job that an earlier process left, completes what is one rename away, and says what is left to do.
    ///
    /// Jobs of other instances on this host are adopted when nobody holds their lock any more.
    package func recover(host: String, version: String) throws -> [Recovered] {
        try adoptOrphans(host: host)
        var found: [Recovered] = []
        var live: Set<FilePath.Component> = []
        for name in try folders.work.names(in: folders.home) {
            guard let job = JobID(name.string) else { continue }
            if let recovered = try recover(job, host: host, version: version) {
                found.append(recovered)
                live.insert(name)
            }
        }
        // Stage folders of jobs that are not ours to finish any more.
        for name in try folders.outbox.names(in: folders.stage) where !live.contains(name) && JobID(name.string) != nil {
            if layout.leavesFiles || !isHeldElsewhere(name) { try folders.outbox.removeTree(folders.stage.appending(name)) }
        }
        return found
    }

    private func recover(_ job: JobID, host: String, version: String) throws -> Recovered? {
        let folder = folders.home.appending(job.text)
        guard let claim = try readClaim(job, folder) else {
            try folders.work.removeTree(folder)
            return nil
        }
        if let report = RecordCoding.record(QuarantineReport.self, from: try folders.work.readIfPresent(folder.appending("failed.json"))) {
            return .quarantined(claim, report, try quarantine(claim, report))
        }
        if let plan = RecordCoding.record(Plan.self, from: try folders.work.readIfPresent(folder.appending("plan.json"))), try isComplete(plan, claim) {
            try publish(plan, claim)
            if layout.durability != .none { try folders.outbox.sync(claim.path.removingLastComponent()) }
            return .delivered(Delivery(claim: claim, outputs: plan.outputs, reply: plan.reply, sha256: plan.sha256, disposedTo: try dispose(claim)))
        }
        try folders.work.remove(folder.appending("plan.json"))
        try folders.outbox.removeTree(folders.stage.appending(job.text))
        let present = layout.leavesFiles
            ? try folders.inbox.identityIfPresent(of: claim.path) : try folders.work.identityIfPresent(of: source(of: claim))
        guard present != nil else {
            // Not claimed yet, or put back: the file is in the inbox, or its owner took it away.
            try folders.work.removeTree(folder)
            return nil
        }
        guard try deaths(claim) >= Self.mostDeaths else { return .convertAgain(claim) }
        let error = ConversionError(.crashLoop, "the service died \(Self.mostDeaths) times while it was being converted")
        let report = QuarantineReport(claim: claim, route: layout.route, error: error, attempts: [], host: host, version: version, sha256: nil)
        return .quarantined(claim, report, try quarantine(claim, report))
    }

    /// The facts of a claim: its record, or what the folder itself says when a power loss took the record.
    private func readClaim(_ job: JobID, _ folder: FilePath) throws -> Claim? {
        let attempts = try folders.work.names(in: folder).compactMap { name -> Int? in
            name.string.first == "a" ? Int(name.string.dropFirst().prefix { $0.isNumber }) : nil
        }.max() ?? 0
        let record = RecordCoding.record(JobRecord.self, from: try folders.work.readIfPresent(folder.appending("job.json")))
        let path: FilePath
        if let record { path = FilePath(bytes: record.path) } else {
            guard let kept = try keptPath(below: folder.appending("src")) else { return nil }
            path = kept
        }
        guard !path.isEmpty, path.isRelative else { return nil }
        let place = folder.appending("src").appending(path.components)
        let identity = try record?.identity ?? folders.work.identityIfPresent(of: place)
        guard let identity else { return nil }
        return Claim(
            job: job, path: path, identity: identity, origin: record?.origin ?? .startup, attempt: attempts,
            marker: record?.marker.map { FilePath(bytes: $0) }, firstSeen: record?.firstSeen ?? job.milliseconds, folder: folder)
    }

    /// The one file below `src`, relative to it.
    private func keptPath(below folder: FilePath) throws -> FilePath? {
        guard try folders.work.identityIfPresent(of: folder) != nil else { return nil }
        var path = FilePath("")
        while true {
            let place = folder.appending(path.components)
            guard try folders.work.identity(of: place).isDirectory else { return path.isEmpty ? nil : path }
            guard let name = try folders.work.names(in: place).first else { return nil }
            path = path.appending(name)
        }
    }

    /// Attempts that no process ended: counts this death, too.
    private func deaths(_ claim: Claim) throws -> Int {
        var deaths = 0
        for name in try folders.work.names(in: claim.folder) where name.string.first == "a" {
            if name.string.hasSuffix(".died") { deaths += 1 }
            guard Int(name.string.dropFirst()) != nil else { continue }
            deaths += 1
            try folders.work.replace(claim.folder.appending(name), to: folders.work, claim.folder.appending("\(name.string).died"))
        }
        return deaths
    }

    /// Every output stands in its place or waits in the stage folder, as long as it should be.
    private func isComplete(_ plan: Plan, _ claim: Claim) throws -> Bool {
        let stage = folders.stage.appending(claim.job.text)
        for (output, staged) in zip(plan.outputs, plan.staged) {
            let waiting = try folders.outbox.identityIfPresent(of: stage.appending(FilePath(staged).components))
            if let waiting, try isRight(waiting, stage.appending(FilePath(staged).components), output) { continue }
            guard let present = try folders.outbox.identityIfPresent(of: output.filePath), try isRight(present, output.filePath, output) else { return false }
        }
        return true
    }

    private func isRight(_ identity: FileIdentity, _ path: FilePath, _ output: Output) throws -> Bool {
        guard identity.isRegular, identity.size == output.bytes else { return false }
        return try ContentHash.of(folders.outbox.open(path, O_RDONLY | O_NOFOLLOW), path: path) == output.sha256
    }

    private func adoptOrphans(host: String) throws {
        guard !layout.leavesFiles else { return }
        for name in try folders.work.names(in: FilePath("")) where FilePath(root: nil, [name]) != folders.home {
            let other = FilePath(root: nil, [name])
            guard let lock = try? folders.work.open(other.appending("lock"), O_RDWR | O_NOFOLLOW) else { continue }
            let owner = String(decoding: try folders.work.readIfPresent(other.appending("lock")) ?? [], as: UTF8.self)
            guard owner == host, flock(lock.raw, LOCK_EX | LOCK_NB) == 0 else { continue }
            for job in try folders.work.names(in: other) where JobID(job.string) != nil {
                try folders.work.move(other.appending(job), to: folders.work, folders.home.appending(job))
            }
            try folders.work.remove(other.appending("lock"))
            try folders.work.removeFolder(other)
        }
    }

    /// Whether another instance's work area has the job.
    private func isHeldElsewhere(_ job: FilePath.Component) -> Bool {
        let others = (try? folders.work.names(in: FilePath(""))) ?? []
        return others.contains { (try? folders.work.identityIfPresent(of: FilePath(root: nil, [$0, job]))) != nil }
    }

    private static let mostDeaths = 3
}
