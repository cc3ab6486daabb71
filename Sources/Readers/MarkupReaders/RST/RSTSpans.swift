// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Running text of reStructuredText: emphasis, literals, roles, references, substitutions, addresses.
///
/// A mark opens where white space or a bracket stands before it, and closes where punctuation or white space follows.
struct RSTSpans: InlineGathering {
    let text: Line
    private let parsing: RSTParsing
    private let depth: Int
    var out: [Inline] = []
    var plain: [UInt8] = []
    /// Marks that close nowhere any more.
    private var missing: Set<String> = []

    static func parse(_ text: Line, _ parsing: RSTParsing, depth: Int = 0) -> [Inline] {
        var spans = RSTSpans(text: text, parsing: parsing, depth: depth)
        spans.run()
        return InlineText.tidy(spans.out)
    }

    private init(text: Line, parsing: RSTParsing, depth: Int) {
        self.text = text
        self.parsing = parsing
        self.depth = depth
    }

    private mutating func run() {
        var at = text.startIndex
        while at < text.endIndex {
            let byte = text[at]
            switch byte {
            case UInt8(ascii: "\\"):
                // An escaped space is nothing.
                if at + 1 < text.endIndex, !Letters.isSpace(text[at + 1]) { plain.append(text[at + 1]) }
                at += 2
            case UInt8(ascii: "*"): at = emphasis(at) ?? literal(at)
            case UInt8(ascii: "`"): at = quoted(at) ?? literal(at)
            case UInt8(ascii: ":"): at = role(at) ?? literal(at)
            case UInt8(ascii: "|"): at = substitution(at) ?? literal(at)
            case UInt8(ascii: "["): at = note(at) ?? literal(at)
            case UInt8(ascii: "_"): at = reference(at) ?? literal(at)
            case UInt8(ascii: "h"): at = address(at) ?? literal(at)
            default: at = literal(at)
            }
        }
        flush()
    }

    private func canOpen(_ at: Int, _ next: Int) -> Bool {
        guard next < text.endIndex, !Letters.isSpace(text[next]) else { return false }
        guard at > text.startIndex else { return true }
        let before = text[at - 1]
        // A mark in quotes or brackets of its own is meant as itself.
        if RSTQuotes.enclose(text, at, next) { return false }
        return Letters.isSpace(before) || "'\"([{<-/:".utf8.contains(before) || before >= 0x80 || before == UInt8(ascii: "\\")
    }

    /// The closing mark, with no space before it and none of a word behind it.
    private mutating func close(_ mark: StaticString, from start: Int) -> Int? {
        let name = "\(mark)"
        guard !missing.contains(name) else { return nil }
        var from = start
        while let place = text.first(mark, from: from) {
            let end = place + mark.utf8CodeUnitCount
            if place > start, !Letters.isSpace(text[place - 1]), text[place - 1] != UInt8(ascii: "\\") || mark.utf8CodeUnitCount == 2 && mark.utf8Start.pointee == 0x60,
                end == text.endIndex || text[end] != mark.utf8Start.pointee && !Letters.isWord(text[end]) || text[end] >= 0x80 || text[end] == UInt8(ascii: "_") { return place }
            from = place + 1
        }
        missing.insert(name)
        return nil
    }

    private func inner(_ range: Range<Int>) -> [Inline] {
        depth < 16 ? Self.parse(text[range], parsing, depth: depth + 1) : [.text(text[range].text)]
    }

    private mutating func emphasis(_ at: Int) -> Int? {
        let isStrong = at + 1 < text.endIndex && text[at + 1] == UInt8(ascii: "*")
        let start = at + (isStrong ? 2 : 1)
        guard canOpen(at, start), let end = isStrong ? close("**", from: start) : close("*", from: start) else {
            guard isStrong else { return nil }
            plain += text[at..<start]
            return start
        }
        let content = Self.unescaped(text[start..<end])
        add(isStrong ? .strong([.text(content)]) : .emphasis([.text(content)]))
        return end + (isStrong ? 2 : 1)
    }

