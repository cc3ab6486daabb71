// SPDX-License-Identifier: Apache-2.0

/// Fonts that a page uses for nothing but the sign before its items: whatever letter such a font's name or map gives the sign.
enum SignFonts {
    private static let least = 3

    /// Marks styles that are used for one character only, each time as the first of a line, with text of another style behind it.
    static func mark(_ content: inout PageContent) {
        struct Use {
            var scalar: UInt32 = 0
            var count = 0
            var isSign = true
        }
        var uses = [Use](repeating: Use(), count: content.styles.count)
        var last: Glyph?
        for (index, glyph) in content.glyphs.enumerated() where !glyph.isSpace {
            defer { last = glyph }
            let place = Int(glyph.style)
            guard uses[place].isSign else { continue }
            let begins = last.map { abs($0.baseline - glyph.baseline) > 0.3 * content.styles[place].size } ?? true
            let next = content.glyphs[(index + 1)...].first { !$0.isSpace }
            let isLed = next.map { $0.style != glyph.style && abs($0.baseline - glyph.baseline) < 0.3 * content.styles[place].size && $0.box.x0 > glyph.box.x1 } ?? false
            if uses[place].count == 0 { uses[place].scalar = glyph.scalar }
            uses[place].count += 1
            if !begins || !isLed || glyph.scalar != uses[place].scalar || Scalars.isDigit(glyph.scalar) || glyph.scalar >= 0x100 { uses[place].isSign = false }
        }
        for (place, use) in uses.enumerated() where use.isSign && use.count >= least { content.styles[place].isSymbol = true }
    }
}
