// SPDX-License-Identifier: Apache-2.0
import PDFLayout

/// Accents that are written as characters of their own over (or under) their letters, as TeX's first fonts have it: `na¨ıve` is naïve.
enum SpacingAccents {
    /// A letter and its accent as one character, in whichever order they were written; nil where they are no such pair or stand apart.
    static func joined(_ one: Glyph, _ next: Glyph) -> Glyph? {
        if let letters = letters(one.scalar) { return joined(letters, accent: one, letter: next) }
        return letters(next.scalar).flatMap { joined($0, accent: next, letter: one) }
    }

    private static func joined(_ letters: [UInt32: UInt32], accent: Glyph, letter: Glyph) -> Glyph? {
        let middle = accent.box.midX, slack = 0.1 * letter.box.width
        guard accent.turn == 0, letter.turn == 0, middle > letter.box.x0 - slack, middle < letter.box.x1 + slack, accent.box.overlapY(letter.box) > 0,
            let scalar = letters[base(letter.scalar)]
        else { return nil }
        var out = letter
        out.scalar = scalar
        return out
    }

    /// Letters that stand under accents have no dots.
    private static func base(_ scalar: UInt32) -> UInt32 {
        switch scalar {
        case 0x131: 0x69
        case 0x237: 0x6A
        default: scalar
        }
    }

    /// What an accent makes of letters; nil when the character is none. Most characters are told apart by two comparisons.
    private static func letters(_ scalar: UInt32) -> [UInt32: UInt32]? {
        scalar > 0x7F && scalar < 0xC0 || scalar > 0x2C5 && scalar < 0x2DE || scalar == 0x60 ? table[scalar] : nil
    }

    /// By accent: letters, each followed by what it becomes.
    private static let table: [UInt32: [UInt32: UInt32]] = [
        0x60: "aàeèiìoòuùnǹAÀEÈIÌOÒUÙNǸ", 0xB4: "aáeéiíoóuúyýcćnńsśzźrŕlĺAÁEÉIÍOÓUÚYÝCĆNŃSŚZŹRŔLĹ", 0xA8: "aäeëiïoöuüyÿAÄEËIÏOÖUÜYŸ",
        0x2C6: "aâeêiîoôuûcĉgĝhĥjĵsŝwŵyŷAÂEÊIÎOÔUÛCĈGĜHĤJĴSŜWŴYŶ", 0x2DC: "aãnñoõiĩuũAÃNÑOÕIĨUŨ", 0xAF: "aāeēiīoōuūAĀEĒIĪOŌUŪ", 0xB8: "cçsştţCÇSŞTŢ",
        0x2C7: "cčdďeěnňrřsštťzžgǧCČDĎEĚNŇRŘSŠTŤZŽGǦ", 0x2D8: "aăgğuŭAĂGĞUŬ", 0x2D9: "zżeėcċgġZŻEĖCĊGĠIİ", 0x2DA: "aåuůAÅUŮ", 0x2DB: "aąeęiįuųAĄEĘIĮUŲ",
        0x2DD: "oőuűOŐUŰ",
    ].mapValues { pairs in
        let scalars = pairs.unicodeScalars.map(\.value)
        return Dictionary(uniqueKeysWithValues: stride(from: 0, to: scalars.count - 1, by: 2).map { (scalars[$0], scalars[$0 + 1]) })
    }
}
