// SPDX-License-Identifier: Apache-2.0

/// A rectangle on a page in points, the origin at the page's top left, y downwards.
package struct Box: Sendable, Hashable {
    package var x0: Float
    package var y0: Float
    package var x1: Float
    package var y1: Float

    package init(_ x0: Float, _ y0: Float, _ x1: Float, _ y1: Float) {
        self.x0 = min(x0, x1)
        self.y0 = min(y0, y1)
        self.x1 = max(x0, x1)
        self.y1 = max(y0, y1)
    }

    package var width: Float { x1 - x0 }
    package var height: Float { y1 - y0 }
    package var midX: Float { (x0 + x1) / 2 }
    package var midY: Float { (y0 + y1) / 2 }
    package var area: Float { width * height }

    package func union(_ other: Box) -> Box {
        var box = self
        box.grow(other)
        return box
    }

    package mutating func grow(_ other: Box) {
        x0 = min(x0, other.x0)
        y0 = min(y0, other.y0)
        x1 = max(x1, other.x1)
        y1 = max(y1, other.y1)
    }

    package func expanded(_ by: Float) -> Box { Box(x0 - by, y0 - by, x1 + by, y1 + by) }

    package func contains(x: Float, y: Float) -> Bool { x >= x0 && x <= x1 && y >= y0 && y <= y1 }
    package func holdsCenter(of other: Box) -> Bool { contains(x: other.midX, y: other.midY) }
    package func intersects(_ other: Box) -> Bool { x0 < other.x1 && other.x0 < x1 && y0 < other.y1 && other.y0 < y1 }

    /// Length of the common part of the two x ranges; negative for a gap.
    package func overlapX(_ other: Box) -> Float { min(x1, other.x1) - max(x0, other.x0) }
    package func overlapY(_ other: Box) -> Float { min(y1, other.y1) - max(y0, other.y0) }

    package func overlapArea(_ other: Box) -> Float { max(0, overlapX(other)) * max(0, overlapY(other)) }
}

extension Collection where Element == Box {
    /// The smallest box around all of them.
    package var union: Box? {
        guard var box = first else { return nil }
        for other in dropFirst() { box.grow(other) }
        return box
    }
}

extension Collection where Element == Float {
    /// The middle value, the upper one of two; nil of nothing.
    package var median: Float? {
        guard !isEmpty else { return nil }
        let sorted = sorted()
        return sorted[sorted.count / 2]
    }
}
