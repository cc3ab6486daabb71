// SPDX-License-Identifier: Apache-2.0

/// The lines of a page that apply: comments and what conditions leave out are gone, lines that go on are joined, strings are kept.
struct ManLines {
    enum Piece {
        case text(Line)
        /// A request or macro, without its dot, and what stands behind it.
        case request(String, Line)
    }

    /// Strings that the page defined, by name.
    private(set) var strings: [String: Line] = ["R": Array("®".utf8)[...], "Tm": Array("™".utf8)[...], "lq": Array("“".utf8)[...], "rq": Array("”".utf8)[...]]
    private(set) var includes = 0
    private let lines: [Line]
    private var at = 0
    /// Whether the last `.ie` applied, of conditions within conditions the innermost last.
    private var conditions: [Bool] = []
    /// Lines within `.nf` and tables keep their white space; nothing is joined there.
    private var waiting: [Line] = []

    init(_ lines: [Line]) { self.lines = lines }

    mutating func next() -> Piece? {
        while let line = nextLine() {
            guard let first = line.first, first == UInt8(ascii: ".") || first == UInt8(ascii: "'") else { return .text(line) }
            let rest = line.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
            let name = rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: "\\") }.text
            let arguments = rest.dropFirst(name.utf8.count).trimmed
            if name.isEmpty { continue }
            if handle(name, arguments) { continue }
            return .request(name, arguments)
        }
        return nil
    }

    /// A line as it stands, for tables.
    mutating func nextLine() -> Line? {
        if let line = waiting.popLast() { return line }
        guard at < lines.count else { return nil }
        var line = Self.uncommented(lines[at])
        at += 1
        if line.last == 0x0D { line = line.dropLast() }
        var joined = 0
        while line.last == UInt8(ascii: "\\"), line.dropLast().last != UInt8(ascii: "\\"), at < lines.count, joined < 100 {
            line = Array(line.dropLast() + Self.uncommented(lines[at]))[...]
            at += 1
            joined += 1
        }
        return line
    }

    /// Without `\"` and what stands behind it.
    private static func uncommented(_ line: Line) -> Line {
        var at = line.startIndex
        while let place = line[at...].firstIndex(of: UInt8(ascii: "\\")), place + 1 < line.endIndex {
            if line[place + 1] == UInt8(ascii: "\"") || line[place + 1] == UInt8(ascii: "#") {
                // A line that is all comment is a request of nothing.
                return place == line.startIndex ? Array(".".utf8)[...] : line[..<place]
            }
            at = place + 2
        }
        return line
    }

    // MARK: Requests about lines

    private mutating func handle(_ name: String, _ arguments: Line) -> Bool {
        switch name {
        case "if": apply(condition(arguments))
        case "ie":
            let found = condition(arguments)
            if conditions.count < 64 { conditions.append(found.holds) }
            apply(found)
        case "el": apply((conditions.popLast().map { !$0 } ?? false, arguments))
        case "de", "de1", "am", "ig", "dei":
            let end = name == "ig" ? arguments : arguments.split(separator: 0x20).dropFirst().first ?? arguments.prefix(0)
            skipDefinition(until: "." + (end.isEmpty ? "." : end.text))
        case "ds", "as", "ds1":
            let key = arguments.prefix { $0 > 0x20 }
            var value = arguments.dropFirst(key.count).drop { $0 == 0x20 || $0 == 0x09 }
            if value.first == UInt8(ascii: "\"") { value = value.dropFirst() }
            if strings.count < 1_000 { define(key.text, (name == "as" ? strings[key.text] ?? value.prefix(0) : value.prefix(0)) + value) }
        case "so", "mso", "soquiet":
            // Pages name macro packages this way as well.
            if !arguments.hasPrefix("tmac") && !arguments.hasSuffix(".tmac") && name == "so" { includes += 1 }
        case "\\}", "}": break
        default: return false
        }
        return true
    }

    /// Strings within a string are put in when it is defined, so that none leads to another.
    private mutating func define(_ name: String, _ value: Line) {
        var out: [UInt8] = []
        var at = value.startIndex
        while at < value.endIndex, out.count < Self.longestString {
            let rest = value[at...]
            if rest.hasPrefix("\\*") || rest.hasPrefix("\\\\*") {
                let escape = ManEscape(value, rest.hasPrefix("\\*") ? at : at + 1)
                if case .string(let inner) = escape.meaning { out += strings[inner] ?? [] }
                at = escape.end
            } else {
                out.append(value[at])
                at += 1
            }
        }
        strings[name] = out.prefix(Self.longestString)
    }

    private static let longestString = 256

    private mutating func skipDefinition(until end: String) {
        while at < lines.count {
            let line = lines[at].trimmed
            at += 1
            if line.text == end || line.text.hasPrefix(end + " ") { return }
        }
    }

    /// Whether a condition holds for text without a typesetter, and what depends on it.
    private func condition(_ text: Line) -> (holds: Bool, rest: Line) {
        var rest = text
        var isNegated = false
        if rest.first == UInt8(ascii: "!") {
            isNegated = true
            rest = rest.dropFirst()
        }
        var holds = false
        guard let first = rest.first else { return (false, rest) }
        if first == UInt8(ascii: "'") || first == UInt8(ascii: "\"") {
            // 'one'other'
            let parts = rest.dropFirst().split(separator: first, maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { return (false, rest.prefix(0)) }
            holds = parts[0].elementsEqual(parts[1])
            rest = parts[2]
        } else {
            let word = rest.prefix { $0 > 0x20 && !($0 == UInt8(ascii: "\\") && $0 != first) }
            let name = rest.prefix { $0 > 0x20 }.text
            if first == UInt8(ascii: "n") || first == UInt8(ascii: "e") || first == UInt8(ascii: "o") && word.count == 1 { holds = first == UInt8(ascii: "n") } else { holds = name.hasPrefix("\\n(.g") || name == "1" || name.hasPrefix("(\\n(.g") }
            rest = rest.dropFirst(name.utf8.count)
            if first == UInt8(ascii: "n") || first == UInt8(ascii: "t") { rest = text.dropFirst(isNegated ? 2 : 1) }
        }
        return (holds != isNegated, rest.trimmed)
    }

    /// Takes what depends on a condition, or passes it over: a line, or all between `\{` and `\}`.
    private mutating func apply(_ condition: (holds: Bool, rest: Line)) {
        if condition.rest.hasPrefix("\\{") {
            let first = condition.rest.dropFirst(2).trimmed
            if condition.holds {
                if !first.isEmpty, !first.equals("\\") { waiting.append(first) }
            } else {
                skipBlock(first)
            }
        } else if condition.holds, !condition.rest.isEmpty {
            waiting.append(condition.rest)
        }
    }

    private mutating func skipBlock(_ first: Line) {
        var depth = 1 + Self.braces(first)
        while depth > 0, at < lines.count {
            depth += Self.braces(lines[at])
            at += 1
        }
    }

    private static func braces(_ line: Line) -> Int {
        var count = 0
        var at = line.startIndex
        while let place = line[at...].firstIndex(of: UInt8(ascii: "\\")), place + 1 < line.endIndex {
            if line[place + 1] == UInt8(ascii: "{") { count += 1 } else if line[place + 1] == UInt8(ascii: "}") { count -= 1 }
            at = place + 2
        }
        return count
    }
}
