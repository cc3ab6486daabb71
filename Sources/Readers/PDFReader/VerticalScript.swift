// SPDX-License-Identifier: Apache-2.0
import PDFLayout

/// Text set from above to below, columns from right to left: told by glyphs that stand under each other.
enum VerticalScript {
    /// Treats a page's glyphs as turned a quarter clockwise when they run downwards.
    static func turn(_ content: inout PageContent) {
        var down = 0, across = 0
        for (a, b) in zip(content.glyphs, content.glyphs.dropFirst()) where a.turn == 0 && b.turn == 0 && (0x3000...0x9FFF).contains(b.scalar) {
            let size = content.styles[Int(b.style)].size
            let dx = abs(b.box.midX - a.box.midX), dy = b.box.midY - a.box.midY
            if dx < 0.3 * size, dy > 0.5 * size, dy < 1.6 * size { down += 1 } else if abs(dy) < 0.3 * size, dx < 2 * size { across += 1 }
        }
        guard down > 8, down > 2 * across else { return }
        for index in content.glyphs.indices where content.glyphs[index].turn == 0 {
            let size = content.styles[Int(content.glyphs[index].style)].size
            content.glyphs[index].turn = 1
            content.glyphs[index].baseline = content.glyphs[index].box.midX - 0.38 * size
        }
    }
}
