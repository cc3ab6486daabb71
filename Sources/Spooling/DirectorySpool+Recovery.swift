// SPDX-License-Identifier: Apache-2.0
package import ConversionProtocol
import FileAccess
import Glibc
package import SystemPackage

extension DirectorySpool {
    /// The jobs that an earlier process left; to be called before the first claim.
    ///
    /// Jobs of other instances on this host are adopted when nobody holds their lock any more; so are those in this
    /// inbox of routes that are set no more, under another name or not at all. Stage folders that belong to no job are removed.
    package func leftovers(host: String, isAlone: Bool = true, formerRoutes: [String] = []) throws -> [JobID] {
        if !layout.leavesFiles {
            try adoptOrphans(of: folders.work, stage: SpoolLayout.stageName(of: layout.route), host: host)
            for name in formerRoutes where name != layout.route { try adoptRoute(name, host: host) }
        }
        try findSpares()
        let jobs = try folders.work.names(in: folders.home).compactMap { JobID($0.string) }
        // Another route object of this process may be at work in the same stage folder.
        if isAlone {
            let names = Set(jobs.map(\.text))
            for name in try folders.outbox.names(in: folders.stage) where JobID(name.string) != nil && !names.contains(name.string) {
                try folders.outbox.removeTree(folders.stage.appending(name))
            }
            for (folder, place) in [(folders.outbox, folders.stage), (folders.work, folders.home)] {
                try folder.removeTree(place.appending(Self.probeName))
            }
        }
        return jobs
    }

    /// The file of a job that was left, relative to the inbox.
    package func path(of job: JobID) throws -> FilePath? { try readClaim(job, folders.home.appending(job.text))?.path }

    /// Looks at a job that was left, completes what is one rename away, and says what is left to do; nil when nothing is.
    /// Asked again after an error, it goes on.
    package func recover(_ job: JobID, host: String, version: String) throws -> Recovered? {
        let folder = folders.home.appending(job.text)
        guard let claim = try readClaim(job, folder) else {
            try removeJobFolder(folder)
            return nil
        }
        if let report = RecordCoding.record(QuarantineReport.self, from: try folders.work.readIfPresent(folder.appending("failed.json"))) {
            return .failed(claim, report)
        }
        if let delivery = try resume(claim) { return .delivered(delivery) }
        try withdraw(claim)
        try folders.outbox.removeTree(folders.stage.appending(job.text))
        let (place, path) = place(of: claim)
        guard try place.identityIfPresent(of: path) != nil else {
            // Not claimed yet, or put back: the file is in the inbox, or its owner took it away.
            try removeJobFolder(folder)
            return nil
        }
        guard try deaths(claim) >= Self.mostDeaths else { return .convertAgain(claim) }
        let error = ConversionError(.crashLoop, "the service died \(Self.mostDeaths) times while it was being converted")
        return .failed(claim, QuarantineReport(claim: claim, route: layout.route, error: error, attempts: [], host: host, version: version, sha256: nil, address: layout.address))
    }

