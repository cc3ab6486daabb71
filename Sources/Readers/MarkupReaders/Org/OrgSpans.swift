// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Running text of Org: emphasis, code, links, notes, formulas, breaks.
///
/// A mark opens behind white space or a bracket and closes before white space or punctuation.
struct OrgSpans: InlineGathering {
    let text: Line
    private let parsing: OrgParsing
    private let depth: Int
    var out: [Inline] = []
    var plain: [UInt8] = []
    private var missing: Set<UInt8> = []
    private var linkEnd = NextMark("]]")
    private var noteEnd = NextMark("]")
    private var formulaEnd = NextMark("\\)")

    static func parse(_ text: Line, _ parsing: OrgParsing, depth: Int = 0) -> [Inline] {
        var spans = OrgSpans(text: text, parsing: parsing, depth: depth)
        spans.run()
        return InlineText.tidy(spans.out)
    }

    private init(text: Line, parsing: OrgParsing, depth: Int) {
        self.text = text
        self.parsing = parsing
        self.depth = depth
    }

    private mutating func run() {
        var at = text.startIndex
        while at < text.endIndex {
            switch text[at] {
            case UInt8(ascii: "*"), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "~"): at = mark(at) ?? literal(at)
            case UInt8(ascii: "["): at = bracket(at) ?? literal(at)
            case UInt8(ascii: "\\"): at = escape(at) ?? literal(at)
            case UInt8(ascii: "$"): at = formula(at) ?? literal(at)
            case UInt8(ascii: "^"): at = script(at) ?? literal(at)
            case UInt8(ascii: "<"): at = angle(at) ?? literal(at)
            case UInt8(ascii: "h"): at = address(at) ?? literal(at)
            case 0x0A:
                plain.append(0x20)
                at += 1
            default: at = literal(at)
            }
        }
        flush()
    }

    private func inner(_ text: Line) -> [Inline] { depth < 16 ? Self.parse(text, parsing, depth: depth + 1) : [.text(text.text)] }

    private mutating func mark(_ at: Int) -> Int? {
        let mark = text[at]
        if mark == UInt8(ascii: "_"), let end = script(at) { return end }
        guard !missing.contains(mark), at + 2 < text.endIndex, !Letters.isSpace(text[at + 1]) else { return nil }
        if at > text.startIndex {
            let before = text[at - 1]
            guard Letters.isSpace(before) || "-({'\"*/_+=~".utf8.contains(before) else { return nil }
        }
        var place = at + 1
        while let end = text[place...].firstIndex(of: mark) {
            let next = end + 1
            if end > at + 1, !Letters.isSpace(text[end - 1]),
                next == text.endIndex || Letters.isSpace(text[next]) || "-.,:!?;'\")}[*/_+=~|\\".utf8.contains(text[next]) {
                wrap(mark, text[(at + 1)..<end])
                return next
            }
            place = end + 1
        }
        missing.insert(mark)
        return nil
    }

    private mutating func wrap(_ mark: UInt8, _ content: Line) {
        switch mark {
        case UInt8(ascii: "*"): add(.strong(inner(content)))
        case UInt8(ascii: "/"): add(.emphasis(inner(content)))
        case UInt8(ascii: "_"): add(.underline(inner(content)))
        case UInt8(ascii: "+"): add(.strikethrough(inner(content)))
        default: add(.code(content.text.split(separator: "\n").joined(separator: " ")))
        }
    }

    /// `^{up}` and `_{down}` behind a letter.
    private mutating func script(_ at: Int) -> Int? {
        guard at > text.startIndex, !Letters.isSpace(text[at - 1]), at + 2 < text.endIndex, text[at + 1] == UInt8(ascii: "{"),
            let end = text[at...].prefix(200).firstIndex(of: UInt8(ascii: "}"))
        else { return nil }
        let content = inner(text[(at + 2)..<end])
        add(text[at] == UInt8(ascii: "^") ? .superscript(content) : .subscript(content))
        return end + 1
    }

    private mutating func bracket(_ at: Int) -> Int? {
        let rest = text[at...]
        if rest.hasPrefix("[[") { return link(at) }
        if rest.hasPrefix("[fn:"), let end = noteEnd.find(in: text, from: at) {
            let label = rest[(at + 4)..<end]
            guard let colon = label.firstIndex(of: UInt8(ascii: ":")) else {
                add(.note(NoteID(label.text)))
                return end + 1
            }
            // Its text stands right here.
            parsing.inlineNotes += 1
            let name = label[..<colon].isEmpty ? "inline-\(parsing.inlineNotes)" : label[..<colon].text
            parsing.notes.append(Note(id: NoteID(name), blocks: [.paragraph(inner(label[(colon + 1)...].trimmed))]))
            add(.note(NoteID(name)))
            return end + 1
        }
        return nil
    }

    /// `[[target][text]]` and `[[target]]`.
    private mutating func link(_ at: Int) -> Int? {
        guard let end = linkEnd.find(in: text, from: at) else { return nil }
        let body = text[(at + 2)..<end]
        let parts = body.first("][").map { (body[..<$0], body[($0 + 2)...]) }
        var target = (parts?.0 ?? body).text
        if let colon = target.firstIndex(of: ":"), let full = parsing.abbreviations[String(target[..<colon])] {
            let tag = String(target[target.index(after: colon)...])
            target = full.contains("%s") ? full.split(separator: "%s", omittingEmptySubsequences: false).joined(separator: tag) : full + tag
        }
        if target.hasPrefix("file:") { target = String(target.dropFirst(5)) }
        let isPicture = ["png", "jpg", "jpeg", "gif", "svg", "webp"].contains(target.split(separator: ".").last.map { $0.lowercased() } ?? "")
        if isPicture, parts == nil {
            add(.image(Image(.address(target), alternative: "")))
        } else if target.hasPrefix("*") || target.hasPrefix("#") || target.hasPrefix("id:") || !target.contains(where: { ":/.".contains($0) }) {
            // A place within the text.
            flush()
            out += parts.map { inner($0.1) } ?? [.text(target.hasPrefix("*") ? String(target.dropFirst()) : target)]
        } else {
            add(.link(to: target, title: nil, parts.map { inner($0.1) } ?? [.text(target)]))
        }
        return end + 2
    }

    private mutating func escape(_ at: Int) -> Int? {
        let rest = text[at...]
        if rest.hasPrefix("\\\\"), rest.dropFirst(2).first.map({ $0 == 0x0A }) ?? true {
            if at + 2 < text.endIndex { add(.lineBreak) }
            return min(at + 3, text.endIndex)
        }
        if rest.hasPrefix("\\("), let end = formulaEnd.find(in: text, from: at) {
            add(.math(text[(at + 2)..<end].trimmed.text))
            return end + 2
        }
        // An entity by its LaTeX name.
        let name = rest.dropFirst().prefix(while: Letters.isLetter)
        guard !name.isEmpty, let character = Self.entities[name.text] ?? TeXCharacters.symbol(name.text) else { return nil }
        plain += character.utf8
        return rest[name.endIndex...].hasPrefix("{}") ? name.endIndex + 2 : name.endIndex
    }

    /// Entities that LaTeX names otherwise (Org manual, "Special Symbols").
    private static let entities = [
        "vert": "|", "vbar": "|", "nbsp": "\u{A0}", "shy": "\u{AD}", "copy": "©", "reg": "®", "trade": "™", "euro": "€", "EUR": "€", "pound": "£", "yen": "¥", "cent": "¢", "deg": "°",
        "ndash": "–", "mdash": "—", "hellip": "…", "laquo": "«", "raquo": "»", "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "bdquo": "„", "sbquo": "‚", "bull": "•",
        "middot": "·", "sect": "§", "para": "¶", "slash": "/", "plus": "+", "under": "_", "equal": "=", "star": "*", "tilde": "~", "larr": "←", "rarr": "→", "uarr": "↑", "darr": "↓",
        "harr": "↔", "plusmn": "±", "frac12": "½", "frac14": "¼", "frac34": "¾", "sup1": "¹", "sup2": "²", "sup3": "³", "szlig": "ß", "checkmark": "✓",
    ]

    private mutating func formula(_ at: Int) -> Int? {
        guard !missing.contains(UInt8(ascii: "$")), at + 2 < text.endIndex, !Letters.isSpace(text[at + 1]) else { return nil }
        guard let end = text[(at + 1)...].firstIndex(of: UInt8(ascii: "$")) else {
            missing.insert(UInt8(ascii: "$"))
            return nil
        }
        guard end > at + 1, !Letters.isSpace(text[end - 1]), end + 1 == text.endIndex || !Letters.isWord(text[end + 1]) else { return nil }
        add(.math(text[(at + 1)..<end].text))
        return end + 1
    }

    /// `<https://…>`, targets and time stamps; the first two lose their brackets.
    private mutating func angle(_ at: Int) -> Int? {
        guard let end = text[at...].prefix(500).firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let body = text[(at + 1)..<end]
        if body.hasPrefix("http://") || body.hasPrefix("https://") || body.hasPrefix("mailto:") {
            add(.link(to: body.text, title: nil, [.text(body.text)]))
            return end + 1
        }
        if body.first == UInt8(ascii: "<"), end + 1 < text.endIndex, text[end + 1] == UInt8(ascii: ">") { return end + 2 }
        return nil
    }

    private mutating func address(_ at: Int) -> Int? {
        guard let link = BareAddress.find(text, at) else { return nil }
        add(.link(to: link.text, title: nil, [.text(link.text)]))
        return link.endIndex
    }
}
