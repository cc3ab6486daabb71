// SPDX-License-Identifier: Apache-2.0
import CPDFium

/// Ligatures of TeX's bitmap fonts (Type 3), which have neither names nor Unicode values: `ff`, `fi`, `fl`, `ffi` and `ffl` have the codes
/// 11 to 15 in TeX's first encoding and 27 to 31 in that of Cork (EC Fonts; LaTeX2e font encodings, OT1 and T1).
///
/// Fonts of mathematics have other signs at these codes: a ligature stands within a word.
enum TeXLigatures {
    /// Gives ligatures their characters (U+FB00 to U+FB04); `isNameless` says of a run whether its font has no name.
    static func mend(_ glyphs: inout [pdfium_glyph], _ count: Int, isNameless: (UInt32) -> Bool) {
        let found = (0..<min(count, glyphs.count)).filter { glyphs[$0].is_unmapped && character(glyphs[$0].scalar) != nil && glyphs[$0].run != .max && isNameless(glyphs[$0].run) }
        guard !found.isEmpty else { return }
        let beside = found.map { letters(glyphs, $0, count) }
        guard beside.contains(where: { $0 >= 2 }) else { return }
        for (index, letters) in zip(found, beside) where letters >= 1 {
            if let character = character(glyphs[index].scalar) { glyphs[index].scalar = character }
        }
    }

    private static func character(_ code: UInt32) -> UInt32? {
        switch code {
        case 11...15: 0xFB00 + code - 11
        case 27...31: 0xFB00 + code - 27
        default: nil
        }
    }

    /// How many small letters stand right beside a glyph, three at most on each side.
    private static func letters(_ glyphs: [pdfium_glyph], _ index: Int, _ count: Int) -> Int {
        func run(_ step: Int) -> Int {
            (1...3).prefix { distance in
                let place = index + step * distance
                return glyphs.indices.contains(place) && place < count && glyphs[place].run == glyphs[index].run && (0x61...0x7A).contains(glyphs[place].scalar)
            }.count
        }
        return run(-1) + run(1)
    }
}
