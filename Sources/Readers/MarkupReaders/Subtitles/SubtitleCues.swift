// SPDX-License-Identifier: Apache-2.0
import DocumentTree

struct SubtitleCue {
    /// Milliseconds.
    var start: Int
    var end: Int
    var lines: [Line]
}

/// The cues of a file in both formats: blocks of lines with `-->` in their first or second.
struct SubtitleCues {
    private let lines: [Line]
    private(set) var cues: [SubtitleCue] = []
    private(set) var metadata = Metadata()
    /// Lines that belong to nothing.
    private(set) var malformed = 0
    private var at = 0

    init(_ lines: [Line]) { self.lines = lines }

    mutating func read() {
        header()
        while at < lines.count {
            let line = lines[at]
            if line.isBlank {
                at += 1
            } else if let times = SubtitleTime.range(line) {
                at += 1
                cue(times)
            } else if line.hasPrefix("NOTE") || line.trimmed.equals("STYLE") || line.trimmed.equals("REGION") {
                while at < lines.count, !lines[at].isBlank { at += 1 }
            } else {
                // A cue's number or name; anything else belongs to no cue.
                if at + 1 >= lines.count || SubtitleTime.range(lines[at + 1]) == nil { malformed += 1 }
                at += 1
            }
        }
    }

    /// `WEBVTT - title`, then lines of facts up to the first blank one.
    private mutating func header() {
        guard let first = lines.first, first.hasPrefix("WEBVTT") else { return }
        metadata.add("title", first.dropFirst(6).drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "-") }.trimmed.text)
        at = 1
        while at < lines.count, !lines[at].isBlank, SubtitleTime.range(lines[at]) == nil {
            if let colon = lines[at].firstIndex(of: UInt8(ascii: ":")), !lines[at].hasPrefix("X-TIMESTAMP") {
                metadata.add(lines[at][..<colon].trimmed.text.lowercased(), lines[at][(colon + 1)...].trimmed.text)
            }
            at += 1
        }
    }

    private mutating func cue(_ times: (start: Int, end: Int)) {
        var text: [Line] = []
        while at < lines.count, !lines[at].isBlank {
            // A blank line is missing before the next cue.
            if SubtitleTime.range(lines[at]) != nil { break }
            if at + 1 < lines.count, SubtitleTime.range(lines[at + 1]) != nil, lines[at].trimmed.allSatisfy(Letters.isDigit) {
                at += 1
                break
            }
            text.append(lines[at].trimmed)
            at += 1
        }
        if !text.isEmpty { cues.append(SubtitleCue(start: times.start, end: times.end, lines: text)) }
    }
}
