// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Running text of Markdown (CommonMark, chapter 6; GFM 6.5 and 6.9), in one pass over its bytes.
///
/// Brackets and tags stand in `out` as text until they are closed: then all behind them becomes their content. Marks of emphasis
/// stand there as text too, and are paired within what holds them (CommonMark, appendix: a link's brackets bind more tightly).
/// A newline byte is a line's end.
struct MarkdownSpans: InlineGathering {
    let text: Line
    let references: MarkdownReferences
    var out: [Inline] = []
    var plain: [UInt8] = []
    private var marks: [MarkdownMarks] = []
    private var brackets: [Bracket] = []
    var tags: [Tag] = []
    /// Lengths of runs of backticks, and other ends, that do not come any more.
    var missing: Set<Int> = []

    private struct Bracket {
        var place: Int
        var start: Int
        var isImage: Bool
        var isActive = true
        var tags: Int
    }

    struct Tag {
        var name: String
        var address: String
        var title: String?
        var place: Int
    }

    static func parse(_ text: Line, _ references: MarkdownReferences) -> [Inline] {
        var spans = MarkdownSpans(text: text, references: references)
        spans.run()
        return InlineText.tidy(spans.content(from: 0))
    }

    private init(text: Line, references: MarkdownReferences) {
        self.text = text
        self.references = references
    }

