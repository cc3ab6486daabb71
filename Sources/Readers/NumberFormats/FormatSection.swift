// SPDX-License-Identifier: Apache-2.0

/// One piece of a format code.
enum FormatToken: Sendable, Hashable {
    case literal([UInt8])
    /// `_x`, as wide as the character behind it.
    case padding
    /// `*x`, repeated over the cell's width.
    case fill
    /// `0`: a digit in any case. `#` and `?`: a digit where the number has one.
    case digit(isRequired: Bool)
    case point
    case comma
    case percent
    case exponent(showsPlus: Bool)
    case slash
    case general
    case text
    case year(Int), month(Int), day(Int), hour(Int), minute(Int), second(Int), secondFraction(Int)
    case elapsedHours(Int), elapsedMinutes(Int), elapsedSeconds(Int)
    case meridiem(am: [UInt8], pm: [UInt8])
    case eraName(Int), eraYear(Int), buddhistYear(Int)

    var isDate: Bool {
        switch self {
        case .year, .month, .day, .hour, .minute, .second, .secondFraction, .elapsedHours, .elapsedMinutes, .elapsedSeconds, .meridiem,
            .eraName, .eraYear, .buddhistYear:
            true
        case .literal, .padding, .fill, .digit, .point, .comma, .percent, .exponent, .slash, .general, .text: false
        }
    }

    var isDigit: Bool {
        if case .digit = self { true } else { false }
    }
}

/// `[<=100]`: for which numbers a section is.
struct FormatCondition: Sendable, Hashable {
    enum Comparison: String, Sendable, Hashable {
        case less = "<", lessOrEqual = "<=", equal = "=", notEqual = "<>", greaterOrEqual = ">=", greater = ">"
    }

    var comparison: Comparison
    var limit: Double

    func holds(for value: Double) -> Bool {
        switch comparison {
        case .less: value < limit
        case .lessOrEqual: value <= limit
        case .equal: value == limit
        case .notEqual: value != limit
        case .greaterOrEqual: value >= limit
        case .greater: value > limit
        }
    }

    /// Only negative numbers meet it, so that the section shows their sign itself.
    var isForNegatives: Bool {
        switch comparison {
        case .less: limit <= 0
        case .lessOrEqual, .equal: limit < 0
        case .notEqual, .greaterOrEqual, .greater: false
        }
    }
}

/// One of the up to four parts of a format code.
struct FormatSection: Sendable, Hashable {
    enum Kind: Sendable, Hashable { case literal, general, number, scientific, fraction, date, text }

    var tokens: [FormatToken]
    var kind: Kind
    var condition: FormatCondition?
    /// Negative numbers are shown without a sign: the section's own characters say it.
    var isForNegatives = false
    /// The language of month and day names ([MS-LCID]); 0 for none named.
    var language = 0
    /// Digits of the integer part come in groups of three.
    var isGrouped = false
    /// The number is shown times ten to this power: percent signs less thousands commas.
    var scale = 0
    var places = Places()
    /// The denominator of `# ?/8`.
    var denominator: Int?

    /// Placeholders before the point, behind it, and behind the exponent; of a fraction whole, numerator, denominator.
    struct Places: Sendable, Hashable {
        var whole = 0
        var fraction = 0
        var power = 0
        /// Digits behind the point that are shown even when they are zeros at the end.
        var required = 0

        mutating func count(in part: Int, _ isRequired: Bool) {
            switch part {
            case 0: whole += 1
            case 1:
                fraction += 1
                if isRequired { required = fraction }
            default: power += 1
            }
        }
    }

    /// Writes a number's magnitude; dates have a layout of their own.
    func write(_ magnitude: Double, to out: inout [UInt8]) {
        switch kind {
        case .number: NumberLayout(section: self).write(DecimalNumber(magnitude), to: &out)
        case .scientific: NumberLayout(section: self).writeScientific(DecimalNumber(magnitude), to: &out)
        case .fraction: FractionLayout(section: self).write(magnitude, to: &out)
        case .literal, .general, .text, .date:
            for token in tokens where !Self.writePlain(token, to: &out) {
                if token == .general || token == .text { GeneralNumber.write(DecimalNumber(magnitude), to: &out) }
            }
        }
    }

    /// Writes what stands for itself; false for everything else.
    static func writePlain(_ token: FormatToken, to out: inout [UInt8]) -> Bool {
        switch token {
        case .literal(let bytes): out.append(contentsOf: bytes)
        case .padding:
            if let last = out.last, last != 0x20 { out.append(0x20) }
        case .fill:
            // What fills up the cell keeps words apart, not a sign from its number.
            if let last = out.last, last | 0x20 >= 0x61 && last | 0x20 <= 0x7A { out.append(0x20) }
        case .percent: out.append(UInt8(ascii: "%"))
        case .comma: out.append(UInt8(ascii: ","))
        default: return false
        }
        return true
    }
}
