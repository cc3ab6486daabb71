// SPDX-License-Identifier: Apache-2.0

/// The drawn lines of a page, pieces joined: what tables are ruled with.
struct Rulings {
    var horizontal: [Rule] = []
    var vertical: [Rule] = []

    /// More lines than a page of tables has: a drawing or a map.
    static let most = 4_000
    /// Lines nearer than this are one.
    static let tolerance: Float = 2.5

    /// `bars` are places of a chart's bars, which rule nothing.
    init(_ content: PageContent, without bars: [Box] = []) {
        var horizontal: [Rule] = [], vertical: [Rule] = []
        for rule in content.rules {
            if rule.isHorizontal { horizontal.append(rule) } else { vertical.append(rule) }
        }
        let page = content.box
        let sides = Sides(vertical)
        for fill in content.fills where fill.width < 0.97 * page.width || fill.height < 0.5 * page.height {
            // What most of the page stands on is no table's cell.
            guard fill.width > 8, fill.height > 5, fill.area < 0.45 * page.area, !bars.contains(where: { $0.holdsCenter(of: fill) }),
                !sides.enclose(fill)
            else { continue }
            horizontal += [Rule(horizontal: fill.y0, from: fill.x0, to: fill.x1), Rule(horizontal: fill.y1, from: fill.x0, to: fill.x1)].map(\.edge)
            vertical += [Rule(vertical: fill.x0, from: fill.y0, to: fill.y1), Rule(vertical: fill.x1, from: fill.y0, to: fill.y1)].map(\.edge)
        }
        guard horizontal.count + vertical.count <= Self.most * 4 else { return }
        self.horizontal = Self.joined(horizontal).filter { $0.length >= 6 }
        self.vertical = Self.joined(vertical).filter { $0.length >= 6 }
        if self.horizontal.count + self.vertical.count > Self.most { (self.horizontal, self.vertical) = ([], []) }
    }

    /// Pieces of one line as one.
    static func joined(_ rules: [Rule]) -> [Rule] {
        let sorted = rules.sorted { ($0.at, $0.from) < ($1.at, $1.from) }
        var out: [Rule] = []
        var at = 0
        while at < sorted.count {
            // A band of lines of nearly one place.
            var end = at + 1
            while end < sorted.count, sorted[end].at - sorted[end - 1].at < 0.8, sorted[end].at - sorted[at].at < tolerance { end += 1 }
            let band = sorted[at..<end].sorted { $0.from < $1.from }
            let place = band.reduce(0) { $0 + $1.at } / Float(band.count)
            var current = band[0]
            current.at = place
            for rule in band.dropFirst() {
                if rule.from <= current.to + 3 {
                    current.to = max(current.to, rule.to)
                    current.isEdge = current.isEdge && rule.isEdge
                } else {
                    out.append(current)
                    current = rule
                    current.at = place
                }
            }
            out.append(current)
            at = end
        }
        return out
    }

    /// Lines that touch each other, as groups.
    func components() -> [(horizontal: [Rule], vertical: [Rule])] {
        guard !vertical.isEmpty, !horizontal.isEmpty else { return [] }
        var parent = Array(0..<(horizontal.count + vertical.count))
        func root(_ place: Int) -> Int {
            var place = place
            while parent[place] != place {
                parent[place] = parent[parent[place]]
                place = parent[place]
            }
            return place
        }
        let slack: Float = 3
        // Horizontal lines are sorted by y: each vertical one looks at those in its reach.
        for (index, v) in vertical.enumerated() {
            var low = 0, high = horizontal.count
            while low < high {
                let middle = (low + high) / 2
                if horizontal[middle].at < v.from - slack { low = middle + 1 } else { high = middle }
            }
            while low < horizontal.count, horizontal[low].at <= v.to + slack {
                let h = horizontal[low]
                if v.at >= h.from - slack, v.at <= h.to + slack { parent[root(horizontal.count + index)] = root(low) }
                low += 1
            }
        }
        var groups: [Int: (horizontal: [Rule], vertical: [Rule])] = [:]
        for (index, h) in horizontal.enumerated() { groups[root(index), default: ([], [])].horizontal.append(h) }
        for (index, v) in vertical.enumerated() { groups[root(horizontal.count + index), default: ([], [])].vertical.append(v) }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }
}

extension Rule {
    fileprivate var edge: Rule {
        var copy = self
        copy.isEdge = true
        return copy
    }
}

/// Drawn lines from above to below, by their places: what shows that a filled box is the ground of a line of text in a cell, and rules nothing.
///
///     ┌────────────────┐
///     │ ▒▒▒▒▒▒▒▒▒▒▒▒▒▒ │     Word processors shade a cell's paragraphs line by line,
///     │ ▒▒▒▒▒▒▒▒▒▒▒▒▒▒ │     as far as the cell's padding.
///     └────────────────┘
private struct Sides {
    private let drawn: [Rule]
    /// Wider than any cell's padding.
    private static let padding: ClosedRange<Float> = 1.5...9

    init(_ vertical: [Rule]) { drawn = vertical.sorted { $0.at < $1.at } }

    func enclose(_ fill: Box) -> Bool {
        !drawn.isEmpty && isBeside(fill, (fill.x0 - Self.padding.upperBound)...(fill.x0 - Self.padding.lowerBound))
            && isBeside(fill, (fill.x1 + Self.padding.lowerBound)...(fill.x1 + Self.padding.upperBound))
    }

    private func isBeside(_ fill: Box, _ reach: ClosedRange<Float>) -> Bool {
        var low = 0, high = drawn.count
        while low < high {
            let middle = (low + high) / 2
            if drawn[middle].at < reach.lowerBound { low = middle + 1 } else { high = middle }
        }
        return drawn[low...].prefix { $0.at <= reach.upperBound }.contains { min($0.to, fill.y1) - max($0.from, fill.y0) > 0.6 * fill.height }
    }
}
