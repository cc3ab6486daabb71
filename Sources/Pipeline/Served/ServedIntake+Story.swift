// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import DashboardModel
import FileAccess
import Glibc
import Ledger
import Quantities
import Settings
import SystemPackage

extension ServedIntake {
    func job(_ name: String) async throws -> JobDetail {
        let found = try story(of: name)
        return StoryTelling(found.row, found.events, isCutShort: found.isCutShort, hooks: intake.configuration.hooks.map(\.name), item: item).detail
    }

    func output(_ number: Int, of job: String) async throws -> OpenOutput {
        let outputs = try story(of: job).events.last { $0.type == .jobDone }?.outputs ?? []
        let order = StoryTelling.ordered(outputs)
        guard order.indices.contains(number) else { throw Refusal(.missing, "cannot find output \(number) of job \(job): it has \(order.count), numbered from 0") }
        let output = order[number]
        var item = StoryTelling.item(output, number)
        let path = FilePath(bytes: output.pathBytes.map { [UInt8]($0) } ?? Array(output.path.utf8))
        // Only what lies in an outbox is read, whatever the log says.
        for route in intake.routes {
            var below = path
            guard below.removePrefix(route.settings.outbox), !below.isEmpty else { continue }
            do {
                let file = try Folder(route.settings.outbox).open(below, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
                let identity = try FileIdentity.of(file.raw, path: path)
                guard identity.isRegular else { break }
                item.bytes = identity.size
                item.isThere = true
                return OpenOutput(item: item) { count, offset in try file.read(count, at: offset, path: path) }
            } catch let error as SystemError where error.kind == .missing { break }
        }
        throw Refusal(.missing, "cannot find \"\(item.name)\": it is no longer in the outbox")
    }

    private func story(of name: String) throws -> (row: JobRow?, events: [Event], isCutShort: Bool) {
        guard let id = JobID(name) else { throw Self.unknown(name) }
        var query = JobQuery()
        query.job = name
        let row = try intake.ledger.jobs(query).first
        let wanted = Array("\"job\":\"\(name)\"".utf8)
        var events: [Event] = []
        let began = Event.text(of: id.milliseconds > 60_000 ? id.milliseconds - 60_000 : 0)
        let isWhole = try EventLog.lines(since: began, at: log) { line in
            // Most lines are about others: they are not parsed.
            guard line.contains(wanted), let event = EventLog.event(of: line) else { return true }
            if event.job?.text == name { events.append(event) }
            return true
        }
        if row == nil, events.isEmpty { throw Self.unknown(name) }
        return (row, Self.withoutRepeats(events), !isWhole && !events.contains { $0.type == .jobClaimed })
    }

    /// Of all the times that a hook put one event off, the last: there may be hundreds.
    private static func withoutRepeats(_ events: [Event]) -> [Event] {
        var seen: Set<[String]> = []
        return events.reversed().filter { event in
            event.type != .hookDeferred || seen.insert([event.details?["hook"] ?? "", event.details?["event_id"] ?? ""]).inserted
        }.reversed()
    }

    private static func unknown(_ name: String) -> Refusal {
        Refusal(.missing, "cannot find job \"\(name.prefix(64))\": neither the history nor the log has it; it may have been retried under a new name")
    }
}

/// A job's events, put in order for people.
private struct StoryTelling {
    private(set) var detail: JobDetail

    init(_ row: JobRow?, _ events: [Event], isCutShort: Bool, hooks: [String], item: (JobRow) -> JobItem) {
        detail = JobDetail(job: row.map(item) ?? Self.remembered(events))
        detail.isCutShort = isCutShort
        var before: UInt64?
        for event in events {
            var step = StoryStep(kind: Self.kind(event), type: event.type.rawValue, time: event.time, detail: Self.words(event))
            step.attempt = event.attempt
            step.seq = event.seq
            let moment = try? JobTimes.moment(event.time, "time", endOfDay: false, fractions: true)
            if let moment, let before { step.elapsedMilliseconds = Double(moment) - Double(before) }
            before = moment ?? before
            detail.steps.append(step)
            tell(event)
        }
        detail.source.path = detail.job.path
        if detail.source.size == nil { detail.source.size = row?.size }
        if detail.source.sha256 == nil { detail.source.sha256 = row?.sha256 }
        if let row, row.modified > 0 { detail.source.modified = Event.text(of: UInt64(row.modified / 1_000_000)) }
    }

