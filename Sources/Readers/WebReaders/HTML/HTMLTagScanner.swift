// SPDX-License-Identifier: Apache-2.0
import CGumbo
import Glibc

/// Finds the tags and comments of a page the way an HTML tokenizer does (13.2.5), without building anything.
struct HTMLTagScanner {
    enum Piece {
        case tag(Tag)
        case comment(Range<Int>)
        /// `<![CDATA[…]]>`, in XML only; the second range is its text.
        case characterData(Range<Int>, text: Range<Int>)
    }

    struct Tag {
        var isEnd: Bool
        /// gumbo's number of the tag, or a hash above `HTMLTagScanner.unknown` for names HTML does not have.
        var key: UInt32
        /// From `<` to behind `>`.
        var range: Range<Int>
        var attributes: Int
        var isSelfClosing: Bool
        /// Text that is more than white space stands before the tag.
        var followsText: Bool
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private(set) var position = 0
    /// What of the last tag need not be kept: attributes nobody reads, long white space.
    private(set) var surplus: [Range<Int>] = []
    /// Any `style` so far with a `white-space` in it.
    private(set) var sawWhiteSpaceStyle = false
    private var sawText = false

    static let unknown: UInt32 = 1_000
    /// Attributes kept per tag: gumbo compares each with all before it.
    static let mostAttributes = 256

    private let isXML: Bool
    private let attributes: HTMLAttributes

    init(_ bytes: UnsafeBufferPointer<UInt8>, isXML: Bool = false, attributes: HTMLAttributes = HTMLAttributes()) {
        self.bytes = bytes
        self.isXML = isXML
        self.attributes = attributes
    }

    mutating func next() -> Piece? {
        while let start = find(UInt8(ascii: "<"), from: position), start + 1 < bytes.count {
            sawText = sawText || hasText(position..<start)
            let first = bytes[start + 1]
            if ByteSlice.isLetter(first) { return .tag(tag(at: start, nameAt: start + 1, isEnd: false)) }
            if first == UInt8(ascii: "/"), start + 2 < bytes.count, ByteSlice.isLetter(bytes[start + 2]) {
                return .tag(tag(at: start, nameAt: start + 2, isEnd: true))
            }
            switch first {
            case UInt8(ascii: "!") where isXML && bytes[slice: start..<bytes.count].hasKeyword("<![cdata["):
                let end = bytes[slice: start..<bytes.count].place(ofKeyword: "]]>").map { start + $0 } ?? bytes.count
                position = min(end + 3, bytes.count)
                sawText = true
                return .characterData(start..<position, text: min(start + 9, end)..<end)
            case UInt8(ascii: "!"):
                let isComment = bytes[slice: start..<bytes.count].hasKeyword("<!--")
                position = afterDeclaration(start, isComment: isComment)
                if isComment { return .comment(start..<position) }
            case UInt8(ascii: "?"), UInt8(ascii: "/"): position = (find(UInt8(ascii: ">"), from: start) ?? bytes.count - 1) + 1
            default:
                position = start + 1
                sawText = true
            }
        }
        position = bytes.count
        return nil
    }

    /// Goes on behind the content of an element whose content is no markup, before its end tag.
    mutating func skipRawText(of tag: Tag) {
        let name = bytes[slice: (tag.range.lowerBound + 1)..<tag.range.upperBound].prefix { ByteSlice.isLetter($0) }
        var place = tag.range.upperBound
        while let open = find(UInt8(ascii: "<"), from: place) {
            let after = open + 2 + name.count
            if after <= bytes.count, bytes[open + 1] == UInt8(ascii: "/"),
                zip(name, bytes[(open + 2)..<after]).allSatisfy({ ByteSlice.lower($0) == ByteSlice.lower($1) }),
                after == bytes.count || !ByteSlice.isLetter(bytes[after]) {
                position = open
                return
            }
            place = open + 1
        }
        position = bytes.count
    }

    mutating func skipAll() { position = bytes.count }

