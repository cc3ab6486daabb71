// SPDX-License-Identifier: Apache-2.0

/// Dates of messages, as other programs sort them.
package enum MailDate {
    /// `Fri, 23 Dec 2022 12:08:48 -0600` (RFC 5322, 3.3, with the two-digit years and zone names of 4.3) as `2022-12-23T12:08:48-06:00`.
    package static func iso(_ text: String) -> String? {
        var words = text.split(whereSeparator: { $0 == " " || $0 == "," })[...]
        if let first = words.first, first.allSatisfy({ !$0.isNumber }) { words = words.dropFirst() }
        guard words.count >= 4 else { return nil }
        let parts = Array(words)
        guard let day = Int(parts[0]), (1...31).contains(day), let month = months[parts[1].prefix(3).lowercased()], let year = Int(parts[2]) else { return nil }
        let clock = parts[3].split(separator: ":").map { Int($0) }
        guard clock.count >= 2, let hour = clock[0], (0...23).contains(hour), let minute = clock[1], (0...59).contains(minute) else { return nil }
        let second = clock.count > 2 ? clock[2] ?? 0 : 0
        guard (0...60).contains(second), (0...9_999).contains(year) else { return nil }
        let full = year < 50 ? year + 2_000 : year < 1_000 ? year + 1_900 : year
        let zone = parts.count > 4 ? Self.zone(parts[4]) : ""
        return "\(digits(full, 4))-\(digits(month, 2))-\(digits(day, 2))T\(digits(hour, 2)):\(digits(minute, 2)):\(digits(second, 2))\(zone)"
    }

    /// 100-nanosecond steps since 1601 ([MS-DTYP] 2.3.3) as `2022-12-23T18:08:48Z`; nil before 1601 and after 9999.
    package static func iso(fileTime: UInt64) -> String? {
        let seconds = Int(fileTime / 10_000_000)
        guard seconds > 0, seconds < 265_000_000_000 else { return nil }
        let days = seconds / 86_400
        // Days to civil date, by eras of 400 years that begin on 1 March (the proleptic Gregorian calendar).
        let shifted = days + 584_694
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let clock = seconds % 86_400
        return "\(digits(year, 4))-\(digits(month, 2))-\(digits(day, 2))T\(digits(clock / 3_600, 2)):\(digits(clock / 60 % 60, 2)):\(digits(clock % 60, 2))Z"
    }

    private static let months = ["jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12]

    private static func zone(_ word: Substring) -> String {
        let names = ["UT": "Z", "GMT": "Z", "UTC": "Z", "Z": "Z", "EST": "-05:00", "EDT": "-04:00", "CST": "-06:00", "CDT": "-05:00", "MST": "-07:00", "MDT": "-06:00", "PST": "-08:00", "PDT": "-07:00"]
        if let known = names[word.uppercased()] { return known }
        guard word.count == 5, let sign = word.first, sign == "+" || sign == "-", word.dropFirst().allSatisfy(\.isNumber) else { return "" }
        return "\(word.prefix(3)):\(word.suffix(2))"
    }

    private static func digits(_ value: Int, _ count: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
