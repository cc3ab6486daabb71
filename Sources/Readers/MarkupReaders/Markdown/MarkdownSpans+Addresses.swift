// SPDX-License-Identifier: Apache-2.0
import DocumentTree

// Addresses without a text of their own, and HTML within the line.

extension MarkdownSpans {
    /// `<https://…>` and `<name@host>` (CommonMark 6.5).
    mutating func address(_ at: Int) -> Int? {
        guard let end = text[at...].prefix(2_048).firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let inside = text[(at + 1)..<end]
        guard !inside.contains(where: { $0 <= 0x20 || $0 == UInt8(ascii: "<") }) else { return nil }
        let name = inside.text
        if let colon = inside.firstIndex(of: UInt8(ascii: ":")), colon - inside.startIndex >= 2, colon - inside.startIndex <= 32,
            inside[..<colon].allSatisfy({ Letters.isLetter($0) || Letters.isDigit($0) || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }),
            inside.first.map(Letters.isLetter) == true {
            add(.link(to: name, title: nil, [.text(name)]))
            return end + 1
        }
        guard let sign = inside.firstIndex(of: UInt8(ascii: "@")), sign > inside.startIndex, inside[sign...].dropFirst().contains(UInt8(ascii: ".")),
            inside[..<sign].allSatisfy({ Letters.isWord($0) || ".!#$%&'*+/=?^_`{|}~-".utf8.contains($0) }), inside.first != UInt8(ascii: "/"),
            inside[sign...].dropFirst().allSatisfy({ Letters.isWord($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") })
        else { return nil }
        add(.link(to: "mailto:" + name, title: nil, [.text(name)]))
        return end + 1
    }

    /// `https://…` and `www.…` at the beginning of a word (GFM 6.9).
    mutating func bareAddress(_ at: Int) -> Int? {
        if at > text.startIndex {
            let before = text[at - 1]
            guard Letters.isSpace(before) || before == UInt8(ascii: "*") || before == UInt8(ascii: "_") || before == UInt8(ascii: "~") || before == UInt8(ascii: "(") else { return nil }
        }
        let rest = text[at...]
        let isBare = rest.hasPrefix("www.")
        guard isBare || rest.hasPrefix("http://") || rest.hasPrefix("https://") else { return nil }
        var link = rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: "<") }
        while let last = link.last {
            if last == UInt8(ascii: ")") {
                let opened = link.count { $0 == UInt8(ascii: "(") }
                let closed = link.count { $0 == UInt8(ascii: ")") }
                if closed <= opened { break }
            } else if !"?!.,:*_~'\"]".utf8.contains(last) {
                break
            }
            link = link.dropLast()
        }
        guard link.count > (isBare ? 6 : 8), link.dropFirst(isBare ? 4 : 8).contains(where: Letters.isWord) else { return nil }
        let name = link.text
        add(.link(to: isBare ? "http://" + name : name, title: nil, [.text(name)]))
        return link.endIndex
    }

    /// A tag or a comment: what has a form of our own gets it, the others leave their content.
    mutating func tag(_ at: Int) -> Int? {
        if let end = unseenEnd(at) {
            flush()
            return end
        }
        guard let end = Self.tagEnd(text, at) else { return nil }
        let isClosing = text[at + 1] == UInt8(ascii: "/")
        let name = text[(at + (isClosing ? 2 : 1))...].prefix { Letters.isLetter($0) || Letters.isDigit($0) }.text.lowercased()
        flush()
        switch name {
        case "br": out.append(.lineBreak)
        case "img":
            let tag = text[at..<end]
            let address = Self.attribute("src", tag)
            if !address.isEmpty { out.append(.image(Image(.address(address), alternative: Self.attribute("alt", tag), title: Self.title(tag)))) }
        case "b", "strong", "i", "em", "u", "ins", "s", "del", "strike", "sub", "sup", "code", "kbd", "tt", "samp", "a":
            if isClosing { closeTag(name) } else { openTag(name, text[at..<end]) }
        default: break
        }
        return end
    }

    /// Where a comment, an instruction or a declaration ends, which nobody sees.
    private mutating func unseenEnd(_ at: Int) -> Int? {
        let rest = text[at...]
        if rest.hasPrefix("<!-->") { return at + 5 }
        if rest.hasPrefix("<!--->") { return at + 6 }
        let marks: [(StaticString, StaticString)] = [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>")]
        for (place, (start, end)) in marks.enumerated() where rest.hasPrefix(start) {
            // An end that did not come once does not come later.
            guard !missing.contains(-4 - place) else { return nil }
            if let found = rest.first(end, from: at + start.utf8CodeUnitCount) { return found + end.utf8CodeUnitCount }
            missing.insert(-4 - place)
            return nil
        }
        guard rest.hasPrefix("<!"), at + 2 < rest.endIndex, Letters.isLetter(text[at + 2]) else { return nil }
        return rest.prefix(8_192).firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 }
    }

    private mutating func openTag(_ name: String, _ tag: Line) {
        let anchor = Self.attribute("name", tag) + Self.attribute("id", tag)
        if name == "a", !anchor.isEmpty { out.append(.anchor(anchor)) }
        guard tags.count < 1_000 else { return }
        let isLink = name == "a"
        tags.append(Tag(name: name, address: isLink ? Self.attribute("href", tag) : "", title: isLink ? Self.title(tag) : nil, place: out.count))
        out.append(.text(""))
    }

    private mutating func closeTag(_ name: String) {
        guard let index = tags.indices.suffix(16).last(where: { tags[$0].name == name }) else { return }
        let tag = tags[index]
        tags.removeLast(tags.count - index)
        guard tag.place < out.count else { return }
        let content = InlineText.tidy(content(from: tag.place + 1))
        out.removeLast()
        switch name {
        case "b", "strong": out.append(.strong(content))
        case "i", "em": out.append(.emphasis(content))
        case "u", "ins": out.append(.underline(content))
        case "s", "del", "strike": out.append(.strikethrough(content))
        case "sub": out.append(.subscript(content))
        case "sup": out.append(.superscript(content))
        case "a": if tag.address.isEmpty { out += content } else { out.append(.link(to: tag.address, title: tag.title, content)) }
        default: out.append(.code(InlineText.plain(content)))
        }
    }

    /// Where the tag that begins at `at` ends; nil when there is no tag (CommonMark 6.6).
    static func tagEnd(_ text: Line, _ at: Int) -> Int? {
        let last = min(text.endIndex, at + 8_192)
        func skip(_ from: Int, _ isWanted: (UInt8) -> Bool) -> Int {
            var place = from
            while place < last, isWanted(text[place]) { place += 1 }
            return place
        }
        var place = at + 1
        let isClosing = place < last && text[place] == UInt8(ascii: "/")
        if isClosing { place += 1 }
        guard place < last, Letters.isLetter(text[place]) else { return nil }
        place = skip(place) { Letters.isLetter($0) || Letters.isDigit($0) || $0 == UInt8(ascii: "-") }
        while true {
            let start = skip(place, Letters.isSpace)
            guard start < last else { return nil }
            switch text[start] {
            case UInt8(ascii: ">"): return start + 1
            case UInt8(ascii: "/") where !isClosing: return start + 1 < last && text[start + 1] == UInt8(ascii: ">") ? start + 2 : nil
            case _ where isClosing || start == place: return nil
            case let byte where Letters.isLetter(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":"): break
            default: return nil
            }
            place = skip(start) { Letters.isLetter($0) || Letters.isDigit($0) || "_:.-".utf8.contains($0) }
            let sign = skip(place, Letters.isSpace)
            guard sign < last, text[sign] == UInt8(ascii: "=") else { continue }
            let value = skip(sign + 1, Letters.isSpace)
            guard value < last else { return nil }
            if text[value] == UInt8(ascii: "\"") || text[value] == UInt8(ascii: "'") {
                place = skip(value + 1) { $0 != text[value] } + 1
                guard place <= last else { return nil }
            } else {
                place = skip(value) { !Letters.isSpace($0) && !"\"'=<>`".utf8.contains($0) }
                guard place > value else { return nil }
            }
        }
    }

    private static func title(_ tag: Line) -> String? {
        let title = attribute("title", tag)
        return title.isEmpty ? nil : title
    }

    /// The value of an attribute; empty when it is not there.
    private static func attribute(_ name: StaticString, _ tag: Line) -> String {
        var from = tag.startIndex
        while let place = tag.first(name, from: from) {
            let end = place + name.utf8CodeUnitCount
            from = end
            guard place > tag.startIndex, Letters.isSpace(tag[place - 1]) else { continue }
            let rest = tag[end...].drop(while: Letters.isSpace)
            guard rest.first == UInt8(ascii: "=") else { continue }
            let value = rest.dropFirst().drop(while: Letters.isSpace)
            if let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
                return MarkdownEntities.decoded(value.dropFirst().prefix { $0 != quote })
            }
            return MarkdownEntities.decoded(value.prefix { !Letters.isSpace($0) && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/") })
        }
        return ""
    }
}
