// SPDX-License-Identifier: Apache-2.0

/// Fonts without Unicode values whose codes are glyph numbers: TrueType fonts of Windows begin with the glyphs of the Macintosh's
/// standard order (Apple TrueType Reference, table `post`, format 1, without its second space), so that `A` is 36 and not 65.
///
/// Told by the text: read as numbers in that order it has lower case and spaces, read as it stands it has hardly any.
struct GlyphOrder {
    /// What unmapped codes of one font look like.
    private struct Tally {
        var count = 0
        /// Lower case and spaces, taken as characters.
        var plain = 0
        /// Lower case and spaces, taken as glyph numbers.
        var ordered = 0
    }

    private var tallies: [Int: Tally] = [:]

    private static let least = 12

    /// Notes a code that PDFium has no Unicode value for.
    mutating func note(_ code: UInt32, font: Int) {
        var tally = tallies[font] ?? Tally()
        tally.count += 1
        if Self.isUsual(code) { tally.plain += 1 }
        if Self.scalar(code).map(Self.isUsual) ?? false { tally.ordered += 1 }
        tallies[font] = tally
    }

    /// Whether a font's codes are glyph numbers. Few glyphs prove nothing: then what the document's other fonts say counts.
    func isOrdered(_ font: Int) -> Bool {
        if let own = tallies[font], own.count >= Self.least, own.plain + own.ordered > own.count / 4 { return Self.isOrdered(own) }
        return tallies.values.contains { $0.count >= 4 * Self.least && Self.isOrdered($0) }
    }

    private static func isOrdered(_ tally: Tally) -> Bool { tally.ordered > 2 * tally.plain && tally.ordered * 2 > tally.count }

    private static func isUsual(_ scalar: UInt32) -> Bool { scalar == 0x20 || (0x61...0x7A).contains(scalar) }

    /// The character at a place of the standard order; nil beyond it.
    static func scalar(_ number: UInt32) -> UInt32? {
        if number >= 3, number <= 97 { return number + 29 }
        guard number >= 98, Int(number) - 98 < upper.count else { return nil }
        return upper[Int(number) - 98]
    }

    private static let upper: [UInt32] =
        ("ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄¤‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ"
            + "ŁłŠšŽž¦ÐðÝýÞþ−×¹²³½¼¾₣ĞğİŞşĆćČčđ").unicodeScalars.map(\.value)
}
