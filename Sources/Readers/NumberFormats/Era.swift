// SPDX-License-Identifier: Apache-2.0

/// The eras by which Japan and Taiwan count years.
struct Era {
    private let letter: String
    private let short: String
    private let long: String
    private let start: (year: Int, month: Int, day: Int)

    private init(_ letter: String, _ short: String, _ long: String, _ year: Int, _ month: Int, _ day: Int) {
        self.letter = letter
        self.short = short
        self.long = long
        start = (year, month, day)
    }

    /// The era of a date; nil in languages ([MS-LCID]) that count from the common one.
    static func of(_ date: SerialDate, _ language: Int) -> Era? {
        switch language {
        case 0x0411: japanese.first { $0.start <= (date.year, date.month, date.day) }
        case 0x0404: republic.start <= (date.year, date.month, date.day) ? republic : nil
        default: nil
        }
    }

    func name(_ count: Int) -> String { count == 1 ? letter : count == 2 ? short : long }

    func year(of date: SerialDate) -> Int { date.year - start.year + 1 }

    private static let japanese = [
        Era("R", "令", "令和", 2019, 5, 1), Era("H", "平", "平成", 1989, 1, 8), Era("S", "昭", "昭和", 1926, 12, 25),
        Era("T", "大", "大正", 1912, 7, 30), Era("M", "明", "明治", 1868, 1, 25),
    ]
    private static let republic = Era("", "國", "中華民國", 1912, 1, 1)
}
