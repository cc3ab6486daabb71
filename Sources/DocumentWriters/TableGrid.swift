// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// A table's cells by row and column: a spanning cell at its top left, nil where it reaches.
struct TableGrid {
    private(set) var rows: [[Cell?]] = []
    private(set) var width = 0
    private(set) var hasSpans = false

    init(_ source: [Row]) {
        /// Rows that a cell from above still covers, by column.
        var covered: [Int] = []
        for row in source {
            var cells: [Cell?] = []
            func skip() {
                while cells.count < covered.count, covered[cells.count] > 0 {
                    covered[cells.count] -= 1
                    cells.append(nil)
                }
            }
            for cell in row.cells {
                skip()
                let columns = min(max(1, cell.columns), Self.widest)
                if columns > 1 || cell.rows > 1 { hasSpans = true }
                for offset in 0..<columns {
                    if covered.count <= cells.count { covered += Array(repeating: 0, count: cells.count + 1 - covered.count) }
                    covered[cells.count] = max(0, min(cell.rows, source.count) - 1)
                    cells.append(offset == 0 ? cell : nil)
                }
                if cells.count > Self.widest { break }
            }
            // What is covered behind the last cell.
            while cells.count < covered.count {
                if covered[cells.count] > 0 { covered[cells.count] -= 1 }
                cells.append(nil)
            }
            width = max(width, cells.count)
            rows.append(cells)
        }
        for place in rows.indices where rows[place].count < width {
            rows[place] += Array(repeating: nil, count: width - rows[place].count)
        }
    }

    /// More columns than any sheet has (XFD is column 16,384).
    private static let widest = 16_384
}
