// SPDX-License-Identifier: Apache-2.0
import Announcements
import ConversionProtocol
import FileAccess
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

    package init(_ job: String, state: FilePath) throws {
        let wanted = Array("\"job\":\"\(job)\"".utf8)
        try EventLog.lines(after: 0, at: state.appending("events.jsonl")) { _, line in
            // Most lines are about others: they are not parsed.
            guard line.contains(wanted), let event = EventLog.event(of: line), event.job?.text == job else { return true }
            lines.append(String(decoding: line, as: UTF8.self))
            events.append(Entry(time: event.time, type: event.type.rawValue, detail: Self.detail(event)))
            return true
        }
    }

    private static func detail(_ event: Event) -> String {
        var words: [String] = []
        if let hook = event.details?["hook"] { words.append("hook \(hook)") }
        if let origin = event.origin { words.append("found by \(origin.rawValue)") }
        if let error = event.error { words.append("\(error)") }
        if let reason = event.reason { words.append(reason) }
        if let attempt = event.attempt { words.append("attempt \(attempt)") }
        if let milliseconds = event.durations?["run"] { words.append("\(Int(milliseconds.rounded())) ms") }
        if let next = event.nextMilliseconds { words.append("again in \(next) ms") }
        words += (event.outputs ?? []).filter { $0.kind == "document" }.map { "-> \($0.path)" }
        words += (event.losses ?? []).map { "lost: \($0.message)\($0.count > 1 ? " (\($0.count) times)" : "")" }
        if let place = event.disposition { words.append("original: \(place)") }
        return words.joined(separator: ", ")
    }
}

extension [UInt8] {
    fileprivate func contains(_ piece: [UInt8]) -> Bool {
        guard let first = piece.first else { return true }
        var place = startIndex
        while let found = self[place...].firstIndex(of: first), found + piece.count <= endIndex {
            if self[found..<(found + piece.count)].elementsEqual(piece) { return true }
            place = found + 1
        }
        return false
    }
}
