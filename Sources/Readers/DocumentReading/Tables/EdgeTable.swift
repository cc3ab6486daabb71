// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// A table whose rows say where their cells end, in twips: what lines up from row to row becomes columns and spans.
package struct EdgeTable: Sendable {
    package enum Merge: Sendable { case none, first, continued }

    package struct CellPlace: Sendable {
        /// The right edge.
        package var edge: Int
        package var across = Merge.none
        package var down = Merge.none

        package init(edge: Int, across: Merge = .none, down: Merge = .none) {
            self.edge = edge
            self.across = across
            self.down = down
        }
    }

    private struct Line: Sendable {
        var cells: [[Block]]
        var places: [CellPlace]
        var left: Int
        var isHeader: Bool

        /// Each cell has an edge.
        var isPlaced: Bool { places.count >= cells.count && !cells.isEmpty }
    }

    private var lines: [Line] = []
    /// Edges closer than this are one: people drag them by hand.
    private static let tolerance = 110

    package init() {}

    package var isEmpty: Bool { lines.isEmpty }

    package mutating func add(_ cells: [[Block]], places: [CellPlace], left: Int, isHeader: Bool) {
        lines.append(Line(cells: cells, places: places, left: left, isHeader: isHeader))
    }

    /// A table of a single cell is a frame: its content stands on its own.
    package func blocks() -> [Block] {
        if lines.count == 1, lines[0].cells.count == 1 { return lines[0].cells[0] }
        guard lines.contains(where: { $0.cells.contains { !$0.isEmpty } }) else { return [] }
        let rows = rows()
        var headers = lines.prefix { $0.isHeader }.count
        // A header cell that reaches into the body would tear the table apart.
        if headers >= rows.count || rows.prefix(headers).enumerated().contains(where: { at, row in row.cells.contains { at + $0.rows > headers } }) { headers = 0 }
        return [.table(Table(head: TableHead(rows: Array(rows.prefix(headers))), rows: Array(rows.dropFirst(headers))))]
    }

    private func rows() -> [Row] {
        let edges = columnEdges()
        var out: [[Cell]] = []
        /// For each column the cell that may go on below.
        var above: [Int: (row: Int, cell: Int)] = [:]
        for (number, line) in lines.enumerated() {
            var cells: [Cell] = []
            var column = 0
            let isPlaced = line.isPlaced && !edges.isEmpty
            if isPlaced {
                column = Self.place(line.left, edges)
                for _ in 0..<column { cells.append(Cell([])) }
            }
            for (index, blocks) in line.cells.enumerated() {
                let place = index < line.places.count ? line.places[index] : CellPlace(edge: 0)
                let span = isPlaced ? max(1, Self.place(place.edge, edges) - column) : 1
                if place.across == .continued, let last = cells.indices.last, index > 0 {
                    cells[last].columns += span
                    cells[last].blocks += blocks
                } else if place.down == .continued, let origin = above[column], number - origin.row == out[origin.row][origin.cell].rows {
                    out[origin.row][origin.cell].rows += 1
                    out[origin.row][origin.cell].blocks += blocks
                } else {
                    cells.append(Cell(blocks, columns: span))
                    above[column] = place.down == .none ? nil : (number, cells.count - 1)
                }
                column += span
            }
            out.append(cells)
        }
        return out.map { Row($0) }
    }

    /// Where columns begin and end; none when the rows line up too badly to be one grid.
    private func columnEdges() -> [Int] {
        var all: Set<Int> = []
        var widest = 0
        for line in lines where line.isPlaced {
            all.insert(line.left)
            for place in line.places.prefix(line.cells.count) { all.insert(place.edge) }
            widest = max(widest, line.cells.count)
        }
        var edges: [Int] = []
        for edge in all.sorted() where edges.last.map({ edge &- $0 > Self.tolerance }) ?? true { edges.append(edge) }
        return edges.count - 1 > 2 * widest + 2 ? [] : edges
    }

    /// The column that begins at an edge.
    private static func place(_ edge: Int, _ edges: [Int]) -> Int {
        var low = 0, high = edges.count
        while low < high {
            let middle = (low + high) / 2
            if edges[middle] <= edge { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }
}
