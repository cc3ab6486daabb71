// SPDX-License-Identifier: Apache-2.0

/// Where a piece of a document stands in its source: on which page, and in which rectangle of it.
///
/// Lengths are points (1/72 inch) from the top left corner of the page as it is shown.
package struct SourcePosition: Sendable, Hashable {
    /// From 1, however the page is labelled.
    package var page: Int
    package var left: Float
    package var top: Float
    package var right: Float
    package var bottom: Float

    package init(page: Int, left: Float, top: Float, right: Float, bottom: Float) {
        (self.page, self.left, self.top, self.right, self.bottom) = (page, left, top, right, bottom)
    }

    /// Whether what stands at `next` goes on below this in the same column.
    private func isAbove(_ next: SourcePosition) -> Bool {
        page == next.page && next.top >= top && 2 * (min(right, next.right) - max(left, next.left)) > min(right - left, next.right - next.left)
    }

    private mutating func grow(_ other: SourcePosition) {
        (left, top) = (min(left, other.left), min(top, other.top))
        (right, bottom) = (max(right, other.right), max(bottom, other.bottom))
    }

    /// Adds the places of what is read next; what goes on below the last place makes that larger.
    package static func extend(_ positions: inout [SourcePosition], by more: [SourcePosition]) {
        for next in more {
            if let last = positions.indices.last, positions[last].isAbove(next) { positions[last].grow(next) } else { positions.append(next) }
        }
    }
}
