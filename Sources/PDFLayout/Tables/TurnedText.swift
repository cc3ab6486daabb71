// SPDX-License-Identifier: Apache-2.0

/// Text written upwards or downwards, as a table's cell takes it: the characters side by side at the foot of the box that they fill.
struct TurnedText {
    /// What stands for it among the page's fragments.
    var fragment: Fragment
    /// Which of `Turns.others` it is of, and its glyphs there.
    var other: Int
    var glyphs: [Int32]

    /// More than the heads of any table.
    private static let most = 300

    /// The page's turned text that may be heads; its stand-ins are appended to the page's glyphs, with the same tags.
    static func lay(_ turns: inout Turns) -> [TurnedText] {
        var out: [TurnedText] = []
        for (other, part) in turns.sideways.enumerated() {
            let upright = turns.others[other]
            let text = FragmentBuilder.build(upright, upright.glyphs.indices.map { Int32($0) })
            let builder = LineBuilder(content: upright, spaced: text.spaced)
            for fragment in text.fragments.prefix(most) {
                guard let line = builder.line([fragment]), let box = fragment.glyphs.map({ part.glyphs[Int($0)].box }).union,
                    let style = fragment.glyphs.first.map({ upright.styles[Int(upright.glyphs[Int($0)].style)] })
                else { continue }
                let tag = fragment.glyphs.first.map { part.glyphs[Int($0)].tag } ?? -1
                let stand = stand(line.text, box, style, tag, &turns.content)
                if !stand.glyphs.isEmpty { out.append(TurnedText(fragment: stand, other: other, glyphs: fragment.glyphs)) }
            }
        }
        // Heads stand in a row; what stands alone or at both sides is a label of a chart.
        return out.filter { text in out.count { $0.fragment.box.overlapY(text.fragment.box) > 0.5 * min($0.fragment.box.height, text.fragment.box.height) } > 2 }
    }

    /// Whether a tagged page's structure says where it belongs.
    func isTagged(_ content: PageContent) -> Bool { fragment.glyphs.contains { content.glyphs[Int($0)].tag >= 0 } }

    private static func stand(_ text: [UInt8], _ box: Box, _ style: TextStyle, _ tag: Int32, _ content: inout PageContent) -> Fragment {
        let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
        let width = box.width / Float(max(scalars.count, 1))
        var style = style
        style.size = 2 * width
        content.styles.append(style)
        var glyphs: [Int32] = []
        for (index, scalar) in scalars.enumerated() where scalar != " " {
            let x = box.x0 + Float(index) * width
            glyphs.append(Int32(content.glyphs.count))
            content.glyphs.append(Glyph(scalar.value, style: content.styles.count - 1, box: Box(x, box.y1 - 2 * width, x + width, box.y1), baseline: box.y1 - 0.4 * width, tag: tag))
        }
        return Fragment(glyphs: glyphs, box: box, baseline: box.y1 - 0.4 * width, size: style.size, weight: box.width)
    }
}
