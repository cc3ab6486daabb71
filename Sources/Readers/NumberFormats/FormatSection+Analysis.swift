// SPDX-License-Identifier: Apache-2.0

extension FormatSection {
    /// Decides what a section's tokens mean together.
    static func analysed(_ tokens: [FormatToken], _ condition: FormatCondition?, language: Int) -> FormatSection {
        var section = FormatSection(tokens: tokens, kind: .literal, condition: condition, language: language)
        if tokens.contains(where: \.isDate) {
            section.kind = .date
            section.tokens = tokens.map(asInDate)
            section.completeISO()
        } else if tokens.contains(.text) {
            section.kind = .text
        } else if tokens.contains(.general) {
            section.kind = .general
        } else if tokens.contains(where: \.isDigit) {
            section.scale = tokens.lazy.filter { $0 == .percent }.count * 2
            if !section.becomeFraction() { section.becomeNumber() }
        }
        return section
    }

    /// A date in the order of ISO 8601 has its hour with two digits, which many programs forget to ask for: the screen
    /// shows `2024-01-31 9:00`, people and programs read `2024-01-31 09:00`.
    private mutating func completeISO() {
        guard tokens.count > 6, case .year(4) = tokens[0], case .month(2) = tokens[2], case .day(2) = tokens[4], tokens[1] == tokens[3],
            tokens[1] == .literal([UInt8(ascii: "-")]), !tokens.contains(where: { if case .meridiem = $0 { true } else { false } })
        else { return }
        for index in tokens.indices { if case .hour(1) = tokens[index] { tokens[index] = .hour(2) } }
    }

    /// The signs of numbers stand for themselves among dates.
    private static func asInDate(_ token: FormatToken) -> FormatToken {
        switch token {
        case .point: .literal([UInt8(ascii: ".")])
        case .slash: .literal([UInt8(ascii: "/")])
        case .comma: .literal([UInt8(ascii: ",")])
        case .digit(let isRequired): .literal([UInt8(ascii: isRequired ? "0" : "#")])
        default: token
        }
    }

    /// Counts the placeholders of each part and tells commas that group from commas that divide by a thousand.
    private mutating func becomeNumber() {
        kind = .number
        let point = tokens.firstIndex(of: .point) ?? tokens.count
        let lastWhole = tokens[..<point].lastIndex(where: \.isDigit) ?? -1
        var kept: [FormatToken] = []
        var part = 0
        for (index, token) in tokens.enumerated() {
            switch token {
            case .comma where kept.last?.isDigit == true:
                if index < lastWhole { isGrouped = true } else { scale -= 3 }
                continue
            case .point where index > point: kept.append(.literal([UInt8(ascii: ".")]))
            case .slash: kept.append(.literal([UInt8(ascii: "/")]))
            case .point:
                part = 1
                kept.append(token)
            case .exponent:
                part = 2
                kind = .scientific
                kept.append(token)
            case .digit(let isRequired):
                places.count(in: part, isRequired)
                kept.append(token)
            default: kept.append(token)
            }
        }
        tokens = kept
    }

    /// `# ?/?` and `# ?/8`: a whole number, a numerator and a denominator; false when there is no such thing.
    private mutating func becomeFraction() -> Bool {
        guard let slash = tokens.firstIndex(of: .slash), slash > 0, tokens[slash - 1].isDigit, !tokens.contains(.point) else { return false }
        let above = tokens[..<slash].reversed().prefix(while: \.isDigit).count
        let below = tokens[(slash + 1)...].prefix(while: \.isDigit).count
        if below == 0 {
            guard takeDenominator(after: slash) else { return false }
        } else {
            tokens.removeSubrange((slash + 1)...(slash + below))
        }
        places = Places(whole: tokens[..<(slash - above)].lazy.filter(\.isDigit).count, fraction: above, power: below)
        tokens.removeSubrange((slash - above)..<slash)
        kind = .fraction
        return true
    }

    /// Takes the digits behind the slash, which come as literals and, for zeros, as placeholders.
    private mutating func takeDenominator(after slash: Int) -> Bool {
        guard slash + 1 < tokens.count, case .literal(var bytes) = tokens[slash + 1] else { return false }
        var value = 0
        while let byte = bytes.first, byte >= 0x30, byte <= 0x39, value < 10_000 {
            value = value * 10 + Int(byte - 0x30)
            bytes.removeFirst()
        }
        guard value > 0 else { return false }
        if bytes.isEmpty {
            tokens.remove(at: slash + 1)
            while value < 10_000, slash + 1 < tokens.count, tokens[slash + 1].isDigit {
                value *= 10
                tokens.remove(at: slash + 1)
            }
        } else {
            tokens[slash + 1] = .literal(bytes)
        }
        denominator = value
        return true
    }
}
