// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Running text of AsciiDoc: constrained marks `*bold*` at the edges of words, doubled ones anywhere, macros and links.
struct AsciiDocSpans: InlineGathering {
    let text: Line
    private let parsing: AsciiDocParsing
    private let depth: Int
    var out: [Inline] = []
    var plain: [UInt8] = []
    /// Marks that close nowhere any more.
    private var missing: Set<Int> = []
    private var quoteEnd = NextMark("`\"")
    private var bracketEnd = NextMark("]")
    /// Bytes that searches for closing brackets have looked at; beyond some times the text they give up.
    private var effort = 0

    static func parse(_ text: Line, _ parsing: AsciiDocParsing, depth: Int = 0) -> [Inline] {
        var spans = AsciiDocSpans(text: text, parsing: parsing, depth: depth)
        spans.run()
        return InlineText.tidy(spans.out)
    }

    private init(text: Line, parsing: AsciiDocParsing, depth: Int) {
        self.text = text
        self.parsing = parsing
        self.depth = depth
    }

    private mutating func run() {
        var at = text.startIndex
        while at < text.endIndex {
            switch text[at] {
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "`"), UInt8(ascii: "#"), UInt8(ascii: "^"), UInt8(ascii: "~"), UInt8(ascii: "+"): at = mark(at) ?? literal(at)
            case UInt8(ascii: "\\") where at + 1 < text.endIndex && Letters.isPunctuation(text[at + 1]):
                plain.append(text[at + 1])
                at += 2
            case UInt8(ascii: "<"): at = cross(at) ?? literal(at)
            case UInt8(ascii: "["): at = anchorOrRole(at) ?? literal(at)
            case UInt8(ascii: "h"), UInt8(ascii: "m"), UInt8(ascii: "l"), UInt8(ascii: "f"), UInt8(ascii: "i"), UInt8(ascii: "k"), UInt8(ascii: "b"), UInt8(ascii: "x"), UInt8(ascii: "p"), UInt8(ascii: "s"), UInt8(ascii: "a"):
                at = macro(at) ?? literal(at)
            case UInt8(ascii: "\""): at = typographic(at) ?? literal(at)
            case UInt8(ascii: "("), UInt8(ascii: "."), UInt8(ascii: "-"): at = replacement(at) ?? literal(at)
            case UInt8(ascii: "&"):
                if let reference = MarkdownEntities.reference(text, at) {
                    plain += reference.characters.utf8
                    at = reference.end
                } else {
                    at = literal(at)
                }
            case 0x0A: at = lineEnd(at)
            default: at = literal(at)
            }
        }
        flush()
    }

    private func inner(_ text: Line) -> [Inline] { depth < 16 ? Self.parse(text, parsing, depth: depth + 1) : [.text(text.text)] }

    /// ` +` at a line's end breaks it.
    private mutating func lineEnd(_ at: Int) -> Int {
        if plain.count >= 2, plain.last == UInt8(ascii: "+"), plain[plain.count - 2] == 0x20 {
            plain.removeLast(2)
            add(.lineBreak)
        } else {
            plain.append(0x20)
        }
        return at + 1
    }

    private mutating func mark(_ at: Int) -> Int? {
        let mark = text[at]
        let isDouble = at + 1 < text.endIndex && text[at + 1] == mark
        if mark == UInt8(ascii: "+"), !isDouble, at + 1 == text.endIndex || Letters.isSpace(text[at + 1]) { return nil }
        if isDouble, mark != UInt8(ascii: "^"), mark != UInt8(ascii: "~") {
            let start = at + 2
            guard let end = close(mark, from: start, isDouble: true) else {
                plain += text[at..<start]
                return start
            }
            wrap(mark, text[start..<end])
            return end + 2
        }
        let isScript = mark == UInt8(ascii: "^") || mark == UInt8(ascii: "~")
        guard at + 1 < text.endIndex, !Letters.isSpace(text[at + 1]), isScript || at == text.startIndex || !Letters.isWord(text[at - 1]),
            let end = close(mark, from: at + 1, isDouble: false)
        else { return nil }
        wrap(mark, text[(at + 1)..<end])
        return end + 1
    }

    private mutating func close(_ mark: UInt8, from start: Int, isDouble: Bool) -> Int? {
        let key = Int(mark) + (isDouble ? 256 : 0)
        guard !missing.contains(key) else { return nil }
        let isScript = mark == UInt8(ascii: "^") || mark == UInt8(ascii: "~")
        var at = start
        while let place = text[at...].firstIndex(of: mark) {
            if isDouble {
                if place + 1 < text.endIndex, text[place + 1] == mark, place > start { return place }
            } else if place > start, !Letters.isSpace(text[place - 1]), isScript || place + 1 == text.endIndex || !Letters.isWord(text[place + 1]) {
                if isScript, text[start..<place].contains(where: Letters.isSpace) { return nil }
                return place
            }
            at = place + 1
        }
        missing.insert(key)
        return nil
    }

    private mutating func wrap(_ mark: UInt8, _ content: Line) {
        switch mark {
        case UInt8(ascii: "*"): add(.strong(inner(content)))
        case UInt8(ascii: "_"): add(.emphasis(inner(content)))
        case UInt8(ascii: "`"):
            // Backticks around plus signs keep everything as it is.
            let isLiteral = content.count > 2 && content.first == UInt8(ascii: "+") && content.last == UInt8(ascii: "+")
            add(.code((isLiteral ? content.dropFirst().dropLast() : content).text.split(separator: "\n").joined(separator: " ")))
        case UInt8(ascii: "^"): add(.superscript(inner(content)))
        case UInt8(ascii: "~"): add(.subscript(inner(content)))
        case UInt8(ascii: "+"): plain += content
        default:
            flush()
            out += inner(content)
        }
    }

    /// `<<place,text>>`, and `<https://…>`.
    private mutating func cross(_ at: Int) -> Int? {
        let rest = text[at...]
        if rest.hasPrefix("<<"), let end = rest.prefix(1_000).first(">>") {
            let body = rest[(at + 2)..<end]
            let comma = body.firstIndex(of: UInt8(ascii: ","))
            flush()
            out += inner(comma.map { body[($0 + 1)...].trimmed } ?? body)
            return end + 2
        }
        guard rest.dropFirst().hasPrefix("http"), let end = rest.prefix(2_000).firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let address = rest[(at + 1)..<end].text
        add(.link(to: address, title: nil, [.text(address)]))
        return end + 1
    }

    /// `[[name]]` shows nothing; `[.role]#text#` only its text.
    private mutating func anchorOrRole(_ at: Int) -> Int? {
        let rest = text[at...]
        if rest.hasPrefix("[["), let end = rest.prefix(200).first("]]") { return end + 2 }
        guard let close = rest.prefix(100).firstIndex(of: UInt8(ascii: "]")), close + 1 < text.endIndex, text[close + 1] == UInt8(ascii: "#") else { return nil }
        let role = rest[(at + 1)..<close]
        guard let end = self.close(UInt8(ascii: "#"), from: close + 2, isDouble: false) else { return nil }
        let content = inner(text[(close + 2)..<end])
        if role.hasSuffix("line-through") { add(.strikethrough(content)) } else if role.hasSuffix("underline") { add(.underline(content)) } else {
            flush()
            out += content
        }
        return end + 1
    }

    private mutating func typographic(_ at: Int) -> Int? {
        guard at + 1 < text.endIndex, text[at + 1] == UInt8(ascii: "`"), let end = quoteEnd.find(in: text, from: at + 2) else { return nil }
        plain += "“".utf8
        flush()
        out += inner(text[(at + 2)..<end])
        plain += "”".utf8
        return end + 2
    }

    private mutating func replacement(_ at: Int) -> Int? {
        let rest = text[at...]
        for (mark, character): (StaticString, String) in [("(C)", "©"), ("(R)", "®"), ("(TM)", "™"), ("...", "…")] where rest.hasPrefix(mark) {
            plain += character.utf8
            return at + mark.utf8CodeUnitCount
        }
        guard rest.hasPrefix("--"), at > text.startIndex, at + 2 < text.endIndex, text[at + 2] != UInt8(ascii: "-") else { return nil }
        let isBetween = text[at - 1] == 0x20 && text[at + 2] == 0x20 || Letters.isWord(text[at - 1]) && Letters.isWord(text[at + 2])
        guard isBetween else { return nil }
        plain += "—".utf8
        return at + 2
    }

    /// `name:target[text]`, and addresses with or without a text.
    private mutating func macro(_ at: Int) -> Int? {
        if at > text.startIndex, Letters.isWord(text[at - 1]) { return nil }
        let word = text[at...].prefix(12).prefix(while: Letters.isLetter)
        guard word.endIndex < text.endIndex, text[word.endIndex] == UInt8(ascii: ":") else { return nil }
        let name = word.text
        if ["http", "https", "mailto", "ftp", "irc"].contains(name) { return link(at, isMail: name == "mailto") }
        guard Self.macros.contains(name) else { return nil }
        let start = word.endIndex + 1
        guard let open = text[start...].prefix(2_000).firstIndex(where: { $0 == UInt8(ascii: "[") || $0 == 0x0A || name != "footnote" && $0 == 0x20 }), text[open] == UInt8(ascii: "["),
            let close = closing(open)
        else { return nil }
        let target = text[start..<open].text
        let body = text[(open + 1)..<close]
        switch name {
        case "link", "xref":
            let content = label(body)
            if name == "xref", !target.contains(".") || target.hasPrefix("#") {
                flush()
                out += content.isEmpty ? [.text(target)] : content
            } else {
                add(.link(to: target, title: nil, content.isEmpty ? [.text(target)] : content))
            }
        case "image":
            var own = AsciiDocAttributes()
            own.add(body)
            add(.image(Image(.address(target), alternative: own.named["alt"] ?? own.positional.first ?? "")))
        case "footnote": add(.note(parsing.note(target, inner(body))))
        case "footnoteref":
            let parts = body.split(separator: UInt8(ascii: ","), maxSplits: 1)
            add(.note(parsing.note(parts.first?.text ?? "", parts.count > 1 ? inner(parts[1]) : [])))
        case "stem", "latexmath", "asciimath": add(.math(body.text))
        case "kbd", "btn": add(.code(body.text))
        case "menu": plain += (target + " > " + body.text).utf8
        case "pass": plain += body
        default: break
        }
        return close + 1
    }

    private static let macros: Set<String> = ["link", "xref", "image", "footnote", "footnoteref", "stem", "latexmath", "asciimath", "kbd", "btn", "menu", "pass", "anchor", "icon", "indexterm"]

    private mutating func closing(_ open: Int) -> Int? {
        guard bracketEnd.find(in: text, from: open) != nil, effort < 16 * text.count + 100_000 else { return nil }
        var level = 0
        effort += min(text.endIndex - open, 8_000)
        for index in open..<min(text.endIndex, open + 8_000) {
            if text[index] == UInt8(ascii: "[") { level += 1 } else if text[index] == UInt8(ascii: "]"), text[index - 1] != UInt8(ascii: "\\") {
                level -= 1
                if level == 0 {
                    effort -= min(text.endIndex - open, 8_000)
                    return index
                }
            }
        }
        return nil
    }

    /// A link's text without `window=_blank` and the like; `^` at its end means the same.
    private func label(_ body: Line) -> [Inline] {
        let parts = AsciiDocAttributes.parts(body)
        var label = parts.count > 1 && parts[1].contains(UInt8(ascii: "=")) ? parts[0] : body
        if label.first == UInt8(ascii: "\""), label.last == UInt8(ascii: "\""), label.count > 1 { label = label.dropFirst().dropLast() }
        if label.last == UInt8(ascii: "^") { label = label.dropLast() }
        return label.isEmpty ? [] : inner(label)
    }

    private mutating func link(_ at: Int, isMail: Bool) -> Int? {
        var address = text[at...].prefix { $0 > 0x20 && $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") }
        guard isMail || address.first("://") != nil else { return nil }
        if address.endIndex < text.endIndex, text[address.endIndex] == UInt8(ascii: "["), let close = closing(address.endIndex) {
            let content = label(text[(address.endIndex + 1)..<close])
            add(.link(to: address.text, title: nil, content.isEmpty ? [.text((isMail ? address.dropFirst(7) : address).text)] : content))
            return close + 1
        }
        while let last = address.last, ".,;:!?)".utf8.contains(last) { address = address.dropLast() }
        guard address.count > 8 else { return nil }
        add(.link(to: address.text, title: nil, [.text(address.text)]))
        return address.endIndex
    }
}
