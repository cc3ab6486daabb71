// SPDX-License-Identifier: Apache-2.0

/// The entities that a document declares for itself (XML 1.0, 4.2), as far as they are harmless: short texts without markup or references.
///
/// Drawing programs spell their namespaces this way. Anything else (entities within entities, markup, other files, parameters) is left
/// to the parser, which refuses it.
struct XMLEntities {
    private static let longestValue = 4_096, mostEntities = 1_000, longestSubset = 256 << 10
    private var values: [ArraySlice<UInt8>: [UInt8]] = [:]
    private var at = 0

    /// The document with its own entities replaced and without its DOCTYPE; nil where there are none, or none of this kind.
    /// What replacing may add is bounded by the document's size.
    static func replaced(in bytes: [UInt8]) -> [UInt8]? {
        var entities = XMLEntities()
        guard let start = entities.prolog(bytes), entities.subset(bytes), !entities.values.isEmpty else { return nil }
        return entities.rewrite(bytes, start)
    }

    private func starts(_ bytes: [UInt8], _ word: StaticString) -> Bool {
        bytes[at...].starts(with: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    private mutating func skip(_ bytes: [UInt8], behind word: StaticString) -> Bool {
        let count = word.utf8CodeUnitCount
        while at < bytes.count {
            if bytes[at] == word.utf8Start[0], starts(bytes, word) {
                at += count
                return true
            }
            at += 1
        }
        return false
    }

    private mutating func skipSpace(_ bytes: [UInt8]) {
        while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
    }

    /// Goes to the DOCTYPE and says where it begins.
    private mutating func prolog(_ bytes: [UInt8]) -> Int? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
        while at < bytes.count {
            skipSpace(bytes)
            guard at < bytes.count, bytes[at] == UInt8(ascii: "<") else { return nil }
            if starts(bytes, "<!DOCTYPE") { return at }
            if starts(bytes, "<?") {
                guard skip(bytes, behind: "?>") else { return nil }
            } else if starts(bytes, "<!--") {
                guard skip(bytes, behind: "-->") else { return nil }
            } else {
                return nil
            }
        }
        return nil
    }

    /// Takes the declarations of the internal subset and goes behind the DOCTYPE; false when it holds anything but harmless ones.
    private mutating func subset(_ bytes: [UInt8]) -> Bool {
        let limit = min(bytes.count, at + Self.longestSubset)
        while at < limit, bytes[at] != UInt8(ascii: "["), bytes[at] != UInt8(ascii: ">") {
            if bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") {
                guard quoted(bytes, limit) != nil else { return false }
            } else {
                at += 1
            }
        }
        guard at < limit, bytes[at] == UInt8(ascii: "[") else { return false }
        at += 1
        while at < limit {
            skipSpace(bytes)
            guard at < limit else { return false }
            if bytes[at] == UInt8(ascii: "]") {
                at += 1
                skipSpace(bytes)
                guard at < bytes.count, bytes[at] == UInt8(ascii: ">") else { return false }
                at += 1
                return true
            }
            if starts(bytes, "<!--") {
                guard skip(bytes, behind: "-->") else { return false }
            } else if starts(bytes, "<!ENTITY") {
                guard entity(bytes, limit) else { return false }
            } else if starts(bytes, "<!") || starts(bytes, "<?") {
                while at < limit, bytes[at] != UInt8(ascii: ">") {
                    if bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") {
                        guard quoted(bytes, limit) != nil else { return false }
                    } else {
                        at += 1
                    }
                }
                at += 1
            } else {
                return false
            }
        }
        return false
    }

    private mutating func quoted(_ bytes: [UInt8], _ limit: Int) -> ArraySlice<UInt8>? {
        let quote = bytes[at]
        guard let end = bytes[(at + 1)..<limit].firstIndex(of: quote) else { return nil }
        defer { at = end + 1 }
        return bytes[(at + 1)..<end]
    }

    /// `<!ENTITY name "value">`.
    private mutating func entity(_ bytes: [UInt8], _ limit: Int) -> Bool {
        at += 8
        skipSpace(bytes)
        let name = bytes[min(at, limit)..<limit].prefix { $0 > 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'") && $0 != UInt8(ascii: ">") }
        at = name.endIndex
        skipSpace(bytes)
        guard !name.isEmpty, name.first != UInt8(ascii: "%"), at < limit, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'"),
            let value = quoted(bytes, limit), value.count <= Self.longestValue, values.count < Self.mostEntities,
            !value.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "%") })
        else { return false }
        skipSpace(bytes)
        guard at < limit, bytes[at] == UInt8(ascii: ">") else { return false }
        at += 1
        // The first declaration counts (4.2).
        if values[name] == nil { values[name] = Self.escaped(value) }
        return true
    }

    /// Fit for an attribute between either quotes.
    private static func escaped(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var out: [UInt8] = []
        for byte in value {
            switch byte {
            case UInt8(ascii: "\""): out += "&quot;".utf8
            case UInt8(ascii: "'"): out += "&apos;".utf8
            case UInt8(ascii: ">"): out += "&gt;".utf8
            default: out.append(byte)
            }
        }
        return out
    }

    private mutating func rewrite(_ bytes: [UInt8], _ start: Int) -> [UInt8]? {
        let most = bytes.count * 2 + (1 << 20)
        var out = Array(bytes[..<start])
        out.reserveCapacity(bytes.count)
        var copied = at
        while at < bytes.count {
            switch bytes[at] {
            case UInt8(ascii: "<") where starts(bytes, "<![CDATA["): guard skip(bytes, behind: "]]>") else { at = bytes.count; break }
            case UInt8(ascii: "<") where starts(bytes, "<!--"): guard skip(bytes, behind: "-->") else { at = bytes.count; break }
            case UInt8(ascii: "&"):
                let name = bytes[(at + 1)...].prefix(256).prefix { $0 > 0x20 && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: "&") && $0 != UInt8(ascii: "<") }
                guard name.endIndex < bytes.count, bytes[name.endIndex] == UInt8(ascii: ";"), let value = values[name] else {
                    at += 1
                    continue
                }
                out += bytes[copied..<at]
                out += value
                guard out.count <= most else { return nil }
                at = name.endIndex + 1
                copied = at
            default: at += 1
            }
        }
        out += bytes[min(copied, bytes.count)...]
        return out
    }
}
