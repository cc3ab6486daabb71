// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import FileAccess
import Ledger
import Spooling
import Settings
import Synchronization
import SystemPackage

/// Tells what became of files: to the log first, then to the ledger.
struct Bulletin: Sendable {
    let bus: EventBus
    let ledger: Ledger

    func claimed(_ work: FileWork, _ claim: Claim) {
        var event = Event(.jobClaimed, route: work.route.name, job: claim.job, path: claim.path)
        event.size = claim.identity.size
        event.origin = claim.origin
        bus.post(event)
        ledger.note(row(claim, work.route, state: "claimed"))
    }

    /// Its content is on the way to a worker.
    func started(_ work: FileWork, _ claim: Claim, sha256: String) {
        var event = Event(.jobStarted, route: work.route.name, job: claim.job, path: claim.path)
        event.attempt = claim.attempt
        event.sha256 = sha256
        bus.post(event)
    }

    func postponed(_ work: FileWork, _ job: JobID, attempt: Int, _ error: ConversionError, delay: Duration) {
        var event = Event(error.remedy == .readAgain ? .jobTorn : .jobRetry, route: work.route.name, job: job, path: work.path)
        event.error = error
        event.attempt = attempt
        event.nextMilliseconds = delay.wholeMilliseconds
        let isNews = work.state.withLock { state in
            defer { state.waitsFor = error.remedy == .environment ? error.code : nil }
            return error.remedy != .environment || state.waitsFor != error.code
        }
        if isNews { bus.post(event) }
        guard let claim = work.state.withLock({ $0.claim }) else { return }
        var row = row(claim, work.route, state: "waiting")
        row.code = error.code.rawValue
        row.reason = error.reason
        row.attempts = claim.attempt
        row.due = WallClock.milliseconds + delay.wholeMilliseconds
        ledger.note(row)
    }

    /// Something cannot be done on disk; it is tried again.
    func troubled(_ route: Route, _ reason: String) {
        var event = Event(.routeDegraded, route: route.name)
        event.reason = reason
        bus.post(event)
    }

    func done(_ delivery: Delivery, route: Route, attempts: Int, ran: Duration?, duplicateOf: String?, _ telling: Telling) async throws {
        let place = telling.place
        var event = self.event(.jobDone, delivery.claim, route)
        event.attempt = attempts
        event.sha256 = delivery.sha256
        event.duplicateOf = duplicateOf
        event.outputs = delivery.outputs.map { output in
            EventOutput(
                path: route.settings.outbox.appending(output.filePath.components), kind: output.kind.rawValue, bytes: output.bytes,
                sha256: output.sha256, format: output.format)
        }
        event.losses = delivery.reply.losses.isEmpty ? nil : delivery.reply.losses
        event.disposition = place?.escaped ?? route.settings.disposal.rawValue
        // Deleted, or where the policy has put it.
        event.place(place ?? (route.spool.layout.leavesFiles ? route.spool.original(of: delivery.claim) : nil))
        event.durations = ran.map { ["run": Double($0.wholeNanoseconds) / 1_000_000, "cpu": Double(delivery.reply.usage.cpuMicroseconds) / 1_000] }
        try await telling.publish { [event] in try await bus.publish([event]) }
        var row = self.row(delivery.claim, route, state: "done")
        row.attempts = attempts
        row.sha256 = delivery.sha256
        row.outputs = delivery.outputs.map(\.filePath.escaped)
        row.losses = delivery.reply.losses.reduce(0) { sum, loss in
            let (more, isTooMany) = sum.addingReportingOverflow(loss.count)
            return isTooMany ? .max : more
        }
        row.reason = delivery.reply.losses.first(where: \.isDamage).map { "damaged: \($0.message)" }
        row.milliseconds = ran.map { Double($0.wholeNanoseconds) / 1_000_000 }
        try await ledger.record([row])
    }

    /// `report`: the place of its report in quarantine; nil when it could not even be taken, and stays where it is.
    func failed(_ claim: Claim, route: Route, _ error: ConversionError, attempts: Int, sha256: String?, report: FilePath?, _ telling: Telling) async throws {
        let quarantined = route.spool.layout.leavesFiles ? nil : report?.withoutEnding(".error.json")
        var event = self.event(.jobFailed, claim, route)
        event.error = error
        event.attempt = attempts
        event.sha256 = sha256
        event.place(quarantined ?? route.settings.inbox.appending(claim.path.components))
        event.disposition = event.source
        event.details = report.map { ["report": $0.escaped] }
        try await telling.publish { [event] in try await bus.publish([event]) }
        var row = self.row(claim, route, state: "failed")
        row.code = error.code.rawValue
        row.reason = error.reason
        row.attempts = attempts
        row.sha256 = sha256
        try await ledger.record([row])
    }

    /// Somebody took it out of work; its file lies at `place` in the inbox, where it is left alone.
    func cancelled(_ claim: Claim, at place: FilePath, route: Route, _ telling: Telling) async throws {
        var event = self.event(.jobCancelled, claim, route)
        event.reason = "operator"
        event.place(route.settings.inbox.appending(place.components))
        try await telling.publish { [event] in try await bus.publish([event]) }
        var row = self.row(claim, route, state: "cancelled")
        row.path = place
        row.code = FailureCode.cancelled.rawValue
        row.reason = "an operator cancelled it"
        row.attempts = claim.attempt
        try await ledger.record([row])
    }

    func ended(_ type: EventType, _ claim: Claim, route: Route, state: String, reason: String, duplicateOf: String? = nil, isTakenAgain: Bool = false, _ telling: Telling) async throws {
        var event = self.event(type, claim, route)
        event.duplicateOf = duplicateOf
        event.reason = reason
        try await telling.publish { [event] in try await bus.publish([event]) }
        var row = self.row(claim, route, state: state)
        row.reason = reason
        // No file is known by this row: a scan finds it new.
        if isTakenAgain { (row.device, row.inode) = (0, 0) }
        try await ledger.record([row])
    }

    private func event(_ type: EventType, _ claim: Claim, _ route: Route) -> Event {
        var event = Event(type, route: route.name, job: claim.job, path: claim.path)
        event.size = claim.identity.size
        event.origin = claim.origin
        return event
    }

    private func row(_ claim: Claim, _ route: Route, state: String) -> JobRow {
        var row = JobRow(job: claim.job.text, route: route.name, path: claim.path, state: state)
        row.size = claim.identity.size
        row.updated = WallClock.milliseconds
        row.device = claim.identity.device
        row.inode = claim.identity.inode
        row.modified = claim.identity.modified
        return row
    }
}

extension FilePath {
    /// Without the bytes of `ending`, which it has.
    fileprivate func withoutEnding(_ ending: String) -> FilePath { FilePath(bytes: bytes.dropLast(ending.utf8.count)) }
}
