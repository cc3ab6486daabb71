// SPDX-License-Identifier: Apache-2.0

/// Where a shape is on its page, in EMU (914,400 an inch), from the top left corner.
package struct ReadingFrame: Sendable, Hashable {
    package var x, y, width, height: Double

    package init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }
}

/// The order in which shapes are read: bands from top to bottom, and in each band from left to right.
///
/// Cuts the slide along the widest empty strip that no shape crosses, again and again (the XY-cut of G. Nagy and
/// S. Seth, 1984); where nothing can be cut, by the top left corner.
package struct ReadingOrder {
    private let frames: [ReadingFrame]

    /// Places in `frames`, in reading order.
    package static func places(_ frames: [ReadingFrame]) -> [Int] {
        guard frames.count > 1 else { return Array(frames.indices) }
        guard frames.count <= mostCut else { return byCorner(Array(frames.indices), frames) }
        return ReadingOrder(frames: frames).sorted(Array(frames.indices), depth: 0)
    }

    /// Beyond this many shapes a slide is a drawing.
    private static let mostCut = 400

    private func sorted(_ places: [Int], depth: Int) -> [Int] {
        guard places.count > 1 else { return places }
        guard depth < 64 else { return Self.byCorner(places, frames) }
        let rows = cut(places) { ($0.y, $0.height) }
        let columns = cut(places) { ($0.x, $0.width) }
        guard let best = [rows, columns].compactMap({ $0 }).max(by: { $0.gap < $1.gap }) else { return Self.byCorner(places, frames) }
        return sorted(best.before, depth: depth + 1) + sorted(best.after, depth: depth + 1)
    }

    private struct Cut {
        var before, after: [Int]
        var gap: Double
    }

    /// The widest strip along one axis; shapes may overlap it by a little.
    private func cut(_ places: [Int], _ span: (ReadingFrame) -> (start: Double, length: Double)) -> Cut? {
        let order = places.sorted { (span(frames[$0]).start, $0) < (span(frames[$1]).start, $1) }
        var best: (at: Int, gap: Double)?
        var reached = -Double.infinity
        for (at, place) in order.enumerated() {
            let (start, length) = span(frames[place])
            if at > 0, start - reached > Self.overlap, start - reached > best?.gap ?? -.infinity { best = (at, start - reached) }
            reached = max(reached, start + length)
        }
        guard let best else { return nil }
        return Cut(before: Array(order[..<best.at]), after: Array(order[best.at...]), gap: best.gap)
    }

    /// A tenth of an inch, in EMU.
    private static let overlap = -91_440.0

    private static func byCorner(_ places: [Int], _ frames: [ReadingFrame]) -> [Int] {
        places.sorted { (frames[$0].y, frames[$0].x, $0) < (frames[$1].y, frames[$1].x, $1) }
    }
}
