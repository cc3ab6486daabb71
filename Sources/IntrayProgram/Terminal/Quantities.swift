// SPDX-License-Identifier: Apache-2.0

/// Numbers as people read them.
enum Quantity {
    /// `0 B`, `12 KiB`, `3.4 GiB`.
    static func bytes(_ count: UInt64) -> String {
        var value = Double(count)
        for unit in ["B", "KiB", "MiB", "GiB"] {
            if value < 1_024 { return "\(short(value)) \(unit)" }
            value /= 1_024
        }
        return "\(short(value)) TiB"
    }

    /// `0.4 s`, `12 s`, `3 min 20 s`, `2 h 5 min`, `4 d 1 h`.
    static func seconds(_ seconds: Double) -> String {
        let whole = Int(seconds.rounded())
        switch seconds {
        case ..<10: return "\(tenths(seconds)) s"
        case ..<60: return "\(whole) s"
        case ..<3_600: return "\(whole / 60) min \(whole % 60) s"
        case ..<86_400: return "\(whole / 3_600) h \(whole % 3_600 / 60) min"
        default: return "\(whole / 86_400) d \(whole % 86_400 / 3_600) h"
        }
    }

    static func rate(_ perSecond: Double) -> String { "\(short(perSecond))/s" }

    /// `1,204,000`.
    static func count(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = number < 0 ? "-" : ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// `1 file`, `2 files`.
    static func count(_ number: Int, _ noun: String) -> String { "\(count(number)) \(noun)\(number == 1 ? "" : "s")" }

    /// One digit behind the point below ten, none above.
    private static func short(_ value: Double) -> String {
        value == value.rounded() || value >= 10 ? "\(Int(value.rounded()))" : tenths(value)
    }

    private static func tenths(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }
}
