// SPDX-License-Identifier: Apache-2.0

/// A JSON document in memory (RFC 8259). Strings are UTF-8 bytes, numbers stay as written.
enum JSONValue {
    case null
    case bool(Bool)
    case number(String)
    case string([UInt8])
    case array([JSONValue])
    case object([(key: String, value: JSONValue)])

    /// nil for what is no JSON, or is nested too deeply.
    init?(_ text: [UInt8]) {
        var value: JSONValue?
        text.withUnsafeBufferPointer { bytes in
            var parser = JSONParser(bytes)
            value = parser.document()
        }
        guard let value else { return nil }
        self = value
    }

    /// The member of this name; null for anything else.
    subscript(_ key: String) -> JSONValue {
        guard case .object(let members) = self, let member = members.first(where: { $0.key == key }) else { return .null }
        return member.value
    }

    var isNull: Bool { if case .null = self { true } else { false } }
    var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
    var members: [(key: String, value: JSONValue)] { if case .object(let members) = self { members } else { [] } }

    var text: String? {
        switch self {
        case .string(let bytes): String(decoding: bytes, as: UTF8.self)
        case .number(let digits): digits
        case .bool(let value): value ? "true" : "false"
        case .null, .array, .object: nil
        }
    }

    var integer: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }

    /// A string, or the strings of an array one after the other, as notebooks have their texts.
    var joined: [UInt8]? {
        switch self {
        case .string(let bytes): bytes
        case .array(let items):
            items.reduce(into: [UInt8]()) { if case .string(let bytes) = $1 { $0 += bytes } }
        case .null, .bool, .number, .object: nil
        }
    }
}

private struct JSONParser {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var at = 0
    private static let deepest = 200

    init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

    mutating func document() -> JSONValue? {
        guard let value = value(depth: 0) else { return nil }
        space()
        return at == bytes.count ? value : nil
    }

    private mutating func space() {
        while at < bytes.count, bytes[at] == 0x20 || bytes[at] >= 0x09 && bytes[at] <= 0x0D { at += 1 }
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        space()
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    private mutating func value(depth: Int) -> JSONValue? {
        space()
        guard depth < Self.deepest, at < bytes.count else { return nil }
        switch bytes[at] {
        case UInt8(ascii: "{"): return object(depth: depth)
        case UInt8(ascii: "["): return array(depth: depth)
        case UInt8(ascii: "\""): return string().map(JSONValue.string)
        case UInt8(ascii: "t"): return word("true", .bool(true))
        case UInt8(ascii: "f"): return word("false", .bool(false))
        case UInt8(ascii: "n"): return word("null", .null)
        // Python writes these, though JSON has no such numbers.
        case UInt8(ascii: "N"): return word("NaN", .null)
        case UInt8(ascii: "I"): return word("Infinity", .null)
        default: return number()
        }
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) -> JSONValue? {
        let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        guard bytes[at...].starts(with: wanted) else { return nil }
        at += wanted.count
        return value
    }

    private mutating func number() -> JSONValue? {
        let start = at
        while at < bytes.count, Letters.isDigit(bytes[at]) || "+-.eE".utf8.contains(bytes[at]) { at += 1 }
        if at == start + 1, bytes[start] == UInt8(ascii: "-"), at < bytes.count, bytes[at] == UInt8(ascii: "I") { return word("Infinity", .null) }
        return at > start ? .number(String(decoding: bytes[start..<at], as: UTF8.self)) : nil
    }

    private mutating func array(depth: Int) -> JSONValue? {
        at += 1
        var items: [JSONValue] = []
        if take(UInt8(ascii: "]")) { return .array(items) }
        while let item = value(depth: depth + 1) {
            items.append(item)
            if take(UInt8(ascii: "]")) { return .array(items) }
            guard take(UInt8(ascii: ",")) else { return nil }
        }
        return nil
    }

    private mutating func object(depth: Int) -> JSONValue? {
        at += 1
        var members: [(key: String, value: JSONValue)] = []
        if take(UInt8(ascii: "}")) { return .object(members) }
        while true {
            space()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\""), let key = string(), take(UInt8(ascii: ":")),
                let value = value(depth: depth + 1)
            else { return nil }
            members.append((String(decoding: key, as: UTF8.self), value))
            if take(UInt8(ascii: "}")) { return .object(members) }
            guard take(UInt8(ascii: ",")) else { return nil }
        }
    }

    private mutating func string() -> [UInt8]? {
        at += 1
        var out: [UInt8] = []
        while at < bytes.count {
            let start = at
            while at < bytes.count, bytes[at] != UInt8(ascii: "\""), bytes[at] != UInt8(ascii: "\\") { at += 1 }
            out.append(contentsOf: bytes[start..<at])
            guard at < bytes.count else { return nil }
            if bytes[at] == UInt8(ascii: "\"") {
                at += 1
                return out
            }
            guard escape(&out) else { return nil }
        }
        return nil
    }

    private mutating func escape(_ out: inout [UInt8]) -> Bool {
        guard at + 1 < bytes.count else { return false }
        let letter = bytes[at + 1]
        at += 2
        switch letter {
        case UInt8(ascii: "n"): out.append(0x0A)
        case UInt8(ascii: "t"): out.append(0x09)
        case UInt8(ascii: "r"): out.append(0x0D)
        case UInt8(ascii: "b"): out.append(0x08)
        case UInt8(ascii: "f"): out.append(0x0C)
        case UInt8(ascii: "u"):
            guard var code = hexadecimal() else { return false }
            if code & 0xFC00 == 0xD800, at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") {
                let back = at
                at += 2
                if let low = hexadecimal(), low & 0xFC00 == 0xDC00 { code = 0x1_0000 + (code & 0x3FF) << 10 + low & 0x3FF } else { at = back }
            }
            out += String(Character(Unicode.Scalar(code) ?? "\u{FFFD}")).utf8
        default: out.append(letter)
        }
        return true
    }

    private mutating func hexadecimal() -> UInt32? {
        guard at + 4 <= bytes.count, let code = UInt32(String(decoding: bytes[at..<(at + 4)], as: UTF8.self), radix: 16) else { return nil }
        at += 4
        return code
    }
}
