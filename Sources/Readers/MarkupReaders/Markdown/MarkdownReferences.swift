// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// What a text defines anywhere and uses anywhere: link targets (CommonMark 4.7) and notes.
struct MarkdownReferences {
    struct Target {
        var address: String
        var title: String?
    }

    private(set) var links: [String: Target] = [:]
    private(set) var notes: [String: NoteID] = [:]

    init() {}

    /// Looks through all lines but those of code, within quotes and lists too.
    init(_ lines: [Line], notePrefix: String) {
        var fence: (mark: UInt8, count: Int)?
        /// A paragraph takes a definition right below it for text (CommonMark 4.7).
        var isInParagraph = false
        var at = 0
        while at < lines.count {
            let line = lines[at].drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }
            let follows = isInParagraph
            isInParagraph = fence == nil && Self.isText(line)
            if let mark = MarkdownLine.fence(line) {
                if let open = fence { if open.mark == mark.mark, mark.count >= open.count { fence = nil } } else { fence = (mark.mark, mark.count) }
            } else if fence == nil, line.first == UInt8(ascii: "[") {
                if let note = Self.note(line) {
                    let label = Self.label(note.label)
                    if notes[label] == nil { notes[label] = NoteID(notePrefix + note.label.text) }
                } else if !follows, let found = Self.definition(lines, at) {
                    isInParagraph = false
                    let label = Self.label(found.label)
                    if links[label] == nil { links[label] = found.target }
                    at += found.lines
                    continue
                }
            }
            at += 1
        }
    }

    /// Whether a line, if it stood alone, would be of a paragraph. A definition of a note is none, and ends one.
    private static func isText(_ line: Line) -> Bool {
        !line.isBlank && MarkdownLine.heading(line) == nil && MarkdownLine.fence(line) == nil && MarkdownLine.underline(line) == nil && !MarkdownLine.isRule(line)
            && note(line) == nil
    }

    /// `[^label]: text`.
    static func note(_ line: Line) -> (label: Line, text: Line)? {
        guard line.hasPrefix("[^"), let end = line.prefix(200).firstIndex(of: UInt8(ascii: "]")), end > line.startIndex + 2,
            end + 1 < line.endIndex, line[end + 1] == UInt8(ascii: ":")
        else { return nil }
        return (line[(line.startIndex + 2)..<end], line[(end + 2)...])
    }

    /// `[label]: address "title"`, the title perhaps on the next line.
    static func definition(_ lines: [Line], _ at: Int) -> (label: Line, target: Target, lines: Int)? {
        let line = lines[at].drop { $0 == 0x20 || $0 == UInt8(ascii: ">") }
        guard line.first == UInt8(ascii: "["), !line.hasPrefix("[^"), let (label, behind, further) = label(line, lines[(at + 1)...]) else { return nil }
        var rest = behind.trimmed
        var count = 1 + further
        if rest.isEmpty, at + count < lines.count {
            rest = lines[at + count].trimmed
            count += 1
        }
        guard !label.isBlank, !rest.isEmpty else { return nil }
        let address: Line
        if rest.first == UInt8(ascii: "<") {
            guard let close = angleEnd(rest.dropFirst()) else { return nil }
            address = rest[(rest.startIndex + 1)..<close]
            // A title is parted from the address.
            if let next = rest[(close + 1)...].first, !Letters.isSpace(next) { return nil }
            rest = rest[(close + 1)...].trimmed
        } else {
            address = rest.prefix { !Letters.isSpace($0) }
            rest = rest[address.endIndex...].trimmed
        }
        var title = title(rest)
        if !rest.isEmpty, title == nil {
            guard let (text, more) = longTitle(rest, lines[min(at + count, lines.count)...]) else { return nil }
            title = text
            count += more
            rest = rest.prefix(0)
            return (label, Target(address: MarkdownEntities.decoded(address), title: title), count)
        }
        if rest.isEmpty, at + count < lines.count, let next = self.title(lines[at + count].trimmed) {
            title = next
            count += 1
        }
        return (label, Target(address: MarkdownEntities.decoded(address), title: title), count)
    }

    /// A definition's label, what stands behind its colon, and how many further lines the label takes.
    private static func label(_ first: Line, _ rest: ArraySlice<Line>) -> (label: Line, behind: Line, further: Int)? {
        var line = first
        for further in 0..<4 {
            if let end = close(line) {
                guard end + 1 < line.endIndex, line[end + 1] == UInt8(ascii: ":") else { return nil }
                return (line[(line.startIndex + 1)..<end], line[(end + 2)...], further)
            }
            guard further < rest.count, line.count < 1_000, !line.dropFirst().contains(UInt8(ascii: "[")) else { return nil }
            let next = rest[rest.startIndex + further]
            guard !next.isBlank else { return nil }
            line = (line + [0x20] + next.trimmed)[...]
        }
        return nil
    }

    /// A title that begins on this line and ends on one of the next: its text, and how many further lines it takes.
    private static func longTitle(_ start: Line, _ rest: ArraySlice<Line>) -> (String, Int)? {
        guard let first = start.first, first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") || first == UInt8(ascii: "(") else { return nil }
        var text = start
        for (index, line) in rest.prefix(16).enumerated() {
            guard !line.isBlank else { return nil }
            text = (text + [0x0A] + line.trimmed)[...]
            if let title = title(text) { return (title, index + 1) }
        }
        return nil
    }

    /// Where an address in angle brackets ends: at a `>` that no backslash protects, on the same line.
    static func angleEnd(_ text: Line) -> Int? {
        var at = text.startIndex
        while at < text.endIndex {
            switch text[at] {
            case UInt8(ascii: ">"): return at
            case 0x0A, UInt8(ascii: "<"): return nil
            case UInt8(ascii: "\\") where at + 1 < text.endIndex && Letters.isPunctuation(text[at + 1]): at += 2
            default: at += 1
            }
        }
        return nil
    }

    private static func close(_ line: Line) -> Int? {
        var at = line.startIndex + 1
        while at < line.endIndex, at < line.startIndex + 1_000 {
            switch line[at] {
            case UInt8(ascii: "\\"): at += 2
            case UInt8(ascii: "]"): return at
            case UInt8(ascii: "["): return nil
            default: at += 1
            }
        }
        return nil
    }

    private static func title(_ text: Line) -> String? {
        guard text.count > 1, let first = text.first, let last = text.last else { return nil }
        switch (first, last) {
        case (UInt8(ascii: "\""), UInt8(ascii: "\"")), (UInt8(ascii: "'"), UInt8(ascii: "'")), (UInt8(ascii: "("), UInt8(ascii: ")")):
            return MarkdownEntities.decoded(text.dropFirst().dropLast())
        default: return nil
        }
    }

    /// Labels meet whatever their case and white space.
    static func label(_ text: Line) -> String {
        // Upper case first: case folding makes SS of ẞ and ß alike.
        text.split(whereSeparator: Letters.isSpace).map { $0.text.lowercased().uppercased() }.joined(separator: " ")
    }

    /// What may name a link; names of notes may not.
    func isLabel(_ text: Line) -> Bool { !text.isBlank && text.first != UInt8(ascii: "^") && !text.contains(UInt8(ascii: "[")) }

    func link(_ label: Line) -> Target? {
        guard !links.isEmpty, label.count < 1_000 else { return nil }
        return links[Self.label(label)]
    }

    func note(labelled label: Line) -> NoteID? {
        guard !notes.isEmpty, label.count < 200 else { return nil }
        return notes[Self.label(label)]
    }
}
