// SPDX-License-Identifier: Apache-2.0

/// Finds drawings made of lines and curves, and the words that stand in them.
///
///     sketches ─ those that touch ▶ clusters ─ with slanted lines, short words and no text ▶ diagrams
///
/// A diagram's words stay together, so that they neither become tables nor stand between the text's paragraphs.
struct DiagramFinder {
    let content: PageContent
    let size: Float
    /// See `BarFinder`.
    var bars: [Box] = []

    struct Found {
        var fragments: [Fragment]
        var box: Box
    }

    /// A page with more is a map, whose words are in no order anyway.
    private static let mostSketches = 600
    private static let mostFragments = 3_000
    private static let mostRules = 2_000
    /// Of one diagram.
    private static let mostGlyphs = 800

    /// Diagrams and the fragments that are left; `tables` are places of tables, which may have slanted lines too.
    func find(_ fragments: [Fragment], tables: [Box]) -> (diagrams: [Found], rest: [Fragment]) {
        let isSketched = content.sketches.count >= 3 && content.sketches.count <= Self.mostSketches
        guard isSketched || !bars.isEmpty, fragments.count <= Self.mostFragments else { return ([], fragments) }
        var rest = fragments
        var found: [Found] = []
        let charts = bars.map(grown)
        for cluster in charts + (isSketched ? clusters() : []) where !tables.contains(where: { $0.intersects(cluster) }) {
            let isChart = charts.contains(cluster)
            let near = cluster.expanded((isChart ? 1.6 : 1.2) * size)
            // Text that reaches into it says that it lies around the text, or under it.
            guard !rest.contains(where: { isText($0) && $0.box.overlapArea(cluster) > 0.2 * $0.box.area }) else { continue }
            let words = rest.filter { fragment in
                guard fragment.block == nil, !isText(fragment) else { return false }
                // Numbers stand along axes, and what bars are of beside them.
                if isChart { return near.intersects(fragment.box) }
                return cluster.holdsCenter(of: fragment.box) || fragment.isNumberLike && fragment.glyphs.count <= 8 && near.intersects(fragment.box)
            }
            guard words.count >= 3, words.reduce(0, { $0 + $1.glyphs.count }) <= Self.mostGlyphs, let box = words.map(\.box).union, !DiagramText.holdsLines(words) else { continue }
            let places = Set(words.compactMap(\.glyphs.first))
            rest.removeAll { fragment in fragment.glyphs.first.map { places.contains($0) } ?? false }
            found.append(Found(fragments: words, box: box.union(cluster)))
        }
        return (found, rest)
    }

    /// More than a label.
    private func isText(_ fragment: Fragment) -> Bool { fragment.block == nil && fragment.glyphs.count > 32 }

    /// With the straight lines that reach into a cluster: axes and boxes.
    private func grown(_ cluster: Box) -> Box {
        guard content.rules.count <= Self.mostRules else { return cluster }
        var box = cluster
        for rule in content.rules where rule.box.expanded(0.5).intersects(cluster) && rule.length < 1.5 * (rule.isHorizontal ? cluster.width : cluster.height) { box.grow(rule.box) }
        return box
    }

    /// Boxes around sketches that touch each other, several of which are slanted lines.
    private func clusters() -> [Box] {
        var groups: [(box: Box, count: Int, slanted: Int)] = []
        for sketch in content.sketches {
            var group = (box: sketch.box, count: 1, slanted: sketch.isCurve ? 0 : 1)
            // What the larger box touches now belongs to it as well.
            while let index = groups.firstIndex(where: { $0.box.expanded(1.5 * size).intersects(group.box) }) {
                let other = groups.remove(at: index)
                group = (group.box.union(other.box), group.count + other.count, group.slanted + other.slanted)
            }
            groups.append(group)
        }
        return groups.filter { $0.count >= 3 && $0.slanted >= 2 && $0.box.area < 0.6 * content.box.area && $0.box.width > 3 * size && $0.box.height > 3 * size }.map { grown($0.box) }
    }
}

/// The words of a diagram as its labels: lines that stand close below each other are one label, labels beside each other one line.
enum DiagramText {
    /// Whether words that were set one by one make lines of text.
    static func holdsLines(_ words: [Fragment]) -> Bool {
        TextRow.rows(words).count { row in
            row.fragments.reduce(0) { $0 + $1.glyphs.count } > 24 && row.fragments.reduce(0) { $0 + $1.box.width } > 0.65 * row.box.width
        } >= 2
    }

    static func rows(_ fragments: [Fragment]) -> [[Fragment]] {
        if holdsLines(fragments) { return TextRow.rows(fragments).map(\.fragments) }
        var labels: [[Fragment]] = []
        // Labels whose last line may still go on.
        var open: [Int] = []
        for fragment in fragments.sorted(by: { ($0.baseline, $0.box.x0) < ($1.baseline, $1.box.x0) }) {
            open.removeAll { index in labels[index].last.map { fragment.baseline - $0.baseline > 1.5 * $0.size } ?? true }
            if let home = open.first(where: { index in labels[index].last.map { goesOn($0, fragment) } ?? false }) {
                labels[home].append(fragment)
            } else {
                labels.append([fragment])
                open.append(labels.count - 1)
            }
        }
        var out: [[Fragment]] = []
        var isSingle = false
        for label in labels {
            if label.count == 1, isSingle, let last = out.last?.last, abs(last.baseline - label[0].baseline) < 0.5 * label[0].size {
                out[out.count - 1] += label
            } else {
                out.append(label)
            }
            isSingle = label.count == 1
        }
        return out
    }

    private static func goesOn(_ line: Fragment, _ next: Fragment) -> Bool {
        let distance = next.baseline - line.baseline
        return distance > 0.7 * line.size && distance < 1.4 * line.size && abs(next.size - line.size) < 0.1 * line.size
            && line.box.overlapX(next.box) > 0.6 * min(line.box.width, next.box.width) && !(line.isNumberLike && next.isNumberLike)
    }
}
