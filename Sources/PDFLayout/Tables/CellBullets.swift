// SPDX-License-Identifier: Apache-2.0

/// Bullets of lists within cells: they make neither columns nor rows of a table.
///
///     ┌────────────────────┬────────────────────┐
///     │ This is a list:    │ Another list:      │        one row of two cells, each with three lines
///     │   •  first         │   •  one           │
///     │   •  second        │   •  two           │
///     └────────────────────┴────────────────────┘
enum CellBullets {
    /// Fragments with lone bullets joined to the text to their right, where it stands in the same cell.
    static func joined(_ fragments: [Fragment], _ grid: Grid, _ content: PageContent) -> [Fragment] {
        var out = fragments
        for index in fragments.indices.reversed() where isBullet(fragments[index], content) {
            let bullet = fragments[index]
            let behind = out.indices.filter { place in
                let text = out[place]
                return text.box.x0 > bullet.box.x0 && abs(text.baseline - bullet.baseline) < 0.4 * text.size && text.box.x0 - bullet.box.x1 < 4 * text.size
                    && !isBullet(text, content) && !grid.xs.contains { $0 > bullet.box.x1 - 1 && $0 < text.box.x0 + 1 }
            }.min { out[$0].box.x0 < out[$1].box.x0 }
            guard let behind else { continue }
            out[behind].glyphs = bullet.glyphs + out[behind].glyphs
            out[behind].box.grow(bullet.box)
            out.remove(at: index)
        }
        return out
    }

    /// Whether a line begins with a bullet and goes on behind it.
    static func begins(_ row: TextRow, _ content: PageContent) -> Bool {
        guard let first = row.fragments.first, row.fragments.count > 1 || first.glyphs.count > 1 else { return false }
        return first.glyphs.first.map { isBullet(content.glyphs[Int($0)].scalar) } ?? false
    }

    private static func isBullet(_ fragment: Fragment, _ content: PageContent) -> Bool {
        fragment.glyphs.count == 1 && fragment.block == nil && isBullet(content.glyphs[Int(fragment.glyphs[0])].scalar)
    }

    /// Signs that are nothing but bullets: a dash or an asterisk in a cell may be a value.
    private static func isBullet(_ c: UInt32) -> Bool {
        switch c {
        case 0xB7, 0x2022, 0x2023, 0x2043, 0x25AA, 0x25B8, 0x25BA, 0x25CF, 0x25E6, 0x27A2, 0x27A4, 0xF0A7, 0xF0B7, 0xF0D8: true
        default: false
        }
    }
}
