// SPDX-License-Identifier: Apache-2.0
import BatchProcessing
import ConversionProtocol
import FileAccess
import Ledger
import Settings
import Spooling
import Synchronization
import SystemPackage

/// What a route has converted before, by content: the ledger knows it.
struct LedgerContents: DuplicateStore {
    let ledger: Ledger
    let route: String

    func record(of hash: String) throws -> JobRow? { try ledger.converted(sha256: hash, route: route) }
    /// The job's row says it, once the job's end is told.
    func remember(_ record: JobRow, of hash: String) {}
}

extension IntakeStages {
    /// What is done with a file whose content an earlier job has converted; nil when it is to be converted.
    func duplicate(_ work: FileWork, _ claim: Claim, _ stage: Stage, hash: String) async throws -> FileOutcome? {
        guard work.route.settings.duplicates != .convert else { return nil }
        guard case .duplicate(let earlier) = try await work.route.contents.verdict(on: hash) else {
            work.state.withLock { $0.content = hash }
            return nil
        }
        // Outputs that somebody took away do not count.
        guard try work.route.spool.hasOutputs(earlier.outputs) else { return nil }
        work.state.withLock { $0.duplicateOf = earlier.job }
        if work.route.settings.duplicates == .skip {
            stage.discard()
            return .skipped(claim, reason: "duplicate")
        }
        guard try stage.adopt(earlier.outputs) else {
            work.state.withLock { $0.duplicateOf = nil }
            return nil
        }
        return .delivered(try await commit(work, stage.sealed(ConversionReply(), sha256: hash)))
    }

    /// Publishes, with what may have to be gone on with kept.
    func commit(_ work: FileWork, _ staged: StagedJob) async throws -> Delivery {
        do { return try await work.route.group.commit(staged) } catch {
            work.state.withLock { $0.isPlanned = true }
            throw error
        }
    }
}

extension FileWork {
    /// Lets the next job with this content go on: this one has ended, or is tried again later.
    func releaseContent() async {
        let hash = state.withLock { state in
            defer { state.content = nil }
            return state.content
        }
        // Nothing is remembered here, so nothing can fail.
        if let hash { try? await route.contents.settle(hash, with: nil) }
    }
}
