// SPDX-License-Identifier: Apache-2.0
import BatchProcessing
import ConversionProtocol
import FileAccess
import FoundationEssentials
import Spooling
import Settings
import Synchronization
import SystemPackage

/// What happens to a file around its conversion: claimed and read before, staged and published behind.
struct IntakeStages: HybridStages {
    typealias Payload = FileWork
    typealias Output = FileOutcome

    let bulletin: Bulletin
    let gatekeeper: Gatekeeper
    let renewal: RouteRenewal

    func read(_ attempt: Attempt<FileWork>) async throws -> Prepared<FileOutcome> {
        do { return try await take(attempt) } catch let error as SystemError { throw attempt.payload.route.blame(for: error) }
    }

    private func take(_ attempt: Attempt<FileWork>) async throws -> Prepared<FileOutcome> {
        let work = attempt.payload
        let spool = work.route.spool
        let isClaimed = work.state.withLock { $0.claim } != nil
        guard work.route.tenure.takesUp(work.path, isClaimed: isClaimed) else { return .finished(.notTaken(stillThere: false)) }
        try gatekeeper.checkBacklog(of: work.route)
        if let outcome = try leave(work) { return .finished(outcome) }
        let (free, least) = (try spool.freeBytes(), renewal.table.minimumFree(of: work.route))
        guard free >= least else { throw ConversionError(.diskFull, "the outbox has \(free >> 20) MiB free, and \(least >> 20) MiB are to stay free (minimum_free)") }
        work.begin()
        guard let claimed = try claim(work, job: attempt.job.id) else { return .finished(.notTaken(stillThere: false)) }
        guard try isComplete(claimed, work) else {
            try spool.putBack(claimed)
            work.state.withLock { $0.claim = nil }
            return .finished(.notTaken(stillThere: true))
        }
        if let outcome = try await gatekeeper.pass(work, claimed) { return .finished(outcome) }
        let claim = try spool.beginAttempt(claimed)
        work.state.withLock { $0.claim = claim }
        if work.state.withLock({ $0.isPlanned }) {
            if let delivery = try spool.resume(claim) { return .finished(.delivered(delivery)) }
            work.state.withLock { $0.isPlanned = false }
        }
        return try await prepare(work, claim)
    }

    /// What becomes of a file whose route has lost its inbox or its outbox; nil when both are in their places.
    private func leave(_ work: FileWork) throws -> FileOutcome? {
        let spool = work.route.spool
        let (hasInbox, hasOutbox) = (spool.hasInbox, spool.hasOutbox)
        if hasInbox, hasOutbox { return nil }
        guard renewal.renew(work.route) || work.route.tenure.isRetired else {
            throw hasInbox
                ? ConversionError(.outboxMissing, "the outbox was removed or replaced; put it back, or run \"intray reload\"")
                : ConversionError(.ioError, "the inbox was removed or replaced; put it back, or run \"intray reload\"")
        }
        // Another route has taken this one's place, and finds what lies in the inbox.
        guard let claim = work.state.withLock({ $0.claim }) else { return .notTaken(stillThere: false) }
        return .released(claim, reason: "the \(hasInbox ? "outbox" : "inbox") was replaced")
    }

    /// The claim, made at the first try; nil when somebody was quicker.
    private func claim(_ work: FileWork, job: JobID) throws -> Claim? {
        if let claim = work.state.withLock({ $0.claim }) { return claim }
        guard let arrival = work.arrival, let claim = try work.route.spool.claim(arrival, job: job) else { return nil }
        work.state.withLock { $0.claim = claim }
        return claim
    }

    private func isComplete(_ claim: Claim, _ work: FileWork) throws -> Bool {
        if work.state.withLock({ $0.isComplete }) { return true }
        guard try work.route.spool.standing(of: claim, asksForWriters: work.route.settings.lease) == .complete else { return false }
        work.state.withLock { $0.isComplete = true }
        if work.arrival != nil { bulletin.claimed(work, claim) }
        return true
    }

