// SPDX-License-Identifier: Apache-2.0
import Quantities

/// Times and rates as the page shows them.
enum Words {
    /// Documents in a second, or in a minute where that is more telling.
    static func rate(_ perSecond: Double) -> (number: String, unit: String) {
        if perSecond >= 1 { return (Quantity.decimal(perSecond, perSecond < 9.95 ? 1 : 0), "a second") }
        return (Quantity.decimal(perSecond * 60, perSecond * 60 < 9.95 && perSecond > 0 ? 1 : 0), "a minute")
    }

    /// Of `2026-03-12T07:10:00.042Z`: `07:10:00`.
    static func clock(_ time: String) -> String { part(time, 11, 8) }

    /// `12 Mar 07:10:00`; anything else stays as it is.
    static func moment(_ time: String) -> String {
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard let month = Int(part(time, 5, 2)), months.indices.contains(month - 1), let day = Int(part(time, 8, 2)) else { return time }
        return "\(day) \(months[month - 1]) \(clock(time))"
    }

    /// With a capital, and a point at its end.
    static func sentence(_ words: String) -> String {
        words.prefix(1).uppercased() + words.dropFirst() + (words.last.map { ".!?".contains($0) } ?? true ? "" : ".")
    }

    private static func part(_ text: String, _ start: Int, _ length: Int) -> String { String(text.dropFirst(start).prefix(length)) }
}
