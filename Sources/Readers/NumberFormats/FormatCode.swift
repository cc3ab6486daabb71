// SPDX-License-Identifier: Apache-2.0

/// Parses format codes (18.8.31).
struct FormatCode {
    private var rest: ArraySlice<Unicode.Scalar>
    private var tokens: [FormatToken] = []
    private var condition: FormatCondition?
    private var language = 0

    /// At least one section, at most four.
    static func sections(of code: String) -> [FormatSection] {
        // Longer than any spreadsheet takes (18.8.30: 255 characters); the rest could only cost time.
        var parser = FormatCode(rest: Array(code.unicodeScalars.prefix(1_024))[...])
        var sections: [FormatSection] = []
        repeat {
            let isLast = parser.section()
            sections.append(FormatSection.analysed(parser.tokens, parser.condition, language: parser.language))
            if isLast { break }
        } while sections.count < 4
        return withSigns(sections)
    }

    private init(rest: ArraySlice<Unicode.Scalar>) { self.rest = rest }

    /// The conditions that sections without one have by their place.
    private static func withSigns(_ sections: [FormatSection]) -> [FormatSection] {
        var sections = sections
        let count = sections.prefix(3).count
        if count > 1 {
            let first = sections[0].condition
            if first == nil { sections[0].condition = FormatCondition(comparison: count == 2 ? .greaterOrEqual : .greater, limit: 0) }
            if sections[1].condition == nil {
                if count == 3 { sections[1].condition = FormatCondition(comparison: .less, limit: 0) }
                if let shown = sections[0].condition, shown.limit == 0, shown.comparison == .greater || shown.comparison == .greaterOrEqual {
                    sections[1].isForNegatives = true
                }
            }
        }
        for index in sections.indices where sections[index].condition?.isForNegatives == true { sections[index].isForNegatives = true }
        return sections
    }

    /// Reads up to the next `;`; true at the end of the code.
    private mutating func section() -> Bool {
        tokens = []
        condition = nil
        language = 0
        while let scalar = rest.popFirst() {
            if scalar == ";" { return false }
            next(scalar)
        }
        return true
    }

