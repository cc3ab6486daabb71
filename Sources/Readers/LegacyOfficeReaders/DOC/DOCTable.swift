// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentTree

/// What the end of a row says about the row ([MS-DOC] 2.6.3).
struct DOCRowProperties {
    /// Left edges of the cells, and the right edge of the last one, in twips.
    var edges: [Int] = []
    /// For each cell bits of TC80: 1 first of several merged ones, 2 merged into the one before, 32 merged into the one above, 64 first of those.
    var merges: [Int] = []
    var isHeader = false
    /// The table's style treats the first row apart.
    var looksFirst = false
    /// What all rows of one table have in common ([MS-DOC] 2.4.3), by its code; what is as by default is left out.
    private(set) var marks: [Int: Int] = [:]

    mutating func apply(_ code: Int, _ operand: LittleEndianBytes, isOld: Bool) {
        typealias Code = DOCProperties.Code
        switch code {
        case Code.table:
            guard let count = operand.byte(0), count <= 64 else { return }
            edges = (0...count).compactMap { operand.signedShort(1 + 2 * $0) }
            let first = 1 + 2 * (count + 1)
            merges = (0..<count).map { operand.short(first + $0 * (isOld ? 10 : 20)) ?? 0 }
        case Code.tableHeader: isHeader = operand.byte(0) != 0
        case Code.tableLook: looksFirst = (operand.short(2) ?? 0) & 0x20 != 0
        case Code.merge:
            guard let from = operand.byte(0), let to = operand.byte(1), from < to, to <= merges.count else { return }
            for cell in from..<to { merges[cell] = merges[cell] & ~3 | (cell == from ? 1 : 2) }
        case Code.verticalMerge:
            guard let cell = operand.byte(0), merges.indices.contains(cell) else { return }
            merges[cell] = merges[cell] & ~0x60 | (operand.byte(1) == 1 ? 0x20 : operand.byte(1) == 3 ? 0x60 : 0)
        case _ where Code.tableMarks.contains(code):
            let value = operand.raw.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
            marks[code] = value == 0 ? nil : value
        default: break
        }
    }
}

/// The rows of one table, put on a grid at its end.
struct DOCTable {
    private var rows: [(cells: [[Block]], properties: DOCRowProperties)] = []

    mutating func add(_ cells: [[Block]], _ properties: DOCRowProperties) { rows.append((cells, properties)) }

    /// Whether a row with these properties, right behind the last one, is of the same table ([MS-DOC] 2.4.3).
    func goesOn(with properties: DOCRowProperties) -> Bool { rows.last.map { $0.properties.marks == properties.marks } ?? true }

    /// A table of a single cell is a frame: its content stands on its own.
    func blocks() -> [Block] {
        if rows.count == 1, rows[0].cells.count == 1 { return rows[0].cells[0] }
        guard rows.contains(where: { $0.cells.contains { !$0.isEmpty } }) else { return [] }
        let placed = placedRows()
        var headers = rows.prefix { $0.properties.isHeader }.count
        if headers == 0, rows.count > 1, rows[0].properties.looksFirst { headers = 1 }
        // A header cell that reaches into the body would tear the table apart.
        if headers >= rows.count || placed.prefix(headers).enumerated().contains(where: { at, row in row.cells.contains { at + $0.rows > headers } }) { headers = 0 }
        return [.table(Table(head: TableHead(rows: Array(placed.prefix(headers))), rows: Array(placed.dropFirst(headers))))]
    }

    private func placedRows() -> [Row] {
        let columns = DOCColumns(rows.map(\.properties.edges))
        var out: [[Cell]] = []
        /// For each column the row and place of the cell that may go on below.
        var above: [Int: (row: Int, place: Int)] = [:]
        for (number, row) in rows.enumerated() {
            var cells: [Cell] = []
            var column = 0
            var isRegular = row.properties.edges.count == row.cells.count + 1
            if isRegular {
                column = columns.place(row.properties.edges[0])
                if column > columns.count { isRegular = false }
                for _ in 0..<column { cells.append(Cell([])) }
            }
            for (index, blocks) in row.cells.enumerated() {
                let merge = row.properties.merges.indices.contains(index) ? row.properties.merges[index] : 0
                let end = isRegular ? columns.place(row.properties.edges[index + 1]) : column + 1
                let span = max(1, end - column)
                if merge & 2 != 0, merge & 1 == 0, let last = cells.indices.last {
                    cells[last].columns += span
                    cells[last].blocks += blocks
                } else if merge & 0x20 != 0, merge & 0x40 == 0, let origin = above[column], number - origin.row == out[origin.row][origin.place].rows {
                    out[origin.row][origin.place].rows += 1
                    out[origin.row][origin.place].blocks += blocks
                } else {
                    cells.append(Cell(blocks, columns: span))
                    above[column] = merge & 0x60 == 0 ? nil : (number, cells.count - 1)
                }
                column += span
            }
            out.append(cells)
        }
        return out.map { Row($0) }
    }
}

/// The columns that the edges of all rows make; edges a little apart are one.
struct DOCColumns {
    private var edges: [Int] = []
    private static let tolerance = 110

    init(_ rows: [[Int]]) {
        for edge in Set(rows.joined()).sorted() where edges.last.map({ edge - $0 > Self.tolerance }) ?? true { edges.append(edge) }
    }

    var count: Int { max(0, edges.count - 1) }

    /// The column that begins at an edge.
    func place(_ edge: Int) -> Int {
        var low = 0, high = edges.count
        while low < high {
            let middle = (low + high) / 2
            if edges[middle] <= edge { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }
}
