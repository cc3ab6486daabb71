// SPDX-License-Identifier: Apache-2.0
import Announcements
import BatchProcessing
import ConversionProtocol
import FileAccess
import Spooling
import Arrivals
import Synchronization
import SystemPackage

/// The end of every file's work: acknowledge on disk, announce, then let go.
struct IntakeReceiver: BatchReceiver {
    typealias Payload = FileWork
    typealias Output = FileOutcome

    let bulletin: Bulletin

    func ended(_ result: BatchResult<FileWork, FileOutcome>) async {
        let work = result.job.payload
        work.end()
        defer { if case .interrupted = result.outcome {} else { work.route.finished(work.path) } }
        let telling = Telling()
        await work.route.untilDone(bulletin) {
            switch result.outcome {
            case .done(.delivered(let delivery)):
                try await delivered(delivery, work.route, attempts: result.attempts, ran: result.ran, duplicateOf: work.state.withLock { $0.duplicateOf }, telling)
            case .done(.skipped(let claim, let reason)):
                try work.route.spool.dispose(claim)
                try await bulletin.ended(
                    .jobSkipped, claim, route: work.route, state: "skipped", reason: reason, duplicateOf: work.state.withLock { $0.duplicateOf }, telling)
                try work.route.spool.finish(claim)
                work.route.counts.withLock { $0.skipped += 1 }
            case .done(.routed(let claim, let other)):
                try await bulletin.ended(.jobSkipped, claim, route: work.route, state: "skipped", reason: "routed to \(other.name)", telling)
                try work.route.spool.hand(claim, to: other.spool)
                other.feed.rescan()
                work.route.counts.withLock { $0.skipped += 1 }
            case .done(.released(let claim, let reason)):
                // A claim in an inbox that was moved away stays with it.
                if work.route.spool.hasInbox { try work.route.spool.putBack(claim) }
                try await bulletin.ended(.jobCancelled, claim, route: work.route, state: "cancelled", reason: reason, isTakenAgain: true, telling)
            case .done(.notTaken(let stillThere)):
                // Looked at again once its work is over.
                if stillThere { work.route.feed.noticed(work.path, .closed, .event) }
            case .failed(let error): try await failed(work, error, result.job.id, attempts: result.attempts, telling)
            case .cancelled:
                guard let claim = claim(of: work, result.job.id) else { return }
                if work.state.withLock({ $0.claim }) != nil { try telling.dispose { try work.route.spool.putBack(claim) } }
                try await bulletin.cancelled(claim, at: telling.place ?? claim.path, route: work.route, telling)
                work.route.counts.withLock { $0.cancelled += 1 }
            case .interrupted:
                guard let claim = work.state.withLock({ $0.claim }), claim.attempt > 0 else { return }
                _ = try work.route.spool.endAttempt(claim, counts: false)
            }
        }
        await work.releaseContent()
    }

    /// Acknowledges what stands in the outbox: the original goes, the end is told, the job's folder goes.
    func delivered(
        _ delivery: Delivery, _ route: Route, attempts: Int, ran: Duration?, duplicateOf: String? = nil, _ telling: Telling
    ) async throws {
        try telling.dispose { try route.spool.dispose(delivery.claim) }
        route.spool.crash(.announceBefore)
        try await bulletin.done(delivery, route: route, attempts: attempts, ran: ran, duplicateOf: duplicateOf, telling)
        route.spool.crash(.announceAfter)
        try route.spool.finish(delivery.claim)
        route.counts.withLock { counts in
            counts.done += 1
            counts.ends.done(format: delivery.reply.detectedFormat, bytes: delivery.claim.identity.size)
            counts.ends.lost(delivery.reply.losses, path: delivery.claim.path.escaped)
        }
    }

    /// Puts the file aside and tells of it.
    func failed(_ claim: Claim, _ report: QuarantineReport, _ route: Route, attempts: Int, _ telling: Telling) async throws {
        let place = try route.spool.quarantine(claim, report)
        try await bulletin.failed(claim, route: route, report.error, attempts: attempts, sha256: report.sha256, report: place, telling)
        try route.spool.finish(claim)
        route.countFailure(of: claim, report.error)
    }

    private func failed(_ work: FileWork, _ error: ConversionError, _ job: JobID, attempts: Int, _ telling: Telling) async throws {
        guard let claim = work.state.withLock({ $0.claim }) else {
            // It could not even be taken: it stays where it is, and is left alone until it changes or somebody asks.
            guard let claim = self.claim(of: work, job) else { return }
            try await bulletin.failed(claim, route: work.route, error, attempts: attempts, sha256: nil, report: nil, telling)
            return work.route.countFailure(of: claim, error)
        }
        let earlier = work.state.withLock { $0.errors }
        let report = QuarantineReport(
            claim: claim, route: work.route.name, error: error, attempts: earlier + [.init(number: attempts, error: error)], host: HostName.text,
            version: Version.text, sha256: work.state.withLock { $0.sha256 }, address: work.route.spool.layout.address)
        try await failed(claim, report, work.route, attempts: attempts, telling)
    }

    /// The job's claim, or the one that it would have made.
    private func claim(of work: FileWork, _ job: JobID) -> Claim? {
        work.state.withLock { $0.claim } ?? work.arrival.map { work.route.spool.intent($0, job: job) }
    }

    func postponed(_ attempt: Attempt<FileWork>, because error: ConversionError, delay: Duration) async {
        let work = attempt.payload
        work.end()
        if let claim = work.state.withLock({ $0.claim }), claim.attempt > 0 {
            let counts = error.remedy == .retry || error.remedy == .retryAlone
            // An attempt that cannot be ended on disk now is counted as a death later: too many, never too few.
            let ended = try? work.route.spool.endAttempt(claim, counts: counts)
            work.state.withLock { state in
                state.claim = ended ?? claim
                if counts { state.errors.append(.init(number: attempt.number, error: error)) }
            }
        }
        bulletin.postponed(work, attempt.job.id, attempt: attempt.number, error, delay: delay)
    }

    func changed(_ change: GroupChange) {
        switch change {
        case .paused(let group, let reason):
            var event = Event(.routePaused, route: group)
            switch reason {
            case .asked: event.reason = "operator"
            case .environment(let error):
                event.reason = error.code.rawValue
                event.error = error
            }
            bulletin.bus.post(event)
        case .resumed(let group): bulletin.bus.post(Event(.routeResumed, route: group))
        }
    }
}

extension Route {
    fileprivate func countFailure(of claim: Claim, _ error: ConversionError) {
        counts.withLock { counts in
            counts.failed += 1
            counts.ends.failed(name: claim.path.lastComponent?.string ?? "", error.code)
        }
    }
}
