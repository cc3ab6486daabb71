// SPDX-License-Identifier: Apache-2.0

/// The format `General`: a number in full, to the 15 digits a spreadsheet keeps.
///
/// The screen cuts such a number to its column, at 11 characters by default; that is the column's doing and no digit of
/// the document, so it is not done here: an account number stays whole.
package enum GeneralNumber {
    package static func text(_ value: Double) -> String {
        guard value.isFinite else { return "" }
        var out: [UInt8] = []
        if value < 0 { out.append(UInt8(ascii: "-")) }
        write(DecimalNumber(value.magnitude), to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// Decimal from 0.00001 up to 21 digits, scientific beyond.
    static func write(_ number: DecimalNumber, to out: inout [UInt8]) {
        let number = number.reduced
        guard number.digits > 0 else { return out.append(0x30) }
        let digits = DecimalNumber.ascii(number.digits)
        let power = digits.count + number.exponent - 1
        if power > 20 || power < -5 {
            out.append(digits[0])
            if digits.count > 1 {
                out.append(UInt8(ascii: "."))
                out.append(contentsOf: digits.dropFirst())
            }
            out.append(contentsOf: (power < 0 ? "E-" : "E+").utf8)
            if power.magnitude < 10 { out.append(0x30) }
            out.append(contentsOf: DecimalNumber.ascii(UInt64(power.magnitude)))
        } else if number.exponent >= 0 {
            out.append(contentsOf: digits)
            out.append(contentsOf: repeatElement(0x30, count: number.exponent))
        } else if power >= 0 {
            out.append(contentsOf: digits.prefix(power + 1))
            out.append(UInt8(ascii: "."))
            out.append(contentsOf: digits.dropFirst(power + 1))
        } else {
            out.append(contentsOf: "0.".utf8)
            out.append(contentsOf: repeatElement(0x30, count: -power - 1))
            out.append(contentsOf: digits)
        }
    }
}
