// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Cuts UTF-8 XML into tags and text without copying: some ten times faster than libxml2, and forgiving.
///
/// Comments and processing instructions are passed over. What it does not do: DOCTYPE and other encodings
/// (`needsParser`, for `XMLParser`), well-formedness (`fault` says what it stepped over).
package struct XMLTokenizer: ~Copyable {
    package enum Token { case start, emptyElement, end, text, finished, needsParser }

    /// An attribute as it stands: name, and value without its quotes, as ranges of the input.
    package struct Attribute: BitwiseCopyable {
        package var nameStart: Int
        package var nameCount: Int
        package var valueStart: Int
        package var valueCount: Int
    }

    package let bytes: UnsafeBufferPointer<UInt8>
    /// The last tag's name, or the text, as a range of `bytes`.
    package private(set) var start = 0
    package private(set) var count = 0
    /// The text came from a CDATA section: it has no references.
    package private(set) var isLiteral = false
    package private(set) var fault: String?
    private var at = 0
    private let mostAttributes: Int
    /// The last tag's attributes and room for more; memory of its own, as counting an array's owners for every tag costs more than the tag.
    private var room: UnsafeMutableBufferPointer<Attribute>
    private var attributeCount = 0

    package init(_ bytes: UnsafeBufferPointer<UInt8>, mostAttributes: Int = 10_000) {
        self.bytes = bytes
        self.mostAttributes = mostAttributes
        room = .allocate(capacity: 32)
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { at = 3 }
    }

    deinit { room.deallocate() }

    package var current: UnsafeBufferPointer<UInt8> { slice(start, count) }

    /// Those of the last start tag; valid until the next token.
    package var attributes: UnsafeBufferPointer<Attribute> { UnsafeBufferPointer(start: room.baseAddress, count: attributeCount) }

    @inline(__always)
    package func slice(_ start: Int, _ count: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[start..<(start &+ count)])
    }

    package mutating func next() -> Token {
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "<") else { return text() }
            guard at &+ 1 < bytes.count else { return cut("ends inside a tag") }
            switch bytes[at &+ 1] {
            case UInt8(ascii: "/"): return endTag()
            case UInt8(ascii: "!"):
                if let token = declaration() { return token }
            case UInt8(ascii: "?"):
                guard at > 3 || isUTF8Declaration() else { return .needsParser }
                guard skip(past: "?>") else { return cut("ends inside a processing instruction") }
            default:
                guard Self.isName(bytes[at &+ 1]) else {
                    fault = fault ?? "has a stray <"
                    return text()
                }
                return startTag()
            }
        }
        return .finished
    }

    private mutating func text() -> Token {
        start = at
        isLiteral = false
        let from = at &+ 1
        let base = bytes.baseAddress
        if let base, from < bytes.count, let hit = memchr(base + from, 0x3C, bytes.count &- from) {
            at = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
        } else {
            at = bytes.count
        }
        count = at &- start
        return .text
    }

    /// Goes on behind the end tag of the element whose start tag was the last token, without looking at what is in it.
    /// False, and nothing done, where that end is not found or the element seems to begin again before it.
    mutating func passContent() -> Bool {
        guard let base = bytes.baseAddress else { return false }
        var from = at
        while from < bytes.count, let hit = memchr(base + from, 0x3C, bytes.count &- from) {
            let place = UnsafeRawPointer(hit) - UnsafeRawPointer(base) &+ 1
            from = place
            let isEnd = place < bytes.count && bytes[place] == UInt8(ascii: "/")
            let name = isEnd ? place &+ 1 : place, end = name &+ count
            guard end < bytes.count else { return false }
            guard memcmp(base + name, base + start, count) == 0, !Self.isName(bytes[end]) else { continue }
            guard isEnd, bytes[end] == UInt8(ascii: ">") else { return false }
            at = end &+ 1
            return true
        }
        return false
    }

    private mutating func endTag() -> Token {
        start = at &+ 2
        at = start
        while at < bytes.count, Self.isName(bytes[at]) { at &+= 1 }
        count = at &- start
        while at < bytes.count, bytes[at] != UInt8(ascii: ">") {
            if bytes[at] == UInt8(ascii: "<") {
                fault = fault ?? "has an end tag without >"
                return .end
            }
            at &+= 1
        }
        guard at < bytes.count else { return cut("ends inside a tag") }
        at &+= 1
        return .end
    }

    private mutating func startTag() -> Token {
        start = at &+ 1
        at = start
        let total = bytes.count
        while at < total, Self.isName(bytes[at]) { at &+= 1 }
        count = at &- start
        attributeCount = 0
        while at < total {
            let byte = bytes[at]
            switch byte {
            case UInt8(ascii: ">"):
                at &+= 1
                return .start
            case UInt8(ascii: "/"):
                at &+= 1
                if at < total, bytes[at] == UInt8(ascii: ">") {
                    at &+= 1
                    return .emptyElement
                }
            case 0x20, 0x09, 0x0A, 0x0D: at &+= 1
            case UInt8(ascii: "<"):
                fault = fault ?? "has a tag without >"
                return .start
            default:
                guard attribute() else { return cut("ends inside a tag") }
            }
        }
        return cut("ends inside a tag")
    }

    /// False when the input ends.
    private mutating func attribute() -> Bool {
        let nameStart = at
        let total = bytes.count
        while at < total, Self.isName(bytes[at]) { at &+= 1 }
        let nameCount = at &- nameStart
        while at < total, Self.isSpace(bytes[at]) { at &+= 1 }
        guard at < total else { return false }
        guard nameCount > 0, bytes[at] == UInt8(ascii: "=") else {
            fault = fault ?? "has a damaged attribute"
            if nameCount == 0 { at &+= 1 }
            return true
        }
        at &+= 1
        while at < total, Self.isSpace(bytes[at]) { at &+= 1 }
        guard at < total else { return false }
        let quote = bytes[at]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
            fault = fault ?? "has an attribute without quotes"
            return true
        }
        at &+= 1
        let valueStart = at
        guard let base = bytes.baseAddress, let hit = memchr(base + at, Int32(quote), total &- at) else { return false }
        at = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
        if attributeCount < mostAttributes {
            keep(Attribute(nameStart: nameStart, nameCount: nameCount, valueStart: valueStart, valueCount: at &- valueStart))
        } else {
            fault = fault ?? "has an element with more than \(mostAttributes) attributes"
        }
        at &+= 1
        return true
    }

    @inline(__always)
    private mutating func keep(_ attribute: Attribute) {
        if attributeCount == room.count { widen() }
        room.initializeElement(at: attributeCount, to: attribute)
        attributeCount &+= 1
    }

    @inline(never)
    private mutating func widen() {
        let wide = UnsafeMutableBufferPointer<Attribute>.allocate(capacity: room.count * 2)
        _ = wide.initialize(from: attributes)
        room.deallocate()
        room = wide
    }

    /// A comment (nil, passed over), CDATA (text) or DOCTYPE.
    private mutating func declaration() -> Token? {
        if has("<!--") {
            at &+= 4
            return skip(past: "-->") ? nil : cut("ends inside a comment")
        }
        guard has("<![CDATA[") else {
            if has("<!DOCTYPE") { return .needsParser }
            fault = fault ?? "has a stray <!"
            return text()
        }
        start = at &+ 9
        at = start
        isLiteral = true
        guard skip(past: "]]>") else {
            count = bytes.count &- start
            at = bytes.count
            fault = fault ?? "ends inside a CDATA section"
            return .text
        }
        count = at &- 3 &- start
        return .text
    }

    private mutating func cut(_ what: String) -> Token {
        fault = fault ?? what
        at = bytes.count
        return .finished
    }

    private func has(_ word: StaticString) -> Bool {
        guard bytes.count &- at >= word.utf8CodeUnitCount, let base = bytes.baseAddress else { return false }
        return memcmp(base + at, word.utf8Start, word.utf8CodeUnitCount) == 0
    }

    private mutating func skip(past word: StaticString) -> Bool {
        while at < bytes.count {
            if bytes[at] == word.utf8Start[0], has(word) {
                at &+= word.utf8CodeUnitCount
                return true
            }
            at &+= 1
        }
        return false
    }

    /// Whether the XML declaration leaves the encoding at UTF-8; only looked at where it begins.
    private func isUTF8Declaration() -> Bool {
        let head = slice(at, min(bytes.count &- at, 200))
        guard head.starts(with: "<?xml".utf8), let end = head.firstIndex(of: UInt8(ascii: ">")) else { return true }
        let declaration = head[..<end].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        func says(_ word: StaticString) -> Bool {
            declaration.indices.contains { at in
                at &+ word.utf8CodeUnitCount <= declaration.count && (0..<word.utf8CodeUnitCount).allSatisfy { declaration[at &+ $0] == word.utf8Start[$0] }
            }
        }
        return !says("encoding") || says("utf-8") || says("utf8") || says("us-ascii")
    }

    @inline(__always) static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }

    /// Anything that cannot end a name; stricter rules would only lose text.
    @inline(__always)
    static func isName(_ byte: UInt8) -> Bool {
        byte > 0x3E || (byte > 0x22 && byte != 0x27 && byte != 0x2F && byte != 0x3C && byte != 0x3D && byte != 0x3E)
    }
}