    private mutating func tag(at start: Int, nameAt: Int, isEnd: Bool) -> Tag {
        var index = nameAt
        while index < bytes.count, !Self.endsName(bytes[index]) { index += 1 }
        surplus.removeAll(keepingCapacity: true)
        var nameAt = nameAt
        if isXML, let colon = bytes[nameAt..<index].firstIndex(of: UInt8(ascii: ":")), !bytes[slice: nameAt..<colon].isKeyword("epub") {
            surplus.append(nameAt..<(colon + 1))
            nameAt = colon + 1
        }
        let key = Self.key(bytes[slice: nameAt..<index])
        var tag = Tag(isEnd: isEnd, key: key, range: start..<start, attributes: 0, isSelfClosing: false, followsText: sawText)
        sawText = false
        while index < bytes.count, bytes[index] != UInt8(ascii: ">") {
            if ByteSlice.isSpace(bytes[index]) {
                let first = index
                repeat { index += 1 } while index < bytes.count && ByteSlice.isSpace(bytes[index])
                if index - first > 2 { surplus.append((first + 1)..<index) }
                continue
            }
            if bytes[index] == UInt8(ascii: "/") {
                index += 1
                continue
            }
            let name = index
            // An equals sign at the very start belongs to the name.
            repeat { index += 1 } while index < bytes.count && bytes[index] != UInt8(ascii: "=") && !Self.endsName(bytes[index])
            let nameEnd = index
            var value = index..<index
            var equals = index
            while equals < bytes.count, ByteSlice.isSpace(bytes[equals]) { equals += 1 }
            if equals < bytes.count, bytes[equals] == UInt8(ascii: "=") {
                value = self.value(at: equals + 1)
                index = value.upperBound
            }
            if !isEnd, tag.attributes < Self.mostAttributes,
                attributes.isRead(bytes[slice: name..<nameEnd], value: bytes[slice: value], of: key) {
                tag.attributes += 1
                if nameEnd - name == 5, !sawWhiteSpaceStyle, bytes[slice: name..<nameEnd].isKeyword("style") {
                    sawWhiteSpaceStyle = bytes[slice: value].place(ofKeyword: "white-space") != nil
                }
            } else {
                surplus.append(name..<index)
            }
        }
        tag.isSelfClosing = index < bytes.count && bytes[index - 1] == UInt8(ascii: "/")
        let end = min(index + 1, bytes.count)
        tag.range = start..<end
        position = end
        return tag
    }

    /// A value with its quotes.
    private func value(at start: Int) -> Range<Int> {
        var index = start
        while index < bytes.count, ByteSlice.isSpace(bytes[index]) { index += 1 }
        guard index < bytes.count else { return index..<index }
        let quote = bytes[index]
        if quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
            return index..<((find(quote, from: index + 1) ?? bytes.count - 1) + 1)
        }
        let first = index
        while index < bytes.count, !ByteSlice.isSpace(bytes[index]), bytes[index] != UInt8(ascii: ">") { index += 1 }
        return first..<index
    }

    @inline(__always) private static func endsName(_ byte: UInt8) -> Bool {
        byte <= UInt8(ascii: ">") && (byte == UInt8(ascii: ">") || byte == UInt8(ascii: "/") || ByteSlice.isSpace(byte))
    }

    private func afterDeclaration(_ start: Int, isComment: Bool) -> Int {
        guard isComment else {
            return (find(UInt8(ascii: ">"), from: start) ?? bytes.count - 1) + 1
        }
        // `<!-->` and `<!--->` are complete comments.
        var index = start + 4
        if index < bytes.count, bytes[index] == UInt8(ascii: ">") { return index + 1 }
        if index + 1 < bytes.count, bytes[index] == UInt8(ascii: "-"), bytes[index + 1] == UInt8(ascii: ">") { return index + 2 }
        while let end = find(UInt8(ascii: ">"), from: index) {
            let dashes = end >= start + 6 && bytes[end - 1] == UInt8(ascii: "-") && bytes[end - 2] == UInt8(ascii: "-")
            let bang = end >= start + 7 && bytes[end - 1] == UInt8(ascii: "!") && bytes[end - 2] == UInt8(ascii: "-")
                && bytes[end - 3] == UInt8(ascii: "-")
            if dashes || bang { return end + 1 }
            index = end + 1
        }
        return bytes.count
    }

    private func find(_ byte: UInt8, from start: Int) -> Int? {
        guard start < bytes.count, let base = bytes.baseAddress,
            let place = memchr(base + start, Int32(byte), bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(place) - UnsafeRawPointer(base)
    }

    private func hasText(_ range: Range<Int>) -> Bool {
        for index in range where !ByteSlice.isSpace(bytes[index]) { return true }
        return false
    }

    private static func key(_ name: ByteSlice) -> UInt32 {
        guard let start = name.baseAddress else { return unknown }
        let tag = start.withMemoryRebound(to: CChar.self, capacity: name.count) { gumbo_tagn_enum($0, UInt32(name.count)) }
        if tag != GUMBO_TAG_UNKNOWN, tag != GUMBO_TAG_LAST { return tag.rawValue }
        var hash: UInt32 = 2_166_136_261
        for byte in name { hash = (hash ^ UInt32(ByteSlice.lower(byte))) &* 16_777_619 }
        return unknown + hash % 1_000_000_000
    }
}
