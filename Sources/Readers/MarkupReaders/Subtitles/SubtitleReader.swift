// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads SubRip and WebVTT as a text to read, not as a table of cues.
///
/// Cues are joined to paragraphs. A new one begins after a pause of two seconds, when another voice speaks, or at the
/// end of a sentence once the paragraph is long; the time of its first cue stands before it: `[00:01:05] text`.
package struct SubtitleReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let lines = MarkupText.lines(of: source, &diagnostics)
        var cues = SubtitleCues(lines)
        cues.read()
        if cues.malformed > 0 { diagnostics.report("cue-malformed", "lines outside of any cue were left out", count: cues.malformed) }
        var document = Document()
        document.metadata = cues.metadata
        if let last = cues.cues.last { document.metadata.add("duration", SubtitleTime.text(max(last.end, last.start))) }
        if !cues.cues.isEmpty { document.metadata.add("cues", String(cues.cues.count)) }
        if let title = cues.metadata["title"] { document.blocks.append(.heading(level: 1, [.text(title)])) }
        document.blocks += SubtitleParagraphs.joined(cues.cues)
        try sink.take(document)
    }
}

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

enum SubtitleTime {
    /// `00:00:01,000 --> 00:00:02.500 settings`.
    static func range(_ line: Line) -> (start: Int, end: Int)? {
        guard let arrow = line.prefix(40).first("-->") else { return nil }
        let rest = line[(arrow + 3)...].trimmed
        guard let start = milliseconds(line[..<arrow].trimmed), let end = milliseconds(rest.prefix { !Letters.isSpace($0) }) else { return nil }
        return (start, end)
    }

    /// `[hours:]minutes:seconds[.,]fraction`.
    private static func milliseconds(_ text: Line) -> Int? {
        let parts = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count) else { return nil }
        var total = 0
        for part in parts.dropLast() {
            guard part.count <= 4, let value = Int(part.text), value >= 0 else { return nil }
            total = total * 60 + value
        }
        let pieces = parts[parts.count - 1].split { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        guard let first = pieces.first, first.count <= 2, let seconds = Int(first.text), seconds >= 0 else { return nil }
        var fraction = 0
        if pieces.count > 1 {
            let digits = pieces[1].prefix(3)
            guard let value = Int(digits.text), value >= 0 else { return nil }
            fraction = digits.count == 3 ? value : digits.count == 2 ? value * 10 : value * 100
        }
        return (total * 60 + seconds) * 1_000 + fraction
    }

    /// `00:01:05`.
    static func text(_ milliseconds: Int) -> String {
        let seconds = milliseconds / 1_000
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(two(seconds / 3_600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }
}
