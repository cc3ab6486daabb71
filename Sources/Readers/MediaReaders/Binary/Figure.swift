// SPDX-License-Identifier: Apache-2.0

/// Numbers as people read them.
enum Figure {
    /// `1:02:03`, `4:05`.
    static func duration(seconds: Double) -> String {
        guard seconds.isFinite, seconds > 0, seconds < 1e9 else { return "" }
        let whole = Int(seconds.rounded())
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return whole >= 3_600 ? "\(whole / 3_600):\(two(whole / 60 % 60)):\(two(whole % 60))" : "\(whole / 60):\(two(whole % 60))"
    }

    /// At most `places` digits behind the point, no zeros at the end.
    static func decimal(_ value: Double, places: Int) -> String {
        guard value.isFinite, abs(value) < 1e12 else { return "" }
        var scale = 1.0
        for _ in 0..<places { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        if rounded == rounded.rounded() { return String(Int(rounded)) }
        let whole = Int(abs(rounded))
        var digits = String(Int(((abs(rounded) - Double(whole)) * scale).rounded()))
        digits = String(repeating: "0", count: max(0, places - digits.count)) + digits
        while digits.last == "0" { digits.removeLast() }
        return (rounded < 0 ? "-" : "") + "\(whole).\(digits)"
    }
}
