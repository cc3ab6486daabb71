// SPDX-License-Identifier: Apache-2.0
import ConversionProtocol
import FileAccess
import Glibc
package import SystemPackage

extension DirectorySpool {
    /// Publishes a group of jobs: data and plans durable, then renames, then directories durable. The originals stay for `dispose`.
    ///
    /// A job's failure is its own; an environment error fails every job that it meets. `resume` goes on with a job that failed here.
    package func commit(_ jobs: [StagedJob]) -> [Result<Delivery, any Error>] {
        var states: [Result<StagedJob, any Error>] = jobs.map { job in
            Result {
                crash.pass(.planBefore)
                try folders.work.write(RecordCoding.bytes(job.plan), to: job.claim.folder.appending("plan.json"))
                crash.pass(.planAfter)
                return job
            }
        }
        makeDurable(&states)
        crash.pass(.durable)
        step(&states) { job in
            try publish(job.plan, job.claim)
            try requirePublished(job.plan)
        }
        syncTargets(&states)
        crash.pass(.publishAfter)
        return zip(jobs, states).map { job, state in
            release(job.target)
            return state.map { Delivery($0.plan, $0.claim) }
        }
    }

    /// Goes on with a publication that was broken off; nil when it has to be converted (again).
    package func resume(_ claim: Claim) throws -> Delivery? {
        let record = try folders.work.readIfPresent(claim.folder.appending("plan.json"))
        guard let plan = RecordCoding.record(Plan.self, from: record), plan.job == claim.job else { return nil }
        do {
            guard try isComplete(plan, claim) else { return nil }
            try publish(plan, claim)
            if layout.durability != .none { try folders.outbox.sync(claim.path.removingLastComponent()) }
            return Delivery(plan, claim)
        } catch let error as ConversionError where error.code == .outputExists {
            try withdraw(claim)
            return nil
        }
    }

    /// Takes back what a broken-off publication has put into the outbox: outputs are of a job as a whole, or not there.
    func withdraw(_ claim: Claim) throws {
        let record = claim.folder.appending("plan.json")
        guard let bytes = try folders.work.readIfPresent(record) else { return }
        if let plan = RecordCoding.record(Plan.self, from: bytes), plan.job == claim.job, !plan.replaces {
            let stage = folders.stage.appending(claim.job.text)
            for (output, staged) in zip(plan.outputs, plan.staged) {
                guard try folders.outbox.identityIfPresent(of: stage.appending(FilePath(staged).components)) == nil,
                      let present = try folders.outbox.identityIfPresent(of: output.filePath), try isRight(present, output.filePath, output)
                else { continue }
                try folders.outbox.remove(output.filePath)
            }
            if let folder = plan.assetFolder?.path, try folders.outbox.identityIfPresent(of: folder) != nil {
                try folders.outbox.removeFolder(folder)
            }
            for folder in plan.partFolders.reversed() { try folders.outbox.removeFolder(folder.published) }
        }
        try folders.work.remove(record)
    }

    private func step(_ states: inout [Result<StagedJob, any Error>], _ body: (StagedJob) throws -> Void) {
        for place in states.indices {
            states[place] = states[place].flatMap { job in
                Result {
                    try body(job)
                    return job
                }
            }
        }
    }

    /// One sync of the file systems for a group; file by file for a job or two.
    private func makeDurable(_ states: inout [Result<StagedJob, any Error>]) {
        guard layout.durability != .none else { return }
        if layout.durability == .job || states.count <= 2 {
            step(&states) { job in
                let stage = folders.stage.appending(job.claim.job.text)
                for (staged, output) in zip(job.plan.staged, job.plan.outputs) {
                    // One after the other: a document may have more parts than a process may have files open.
                    let file = try folders.outbox.open(stage.appending(FilePath(staged).components), O_RDONLY | O_NOFOLLOW)
                    guard fdatasync(file.raw) == 0 else { throw SystemError("make durable", output.filePath) }
                }
                try folders.outbox.sync(stage)
                if job.plan.assetFolder != nil { try folders.outbox.sync(stage.appending("assets")) }
                for folder in job.plan.partFolders { try folders.outbox.sync(stage.appending(folder.staged.components)) }
                try folders.outbox.sync(folders.stage)
                let plan = try folders.work.open(job.claim.folder.appending("plan.json"), O_RDONLY | O_NOFOLLOW)
                guard fdatasync(plan.raw) == 0 else { throw SystemError("make durable", folders.work.absolute(job.claim.folder)) }
                try folders.work.sync(job.claim.folder)
            }
            return
        }
        let failure = Result { () throws -> Void in
            try folders.outbox.syncFileSystem()
            if try folders.outbox.identity().device != folders.work.identity().device { try folders.work.syncFileSystem() }
        }
        if case .failure(let error) = failure { step(&states) { _ in throw error } }
    }

