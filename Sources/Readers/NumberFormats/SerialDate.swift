// SPDX-License-Identifier: Apache-2.0

/// A spreadsheet's day number as a date of the calendar (ECMA-376 part 1, 18.17.4.1).
///
/// In the 1900 system day 1 is 1900-01-01 and day 60 is 1900-02-29, which never was; day 0 is shown as 1900-01-00.
package struct SerialDate: Sendable, Hashable {
    package var year: Int
    package var month: Int
    package var day: Int
    /// 0 for Sunday.
    package var weekday: Int

    /// nil before the first and after 9999-12-31.
    package init?(_ serial: Int, date1904: Bool) {
        let serial = date1904 ? serial + 1_462 : serial
        guard serial >= 0, serial <= 2_958_465 else { return nil }
        weekday = (serial + 6) % 7
        switch serial {
        case 0: (year, month, day) = (1900, 1, 0)
        case 60: (year, month, day) = (1900, 2, 29)
        default: (year, month, day) = Self.civil(serial + (serial < 60 ? 1 : 0) - 25_569)
        }
    }

    /// Days since 1970-01-01 as a date of the Gregorian calendar, by years that begin in March.
    private static func civil(_ days: Int) -> (Int, Int, Int) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
