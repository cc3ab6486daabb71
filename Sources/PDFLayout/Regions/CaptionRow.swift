// SPDX-License-Identifier: Apache-2.0

/// Captions beside each other, below two figures: each is read by itself.
///
///     Figure 1. The one    Figure 2. The other      ▶  Figure 1. The one that goes on
///     that goes on         that does so too            Figure 2. The other that does so too
struct CaptionRow {
    var above: [Fragment]
    var captions: [[Fragment]]
    var below: [Fragment]

    /// Nil when no row of these fragments begins several captions.
    init?(_ fragments: [Fragment], _ content: PageContent) {
        let labelled = fragments.filter { Self.isLabelled($0, content) }
        guard labelled.count >= 2, labelled.count <= 100 else { return nil }
        let rows = TextRow.rows(fragments)
        guard let start = rows.firstIndex(where: { row in row.fragments.count >= 2 && row.fragments.allSatisfy { Self.isLabelled($0, content) } }) else { return nil }
        let heads = rows[start].fragments
        var captions = heads.map { [$0] }
        var end = start + 1
        while end < rows.count, rows[end].baseline - rows[end - 1].baseline < 1.6 * heads[0].size {
            let homes = rows[end].fragments.map { Self.home($0, heads) }
            guard homes.allSatisfy({ $0 != nil }) else { break }
            for (fragment, home) in zip(rows[end].fragments, homes) { if let home { captions[home].append(fragment) } }
            end += 1
        }
        self.captions = captions
        above = rows[..<start].flatMap(\.fragments)
        below = rows[end...].flatMap(\.fragments)
    }

    private static func isLabelled(_ fragment: Fragment, _ content: PageContent) -> Bool { fragment.block == nil && isLabelled(fragment.glyphs, content) }

    /// Whether glyphs begin as a caption does.
    static func isLabelled(_ glyphs: [Int32], _ content: PageContent) -> Bool {
        guard let first = glyphs.first, CaptionLabel.mayBegin(content.glyphs[Int(first)].scalar) else { return false }
        var text: [UInt8] = []
        var last: Glyph?
        for place in glyphs.prefix(24) {
            let glyph = content.glyphs[Int(place)]
            if glyph.isSpace { continue }
            // Words are parted here by their white alone.
            if let last, glyph.box.x0 - last.box.x1 > 0.15 * content.styles[Int(glyph.style)].size { text.append(0x20) }
            Scalars.append(glyph.scalar, to: &text)
            last = glyph
        }
        return CaptionLabel(text)?.isSure ?? false
    }

    /// The caption that a line further down is of: it stands under its beginning and ends before the next one's.
    private static func home(_ fragment: Fragment, _ heads: [Fragment]) -> Int? {
        guard fragment.block == nil, let home = heads.lastIndex(where: { $0.box.x0 - 2 * $0.size <= fragment.box.x0 }), abs(fragment.size - heads[home].size) < 0.1 * fragment.size else { return nil }
        return home + 1 < heads.count && fragment.box.x1 > heads[home + 1].box.x0 - 1 ? nil : home
    }
}
