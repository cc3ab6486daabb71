// SPDX-License-Identifier: Apache-2.0

/// Finds the bars of charts: filled boxes with no words in them, of one thickness, that begin on one line and end at different places.
///
///     │ ▇▇▇▇▇▇▇▇ 24        A table's filled boxes hold words, and are as long as its rows or columns.
///     │ ▇▇▇ 9
///     │ ▇▇▇▇▇ 15
enum BarFinder {
    /// A page with more fills is a map or a picture.
    private static let most = 1_000

    /// The extents of bars that stand together.
    static func find(_ content: PageContent, _ fragments: [Fragment]) -> [Box] {
        let fills = content.fills
        guard fills.count >= 4, fills.count <= most else { return [] }
        var out: [Box] = []
        for side in [\Box.x0, \Box.y1] {
            let isUpright = side == \Box.y1
            var groups: [Int: [Box]] = [:]
            for fill in fills where min(fill.width, fill.height) > 1.5 { groups[Int((fill[keyPath: side] / 2).rounded()), default: []].append(fill) }
            for (_, group) in groups.sorted(by: { $0.key < $1.key }) where group.count >= 4 {
                guard let thickness = group.map({ isUpright ? $0.width : $0.height }).median else { continue }
                let bars = group.filter { abs((isUpright ? $0.width : $0.height) - thickness) < 0.25 * thickness }
                let lengths = Set(bars.map { Int(isUpright ? $0.height : $0.width) })
                let places = Set(bars.map { Int(isUpright ? $0.x0 : $0.y0) })
                guard bars.count >= 4, places.count >= 4, lengths.count * 2 > places.count, let box = bars.union, box.area < 0.6 * content.box.area else { continue }
                let words = fragments.filter { box.intersects($0.box) }
                let filled = bars.filter { bar in words.contains { bar.holdsCenter(of: $0.box) } }.count
                if filled * 4 <= bars.count { out.append(box) }
            }
        }
        return out
    }
}
