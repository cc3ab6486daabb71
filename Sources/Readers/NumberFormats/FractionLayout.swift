// SPDX-License-Identifier: Apache-2.0

/// Shows a number as `1 1/4` (18.8.31): the nearest fraction with as many digits below as the section has places.
struct FractionLayout {
    let section: FormatSection

    func write(_ magnitude: Double, to out: inout [UInt8]) {
        // What is larger has no fraction that anybody would write, and its numerator no room.
        guard magnitude < 1e9 else { return GeneralNumber.write(DecimalNumber(magnitude), to: &out) }
        let hasWhole = section.places.whole > 0
        var whole = hasWhole ? UInt64(magnitude) : 0
        var (above, below) = nearest(magnitude - Double(whole))
        if hasWhole, above == below {
            whole += 1
            above = 0
        }
        var place = 0
        var isWordPending = false
        for token in section.tokens {
            switch token {
            case .digit(let isRequired):
                if place == 0, whole > 0 || isRequired || above == 0 {
                    out.append(contentsOf: whole == 0 ? [0x30] : DecimalNumber.ascii(whole))
                    isWordPending = true
                }
                place += 1
            case .slash:
                guard !hasWhole || above > 0 else { continue }
                // The space between whole number and fraction may be missing in the code, never in the text.
                if isWordPending, out.last != 0x20 { out.append(0x20) }
                out.append(contentsOf: above == 0 ? [0x30] : DecimalNumber.ascii(above))
                out.append(UInt8(ascii: "/"))
                out.append(contentsOf: DecimalNumber.ascii(below))
            case .literal(let bytes) where bytes.allSatisfy { $0 == 0x20 }:
                if let last = out.last, last != 0x20 { out.append(0x20) }
            default: _ = FormatSection.writePlain(token, to: &out)
            }
        }
    }

    /// The best approximation whose denominator fits, by continued fractions and the intermediate one at the end.
    private func nearest(_ value: Double) -> (above: UInt64, below: UInt64) {
        if let fixed = section.denominator { return (UInt64((value * Double(fixed)).rounded()), UInt64(fixed)) }
        let most = Double(DecimalNumber.power(min(section.places.power, 7)) - 1)
        var (p0, q0, p1, q1) = (0.0, 1.0, 1.0, 0.0)
        var rest = value
        for _ in 0..<40 {
            let part = rest.rounded(.down)
            if part * q1 + q0 > most {
                let steps = ((most - q0) / q1).rounded(.down)
                let (p, q) = (steps * p1 + p0, steps * q1 + q0)
                if q > 0, (p / q - value).magnitude < (p1 / q1 - value).magnitude { (p1, q1) = (p, q) }
                break
            }
            (p0, q0, p1, q1) = (p1, q1, part * p1 + p0, part * q1 + q0)
            let left = rest - part
            if left < 1e-10 || (p1 / q1 - value).magnitude < 1e-12 { break }
            rest = 1 / left
        }
        return (UInt64(p1), UInt64(max(q1, 1)))
    }
}
