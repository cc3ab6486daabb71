// SPDX-License-Identifier: Apache-2.0

/// Fragments that stand beside each other, as the eye sees a row across columns.
struct TextRow: Sendable {
    var fragments: [Fragment]
    var box: Box
    var baseline: Float

    /// Fragments in rows from above, each row from left to right.
    static func rows(_ fragments: [Fragment]) -> [TextRow] {
        var rows: [TextRow] = []
        for fragment in fragments.sorted(by: { ($0.baseline, $0.box.x0) < ($1.baseline, $1.box.x0) }) {
            if let last = rows.indices.last, isBeside(fragment, rows[last]) {
                rows[last].fragments.append(fragment)
                rows[last].box.grow(fragment.box)
            } else {
                rows.append(TextRow(fragments: [fragment], box: fragment.box, baseline: fragment.baseline))
            }
        }
        for index in rows.indices { rows[index].fragments.sort { $0.box.x0 < $1.box.x0 } }
        return rows
    }

    private static func isBeside(_ fragment: Fragment, _ row: TextRow) -> Bool {
        guard let first = row.fragments.last, first.block == nil, fragment.block == nil else { return false }
        let size = max(fragment.size, first.size)
        if abs(fragment.baseline - row.baseline) < 0.25 * size { return true }
        // Raised or lowered pieces.
        return abs(fragment.baseline - row.baseline) < 0.6 * size && min(fragment.size, first.size) < 0.8 * size
            && min(fragment.box.y1, row.box.y1) - max(fragment.box.y0, row.box.y0) > 0.5 * min(fragment.box.height, row.box.height)
    }

    /// Whether it stands closer to a row than lines of one text do.
    func isCloserThanLines(to row: TextRow) -> Bool {
        box.overlapY(row.box) > 0.3 * min(box.height, row.box.height) || abs(baseline - row.baseline) < 0.8 * (fragments.first?.size ?? 0)
    }

    /// The free intervals between its fragments, and at both ends, at least `least` wide.
    func gaps(least: Float) -> [ClosedRange<Float>] {
        var gaps: [ClosedRange<Float>] = []
        var at = -Float.infinity
        for fragment in fragments {
            if fragment.box.x0 - at >= least { gaps.append(at...fragment.box.x0) }
            at = max(at, fragment.box.x1)
        }
        gaps.append(at...Float.infinity)
        return gaps
    }
}

/// Common parts of two lists of intervals, both in order.
enum Intervals {
    static func common(_ one: [ClosedRange<Float>], _ other: [ClosedRange<Float>], least: Float) -> [ClosedRange<Float>] {
        var out: [ClosedRange<Float>] = []
        var i = 0, j = 0
        while i < one.count, j < other.count {
            let low = max(one[i].lowerBound, other[j].lowerBound), high = min(one[i].upperBound, other[j].upperBound)
            if high - low >= least { out.append(low...high) }
            if one[i].upperBound < other[j].upperBound { i += 1 } else { j += 1 }
        }
        return out
    }
}
