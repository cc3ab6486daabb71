// SPDX-License-Identifier: Apache-2.0
import PDFLayout
import Testing

@testable import PDFReader

@Suite("Accents written over their letters")
struct SpacingAccentTests {
    private func glyph(_ scalar: Unicode.Scalar, _ x: Float, width: Float = 5) -> Glyph { Glyph(scalar.value, box: Box(x, 90, x + width, 100), baseline: 98) }

    @Test("an accent over a letter, before or behind it, makes one character", arguments: [("´", "e", "é"), ("¨", "ı", "ï"), ("ˇ", "S", "Š"), ("¸", "c", "ç"), ("ˆ", "o", "ô")] as [(Unicode.Scalar, Unicode.Scalar, Unicode.Scalar)])
    func over(accent: Unicode.Scalar, letter: Unicode.Scalar, expected: Unicode.Scalar) {
        #expect(SpacingAccents.joined(glyph(accent, 60), glyph(letter, 60.5))?.scalar == expected.value)
        #expect(SpacingAccents.joined(glyph(letter, 60.5), glyph(accent, 60))?.scalar == expected.value)
    }

    @Test("an accent beside a letter stays one, as over a letter that has none")
    func beside() {
        #expect(SpacingAccents.joined(glyph("`", 60), glyph("a", 65)) == nil)
        #expect(SpacingAccents.joined(glyph("a", 60), glyph("´", 65)) == nil)
        #expect(SpacingAccents.joined(glyph("ˆ", 60), glyph("x", 60)) == nil)
        #expect(SpacingAccents.joined(glyph("a", 60), glyph("e", 60)) == nil)
    }
}
