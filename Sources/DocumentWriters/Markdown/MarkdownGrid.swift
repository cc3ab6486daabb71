// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Puts the cells of one row after another in their columns, around what spans down from above.
struct MarkdownGrid {
    enum Place {
        /// A cell at its first column.
        case cell(Cell, column: Int)
        /// Right of a cell that spans columns: what was kept at its first column.
        case across
        /// Below a cell that spans rows: its text.
        case down([UInt8])
        case nothing
    }

    private struct Span {
        var rows = 0
        var text: [UInt8] = []
    }

    /// What cells from above still cover, by column.
    private var spans: [Span] = []
    /// The text of the spanning cell that began last.
    private var current: [UInt8] = []
    private static let mostColumns = 16_384
    /// Longer text is not repeated: a document may not grow by its spans.
    private static let mostRepeated = 200

    /// The row's places from the left, in a list as the text of its cells is not known yet.
    mutating func place(_ row: Row) -> [Place] {
        var places: [Place] = []
        places.reserveCapacity(row.cells.count)
        func isCovered() -> Bool { places.count < spans.count && spans[places.count].rows > 0 }
        func pass() {
            while isCovered() {
                spans[places.count].rows -= 1
                places.append(.down(spans[places.count].text))
            }
        }
        for cell in row.cells where places.count < Self.mostColumns {
            pass()
            let column = places.count
            for offset in 0..<max(1, min(cell.columns, Self.mostColumns - column)) {
                if cell.rows > 1 {
                    while spans.count <= places.count { spans.append(Span()) }
                    spans[places.count] = Span(rows: cell.rows - 1)
                } else if isCovered() {
                    spans[places.count].rows -= 1
                }
                places.append(offset == 0 ? .cell(cell, column: column) : .across)
            }
        }
        pass()
        var last = places.count
        for column in spans.indices.dropFirst(places.count) where spans[column].rows > 0 { last = column + 1 }
        while places.count < last {
            if isCovered() { pass() } else { places.append(.nothing) }
        }
        return places
    }

    /// Keeps a spanning cell's text for the places it covers.
    mutating func keep(_ text: ArraySlice<UInt8>, of cell: Cell, at column: Int) {
        current = text.count <= Self.mostRepeated ? Array(text) : []
        guard cell.rows > 1 else { return }
        for place in column..<min(column + max(1, cell.columns), spans.count) { spans[place].text = current }
    }

    var kept: [UInt8] { current }

    /// Columns of the widest row.
    static func width(_ rows: [Row]) -> Int {
        guard rows.contains(where: { $0.cells.contains { $0.columns > 1 || $0.rows > 1 } }) else { return rows.lazy.map(\.cells.count).max() ?? 0 }
        var grid = MarkdownGrid()
        return rows.reduce(0) { max($0, grid.place($1).count) }
    }
}
