// SPDX-License-Identifier: Apache-2.0

/// Korean is written with spaces between words, and its lines may break within words: whether a space belongs between two lines is
/// told by the space that was written there, on pages that write such spaces at all.
enum HangulLines {
    static func isSyllable(_ c: UInt32) -> Bool { (0xAC00...0xD7A3).contains(c) }

    /// Whether lines that end between words end with a space: some must, and some must not.
    static func areSpaced(_ content: PageContent) -> Bool {
        guard content.glyphs.contains(where: { isSyllable($0.scalar) }) else { return false }
        var spaced = 0, all = 0
        var last: Glyph?
        var sawSpace = false
        for glyph in content.glyphs {
            if glyph.isSpace {
                sawSpace = true
                continue
            }
            defer { (last, sawSpace) = (glyph, false) }
            guard isSyllable(glyph.scalar), let before = last, isSyllable(before.scalar), glyph.box.x0 < before.box.x0, glyph.baseline > before.baseline + 0.5 * before.box.height else { continue }
            all += 1
            if sawSpace { spaced += 1 }
        }
        return spaced >= 2 && spaced * 8 >= all
    }
}
