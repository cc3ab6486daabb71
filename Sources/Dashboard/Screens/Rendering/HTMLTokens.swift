// SPDX-License-Identifier: Apache-2.0

/// HTML cut into tags and text (HTML Standard 13.2.5, without its states for scripts): each byte is looked at once.
struct HTMLTokens: IteratorProtocol {
    enum Token: Equatable {
        case text(String)
        case start(String, [String: String])
        case end(String)
    }

    private let bytes: [UInt8]
    private var place = 0

    init(_ text: String) { bytes = Array(text.utf8) }

    /// nil at the end. A tag that does not end is the end.
    mutating func next() -> Token? {
        while place < bytes.count {
            guard bytes[place] == Self.less else { return .text(text()) }
            let second = place + 1 < bytes.count ? bytes[place + 1] : 0
            if Self.isLetter(second) {
                place += 1
                return start()
            }
            if second == UInt8(ascii: "/"), place + 2 < bytes.count, Self.isLetter(bytes[place + 2]) {
                place += 2
                let name = self.name()
                skip(past: [Self.greater])
                return .end(name)
            }
            switch second {
            case UInt8(ascii: "!") where bytes[place...].starts(with: "<!--".utf8):
                place += 4
                skip(past: Array("-->".utf8))
            case UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "/"): skip(past: [Self.greater])
            default:
                place += 1
                return .text("<")
            }
        }
        return nil
    }

    /// Goes behind the end tag of that name, or to the end.
    mutating func skip(element name: String) {
        let end = Array("</\(name)".utf8)
        while place < bytes.count {
            if bytes[place] == Self.less, bytes.count - place >= end.count, zip(bytes[place...], end).allSatisfy({ Self.lowered($0) == $1 }) {
                return skip(past: [Self.greater])
            }
            place += 1
        }
    }

    private mutating func skip(past mark: [UInt8]) {
        while place < bytes.count {
            if bytes[place...].starts(with: mark) {
                place += mark.count
                return
            }
            place += 1
        }
    }

    private mutating func text() -> String {
        let start = place
        while place < bytes.count, bytes[place] != Self.less { place += 1 }
        return Self.decoded(bytes[start..<place])
    }

    private mutating func name() -> String {
        let start = place
        while place < bytes.count, !Self.isSpace(bytes[place]), bytes[place] != Self.greater, bytes[place] != UInt8(ascii: "/") { place += 1 }
        return String(decoding: bytes[start..<place].prefix(32).map(Self.lowered), as: UTF8.self)
    }

    private mutating func start() -> Token? {
        let tag = name()
        var attributes: [String: String] = [:]
        while place < bytes.count {
            switch bytes[place] {
            case Self.greater:
                place += 1
                return .start(tag, attributes)
            case UInt8(ascii: "/"), UInt8(ascii: "="): place += 1
            case let byte where Self.isSpace(byte): place += 1
            default:
                let (key, value) = attribute()
                if attributes.count < 32, attributes[key] == nil { attributes[key] = value }
            }
        }
        return nil
    }

    private mutating func attribute() -> (String, String) {
        let start = place
        while place < bytes.count, !Self.isSpace(bytes[place]), ![Self.greater, UInt8(ascii: "/"), UInt8(ascii: "=")].contains(bytes[place]) { place += 1 }
        let key = String(decoding: bytes[start..<place].prefix(32).map(Self.lowered), as: UTF8.self)
        var look = place
        while look < bytes.count, Self.isSpace(bytes[look]) { look += 1 }
        guard look < bytes.count, bytes[look] == UInt8(ascii: "=") else { return (key, "") }
        place = look + 1
        while place < bytes.count, Self.isSpace(bytes[place]) { place += 1 }
        guard place < bytes.count else { return (key, "") }
        let quote = bytes[place]
        let isQuoted = quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        if isQuoted { place += 1 }
        let from = place
        while place < bytes.count, isQuoted ? bytes[place] != quote : !Self.isSpace(bytes[place]) && bytes[place] != Self.greater { place += 1 }
        defer { if isQuoted { place += 1 } }
        return (key, Self.decoded(bytes[from..<place]))
    }

    /// The character references that our own writer makes, and those by number; any other stays as it is written.
    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(UInt8(ascii: "&")) else { return String(decoding: bytes, as: UTF8.self) }
        var out = ""
        var rest = String(decoding: bytes, as: UTF8.self)[...]
        while let mark = rest.firstIndex(of: "&") {
            out += rest[..<mark]
            rest = rest[mark...]
            let name = rest.dropFirst().prefix(12).prefix { $0 != ";" && $0 != "&" }
            let isClosed = rest[name.endIndex...].first == ";"
            if isClosed, let character = named[String(name)] ?? numbered(name) {
                out.append(character)
                rest = rest[name.endIndex...].dropFirst()
            } else {
                out += "&"
                rest = rest.dropFirst()
            }
        }
        return out + rest
    }

    static let named: [String: Character] = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}"]

    private static func numbered(_ name: Substring) -> Character? {
        guard name.first == "#" else { return nil }
        let digits = name.dropFirst()
        let isHex = digits.first == "x" || digits.first == "X"
        return UInt32(isHex ? digits.dropFirst() : digits, radix: isHex ? 16 : 10).flatMap(UnicodeScalar.init).map(Character.init)
    }

    private static let less = UInt8(ascii: "<"), greater = UInt8(ascii: ">")

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }
    private static func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= lowered(byte) }
    private static func lowered(_ byte: UInt8) -> UInt8 { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte }
}