    private mutating func next(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"":
            literal(rest.prefix { $0 != "\"" })
            rest = rest.drop { $0 != "\"" }.dropFirst()
        case "\\", "!":
            if let escaped = rest.popFirst() { literal([escaped]) }
        case "_":
            _ = rest.popFirst()
            tokens.append(.padding)
        case "*":
            _ = rest.popFirst()
            tokens.append(.fill)
        case "[": bracket()
        case "0", "#", "?": digit(scalar)
        case ".":
            if case .second? = tokens.last, rest.first == "0" {
                let zeros = rest.prefix { $0 == "0" }.count
                rest = rest.dropFirst(zeros)
                tokens.append(.secondFraction(min(zeros, 6)))
            } else {
                tokens.append(.point)
            }
        case ",": tokens.append(.comma)
        case "%": tokens.append(.percent)
        case "/": tokens.append(.slash)
        case "@": tokens.append(.text)
        default: letter(scalar)
        }
    }

    private mutating func digit(_ scalar: Unicode.Scalar) {
        tokens.append(.digit(isRequired: scalar == "0"))
    }

    private mutating func letter(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "G" where take("eneral"), "g" where take("eneral"): tokens.append(.general)
        case "E" where rest.first == "+" || rest.first == "-", "e" where rest.first == "+" || rest.first == "-":
            tokens.append(.exponent(showsPlus: rest.popFirst() == "+"))
        case "A" where take("M/PM"), "a" where take("m/pm"): meridiem("AM", "PM")
        case "A" where take("/P"), "a" where take("/p"): meridiem(scalar == "a" ? "a" : "A", scalar == "a" ? "p" : "P")
        case "上" where take("午/下午"): meridiem("上午", "下午")
        case "y", "Y": tokens.append(.year(run(scalar)))
        case "m", "M": month(run(scalar))
        case "d", "D": tokens.append(.day(run(scalar)))
        case "h", "H": tokens.append(.hour(run(scalar)))
        case "s", "S":
            minuteBefore()
            tokens.append(.second(run(scalar)))
        case "g", "G": tokens.append(.eraName(run(scalar)))
        case "e", "E": tokens.append(.eraYear(run(scalar)))
        case "b", "B": tokens.append(.buddhistYear(run(scalar)))
        // Day names of East Asian codes.
        case "a" where rest.starts(with: ["a", "a"]): tokens.append(.day(run(scalar) > 3 ? 4 : 3))
        default: literal([scalar])
        }
    }

    private mutating func meridiem(_ am: String, _ pm: String) { tokens.append(.meridiem(am: Array(am.utf8), pm: Array(pm.utf8))) }

    /// The whole run of one letter, in either case.
    private mutating func run(_ scalar: Unicode.Scalar) -> Int {
        let same = rest.prefix { $0.value | 0x20 == scalar.value | 0x20 }.count
        rest = rest.dropFirst(same)
        return same + 1
    }

    /// Takes the letters, whatever their case, when they come next.
    private mutating func take(_ wanted: String) -> Bool {
        let wanted = Array(wanted.unicodeScalars)
        let next = rest.prefix(wanted.count)
        guard next.count == wanted.count, zip(next, wanted).allSatisfy({ $0 == $1 || $0.properties.lowercaseMapping == $1.properties.lowercaseMapping })
        else { return false }
        rest = rest.dropFirst(wanted.count)
        return true
    }

    /// `m` behind an hour is a minute, and so is one before a second.
    private mutating func month(_ count: Int) {
        if count < 3, let last = tokens.last(where: \.isDate) {
            switch last {
            case .hour, .elapsedHours: return tokens.append(.minute(count))
            default: break
            }
        }
        tokens.append(.month(count))
    }

    private mutating func minuteBefore() {
        if let place = tokens.lastIndex(where: \.isDate), case .month(let count) = tokens[place], count < 3 { tokens[place] = .minute(count) }
    }

    private mutating func literal(_ scalars: some Sequence<Unicode.Scalar>) {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        let bytes = Array(String(text).utf8)
        if case .literal(let before)? = tokens.last {
            tokens[tokens.count - 1] = .literal(before + bytes)
        } else {
            tokens.append(.literal(bytes))
        }
    }

    /// A colour, a condition, a currency with its language, or an elapsed time.
    private mutating func bracket() {
        var inner = String.UnicodeScalarView()
        inner.append(contentsOf: rest.prefix { $0 != "]" })
        rest = rest.drop { $0 != "]" }.dropFirst()
        let text = String(inner)
        guard let first = inner.first else { return }
        switch first {
        case "$":
            let parts = text.dropFirst().split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            if let symbol = parts.first, !symbol.isEmpty { literal(symbol.unicodeScalars) }
            // The low 16 bits are the language; above them calendar and digit shapes.
            if parts.count > 1, let tag = UInt32(parts[1].prefix { $0 != "," }, radix: 16) { language = Int(tag & 0xFFFF) }
        case "<", ">", "=":
            let sign = text.prefix { "<>=".contains($0) }
            if let comparison = FormatCondition.Comparison(rawValue: String(sign)), let limit = Double(text.dropFirst(sign.count)) {
                condition = FormatCondition(comparison: comparison, limit: limit)
            }
        case "h", "H", "m", "M", "s", "S":
            guard inner.allSatisfy({ $0.value | 0x20 == first.value | 0x20 }) else { return }
            elapsed(first, inner.count)
        default: return
        }
    }

    private mutating func elapsed(_ unit: Unicode.Scalar, _ count: Int) {
        switch unit {
        case "h", "H": tokens.append(.elapsedHours(count))
        case "m", "M": tokens.append(.elapsedMinutes(count))
        default:
            minuteBefore()
            tokens.append(.elapsedSeconds(count))
        }
    }
}
