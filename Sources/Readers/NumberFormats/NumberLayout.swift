// SPDX-License-Identifier: Apache-2.0

/// Puts a number's digits on the placeholders of a section; what stands between them stays there.
struct NumberLayout {
    let section: FormatSection

    func write(_ number: DecimalNumber, to out: inout [UInt8]) {
        var number = number
        number.exponent += section.scale
        let (whole, fraction) = number.split(places: section.places.fraction)
        write(whole, fraction, power: nil, to: &out)
    }

    /// `##0.0E+0` has powers that are multiples of its places before the point.
    func writeScientific(_ number: DecimalNumber, to out: inout [UInt8]) {
        var number = number
        number.exponent += section.scale
        let step = max(1, section.places.whole)
        var power = 0
        if number.digits > 0 {
            power = shift(number, step)
            number.exponent -= power
            var rounded = number
            rounded.round(places: section.places.fraction)
            // 9.99 may round up to the next power.
            if shift(rounded, step) > 0 {
                power += step
                number.exponent -= step
            }
        }
        let (whole, fraction) = number.split(places: section.places.fraction)
        write(whole, fraction, power: power, to: &out)
    }

    /// The power of ten, a multiple of `step`, that leaves 1 to `step` digits before the point.
    private func shift(_ number: DecimalNumber, _ step: Int) -> Int {
        let power = DecimalNumber.count(of: number.digits) + number.exponent - 1
        return (power >= 0 ? power / step : (power - step + 1) / step) * step
    }

    private func write(_ whole: [UInt8], _ fraction: [UInt8], power: Int?, to out: inout [UInt8]) {
        let powerDigits = power.map { DecimalNumber.ascii(UInt64($0.magnitude)) } ?? []
        let shown = max(section.places.required, (fraction.lastIndex { $0 != 0x30 } ?? -1) + 1)
        var part = 0
        var place = 0
        for token in section.tokens {
            switch token {
            case .digit(let isRequired):
                switch part {
                case 0: put(whole, on: section.places.whole - 1 - place, isFirst: place == 0, isRequired, isGrouped: section.isGrouped, &out)
                case 1: if place < shown, place < fraction.count { out.append(fraction[place]) }
                default: put(powerDigits, on: section.places.power - 1 - place, isFirst: place == 0, isRequired, isGrouped: false, &out)
                }
                place += 1
            case .point:
                // A format without places before the point shows the digits there all the same.
                if section.places.whole == 0 { out.append(contentsOf: whole) }
                out.append(UInt8(ascii: "."))
                (part, place) = (1, 0)
            case .exponent(let showsPlus):
                out.append(UInt8(ascii: "E"))
                if let power, power < 0 { out.append(UInt8(ascii: "-")) } else if showsPlus { out.append(UInt8(ascii: "+")) }
                (part, place) = (2, 0)
            default: _ = FormatSection.writePlain(token, to: &out)
            }
        }
    }

    /// Writes the digit at a position counted from the right; the first placeholder takes all that stand left of it too.
    private func put(_ digits: [UInt8], on position: Int, isFirst: Bool, _ isRequired: Bool, isGrouped: Bool, _ out: inout [UInt8]) {
        var at = isFirst ? max(digits.count - 1, position) : position
        while at >= position, at >= 0 {
            if at < digits.count {
                out.append(digits[digits.count - 1 - at])
            } else if isRequired {
                out.append(0x30)
            } else {
                return
            }
            if isGrouped, at > 0, at % 3 == 0 { out.append(UInt8(ascii: ",")) }
            at -= 1
        }
    }
}
