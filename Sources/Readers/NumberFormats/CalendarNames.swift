// SPDX-License-Identifier: Apache-2.0

/// Names of months and days, in the language a format names.
enum CalendarNames {
    /// `mmm`, `mmmm`, or the single letter of `mmmmm`.
    static func month(_ month: Int, _ count: Int, _ language: Int) -> String {
        let full = months[month - 1]
        return count == 3 ? String(full.prefix(3)) : count == 5 ? String(full.prefix(1)) : full
    }

    /// `ddd` or `dddd`; 0 is Sunday.
    static func weekday(_ weekday: Int, _ count: Int, _ language: Int) -> String {
        let full = days[weekday]
        return count == 3 ? String(full.prefix(3)) : full
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ]
    private static let days = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
}