    private mutating func run() {
        var at = text.startIndex
        while at < text.endIndex {
            let byte = text[at]
            switch byte {
            case UInt8(ascii: "\\"): at = escape(at)
            case UInt8(ascii: "`"): at = code(at)
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): at = delimiters(at)
            case UInt8(ascii: "["): at = open(at, isImage: false)
            case UInt8(ascii: "!") where at + 1 < text.endIndex && text[at + 1] == UInt8(ascii: "["): at = open(at, isImage: true)
            case UInt8(ascii: "]"): at = close(at)
            case UInt8(ascii: "<"): at = address(at) ?? tag(at) ?? literal(at)
            case UInt8(ascii: "&"):
                if let reference = MarkdownEntities.reference(text, at) {
                    plain += reference.characters.utf8
                    at = reference.end
                } else {
                    at = literal(at)
                }
            case UInt8(ascii: "$"): at = formula(at) ?? literal(at)
            case 0x0A: at = lineEnd(at)
            case UInt8(ascii: "h"), UInt8(ascii: "w"): at = bareAddress(at) ?? literal(at)
            default: at = literal(at)
            }
        }
        flush()
    }

    /// Takes what stands in `out` from `place` on, its marks of emphasis paired.
    mutating func content(from place: Int) -> [Inline] {
        var first = marks.count
        while first > 0, marks[first - 1].place >= place { first -= 1 }
        var row: [Inline] = []
        var runs = MarkdownRuns()
        var at = place
        for run in marks[first...] {
            row += out[at..<run.place]
            runs.take(run, &row)
            at = run.place + 1
        }
        row += out[at...]
        runs.finish(from: 0, &row)
        marks.removeLast(marks.count - first)
        out.removeLast(out.count - place)
        return row
    }

    private mutating func escape(_ at: Int) -> Int {
        guard at + 1 < text.endIndex else { return literal(at) }
        if text[at + 1] == 0x0A {
            add(.lineBreak)
            return at + 2
        }
        guard Letters.isPunctuation(text[at + 1]) else { return literal(at) }
        plain.append(text[at + 1])
        return at + 2
    }

    private mutating func lineEnd(_ at: Int) -> Int {
        let spaces = plain.reversed().prefix { $0 == 0x20 }.count
        plain.removeLast(spaces)
        if spaces >= 2 { add(.lineBreak) } else { plain.append(0x20) }
        return at + 1
    }

    private mutating func code(_ at: Int) -> Int {
        let count = text[at...].prefix { $0 == UInt8(ascii: "`") }.count
        let start = at + count
        guard !missing.contains(count), let end = backticks(count, from: start) else {
            missing.insert(count)
            plain += text[at..<start]
            return start
        }
        var content = text[start..<end].map { $0 == 0x0A ? 0x20 : $0 }[...]
        if content.count > 2, content.first == 0x20, content.last == 0x20, content.contains(where: { $0 != 0x20 }) { content = content.dropFirst().dropLast() }
        // GitHub's $`…`$.
        if count == 1, plain.last == UInt8(ascii: "$"), end + 1 < text.endIndex, text[end + 1] == UInt8(ascii: "$") {
            plain.removeLast()
            add(.math(content.text))
            return end + 2
        }
        add(.code(content.text))
        return end + count
    }

    /// The next run of exactly so many backticks.
    private func backticks(_ count: Int, from start: Int) -> Int? {
        var at = start
        while let place = text[at...].firstIndex(of: UInt8(ascii: "`")) {
            let run = text[place...].prefix { $0 == UInt8(ascii: "`") }.count
            if run == count { return place }
            at = place + run
        }
        return nil
    }

    /// `$…$` where no space stands within the marks, as GitHub reads it.
    private mutating func formula(_ at: Int) -> Int? {
        let isDisplay = at + 1 < text.endIndex && text[at + 1] == UInt8(ascii: "$")
        let start = at + (isDisplay ? 2 : 1)
        let key = isDisplay ? -2 : -1
        guard start < text.endIndex, !missing.contains(key), isDisplay || !Letters.isSpace(text[start]) else { return nil }
        if !isDisplay, at > text.startIndex, Letters.isWord(text[at - 1]) { return nil }
        var place = start
        while place < text.endIndex {
            if text[place] == UInt8(ascii: "\\") {
                place += 2
                continue
            }
            if text[place] == UInt8(ascii: "$") {
                let isEnd = isDisplay
                    ? place + 1 < text.endIndex && text[place + 1] == UInt8(ascii: "$")
                    : !Letters.isSpace(text[place - 1]) && (place + 1 == text.endIndex || !Letters.isDigit(text[place + 1]))
                if isEnd, place > start {
                    add(.math(text[start..<place].trimmed.text))
                    return place + start - at
                }
                if !isDisplay { return nil }
            }
            place += 1
        }
        missing.insert(key)
        return nil
    }

    private mutating func delimiters(_ at: Int) -> Int {
        let mark = text[at]
        let end = at + text[at...].prefix { $0 == mark }.count
        flush()
        marks.append(MarkdownMarks(mark: mark, count: end - at, before: .before(text[..<at]), after: .after(text[end...]), place: out.count))
        out.append(.text(MarkdownRuns.text(mark, end - at)))
        return end
    }

    private mutating func open(_ at: Int, isImage: Bool) -> Int {
        let start = at + (isImage ? 2 : 1)
        if !isImage, start < text.endIndex, text[start] == UInt8(ascii: "^"), let close = text[start...].prefix(200).firstIndex(of: UInt8(ascii: "]")),
            let id = references.note(labelled: text[(start + 1)..<close]) {
            add(.note(id))
            return close + 1
        }
        flush()
        brackets.append(Bracket(place: out.count, start: start, isImage: isImage, tags: tags.count))
        out.append(.text(isImage ? "![" : "["))
        return start
    }

    private mutating func close(_ at: Int) -> Int {
        guard let bracket = brackets.popLast() else { return literal(at) }
        guard bracket.isActive, let (target, end) = target(bracket, at) else { return literal(at) }
        flush()
        tags.removeLast(max(0, tags.count - bracket.tags))
        let content = InlineText.tidy(content(from: bracket.place + 1))
        out.removeLast()
        if bracket.isImage {
            out.append(.image(Image(.address(target.address), alternative: InlineText.plain(content), title: target.title)))
        } else {
            out.append(.link(to: target.address, title: target.title, content))
            // No link within a link (CommonMark 6.3).
            for index in brackets.indices where !brackets[index].isImage { brackets[index].isActive = false }
        }
        return end
    }

    /// What the bracket that closes at `at` points to: `(address "title")`, `[label]`, `[]`, or its own text as the label.
    private mutating func target(_ bracket: Bracket, _ at: Int) -> (MarkdownReferences.Target, end: Int)? {
        let next = at + 1
        if next < text.endIndex, text[next] == UInt8(ascii: "("), let found = inlineTarget(next + 1) { return found }
        if next < text.endIndex, text[next] == UInt8(ascii: "["), let close = text[next...].prefix(1_000).firstIndex(of: UInt8(ascii: "]")) {
            let label = text[(next + 1)..<close]
            if let target = references.link(label.isBlank ? text[bracket.start..<at] : label) { return (target, close + 1) }
            // A link's text that another label follows names no label itself (CommonMark 6.3).
            if references.isLabel(label) { return nil }
        }
        return references.link(text[bracket.start..<at]).map { ($0, next) }
    }

    private mutating func inlineTarget(_ start: Int) -> (MarkdownReferences.Target, end: Int)? {
        // Once no bracket closes any more none ever will.
        guard !missing.contains(-3) else { return nil }
        var at = skipSpace(start)
        guard at < text.endIndex else { return nil }
        let address: Line
        if text[at] == UInt8(ascii: "<") {
            guard let end = MarkdownReferences.angleEnd(text[(at + 1)...]) else { return nil }
            address = text[(at + 1)..<end]
            at = end + 1
        } else {
            let first = at
            var depth = 0
            scan: while at < text.endIndex {
                switch text[at] {
                case UInt8(ascii: "\\") where at + 1 < text.endIndex && Letters.isPunctuation(text[at + 1]): at += 1
                case UInt8(ascii: "("): depth += 1
                case UInt8(ascii: ")"):
                    if depth == 0 { break scan }
                    depth -= 1
                case 0x20, 0x0A, 0x09: break scan
                default: break
                }
                if depth > 32 { return nil }
                at += 1
            }
            at = min(at, text.endIndex)
            if at == text.endIndex { missing.insert(-3) }
            guard depth == 0 else { return nil }
            address = text[first..<at]
        }
        at = skipSpace(at)
        var title: String?
        if at < text.endIndex, let end = Self.titleEnd(text[at]) {
            guard let close = titleClose(at + 1, end) else { return nil }
            title = MarkdownEntities.decoded(text[(at + 1)..<close])
            at = skipSpace(close + 1)
        }
        guard at < text.endIndex, text[at] == UInt8(ascii: ")") else { return nil }
        return (MarkdownReferences.Target(address: MarkdownEntities.decoded(address), title: title), at + 1)
    }

    private static func titleEnd(_ mark: UInt8) -> UInt8? {
        switch mark {
        case UInt8(ascii: "\""), UInt8(ascii: "'"): mark
        case UInt8(ascii: "("): UInt8(ascii: ")")
        default: nil
        }
    }

    private func titleClose(_ start: Int, _ end: UInt8) -> Int? {
        var at = start
        let last = min(text.endIndex, start + 4_096)
        while at < last {
            if text[at] == UInt8(ascii: "\\") { at += 2 } else if text[at] == end { return at } else { at += 1 }
        }
        return nil
    }

    private func skipSpace(_ start: Int) -> Int {
        var at = start
        while at < text.endIndex, Letters.isSpace(text[at]) { at += 1 }
        return at
    }
}
