// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// A table of a slide: a group whose members are the cells, each a rectangle, and the lines between them.
enum PPTTable {
    static func blocks(_ group: PPTShape, _ content: (PPTShape) -> [Block]) -> [Block] {
        let cells = group.members.filter { !$0.isGroup && $0.form != 20 && ($0.frame.map { $0.width > 0 && $0.height > 0 } ?? false) }
        let columns = edges(cells.compactMap(\.frame).flatMap { [$0.x, $0.x + $0.width] })
        let rows = edges(cells.compactMap(\.frame).flatMap { [$0.y, $0.y + $0.height] })
        guard rows.count > 1, columns.count > 1, rows.count <= 1_000, columns.count <= 1_000 else { return [] }
        var placed: [[(column: Int, cell: Cell)]] = Array(repeating: [], count: rows.count - 1)
        for shape in cells {
            guard let frame = shape.frame else { continue }
            let (left, right) = (place(frame.x, columns), place(frame.x + frame.width, columns))
            let (top, bottom) = (place(frame.y, rows), place(frame.y + frame.height, rows))
            guard placed.indices.contains(top) else { continue }
            placed[top].append((left, Cell(content(shape), columns: max(1, right - left), rows: max(1, bottom - top))))
        }
        let out = placed.map { Row($0.sorted { $0.column < $1.column }.map(\.cell)) }
        guard out.contains(where: { $0.cells.contains { !$0.blocks.isEmpty } }) else { return [] }
        return [.table(Table(rows: out))]
    }

    /// Edges a little apart are one.
    private static func edges(_ all: [Double]) -> [Double] {
        var out: [Double] = []
        for edge in all.sorted() where out.last.map({ edge - $0 > tolerance }) ?? true { out.append(edge) }
        return out
    }

    private static func place(_ edge: Double, _ edges: [Double]) -> Int {
        var low = 0, high = edges.count
        while low < high {
            let middle = (low + high) / 2
            if edges[middle] <= edge { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }

    /// An eightieth of an inch, in EMU.
    private static let tolerance = 11_430.0
}
