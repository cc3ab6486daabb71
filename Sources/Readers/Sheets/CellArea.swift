// SPDX-License-Identifier: Apache-2.0

/// A rectangle of cells; rows and columns count from 0, and the last ones belong to it.
package struct CellArea: Sendable, Hashable {
    package var top: Int
    package var left: Int
    package var bottom: Int
    package var right: Int

    package init(top: Int, left: Int, bottom: Int, right: Int) {
        self.top = top
        self.left = left
        self.bottom = bottom
        self.right = right
    }

    package var width: Int { right - left + 1 }
    package var height: Int { bottom - top + 1 }

    /// They overlap, or have sides on each other.
    func touches(_ other: CellArea) -> Bool {
        let rows = min(bottom, other.bottom) - max(top, other.top)
        let columns = min(right, other.right) - max(left, other.left)
        return rows >= 0 && columns >= -1 || columns >= 0 && rows >= -1
    }

    mutating func include(_ other: CellArea) {
        top = min(top, other.top)
        left = min(left, other.left)
        bottom = max(bottom, other.bottom)
        right = max(right, other.right)
    }
}

/// The merged areas of a sheet, asked for row by row from the top.
///
/// Of areas that overlap, which no spreadsheet writes, the first one counts.
package struct MergedAreas {
    package enum Place { case free, covered, anchor(CellArea) }

    private var waiting: [CellArea]
    /// Those the current row meets, from left to right.
    private var active: [CellArea] = []
    private var row = -1
    private var next = Int.min

    package init(_ areas: [CellArea]) {
        // Popped from the end.
        waiting = areas.filter { $0.width > 1 || $0.height > 1 }.sorted { ($0.top, $0.left) > ($1.top, $1.left) }
        next = waiting.last?.top ?? Int.max
    }

    package var isEmpty: Bool { waiting.isEmpty && active.isEmpty }

    /// Rows must not go back.
    package mutating func place(row: Int, column: Int) -> Place {
        if row != self.row { move(to: row) }
        guard !active.isEmpty else { return .free }
        var low = 0, high = active.count
        while low < high {
            let middle = (low + high) / 2
            if active[middle].right < column { low = middle + 1 } else { high = middle }
        }
        guard low < active.count, active[low].left <= column else { return .free }
        return active[low].top == row && active[low].left == column ? .anchor(active[low]) : .covered
    }

    private mutating func move(to row: Int) {
        self.row = row
        guard row >= next else { return }
        active.removeAll { $0.bottom < row }
        var added = false
        while let area = waiting.last, area.top <= row {
            waiting.removeLast()
            guard area.bottom >= row else { continue }
            active.append(area)
            added = true
        }
        if added {
            active.sort { ($0.left, $0.top) < ($1.left, $1.top) }
            var kept: [CellArea] = []
            for area in active where kept.last.map({ $0.right < area.left }) ?? true { kept.append(area) }
            active = kept
        }
        next = min(waiting.last?.top ?? Int.max, (active.lazy.map(\.bottom).min() ?? Int.max - 1) + 1)
    }
}
