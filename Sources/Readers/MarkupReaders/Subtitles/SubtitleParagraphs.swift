// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Cues joined to paragraphs.
struct SubtitleParagraphs {
    private static let pause = 2_000
    /// Bytes after which a paragraph ends with its sentence, and after which it ends with its cue.
    private static let long = 500
    private static let longest = 1_500

    private var blocks: [Block] = []
    private var content: [Inline] = []
    private var length = 0
    private var end = 0
    private var start = 0
    private var voice: String?
    private var endsSentence = false
    private var lastLine = ""

    static func joined(_ cues: [SubtitleCue]) -> [Block] {
        var paragraphs = SubtitleParagraphs()
        for cue in cues { paragraphs.add(cue) }
        paragraphs.flush()
        return paragraphs.blocks
    }

    private mutating func add(_ cue: SubtitleCue) {
        if cue.start - end >= Self.pause || length >= Self.longest || length >= Self.long && endsSentence { flush() }
        for line in cue.lines {
            var text = SubtitleLine(line)
            text.read()
            // Rolling captions show a line again above the next one.
            guard !text.plain.isEmpty, text.plain != lastLine else { continue }
            lastLine = text.plain
            if text.startsVoice || text.voice != nil && text.voice != voice { flush() }
            if content.isEmpty {
                start = cue.start
                if let name = text.voice { content = [.strong([.text(name + ":")]), .text(" ")] }
            } else {
                content.append(.text(" "))
            }
            if let name = text.voice { voice = name }
            content += text.inlines
            length += text.plain.utf8.count + 1
            endsSentence = text.plain.utf8.last { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: "'") }.map { ".!?".utf8.contains($0) } ?? false
                || text.plain.hasSuffix("…") || text.plain.hasSuffix("。")
        }
        end = max(end, cue.end)
    }

    private mutating func flush() {
        if !content.isEmpty { blocks.append(.paragraph([.text("[\(SubtitleTime.text(start))] ")] + content)) }
        content = []
        length = 0
        endsSentence = false
        voice = nil
    }
}

/// One line of a cue: tags of both formats become form, or nothing.
private struct SubtitleLine {
    private let line: Line
    private(set) var inlines: [Inline] = []
    private(set) var plain = ""
    private(set) var voice: String?
    /// A dash begins it, as when two people talk.
    private(set) var startsVoice = false
    private var bytes: [UInt8] = []
    private var open: [(name: String, place: Int)] = []

    init(_ line: Line) { self.line = line }

    mutating func read() {
        var at = line.startIndex
        while at < line.endIndex {
            if let end = markup(at) {
                at = end
            } else {
                bytes.append(line[at])
                at += 1
            }
        }
        flush()
        while let last = open.popLast() { wrap(last) }
        plain = InlineText.plain(inlines)
        startsVoice = plain.hasPrefix("- ") || plain.hasPrefix("– ") || plain.hasPrefix("-") && plain.dropFirst().first?.isLetter == true
    }

    /// The end of a tag, a position in the manner of SubStation Alpha (`{\\an8}`) or a reference that begins here.
    private mutating func markup(_ at: Int) -> Int? {
        switch line[at] {
        case UInt8(ascii: "<"):
            guard let end = line[at...].prefix(300).firstIndex(of: UInt8(ascii: ">")), end > at + 1,
                line[at + 1] == UInt8(ascii: "/") || Letters.isWord(line[at + 1])
            else { return nil }
            tag(line[(at + 1)..<end])
            return end + 1
        case UInt8(ascii: "{"):
            guard at + 1 < line.endIndex, line[at + 1] == UInt8(ascii: "\\"), let end = line[at...].firstIndex(of: UInt8(ascii: "}")) else { return nil }
            return end + 1
        case UInt8(ascii: "&"):
            guard let reference = MarkdownEntities.reference(line, at) else { return nil }
            bytes += reference.characters.utf8
            return reference.end
        default: return nil
        }
    }

    private mutating func flush() {
        if !bytes.isEmpty { inlines.append(.text(String(decoding: bytes, as: UTF8.self))) }
        bytes = []
    }

    private mutating func tag(_ tag: Line) {
        let isClosing = tag.first == UInt8(ascii: "/")
        let name = (isClosing ? tag.dropFirst() : tag).prefix { Letters.isLetter($0) }.text.lowercased()
        if name == "v", !isClosing {
            let who = tag.drop { !Letters.isSpace($0) }.trimmed.text
            if !who.isEmpty { voice = who }
            return
        }
        guard ["i", "b", "u"].contains(name) else { return }
        flush()
        if isClosing {
            guard let index = open.lastIndex(where: { $0.name == name }) else { return }
            let found = open[index]
            open.removeLast(open.count - index)
            wrap(found)
        } else if open.count < 8 {
            open.append((name, inlines.count))
        }
    }

    private mutating func wrap(_ tag: (name: String, place: Int)) {
        guard tag.place < inlines.count else { return }
        let content = Array(inlines[tag.place...])
        inlines.removeLast(content.count)
        inlines.append(tag.name == "i" ? .emphasis(content) : tag.name == "b" ? .strong(content) : .underline(content))
    }
}
