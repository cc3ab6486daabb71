// SPDX-License-Identifier: Apache-2.0

/// A fragment at its spaces, for columns that stand closer than words usually do.
enum WordPieces {
    static func pieces(_ fragment: Fragment, _ content: PageContent) -> [Fragment] {
        cut(fragment, content) { place, last in content.glyphs[Int(place)].box.x0 - content.glyphs[Int(last)].box.x1 > 0.16 * fragment.size }
    }

    /// Width of the first word of a line.
    static func firstWord(_ glyphs: [Int32], _ content: PageContent, size: Float) -> Float {
        guard let start = glyphs.first else { return 0 }
        let x0 = content.glyphs[Int(start)].box.x0
        var x1 = x0
        for place in glyphs {
            let box = content.glyphs[Int(place)].box
            if box.x0 - x1 > 0.15 * size { break }
            x1 = max(x1, box.x1)
        }
        return x1 - x0
    }

    /// A fragment cut before each glyph that `isCut` says, which is also given the glyph before.
    private static func cut(_ fragment: Fragment, _ content: PageContent, where isCut: (Int32, Int32) -> Bool) -> [Fragment] {
        let glyphs = fragment.glyphs
        var pieces: [Fragment] = []
        var start = 0
        for end in 1..<glyphs.count + 1 where end == glyphs.count || isCut(glyphs[end], glyphs[end - 1]) {
            let own = glyphs[start..<end]
            var box = content.glyphs[Int(glyphs[start])].box
            var digits = 0
            for place in own {
                box.grow(content.glyphs[Int(place)].box)
                if Scalars.isDigit(content.glyphs[Int(place)].scalar) { digits += 1 }
            }
            var piece = Fragment(glyphs: Array(own), box: box, baseline: fragment.baseline, size: fragment.size, weight: box.width)
            piece.isNumberLike = digits * 2 >= own.count
            pieces.append(piece)
            start = end
        }
        return pieces
    }

    /// Rows whose fragments are cut where the pen jumped.
    static func parted(_ rows: [TextRow], _ jumps: Set<Int32>, _ content: PageContent) -> [TextRow] {
        guard !jumps.isEmpty else { return rows }
        return rows.map { row in
            var row = row
            row.fragments = row.fragments.flatMap { fragment in
                fragment.glyphs.contains(where: jumps.contains) ? cut(fragment, content) { place, _ in jumps.contains(place) } : [fragment]
            }
            return row
        }
    }

    /// A row whose fragments are cut at their spaces where a column's edge goes through.
    static func cut(_ row: TextRow, at separators: [Float], _ content: PageContent) -> TextRow {
        var row = row
        row.fragments = row.fragments.flatMap { fragment -> [Fragment] in
            guard separators.contains(where: { $0 > fragment.box.x0 && $0 < fragment.box.x1 }) else { return [fragment] }
            var out: [Fragment] = []
            for piece in pieces(fragment, content) {
                if var last = out.last, !separators.contains(where: { $0 >= last.box.x1 - 1 && $0 <= piece.box.x0 + 1 }) {
                    last.glyphs += piece.glyphs
                    last.box.grow(piece.box)
                    last.weight = last.box.width
                    out[out.count - 1] = last
                } else {
                    out.append(piece)
                }
            }
            return out
        }
        return row
    }
}
