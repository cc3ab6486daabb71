// SPDX-License-Identifier: Apache-2.0

/// Durations and sizes as people write them.
enum Quantities {
    private static let times: [(String, Double)] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)]
    private static let binary: [(String, Double)] = [
        ("TiB", 1_099_511_627_776), ("GiB", 1_073_741_824), ("MiB", 1_048_576), ("KiB", 1_024),
    ]
    private static let decimal: [(String, Double)] = [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("KB", 1e3), ("kB", 1e3), ("B", 1), ("", 1)]

    /// Milliseconds of `500ms`, `1.5s`, `5m`, `24h`, `7d`; `0` needs no unit. nil when it is none of them.
    static func milliseconds(_ text: String) -> Double? {
        if text == "0" { return 0 }
        return number(text, times)
    }

    /// Bytes of `64MiB`, `1GB`, `1000`.
    static func bytes(_ text: String) -> UInt64? {
        number(text, binary + decimal).flatMap { $0 < 9e18 ? UInt64($0.rounded()) : nil }
    }

    private static func number(_ text: String, _ units: [(String, Double)]) -> Double? {
        let split = text.firstIndex { !($0.isASCII && $0.isNumber) && $0 != "." } ?? text.endIndex
        let unit = text[split...].drop { $0 == " " }
        guard let value = Double(text[..<split]), let factor = units.first(where: { $0.0 == unit })?.1 else { return nil }
        return value * factor
    }

    /// In the largest unit that leaves a whole number.
    static func text(milliseconds: Double) -> String {
        if milliseconds == 0 { return "0s" }
        for (unit, factor) in times where (milliseconds / factor).truncatingRemainder(dividingBy: 1) == 0 { return "\(Int(milliseconds / factor))\(unit)" }
        return "\(milliseconds)ms"
    }

    static func text(bytes: UInt64) -> String {
        for (unit, factor) in binary where bytes > 0 && bytes % UInt64(factor) == 0 { return "\(bytes / UInt64(factor))\(unit)" }
        return "\(bytes)"
    }
}