    /// Without backslashes, and without white space that has one.
    static func unescaped(_ text: Line) -> String {
        guard text.contains(UInt8(ascii: "\\")) else { return text.text }
        var out: [UInt8] = []
        var isEscape = false
        for byte in text {
            if !isEscape, byte == UInt8(ascii: "\\") { isEscape = true; continue }
            if !isEscape || !Letters.isSpace(byte) { out.append(byte) }
            isEscape = false
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// ``` ``literal`` ```, `` `phrase`_ ``, `` `phrase <address>`_ ``, `` `interpreted`:role: ``.
    private mutating func quoted(_ at: Int) -> Int? {
        if at + 1 < text.endIndex, text[at + 1] == UInt8(ascii: "`") {
            guard canOpen(at, at + 2), let end = close("``", from: at + 2) else { return nil }
            add(.code(text[(at + 2)..<end].text))
            return end + 2
        }
        guard canOpen(at, at + 1), let end = close("`", from: at + 1) else { return nil }
        let phrase = text[(at + 1)..<end]
        var next = end + 1
        if next < text.endIndex, text[next] == UInt8(ascii: "_") {
            next += 1
            let isAnonymous = next < text.endIndex && text[next] == UInt8(ascii: "_")
            if isAnonymous { next += 1 }
            phraseReference(phrase, isAnonymous)
            return next
        }
        if next < text.endIndex, text[next] == UInt8(ascii: ":"), let colon = text[(next + 1)...].prefix(40).firstIndex(of: UInt8(ascii: ":")),
            text[(next + 1)..<colon].allSatisfy({ Letters.isWord($0) || $0 == UInt8(ascii: "-") }), colon > next + 1 {
            add(RSTRole.inline(text[(next + 1)..<colon].text, phrase))
            return colon + 1
        }
        add(.emphasis([.text(Self.unescaped(phrase))]))
        return next
    }

    private mutating func phraseReference(_ phrase: Line, _ isAnonymous: Bool) {
        if let target = RSTTarget(in: phrase) {
            let title = Self.unescaped(phrase[..<target.start].trimmed)
            guard let address = target.alias.map({ parsing.names.target($0) }) ?? target.address else {
                return plain += (title.isEmpty ? Self.unescaped(target.alias ?? []) : title).utf8
            }
            return add(.link(to: address, title: nil, [.text(title.isEmpty ? target.text : title)]))
        }
        let title = Self.unescaped(phrase)
        let address = isAnonymous ? parsing.nextAnonymousTarget() : parsing.names.target(phrase)
        if let address { add(.link(to: address, title: nil, [.text(title)])) } else { plain += title.utf8 }
    }

    /// `:role:`text``.
    private mutating func role(_ at: Int) -> Int? {
        let name = text[(at + 1)...].prefix(40).prefix { Letters.isWord($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "+") }
        guard let last = name.last, last == UInt8(ascii: ":"), name.count > 1, name.endIndex < text.endIndex, text[name.endIndex] == UInt8(ascii: "`"),
            at == text.startIndex || !Letters.isWord(text[at - 1]) || text[at - 1] >= 0x80, let end = close("`", from: name.endIndex + 1)
        else { return nil }
        add(RSTRole.inline(name.dropLast().text, text[(name.endIndex + 1)..<end]))
        return end + 1
    }

    private mutating func substitution(_ at: Int) -> Int? {
        guard canOpen(at, at + 1), let end = close("|", from: at + 1) else { return nil }
        let name = text[(at + 1)..<end]
        guard let found = parsing.names.substitutions[name.text] else { return nil }
        var next = end + 1
        while next < text.endIndex, text[next] == UInt8(ascii: "_") { next += 1 }
        switch found.directive {
        case "image": add(.image(Image(.address(found.text.text), alternative: name.text)))
        case "unicode": plain += RSTRole.unicode(found.text).utf8
        default:
            flush()
            out += depth < 4 ? Self.parse(found.text, parsing, depth: depth + 4) : [.text(found.text.text)]
        }
        return next
    }

    /// `[1]_`, `[#name]_`, `[Citation]_`.
    private mutating func note(_ at: Int) -> Int? {
        guard let close = text[at...].prefix(100).firstIndex(of: UInt8(ascii: "]")), close + 1 < text.endIndex, text[close + 1] == UInt8(ascii: "_"), close > at + 1 else { return nil }
        let label = text[(at + 1)..<close].text
        guard parsing.names.notes.contains(label) else { return nil }
        while plain.last == 0x20 { plain.removeLast() }
        add(.note(parsing.noteID(label, isReference: true)))
        return close + 2
    }

    /// `name_` and `name__`: the word stands in front already.
    private mutating func reference(_ at: Int) -> Int? {
        var end = at + 1
        // `` _`text` `` is a place that references name: its text is text.
        if end < text.endIndex, text[end] == UInt8(ascii: "`"), canOpen(at, end + 1), let close = close("`", from: end + 1) {
            plain += Self.unescaped(text[(end + 1)..<close]).utf8
            return close + 1
        }
        let isAnonymous = end < text.endIndex && text[end] == UInt8(ascii: "_")
        if isAnonymous { end += 1 }
        guard end == text.endIndex || !Letters.isWord(text[end]) && text[end] != UInt8(ascii: "`") else { return nil }
        let start = plain.lastIndex { !Letters.isWord($0) && !"-.+:_".utf8.contains($0) }.map { $0 + 1 } ?? 0
        let word = plain[start...]
        guard !word.isEmpty, let last = word.last, Letters.isWord(last) else { return nil }
        guard let address = isAnonymous ? parsing.nextAnonymousTarget() : parsing.names.target(word) else { return nil }
        let name = word.text
        plain.removeLast(word.count)
        add(.link(to: address, title: nil, [.text(name)]))
        return end
    }

    private mutating func address(_ at: Int) -> Int? {
        guard let link = BareAddress.find(text, at) else { return nil }
        add(.link(to: link.text, title: nil, [.text(link.text)]))
        return link.endIndex
    }
}
