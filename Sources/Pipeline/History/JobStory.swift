// SPDX-License-Identifier: Apache-2.0
package import Announcements
import ConversionProtocol
import FileAccess
import Quantities
package import SystemPackage

/// Everything that the event log tells about one job, hooks included.
package struct JobStory: Sendable {
    package struct Entry: Sendable {
        package var time: String
        package var type: String
        package var detail: String
    }

    /// Lines of JSON, as they stand in the log.
    package private(set) var lines: [String] = []
    package private(set) var events: [Entry] = []
    /// The last word about each event that a hook has not taken.
    package private(set) var untaken: [Untaken] = []

    /// An event that a hook has not taken yet, or that it was given up to tell it.
    package struct Untaken: Sendable {
        package var hook: String
        /// Such as `job.done`.
        package var event: String
        package var eventID: String
        /// How the last run ended, and the last of what it said.
        package var reason: String
        package var run: Int
        package var isGivenUp: Bool
        /// RFC 3339; nil when it is not known.
        package var next: String?

        init?(_ event: Event) {
            guard event.type.isOfHook, let hook = event.details?["hook"], let told = event.details?["event"], let eventID = event.details?["event_id"] else { return nil }
            self.hook = hook
            self.event = told
            self.eventID = eventID
            reason = event.ending
            run = event.attempt ?? 1
            isGivenUp = event.isGivenUp
            next = event.nextAttempt.map { Event.text(of: $0) }
        }
    }

    package init(_ job: String, state: FilePath) throws {
        let wanted = Array("\"job\":\"\(job)\"".utf8)
        try EventLog.lines(after: 0, at: state.appending("events.jsonl")) { _, line in
            // Most lines are about others: they are not parsed.
            guard line.contains(wanted), let event = EventLog.event(of: line), event.job?.text == job else { return true }
            lines.append(String(decoding: line, as: UTF8.self))
            events.append(Entry(time: event.time, type: event.type.rawValue, detail: event.detail))
            note(event)
            return true
        }
    }

    private mutating func note(_ event: Event) {
        guard let last = Untaken(event) else { return }
        untaken.removeAll { $0.hook == last.hook && $0.eventID == last.eventID }
        if event.type != .hookDone { untaken.append(last) }
    }
}

extension Event {
    /// The last run of a hook for its event, which it did not take.
    package var isGivenUp: Bool { type.isOfHook && type != .hookDone && details?["final"] != nil }

    /// The reason; of a hook that did not take its event with the last line of what it said.
    package var ending: String {
        let reason = reason ?? ""
        guard type.isOfHook, type != .hookDone, let said = details?["stderr"]?.split(whereSeparator: \.isNewline) else { return reason }
        return said.last { !$0.allSatisfy(\.isWhitespace) }.map { "\(reason): \($0.prefix(200))" } ?? reason
    }

    /// When a run of a hook is tried again, in milliseconds since 1970.
    package var nextAttempt: UInt64? {
        guard type.isOfHook, let nextMilliseconds, let then = try? JobTimes.moment(time, "time", endOfDay: false, fractions: true) else { return nil }
        return then + min(nextMilliseconds, 1 << 45)
    }

    /// Everything that it says beside its type, file and route, in one line for people.
    package var detail: String {
        var words: [String] = []
        if let hook = details?["hook"] { words.append("hook \(hook)") }
        if isGivenUp { words.append("given up") }
        if let origin { words.append("found by \(origin.rawValue)") }
        if let error { words.append("\(error)") }
        if reason != nil { words.append(ending) }
        if let attempt { words.append("attempt \(attempt)") }
        if let milliseconds = durations?["run"] { words.append("\(Int(milliseconds.rounded())) ms") }
        if let nextMilliseconds { words.append("again in \(Quantity.duration(milliseconds: Double(nextMilliseconds)))") }
        words += (outputs ?? []).filter { $0.kind == "document" }.map { "-> \($0.path)" }
        words += (losses ?? []).gravestFirst.map { "\($0.isDamage ? "damaged" : "lost"): \($0.message)\($0.count > 1 ? " (\($0.count) times)" : "")" }
        if let disposition { words.append("original: \(disposition)") }
        return words.joined(separator: ", ")
    }
}

extension [UInt8] {
    func contains(_ piece: [UInt8]) -> Bool {
        guard let first = piece.first else { return true }
        var place = startIndex
        while let found = self[place...].firstIndex(of: first), found + piece.count <= endIndex {
            if self[found..<(found + piece.count)].elementsEqual(piece) { return true }
            place = found + 1
        }
        return false
    }
}
