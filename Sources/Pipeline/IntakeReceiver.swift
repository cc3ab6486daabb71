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
        defer { if case .interrupted = result.outcome {} else { work.route.feed.finished(work.path) } }
        await untilDone(work.route) {
            switch result.outcome {
            case .done(.delivered(let delivery)):
                work.route.spool.crash(.announceBefore)
                try await bulletin.done(delivery, route: work.route, attempts: result.attempts, ran: result.ran)
                work.route.spool.crash(.announceAfter)
                try work.route.spool.finish(delivery.claim)
                work.route.counts.withLock { $0.done += 1 }
            case .done(.skipped(let claim, let reason)):
                try work.route.spool.dispose(claim)
                try await bulletin.ended(.jobSkipped, claim, route: work.route, state: "skipped", reason: reason)
                try work.route.spool.finish(claim)
                work.route.counts.withLock { $0.skipped += 1 }
            case .done(.notTaken(let stillThere)):
                if stillThere {
                    work.route.feed.finished(work.path)
                    work.route.feed.noticed(work.path, .closed, .event)
                }
            case .failed(let error): try await failed(work, error, attempts: result.attempts)
            case .cancelled:
                guard let claim = work.state.withLock({ $0.claim }) else { return }
                try work.route.spool.putBack(claim)
                try await bulletin.ended(.jobCancelled, claim, route: work.route, state: "cancelled", reason: "asked")
            case .interrupted:
                guard let claim = work.state.withLock({ $0.claim }), claim.attempt > 0 else { return }
                _ = try work.route.spool.endAttempt(claim, counts: false)
            }
        }
    }

    private func failed(_ work: FileWork, _ error: ConversionError, attempts: Int) async throws {
        work.route.counts.withLock { $0.failed += 1 }
        guard let claim = work.state.withLock({ $0.claim }) else { return }
        let earlier = work.state.withLock { $0.errors }
        let report = QuarantineReport(
            claim: claim, route: work.route.name, error: error, attempts: earlier + [.init(number: attempts, error: error)], host: HostName.text,
            version: Version.text, sha256: work.state.withLock { $0.sha256 })
        let place = try work.route.spool.quarantine(claim, report)
        try await bulletin.failed(claim, route: work.route, error, attempts: attempts, report: place)
        try work.route.spool.finish(claim)
    }

    func postponed(_ attempt: Attempt<FileWork>, because error: ConversionError, delay: Duration) async {
        let work = attempt.payload
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

    /// What must be done on disk is tried again until the environment lets it: the job waits, nothing is lost.
    private func untilDone(_ route: Route, _ body: () async throws -> Void) async {
        var wait = Duration.seconds(1)
        while true {
            do { return try await body() } catch {
                route.counts.withLock { $0.pause = "\(error)" }
                // A stop leaves the job where it is; the next start finds it there.
                guard (try? await Task.sleep(for: wait)) != nil else { return }
                wait = min(wait * 2, .seconds(60))
            }
        }
    }
}
