// SPDX-License-Identifier: Apache-2.0

/// Numbers as people read them, the same on the terminal and on the page.
package enum Quantity {
    /// `1,204,000`.
    package static func count(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = number < 0 ? "-" : ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }

    /// `1 file`, `2 files`.
    package static func count(_ number: Int, _ noun: String) -> String { "\(count(number)) \(noun)\(number == 1 ? "" : "s")" }

    package static func count(_ number: Int, _ one: String, _ many: String) -> String { "\(count(number)) \(number == 1 ? one : many)" }

    /// `0 B`, `12 KiB`, `3.4 GiB`: powers of two, as in the configuration.
    package static func bytes(_ count: UInt64) -> String { bytes(Double(count)) }

    package static func bytes(_ count: Double) -> String {
        guard count.isFinite, count > 0 else { return "0 B" }
        var value = count
        for unit in ["B", "KiB", "MiB", "GiB"] {
            if value < 1_023.5 { return "\(short(value)) \(unit)" }
            value /= 1_024
        }
        return "\(short(value)) TiB"
    }

    /// With so many digits behind the point.
    package static func decimal(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite, value.magnitude < 1e15 else { return "–" }
        guard digits > 0 else { return count(Int(value.rounded())) }
        let scale = digits == 1 ? 10 : 100
        let scaled = Int((value * Double(scale)).rounded())
        let rest = String(scaled.magnitude % UInt(scale))
        return "\(scaled < 0 ? "-" : "")\(count(Int(scaled.magnitude) / scale)).\(String(repeating: "0", count: max(0, digits - rest.count)))\(rest)"
    }

    /// `3 ms`, `1.4 s`, `2 min 5 s`, `3 h 20 min`, `4 days`.
    package static func duration(milliseconds: Double) -> String {
        guard milliseconds.isFinite else { return "–" }
        if milliseconds < 0.95 { return "< 1 ms" }
        if milliseconds < 999.5 { return "\(Int(milliseconds.rounded())) ms" }
        let seconds = milliseconds / 1000
        if seconds < 59.95 { return "\(decimal(seconds, seconds < 9.95 ? 1 : 0)) s" }
        let whole = Int(min(seconds, 1e12).rounded())
        if whole < 3600 { return whole % 60 == 0 ? "\(whole / 60) min" : "\(whole / 60) min \(whole % 60) s" }
        if whole < 172_800 { return whole % 3600 < 60 ? "\(whole / 3600) h" : "\(whole / 3600) h \(whole % 3600 / 60) min" }
        return count(whole / 86_400, "day", "days")
    }

    package static func duration(seconds: Double) -> String { duration(milliseconds: seconds * 1_000) }

    package static func rate(_ perSecond: Double) -> String { "\(short(perSecond))/s" }

    /// One digit behind the point below ten, none above and where it would be a nought.
    private static func short(_ value: Double) -> String {
        let tenths = (value * 10).rounded() / 10
        return decimal(value, tenths == tenths.rounded() || value >= 9.95 ? 0 : 1)
    }
}
