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
        var at = 0
        while at < lines.count {
            let line = lines[at].drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }
            if let mark = MarkdownLine.fence(line) {
                if let open = fence { if open.mark == mark.mark, mark.count >= open.count { fence = nil } } else { fence = (mark.mark, mark.count) }
            } else if fence == nil, line.first == UInt8(ascii: "[") {
                if let note = Self.note(line) {
                    let label = Self.label(note.label)
                    if notes[label] == nil { notes[label] = NoteID(notePrefix + note.label.text) }
                } else if let found = Self.definition(lines, at) {
                    let label = Self.label(found.label)
                    if links[label] == nil { links[label] = found.target }
                    at += found.lines
                    continue
                }
            }
            at += 1
        }
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
        guard line.first == UInt8(ascii: "["), !line.hasPrefix("[^"), let end = close(line), end + 1 < line.endIndex, line[end + 1] == UInt8(ascii: ":") else { return nil }
        let label = line[(line.startIndex + 1)..<end]
        var rest = line[(end + 2)...].trimmed
        var count = 1
        if rest.isEmpty, at + 1 < lines.count {
            rest = lines[at + 1].trimmed
            count = 2
        }
        guard !label.isBlank, !rest.isEmpty else { return nil }
        let address: Line
        if rest.first == UInt8(ascii: "<") {
            guard let close = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
            address = rest[(rest.startIndex + 1)..<close]
            rest = rest[(close + 1)...].trimmed
        } else {
            address = rest.prefix { !Letters.isSpace($0) }
            rest = rest[address.endIndex...].trimmed
        }
        var title = title(rest)
        if !rest.isEmpty, title == nil { return nil }
        if rest.isEmpty, at + count < lines.count, let next = self.title(lines[at + count].trimmed) {
            title = next
            count += 1
        }
        return (label, Target(address: MarkdownEntities.decoded(address), title: title), count)
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
        text.split(whereSeparator: Letters.isSpace).map { $0.text.lowercased() }.joined(separator: " ")
    }

    func link(_ label: Line) -> Target? {
        guard !links.isEmpty, label.count < 1_000 else { return nil }
        return links[Self.label(label)]
    }

    func note(labelled label: Line) -> NoteID? {
        guard !notes.isEmpty, label.count < 200 else { return nil }
        return notes[Self.label(label)]
    }
}