    private func prepare(_ work: FileWork, _ claim: Claim) async throws -> Prepared<FileOutcome> {
        let settings = work.route.settings
        let spool = work.route.spool
        let input: OpenedInput
        // What is wrong with the original itself is its own fault.
        do { input = try spool.open(claim) } catch let error as SystemError { throw ConversionError(error) }
        let size = input.identity.size
        guard size > 0 || settings.empty == .convert else { throw ConversionError(.empty, "the file is empty") }
        guard size <= settings.limits.inputBytes else {
            throw ConversionError(.inputLimit, "the file has \(size) bytes; the limit is \(settings.limits.inputBytes)")
        }
        guard case .stage(let stage) = try spool.stage(claim, formats: settings.options.formats) else {
            return .finished(.skipped(claim, reason: "exists"))
        }
        do {
            var bytes: ConversionInput
            let hash: String
            if size <= Self.inline {
                let content = try input.descriptor.read(Int(size), path: claim.path)
                guard content.count == Int(size), try spool.isUnchanged(input, claim) else { throw ConversionError(.inputChanged, "the file changed while it was read") }
                hash = content.withUnsafeBytes { ContentHash.of($0) }
                bytes = .bytes(content)
            } else {
                hash = try ContentHash.of(input.descriptor, path: claim.path)
                bytes = .descriptor(input.descriptor.raw, size: size)
            }
            work.state.withLock { state in
                state.stage = stage
                state.input = input
                state.sha256 = hash
            }
            if let outcome = try await duplicate(work, claim, stage, hash: hash) { return .finished(outcome) }
            bulletin.started(work, claim, sha256: hash)
            let passwords = work.route.passwords
            let request = ConversionRequest(
                job: claim.job, name: stage.name, options: settings.options, limits: settings.limits, passwords: try passwords.current())
            let receiver = passwords.canAsk
                ? StageReceiver(stage, on: work.route) { try await passwords.asked(about: claim, sha256: hash) } : StageReceiver(stage, on: work.route)
            return .convert(Conversion(request, input: bytes, receiver: receiver))
        } catch {
            if !work.state.withLock({ $0.isPlanned }) { stage.discard() }
            await work.releaseContent()
            throw error
        }
    }

    func write(_ attempt: Attempt<FileWork>, _ conversion: Conversion, _ reply: ConversionReply) async throws -> FileOutcome {
        do { return try await publish(attempt.payload, reply) } catch let error as SystemError { throw attempt.payload.route.blame(for: error) }
    }

    private func publish(_ work: FileWork, _ reply: ConversionReply) async throws -> FileOutcome {
        let spool = work.route.spool
        let (claim, stage, input, hash) = work.state.withLock { ($0.claim, $0.stage, $0.input, $0.sha256) }
        guard let claim, let stage, let input else { throw ConversionError(.internalError, "the job lost its stage") }
        guard try spool.isUnchanged(input, claim) else { throw ConversionError(.inputChanged, "the file changed while it was converted") }
        if !reply.losses.isEmpty {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            stage.addSidecar([UInt8](try encoder.encode(reply.losses)) + [0x0A], suffix: DirectorySpool.lossesSuffix)
        }
        let staged = try stage.sealed(reply, sha256: hash)
        let delivery = try await commit(work, staged)
        work.state.withLock { state in
            state.stage = nil
            state.input = nil
        }
        return .delivered(delivery)
    }

    func drop(_ attempt: Attempt<FileWork>, _ prepared: Prepared<FileOutcome>, _ error: any Error) async {
        let work = attempt.payload
        let stage = work.state.withLock { state in
            defer {
                state.stage = nil
                state.input = nil
            }
            return state.isPlanned ? nil : state.stage
        }
        stage?.discard()
        await work.releaseContent()
    }

    /// Documents up to here are read ahead and cross inline; larger ones cross as a descriptor.
    private static let inline: UInt64 = 1 << 20
}
