// SPDX-License-Identifier: Apache-2.0

/// `Figure 3: …`, `Table 2-1. …`: how what stands by a figure or table begins.
struct CaptionLabel {
    var isOfTable: Bool
    /// Whether a sign or a capital follows the number. `Figure 3 shows …` is a sentence.
    var isSure: Bool

    private static let tables: [[UInt32]] = ["table", "tab.", "tabelle", "tableau", "tabla", "таблица", "表", "표"].map { $0.unicodeScalars.map(\.value) }
    private static let figures: [[UInt32]] = [
        "figure", "fig.", "fig", "listing", "algorithm", "chart", "plate", "scheme", "exhibit", "abbildung", "abb.", "figura", "рисунок", "рис.", "图", "図", "그림",
    ].map { $0.unicodeScalars.map(\.value) }
    /// First letters of all of them.
    private static let initials = Set((tables + figures).compactMap(\.first))

    /// Whether a caption may begin with this character: quickly told of most.
    static func mayBegin(_ scalar: UInt32) -> Bool { scalar >= 0x80 || initials.contains(scalar | 0x20) }

    init?(_ text: [UInt8]) {
        guard let first = text.first, Self.mayBegin(UInt32(first)) else { return nil }
        let head = text.prefix(48)
        let scalars = head.allSatisfy { $0 < 0x80 } ? head.map { UInt32($0) } : String(decoding: head, as: UTF8.self).unicodeScalars.map(\.value)
        let lower = scalars.map(Self.lowered)
        guard let (word, isOfTable) = Self.word(lower) else { return nil }
        var at = word
        while at < scalars.count, scalars[at] == 0x20 { at += 1 }
        guard at < scalars.count else { return nil }
        let number = at
        // `3`, `2-1`, `4.2`, `3a`.
        while at < scalars.count, Scalars.isDigit(scalars[at]) || at > number && Self.joins(scalars[at]) && at + 1 < scalars.count && Scalars.isDigit(scalars[at + 1]) { at += 1 }
        if at > number {
            if at < scalars.count, Self.isLetter(scalars[at]), at + 1 == scalars.count || !Self.isLetter(scalars[at + 1]) { at += 1 }
        } else {
            // Roman numbers and letters of an appendix, which only a sign behind them tells from words.
            guard number > word || !Self.isLetter(scalars[number]) else { return nil }
            while at < scalars.count, at - number <= 4, scalars[at] != 0x20, scalars[at] != 0x3A, scalars[at] != 0x2E { at += 1 }
            guard at - number <= 4, at < scalars.count, scalars[at] == 0x3A || scalars[at] == 0x2E else { return nil }
        }
        self.isOfTable = isOfTable
        isSure = Self.endsLabel(scalars, at)
    }

    private static func word(_ lower: [UInt32]) -> (length: Int, isOfTable: Bool)? {
        if let word = tables.first(where: { lower.starts(with: $0) }) { return (word.count, true) }
        if let word = figures.first(where: { lower.starts(with: $0) }) { return (word.count, false) }
        return nil
    }

    /// Latin and Cyrillic capitals as small letters.
    private static func lowered(_ scalar: UInt32) -> UInt32 { (0x41...0x5A).contains(scalar) || (0x410...0x42F).contains(scalar) ? scalar + 0x20 : scalar }
    private static func isLetter(_ scalar: UInt32) -> Bool { (0x61...0x7A).contains(scalar | 0x20) }
    private static func joins(_ scalar: UInt32) -> Bool { scalar == 0x2E || scalar == 0x2D || scalar == 0x2013 }

    private static func endsLabel(_ scalars: [UInt32], _ end: Int) -> Bool {
        guard end < scalars.count else { return true }
        // Full stop, colon, dashes, bar, bracket, and the wide ones of ideographs.
        if [0x2E, 0x3A, 0x2D, 0x2013, 0x2014, 0x7C, 0x29, 0xFF1A, 0x3002, 0x3000].contains(scalars[end]) { return true }
        guard scalars[end] == 0x20, end + 1 < scalars.count else { return false }
        let next = scalars[end + 1]
        return Scalars.isUpper(next) || Scalars.isIdeographic(next) || [0x2D, 0x2013, 0x2014, 0x7C, 0x3A].contains(next)
    }
}
