// SPDX-License-Identifier: Apache-2.0

/// A positive number as spreadsheets see it: at most 15 significant decimal digits, `digits` × 10^`exponent`.
///
/// Rounding the shortest decimal form, and only then to what a format shows, gives 1.005 its 1.01 and 0.1 + 0.2 its 0.3.
struct DecimalNumber {
    var digits: UInt64
    var exponent: Int

    static let precision: UInt64 = 1_000_000_000_000_000

    init(digits: UInt64, exponent: Int) {
        self.digits = digits
        self.exponent = exponent
    }

    /// - Parameter magnitude: Finite and not negative.
    init(_ magnitude: Double) {
        // Whole numbers are exact up to here: an account's number keeps its 16th digit.
        if magnitude <= 9_007_199_254_740_992, magnitude == magnitude.rounded(.towardZero) {
            self.init(digits: UInt64(magnitude), exponent: 0)
            return
        }
        if magnitude < 1e10 {
            // Both sides are exact, so an equal quotient proves the decimal form.
            for (places, power) in [(2, 100.0), (4, 10_000.0)] {
                let whole = (magnitude * power).rounded()
                if whole / power == magnitude {
                    self.init(digits: UInt64(whole), exponent: -places)
                    return
                }
            }
        }
        self.init(description: magnitude.description)
    }

    /// Reads `12.5`, `1e-05` or `1.25e+20`.
    private init(description: String) {
        var digits: UInt64 = 0
        var exponent = 0
        var isBehindPoint = false
        var bytes = description.utf8[...]
        while let byte = bytes.popFirst() {
            switch byte {
            case 0x30...0x39:
                // Shortest forms have at most 17 digits; zeros may fill them up to 21.
                if digits < UInt64.max / 10 - 1 {
                    digits = digits * 10 + UInt64(byte - 0x30)
                    if isBehindPoint { exponent -= 1 }
                } else if !isBehindPoint {
                    exponent += 1
                }
            case UInt8(ascii: "."): isBehindPoint = true
            default:
                exponent += Int(Substring(bytes)) ?? 0
                bytes = bytes.suffix(0)
            }
        }
        self.init(digits: digits, exponent: exponent)
        while self.digits >= Self.precision { dropDigit() }
    }

    /// One digit less, rounding half up; right for one step, and for the two of a shortest form.
    private mutating func dropDigit() {
        let step: UInt64 = digits >= Self.precision * 10 ? 100 : 10
        digits = (digits + step / 2) / step
        exponent += step == 100 ? 2 : 1
    }

    /// Rounds half up to a number of digits behind the point.
    mutating func round(places: Int) {
        let surplus = -exponent - places
        guard surplus > 0 else { return }
        if surplus > 17 {
            digits = 0
        } else {
            let power = Self.power(surplus)
            digits = (digits + power / 2) / power
        }
        exponent = -places
    }

    /// Without zeros at the end.
    var reduced: DecimalNumber {
        var out = self
        guard out.digits > 0 else { return DecimalNumber(digits: 0, exponent: 0) }
        while out.digits % 10 == 0 {
            out.digits /= 10
            out.exponent += 1
        }
        return out
    }

    static func power(_ count: Int) -> UInt64 {
        var out: UInt64 = 1
        for _ in 0..<min(count, 19) { out *= 10 }
        return out
    }

    /// How many decimal digits a number has; none for zero.
    static func count(of number: UInt64) -> Int {
        var count = 0
        var rest = number
        while rest > 0 {
            rest /= 10
            count += 1
        }
        return count
    }

    /// The digits before the point, without leading zeros, as ASCII; and the `places` behind it.
    func split(places: Int) -> (whole: [UInt8], fraction: [UInt8]) {
        var rounded = self
        rounded.round(places: places)
        var whole = Self.ascii(rounded.digits)
        if rounded.digits > 0, rounded.exponent > 0 { whole.append(contentsOf: repeatElement(0x30, count: min(rounded.exponent, 400))) }
        guard places > 0 else { return (whole, []) }
        let behind = max(0, -rounded.exponent)
        var fraction: [UInt8] = []
        if behind >= whole.count {
            fraction = Array(repeating: 0x30, count: behind - whole.count) + whole
            whole = []
        } else if behind > 0 {
            fraction = Array(whole.suffix(behind))
            whole.removeLast(behind)
        }
        if fraction.count < places { fraction.append(contentsOf: repeatElement(0x30, count: places - fraction.count)) }
        return (whole, fraction)
    }

    static func ascii(_ number: UInt64) -> [UInt8] {
        var out: [UInt8] = []
        var rest = number
        while rest > 0 {
            out.append(UInt8(truncatingIfNeeded: 0x30 + rest % 10))
            rest /= 10
        }
        out.reverse()
        return out
    }
}
