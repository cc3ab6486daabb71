// SPDX-License-Identifier: Apache-2.0
package import Announcements
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
            events.append(Entry(time: event.time, type: event.type.rawValue, detail: event.detail))
            return true
        }
    }
}

extension Event {
    /// Everything that it says beside its type, file and route, in one line for people.
    package var detail: String {
        var words: [String] = []
        if let hook = details?["hook"] { words.append("hook \(hook)") }
        if let origin { words.append("found by \(origin.rawValue)") }
        if let error { words.append("\(error)") }
        if let reason { words.append(reason) }
        if let attempt { words.append("attempt \(attempt)") }
        if let milliseconds = durations?["run"] { words.append("\(Int(milliseconds.rounded())) ms") }
        if let nextMilliseconds { words.append("again in \(nextMilliseconds) ms") }
        words += (outputs ?? []).filter { $0.kind == "document" }.map { "-> \($0.path)" }
        words += (losses ?? []).map { "lost: \($0.message)\($0.count > 1 ? " (\($0.count) times)" : "")" }
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