    /// The facts of a claim: its record, or what the folder itself says when a power loss took the record.
    private func readClaim(_ job: JobID, _ folder: FilePath) throws -> Claim? {
        let numbers = try attempts(in: folder)
        let record = RecordCoding.record(JobRecord.self, from: try folders.work.readIfPresent(folder.appending("job.json")))
        let path: FilePath
        if let record { path = record.path.path } else {
            guard let kept = try keptPath(below: folder.appending("src")) else { return nil }
            path = kept
        }
        guard !path.isEmpty, path.isRelative else { return nil }
        let place = folder.appending("src").appending(path.components)
        let identity = try record?.identity ?? folders.work.identityIfPresent(of: place)
        guard let identity else { return nil }
        return Claim(
            job: job, path: path, identity: identity, origin: record?.origin ?? .startup, attempt: 0,
            marker: record?.marker?.path, firstSeen: record?.firstSeen ?? job.milliseconds, folder: folder
        ).attempt(numbers.max() ?? 1, hasAttempts: true)
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

    /// The numbers of the attempts of which the folder tells; none: the first, which the claim itself tells.
    private func attempts(in folder: FilePath) throws -> [Int] {
        try folders.work.names(in: folder).compactMap { name in
            name.string.first == "a" ? Int(name.string.dropFirst().prefix { $0.isNumber }) : nil
        }
    }

    /// Attempts that no process ended: counts this death, too.
    private func deaths(_ claim: Claim) throws -> Int {
        var deaths = 0
        if try attempts(in: claim.folder).isEmpty { try folders.work.write([], to: claim.folder.appending("a1")) }
        for name in try folders.work.names(in: claim.folder) where name.string.first == "a" {
            if name.string.hasSuffix(".died") { deaths += 1 }
            guard Int(name.string.dropFirst()) != nil else { continue }
            deaths += 1
            try folders.work.replace(claim.folder.appending(name), to: folders.work, claim.folder.appending("\(name.string).died"))
        }
        return deaths
    }

    /// Every output stands in its place or waits in the stage folder, as long as it should be.
    func isComplete(_ plan: Plan, _ claim: Claim) throws -> Bool {
        let stage = folders.stage.appending(claim.job.text)
        for (output, staged) in zip(plan.outputs, plan.staged) {
            let waiting = try folders.outbox.identityIfPresent(of: stage.appending(FilePath(staged).components))
            if let waiting, try isRight(waiting, stage.appending(FilePath(staged).components), output) { continue }
            guard let present = try folders.outbox.identityIfPresent(of: output.filePath), try isRight(present, output.filePath, output) else { return false }
        }
        return true
    }

    func isRight(_ identity: FileIdentity, _ path: FilePath, _ output: Output) throws -> Bool {
        guard identity.isRegular, identity.size == output.bytes else { return false }
        return try ContentHash.of(folders.outbox.open(path, O_RDONLY | O_NOFOLLOW), path: path) == output.sha256
    }

    /// Takes over what instances have left in a work area and a stage folder whose lock nobody holds.
    private func adoptOrphans(of area: Folder, stage: FilePath, host: String) throws {
        for name in try area.names(in: FilePath("")) where area !== folders.work || FilePath(root: nil, [name]) != folders.home {
            let other = FilePath(root: nil, [name])
            guard let lock = try? area.open(other.appending("lock"), O_RDWR | O_NOFOLLOW) else { continue }
            let owner = String(decoding: try area.readIfPresent(other.appending("lock")) ?? [], as: UTF8.self)
            let jobs = try area.names(in: other).filter { JobID($0.string) != nil }
            // A lock is durable before the first claim: an empty one beside jobs is what a power cut left of it.
            guard owner == host || (owner.isEmpty && !jobs.isEmpty), flock(lock.raw, LOCK_EX | LOCK_NB) == 0 else { continue }
            for job in jobs {
                let staged = stage.appending(other.components).appending(job)
                if try folders.outbox.identityIfPresent(of: staged) != nil {
                    try folders.outbox.move(staged, to: folders.outbox, folders.stage.appending(job))
                }
                try area.move(other.appending(job), to: folders.work, folders.home.appending(job))
            }
            for spare in try area.names(in: other) where spare.string.hasPrefix(Spares.prefix) { try area.removeTree(other.appending(spare)) }
            try folders.outbox.removeTree(stage.appending(other.components))
            try area.remove(other.appending("lock"))
            try area.removeFolder(other)
        }
    }

    private func adoptRoute(_ name: String, host: String) throws {
        let former = SpoolLayout.workName(of: name)
        guard former.components.count == 1, try folders.inbox.identityIfPresent(of: former)?.isDirectory == true else { return }
        let area = try Folder(folders.inbox.absolute(former), withinMount: true)
        guard try area.identity().device == folders.work.identity().device else { return }
        try adoptOrphans(of: area, stage: SpoolLayout.stageName(of: name), host: host)
        // Where another's claims remain, the folders stay.
        try folders.inbox.removeFolder(former)
        try folders.outbox.removeFolder(SpoolLayout.stageName(of: name))
    }

    private static let mostDeaths = 3
}
