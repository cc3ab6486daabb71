// SPDX-License-Identifier: Apache-2.0

/// Shows a number of days as date, time of day or duration.
struct DateLayout {
    let section: FormatSection
    let date1904: Bool

    /// Writes nothing and returns false when the number is no date of the calendar.
    func write(_ value: Double, to out: inout [UInt8]) -> Bool {
        let isDuration = section.tokens.contains {
            switch $0 {
            case .elapsedHours, .elapsedMinutes, .elapsedSeconds: true
            default: false
            }
        }
        guard value.magnitude < 3_000_000 else { return false }
        if value < 0 {
            guard isDuration else { return false }
            if !section.isForNegatives { out.append(UInt8(ascii: "-")) }
        }
        // Rounded to the smallest unit that is shown, seconds at the most; what is larger is cut, as on the screen.
        let places = section.tokens.reduce(0) { if case .secondFraction(let count) = $1 { max($0, count) } else { $0 } }
        let unit = Int(DecimalNumber.power(places))
        let ticks = Int((value.magnitude * 86_400 * Double(unit)).rounded())
        let days = ticks / (86_400 * unit)
        guard let date = isDuration ? SerialDate(0, date1904: false) : SerialDate(days, date1904: date1904) else { return false }
        let moment = Moment(date: date, seconds: ticks / unit, fraction: ticks % unit, places: places)
        for token in section.tokens { write(token, moment, to: &out) }
        return true
    }

    private struct Moment {
        var date: SerialDate
        /// Since day 0.
        var seconds: Int
        var fraction: Int
        var places: Int
        var hour: Int { seconds / 3_600 % 24 }
        var minute: Int { seconds / 60 % 60 }
    }

    private var isTwelveHours: Bool { section.tokens.contains { if case .meridiem = $0 { true } else { false } } }

    private func write(_ token: FormatToken, _ moment: Moment, to out: inout [UInt8]) {
        let date = moment.date
        switch token {
        case .year(let count): number(count > 2 ? date.year : date.year % 100, count > 2 ? 4 : 2, &out)
        case .month(let count):
            if count < 3 { return number(date.month, count, &out) }
            name(CalendarNames.month(date.month, count, section.language), &out)
        case .day(let count):
            if count < 3 { return number(date.day, count, &out) }
            name(CalendarNames.weekday(date.weekday, count, section.language), &out)
        case .hour(let count): number(isTwelveHours ? (moment.hour + 11) % 12 + 1 : moment.hour, count, &out)
        case .minute(let count): number(moment.minute, count, &out)
        case .second(let count): number(moment.seconds % 60, count, &out)
        case .secondFraction(let count):
            out.append(UInt8(ascii: "."))
            number(moment.fraction / Int(DecimalNumber.power(moment.places - count)), count, &out)
        case .elapsedHours(let count): number(moment.seconds / 3_600, count, &out)
        case .elapsedMinutes(let count): number(moment.seconds / 60, count, &out)
        case .elapsedSeconds(let count): number(moment.seconds, count, &out)
        case .meridiem(let am, let pm): out.append(contentsOf: moment.hour < 12 ? am : pm)
        case .eraName(let count): name(Era.of(date, section.language)?.name(count) ?? "", &out)
        case .eraYear(let count): number(Era.of(date, section.language)?.year(of: date) ?? date.year, min(count, 2), &out)
        case .buddhistYear(let count): number(count > 2 ? date.year + 543 : (date.year + 543) % 100, count > 2 ? 4 : 2, &out)
        case .literal, .padding, .fill, .digit, .point, .comma, .percent, .exponent, .slash, .general, .text:
            _ = FormatSection.writePlain(token, to: &out)
        }
    }

    private func name(_ name: String, _ out: inout [UInt8]) { out.append(contentsOf: name.utf8) }

    private func number(_ value: Int, _ width: Int, _ out: inout [UInt8]) {
        let digits = DecimalNumber.ascii(UInt64(max(value, 0)))
        // `[hhhh]` may ask for any width.
        let zeros = min(max(width, 1), 20) - digits.count
        if zeros > 0 { out.append(contentsOf: repeatElement(0x30, count: zeros)) }
        out.append(contentsOf: digits)
    }
}
