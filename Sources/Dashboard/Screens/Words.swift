// SPDX-License-Identifier: Apache-2.0

/// Numbers as people read them.
enum Words {
    /// `1,234,567`.
    static func count(_ number: Int) -> String {
        let digits = String(number.magnitude)
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    static func count(_ number: Int, _ one: String, _ many: String) -> String { "\(count(number)) \(number == 1 ? one : many)" }

    /// `812 B`, `1.4 MB`: powers of 1,000, as file managers and disks count.
    static func bytes(_ bytes: UInt64) -> String { self.bytes(Double(bytes)) }

    static func bytes(_ bytes: Double) -> String {
        guard bytes.isFinite, bytes >= 1000 else { return "\(Int(bytes.isFinite ? max(0, bytes) : 0)) B" }
        var value = bytes
        for unit in ["kB", "MB", "GB", "TB"] {
            value /= 1000
            if value < 999.5 || unit == "TB" { return "\(decimal(value, value < 9.95 ? 1 : 0)) \(unit)" }
        }
        return ""
    }

    /// With so many digits behind the point.
    static func decimal(_ value: Double, _ digits: Int) -> String {
        guard value.isFinite, value.magnitude < 1e15 else { return "–" }
        guard digits > 0 else { return count(Int(value.rounded())) }
        let scale = digits == 1 ? 10 : 100
        let scaled = Int((value * Double(scale)).rounded())
        let rest = String(scaled.magnitude % UInt(scale))
        return "\(scaled < 0 ? "-" : "")\(count(Int(scaled.magnitude) / scale)).\(String(repeating: "0", count: max(0, digits - rest.count)))\(rest)"
    }

    /// Documents in a second, or in a minute where that is more telling.
    static func rate(_ perSecond: Double) -> (number: String, unit: String) {
        if perSecond >= 1 { return (decimal(perSecond, perSecond < 9.95 ? 1 : 0), "a second") }
        return (decimal(perSecond * 60, perSecond * 60 < 9.95 && perSecond > 0 ? 1 : 0), "a minute")
    }

    /// `3 ms`, `1.4 s`, `2 min 5 s`, `3 h 20 min`, `4 days`.
    static func duration(milliseconds: Double) -> String {
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

    /// Of `2026-03-12T07:10:00.042Z`: `07:10:00`.
    static func clock(_ time: String) -> String { part(time, 11, 8) }

    /// `12 Mar 07:10:00`; anything else stays as it is.
    static func moment(_ time: String) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard let month = Int(part(time, 5, 2)), months.indices.contains(month - 1), let day = Int(part(time, 8, 2)) else { return time }
        return "\(day) \(months[month - 1]) \(clock(time))"
    }

    private static func part(_ text: String, _ start: Int, _ length: Int) -> String { String(text.dropFirst(start).prefix(length)) }
}
