// SPDX-License-Identifier: Apache-2.0
import FileAccess
public import SystemPackage

/// A shell pattern over the bytes of a relative path.
///
/// `*` and `?` stay within one component, `**` crosses them, `[a-z]` and `[!a-z]` are ASCII classes, `{a,b}` are alternatives,
/// `\` takes the next byte as it is. A pattern without `/` is matched against the name alone, at any depth.
/// Matching takes time in proportion to pattern × path, whatever the pattern.
public struct Glob: Sendable, Hashable, CustomStringConvertible {
    public let text: String
    private let alternatives: [[Token]]
    private let isForName: Bool

    private enum Token: Hashable {
        case byte(UInt8)
        /// The first byte of any character but `/`.
        case one
        /// What is left of a character of several bytes.
        case tail
        case star, stars
        /// `**/`: nothing, or whole components.
        case folders
        case set(Set<UInt8>, isNegated: Bool)
    }

    /// - Throws: `PatternError`.
    public init(_ text: String) throws {
        self.text = text
        let patterns = try Self.expand(Array(text.utf8), text)
        alternatives = try patterns.map { try Self.tokens(Array($0.drop { $0 == UInt8(ascii: "/") }), text) }
        isForName = !text.utf8.contains(UInt8(ascii: "/"))
    }

    public var description: String { text }

    public func matches(_ path: FilePath) -> Bool {
        let bytes = isForName ? path.lastComponent.map { FilePath(root: nil, components: $0).bytes } ?? [] : path.bytes
        return alternatives.contains { Self.match($0, bytes) }
    }

    /// Simulates all ways through the pattern at once.
    private static func match(_ tokens: [Token], _ bytes: [UInt8]) -> Bool {
        var states = [Bool](repeating: false, count: tokens.count + 1)
        reach(0, tokens, &states)
        var previous: UInt8 = 0
        for byte in bytes {
            // A byte that continues a character never begins one, but where it has nothing to continue it stands for itself.
            let begins = byte & 0xC0 != 0x80 || previous < 0x80
            var next = [Bool](repeating: false, count: tokens.count + 1)
            let isSlash = byte == UInt8(ascii: "/")
            for (at, token) in tokens.enumerated() where states[at] {
                switch token {
                case .byte(let wanted): if byte == wanted { reach(at + 1, tokens, &next) }
                case .one: if !isSlash && begins { reach(at + 1, tokens, &next) }
                case .tail: if byte & 0xC0 == 0x80 { reach(at, tokens, &next) }
                case .star: if !isSlash { reach(at, tokens, &next) }
                case .stars: reach(at, tokens, &next)
                case .folders:
                    // Only behind a slash may the rest of the pattern begin.
                    if isSlash { reach(at, tokens, &next) } else { next[at] = true }
                case .set(let set, let isNegated): if !isSlash && begins && set.contains(byte) != isNegated { reach(at + 1, tokens, &next) }
                }
            }
            states = next
            previous = byte
            guard states.contains(true) else { return false }
        }
        return states[tokens.count]
    }

    /// Marks a state and those behind tokens that may stand for nothing.
    private static func reach(_ state: Int, _ tokens: [Token], _ states: inout [Bool]) {
        var at = state
        while true {
            states[at] = true
            guard at < tokens.count else { return }
            switch tokens[at] {
            case .star, .stars, .tail, .folders: at += 1
            case .byte, .one, .set: return
            }
        }
    }

    private static func tokens(_ bytes: [UInt8], _ text: String) throws -> [Token] {
        var tokens: [Token] = []
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "*"):
                guard at < bytes.count, bytes[at] == byte else { tokens.append(.star); continue }
                while at < bytes.count, bytes[at] == byte { at += 1 }
                let isComponent = at < bytes.count && bytes[at] == UInt8(ascii: "/") && (tokens.isEmpty || tokens.last == .byte(UInt8(ascii: "/")))
                if isComponent { at += 1 }
                tokens.append(isComponent ? .folders : .stars)
            case UInt8(ascii: "?"): tokens += [.one, .tail]
            case UInt8(ascii: "["): tokens += try set(bytes, &at, text)
            case UInt8(ascii: "\\"):
                guard at < bytes.count else { throw PatternError(text, "it ends with a backslash") }
                tokens.append(.byte(bytes[at]))
                at += 1
            default: tokens.append(.byte(byte))
            }
        }
        return tokens
    }

    private static func set(_ bytes: [UInt8], _ at: inout Int, _ text: String) throws -> [Token] {
        var set: Set<UInt8> = []
        let isNegated = at < bytes.count && (bytes[at] == UInt8(ascii: "!") || bytes[at] == UInt8(ascii: "^"))
        if isNegated { at += 1 }
        var isFirst = true
        while true {
            guard at < bytes.count else { throw PatternError(text, "a [ has no ]") }
            let low = bytes[at]
            at += 1
            if low == UInt8(ascii: "]") && !isFirst { break }
            isFirst = false
            guard low < 0x80 else { throw PatternError(text, "only ASCII characters may stand within [ ]; use {a,b}") }
            var high = low
            if at + 1 < bytes.count, bytes[at] == UInt8(ascii: "-"), bytes[at + 1] != UInt8(ascii: "]") {
                high = bytes[at + 1]
                at += 2
            }
            guard low <= high, high < 0x80 else { throw PatternError(text, "a range within [ ] runs backwards") }
            set.formUnion(low...high)
        }
        return isNegated ? [.set(set, isNegated: true), .tail] : [.set(set, isNegated: false)]
    }

    /// Writes `{a,b}` out, the innermost last; at most 1,000 alternatives.
    private static func expand(_ bytes: [UInt8], _ text: String) throws -> [[UInt8]] {
        var whole: [[UInt8]] = []
        var open = [bytes]
        while let pattern = open.popLast() {
            guard whole.count + open.count < 1_000 else { throw PatternError(text, "it has more than 1,000 alternatives") }
            guard let (start, parts, end) = try firstBraces(pattern, text) else {
                whole.append(pattern)
                continue
            }
            for part in parts.reversed() { open.append(Array(pattern[..<start]) + part + Array(pattern[end...])) }
        }
        return whole
    }

    private static func firstBraces(_ bytes: [UInt8], _ text: String) throws -> (Int, [[UInt8]], Int)? {
        var start: Int?
        var depth = 0
        var parts: [[UInt8]] = [[]]
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            if byte == UInt8(ascii: "\\"), at + 1 < bytes.count {
                if start != nil { parts[parts.count - 1] += bytes[at...at + 1] }
                at += 2
                continue
            }
            if byte == UInt8(ascii: "{") { depth += 1 }
            if byte == UInt8(ascii: "}") && start != nil { depth -= 1 }
            if let start, depth == 0 { return (start, parts, at + 1) }
            if start == nil { if depth == 1 { start = at } } else if byte == UInt8(ascii: ",") && depth == 1 { parts.append([]) } else { parts[parts.count - 1].append(byte) }
            at += 1
        }
        if start != nil { throw PatternError(text, "a { has no }") }
        return nil
    }
}

/// A pattern that cannot be used: `cannot use pattern "[a": a [ has no ]`.
public struct PatternError: Error, Hashable, Sendable, CustomStringConvertible {
    public let pattern: String
    public let reason: String

    init(_ pattern: String, _ reason: String) {
        self.pattern = pattern
        self.reason = reason
    }

    public var description: String { "cannot use pattern \"\(pattern)\": \(reason)" }
}