    /// Renames every output of the plan that is not in its place yet: assets and sidecars, then the documents.
    func publish(_ plan: Plan, _ claim: Claim) throws {
        let stage = folders.stage.appending(claim.job.text)
        try folders.outbox.makeFolders(claim.path.removingLastComponent())
        if let folder = plan.assetFolder?.path { try publish(stage.appending("assets"), as: folder, replaces: plan.replaces) }
        if let folder = plan.partFolder?.path { try publish(stage.appending("parts"), as: folder, replaces: plan.replaces) }
        crash.pass(.publishAssets)
        for (output, staged) in zip(plan.outputs, plan.staged) where output.kind != .asset && output.kind != .part {
            if output.kind == .document { crash.pass(.publishDocument) }
            try publish(stage.appending(staged), as: output.filePath, replaces: plan.replaces)
        }
        if plan.replaces { try clearLeftovers(of: plan) }
    }

    /// Removes what the replaced output had beside it and the new one has not: its losses, pictures and parts are not those of the new one.
    private func clearLeftovers(of plan: Plan) throws {
        guard let document = plan.outputs.first(where: { $0.kind == .document }) else { return }
        let name = document.filePath.bytes.dropLast(document.format.utf8.count + 1)
        let losses = FilePath(bytes: name + Array(Self.lossesSuffix.utf8))
        if !plan.outputs.contains(where: { $0.filePath == losses }), try folders.outbox.identityIfPresent(of: losses)?.isRegular == true { try folders.outbox.remove(losses) }
        for (folder, suffix) in [(plan.assetFolder, ".assets"), (plan.partFolder, ".parts")] where folder == nil {
            let left = FilePath(bytes: name + Array(suffix.utf8))
            if try folders.outbox.identityIfPresent(of: left)?.isDirectory == true { try folders.outbox.removeTree(left) }
        }
    }

    /// What is neither staged nor in its place was taken away by somebody.
    private func requirePublished(_ plan: Plan) throws {
        for output in plan.outputs {
            guard let present = try folders.outbox.identityIfPresent(of: output.filePath), present.isRegular, present.size == output.bytes else {
                throw ConversionError(.internalError, "an output disappeared before it was published")
            }
        }
    }

    private func publish(_ staged: FilePath, as final: FilePath, replaces: Bool) throws {
        let outbox = folders.outbox
        // Nothing staged under that name: it was published before a crash.
        guard let identity = try outbox.identityIfPresent(of: staged) else { return }
        if replaces {
            if identity.isDirectory { try outbox.removeTree(final) }
            return try outbox.replace(staged, to: outbox, final)
        }
        do { try outbox.move(staged, to: outbox, final) } catch let error as SystemError where error.kind == .exists {
            throw ConversionError(.outputExists, "an output of that name appeared meanwhile", remedy: layout.onExists == .fail ? .reject : .readAgain)
        }
    }

    private func syncTargets(_ states: inout [Result<StagedJob, any Error>]) {
        guard layout.durability != .none else { return }
        var synced: Set<FilePath> = []
        step(&states) { job in
            let folder = job.claim.path.removingLastComponent()
            if synced.insert(folder).inserted { try folders.outbox.sync(folder) }
        }
    }

    /// Moves the original to where the route wants it; done already, it does nothing. Returns the place in the archive.
    @discardableResult
    package func dispose(_ claim: Claim) throws -> FilePath? {
        crash.pass(.disposeBefore)
        defer { crash.pass(.disposeAfter) }
        guard !layout.leavesFiles, try folders.work.identityIfPresent(of: source(of: claim)) != nil else { return nil }
        switch layout.disposal {
        case .leave: return nil
        case .delete:
            try folders.work.remove(source(of: claim))
            return nil
        case .archive:
            let target = FilePath(Self.day(claim.job.milliseconds)).appending(claim.path.components)
            try folders.archive.makeFolders(target.removingLastComponent())
            return folders.archive.absolute(try folders.work.moveToFreeName(source(of: claim), to: folders.archive, target))
        }
    }

    /// `2026/03/12`, in universal time.
    private static func day(_ milliseconds: UInt64) -> String {
        var seconds = time_t(milliseconds / 1_000)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        func two(_ n: Int32) -> String { n < 10 ? "0\(n)" : "\(n)" }
        return "\(parts.tm_year + 1_900)/\(two(parts.tm_mon + 1))/\(two(parts.tm_mday))"
    }
}

extension Plan {
    /// The parts' folder and those within it, each behind the one it lies in: below the stage folder, and in the outbox.
    var partFolders: [(staged: FilePath, published: FilePath)] {
        guard let root = partFolder?.path else { return [] }
        var found: Set<FilePath> = ["parts"]
        for (output, name) in zip(outputs, staged) where output.kind == .part {
            var folder = FilePath(name).removingLastComponent()
            while !folder.isEmpty, found.insert(folder).inserted { folder = folder.removingLastComponent() }
        }
        return found.sorted { ($0.components.count, $0.string) < ($1.components.count, $1.string) }.map { staged in
            (staged, root.appending(staged.components.dropFirst()))
        }
    }
}
