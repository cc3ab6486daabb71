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
            inside.first != UInt8(ascii: "/"), !inside.contains(UInt8(ascii: "\"")), !inside.contains(UInt8(ascii: "="))
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
        if text[at...].hasPrefix("<!--") {
            guard let end = text[at...].prefix(100_000).first("-->", from: at + 4) else { return nil }
            flush()
            return end + 3
        }
        guard let end = Self.tagEnd(text, at) else { return nil }
        let isClosing = text[at + 1] == UInt8(ascii: "/")
        let name = text[(at + (isClosing ? 2 : 1))...].prefix { Letters.isLetter($0) || Letters.isDigit($0) }.text.lowercased()
        flush()
        switch name {
        case "br": out.append(.lineBreak)
        case "img":
            let address = Self.attribute("src", text[at..<end])
            if !address.isEmpty { out.append(.image(Image(.address(address), alternative: Self.attribute("alt", text[at..<end])))) }
        case "b", "strong", "i", "em", "u", "ins", "s", "del", "strike", "sub", "sup", "code", "kbd", "tt", "samp", "a":
            if isClosing { closeTag(name) } else { openTag(name, text[at..<end]) }
        default: break
        }
        return end
    }

    private mutating func openTag(_ name: String, _ tag: Line) {
        let anchor = Self.attribute("name", tag) + Self.attribute("id", tag)
        if name == "a", !anchor.isEmpty { out.append(.anchor(anchor)) }
        guard tags.count < 1_000 else { return }
        tags.append(Tag(name: name, address: name == "a" ? Self.attribute("href", tag) : "", place: out.count, runs: runs.count))
        out.append(.text(""))
    }

    private mutating func closeTag(_ name: String) {
        guard let index = tags.indices.suffix(16).last(where: { tags[$0].name == name }) else { return }
        let tag = tags[index]
        tags.removeLast(tags.count - index)
        guard tag.place < out.count, tag.runs <= runs.count else { return }
        runs.finish(from: tag.runs, &out)
        let content = InlineText.tidy(out[(tag.place + 1)...])
        out.removeLast(out.count - tag.place)
        switch name {
        case "b", "strong": out.append(.strong(content))
        case "i", "em": out.append(.emphasis(content))
        case "u", "ins": out.append(.underline(content))
        case "s", "del", "strike": out.append(.strikethrough(content))
        case "sub": out.append(.subscript(content))
        case "sup": out.append(.superscript(content))
        case "a": if tag.address.isEmpty { out += content } else { out.append(.link(to: tag.address, title: nil, content)) }
        default: out.append(.code(InlineText.plain(content)))
        }
    }

    /// Where the tag that begins at `at` ends, quoted values taken into account; nil when there is no tag.
    static func tagEnd(_ text: Line, _ at: Int) -> Int? {
        var place = at + 1
        if place < text.endIndex, text[place] == UInt8(ascii: "/") { place += 1 }
        guard place < text.endIndex, Letters.isLetter(text[place]) else { return nil }
        while place < text.endIndex, Letters.isLetter(text[place]) || Letters.isDigit(text[place]) || text[place] == UInt8(ascii: "-") { place += 1 }
        guard place < text.endIndex, Letters.isSpace(text[place]) || text[place] == UInt8(ascii: "/") || text[place] == UInt8(ascii: ">") else { return nil }
        var quote: UInt8?
        let last = min(text.endIndex, at + 8_192)
        while place < last {
            let byte = text[place]
            if let open = quote {
                if byte == open { quote = nil }
            } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return place + 1
            } else if byte == UInt8(ascii: "<") {
                return nil
            }
            place += 1
        }
        return nil
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
