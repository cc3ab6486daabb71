// SPDX-License-Identifier: Apache-2.0

/// Heads that stand in the middle above several columns, without a line that says so.
///
///              Total                 Men
///     2000    2005    2009   2000   2005   2009
///
/// The columns fall into groups, one below each of the upper heads, and each head stands in the middle of its group.
enum GroupHeads {
    /// The lines that the heads do not have, one under each, and how many rows of text the heads are; nil without such heads.
    static func find(_ rows: [TextRow], _ separators: [Float]) -> (lines: [Rule], rows: Int)? {
        guard separators.count >= 2, rows.count >= 3 else { return nil }
        for index in 0..<min(2, rows.count - 2) {
            let upper = rows[index], lower = rows[index + 1]
            guard lower.baseline - upper.baseline < 2.5 * (upper.fragments.first?.size ?? 10), lower.fragments.count > upper.fragments.count else { continue }
            let groups = groups(upper, lower, separators)
            if !groups.isEmpty {
                let y = min(upper.box.y1, (upper.box.y1 + lower.box.y0) / 2)
                return (groups.map { Rule(horizontal: y, from: $0.lowerBound, to: $0.upperBound) }, index + 2)
            }
        }
        return nil
    }

    private static func groups(_ upper: TextRow, _ lower: TextRow, _ separators: [Float]) -> [ClosedRange<Float>] {
        // The first column is the labels'.
        let heads = upper.fragments.filter { $0.box.midX > separators[0] }
        var columns: [Fragment] = []
        for fragment in lower.fragments where fragment.box.midX > separators[0] {
            guard !separators.contains(where: { fragment.box.x0 < $0 - 2 && fragment.box.x1 > $0 + 2 }) else { return [] }
            columns.append(fragment)
        }
        // Every column has its lower head.
        guard heads.count >= 1, columns.count == separators.count, columns.count >= 2 * heads.count, heads.allSatisfy({ !$0.isNumberLike }) || columns.count >= 4 else { return [] }
        var out: [ClosedRange<Float>] = []
        var start = 0
        for head in heads {
            var best: (end: Int, distance: Float)?
            for end in start..<columns.count {
                let distance = abs((columns[start].box.x0 + columns[end].box.x1) / 2 - head.box.midX)
                if best.map({ distance < $0.distance }) ?? true { best = (end, distance) }
            }
            guard let best, best.distance < 1.2 * head.size, best.end > start else { return [] }
            out.append(columns[start].box.x0...columns[best.end].box.x1)
            start = best.end + 1
        }
        return start == columns.count ? out : []
    }
}