    private mutating func tell(_ event: Event) {
        if event.type.isOfHook { return detail.hooks.append(HookRunItem(event)) }
        if let size = event.size { detail.source.size = size }
        if let sha256 = event.sha256 { detail.source.sha256 = sha256 }
        if let origin = event.origin { detail.source.origin = origin.rawValue }
        if let duplicate = event.duplicateOf { detail.source.duplicateOf = duplicate }
        if event.type.isTerminal { detail.source.place = event.source }
        switch event.type {
        case .jobStarted:
            var attempt = AttemptItem(number: event.attempt ?? detail.attempts.count + 1, outcome: "running")
            attempt.began = event.time
            detail.attempts.append(attempt)
        case .jobRetry, .jobTorn, .jobFailed: end(event, event.type == .jobTorn ? "torn" : "failed")
        case .jobDone:
            end(event, "done")
            detail.outputs = Self.ordered(event.outputs ?? []).enumerated().map { Self.item($1, $0) }
            var groups: [String: LossGroup] = [:]
            for loss in event.losses ?? [] {
                groups[loss.code, default: LossGroup(code: loss.code, count: 0, items: [], isDamage: loss.isDamage)].count += loss.count
                groups[loss.code]?.items.append(LossItem(message: loss.message, location: loss.location, count: loss.count))
            }
            detail.losses = groups.values.sorted { ($0.isDamage ? 0 : 1, $1.count, $0.code) < ($1.isDamage ? 0 : 1, $0.count, $1.code) }
        default: return
        }
    }

    /// The end of the attempt that runs; one that ended before it began has no start.
    private mutating func end(_ event: Event, _ outcome: String) {
        if detail.attempts.last?.outcome != "running" { detail.attempts.append(AttemptItem(number: event.attempt ?? detail.attempts.count + 1, outcome: outcome)) }
        let place = detail.attempts.count - 1
        detail.attempts[place].outcome = outcome
        detail.attempts[place].ended = event.time
        detail.attempts[place].code = event.error?.code.rawValue
        detail.attempts[place].reason = event.error?.reason
        detail.attempts[place].milliseconds = event.durations?["run"]
        detail.attempts[place].cpuMilliseconds = event.durations?["cpu"]
        detail.attempts[place].nextInMilliseconds = event.nextMilliseconds.map(Double.init)
    }

    /// What the page does not show elsewhere: where the files are stands beside the story.
    private static func words(_ event: Event) -> String {
        switch event.type {
        case .jobStarted: ""
        case .jobDone:
            [
                event.outputs.map { Quantity.count($0.count, "result", "results") },
                event.losses.flatMap { $0.isEmpty ? nil : Quantity.count($0.reduce(0) { $0 + $1.count }, "loss", "losses") },
                event.source == nil ? "the original is deleted, as the route says" : nil,
            ].compactMap(\.self).joined(separator: ", ")
        default: event.detail
        }
    }

    private static func kind(_ event: Event) -> String {
        event.type.isOfHook ? "hook" : String(event.type.rawValue.drop { $0 != "." }.dropFirst())
    }

    /// What the log remembers of a job that the history has forgotten.
    private static func remembered(_ events: [Event]) -> JobItem {
        let first = events.first, end = events.last { $0.type.isTerminal }
        var item = JobItem(
            job: first?.job?.text ?? "", route: first?.route ?? "", path: first?.path ?? "", name: first?.name ?? first?.path ?? "",
            state: end.flatMap { JobState(rawValue: String($0.type.rawValue.dropFirst(4))) } ?? .claimed)
        item.code = end?.error?.code.rawValue
        item.reason = end?.error?.reason ?? end?.reason
        item.size = events.lazy.compactMap(\.size).first ?? 0
        item.began = first?.time ?? ""
        item.updated = events.last?.time ?? ""
        item.attempts = end?.attempt ?? 0
        return item
    }

    static func ordered(_ outputs: [EventOutput]) -> [EventOutput] { outputs.filter { $0.kind == "document" } + outputs.filter { $0.kind != "document" } }

    static func item(_ output: EventOutput, _ number: Int) -> OutputItem {
        let name = output.path.split(separator: "/").last.map(String.init) ?? output.path
        let path = output.pathBytes.map { FilePath(bytes: [UInt8]($0)) } ?? FilePath(output.path)
        let ending = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        return OutputItem(
            number: number, path: output.path, name: name, kind: output.kind, format: output.format, bytes: output.bytes, sha256: output.sha256,
            isThere: path.withPlatformString { access($0, R_OK) } == 0, isViewable: ["md", "txt", "json", "jsonl", "html"].contains(ending))
    }
}

extension HookRunItem {
    init(_ event: Event) {
        self.init(
            hook: event.details?["hook"] ?? "", time: event.time, outcome: String(event.type.rawValue.drop { $0 != "." }.dropFirst()),
            isFinal: event.details?["final"] == "true")
        reason = event.reason
        self.event = event.details?["event"]
        job = event.job?.text
        path = event.path
        attempt = event.attempt
        milliseconds = event.durations?["run"]
        errors = event.details?["stderr"]
        next = event.nextAttempt.map { Event.text(of: $0) }
    }
}
