// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// Places a table's cells on its grid, and knows which places are covered from above.
struct ODFGrid {
    private(set) var rows: [Row] = []
    private var current: [Cell] = []
    private var column = 0
    /// For each column, how many more rows a cell above reaches down.
    private var reach: [Int: Int] = [:]
    private var covered: Set<Int> = []
    /// How many more places spans may cover; beyond that a cell covers its own only.
    private var room = ODFTable.mostCovered

    mutating func begin() {
        current = []
        column = 0
        covered = Set(reach.keys)
        room -= covered.count
        if room < 0 { reach = [:] }
        for (column, rows) in reach { reach[column] = rows > 1 ? rows - 1 : nil }
    }

    mutating func add(_ blocks: [Block], columns: Int, rows: Int) {
        // Documents that leave covered cells out count on from the next free place.
        while covered.contains(column) { column += 1 }
        let fits = columns <= room
        let (columns, rows) = fits ? (columns, rows) : (1, 1)
        if columns > 1 { room -= columns }
        current.append(Cell(blocks, columns: columns, rows: rows))
        for offset in 0..<columns {
            if rows > 1 { reach[column + offset] = rows - 1 }
            if offset > 0 { covered.insert(column + offset) }
        }
        column += 1
    }

    /// A covered place; one that nothing covers is an empty cell.
    mutating func skip() {
        if covered.contains(column) { column += 1 } else { add([], columns: 1, rows: 1) }
    }

    mutating func end() { rows.append(Row(current)) }

    static func reaches(_ rows: ArraySlice<Row>, beyond headers: Int) -> Bool {
        rows.prefix(headers).enumerated().contains { at, row in row.cells.contains { at + $0.rows > headers } }
    }
}

/// Bounds of what a table may say by repeating.
enum ODFTable {
    static let mostColumns = 16_384
    /// Cells made by repetition in one document.
    static let mostRepeated = 200_000
    /// Places covered by spans in one table, counted in each row.
    static let mostCovered = 1_000_000
}

extension ODFBody {
    /// A table (9.1); one of a single cell is a frame, and its content stands on its own.
    func table(_ element: XMLElement) -> [Block] {
        if document.styles.style("table", element.attribute(.table_styleName)).isHidden {
            document.diagnostics.report("hidden-text", "hidden text was left out")
            return []
        }
        var grid = ODFGrid()
        var headers = 0
        rows(element, &grid, isHeader: false, &headers)
        let rows = Self.withoutEmptyEnd(grid.rows)
        guard rows.contains(where: { $0.cells.contains { !$0.blocks.isEmpty } }) else { return [] }
        if rows.count == 1, rows[0].cells.count == 1 { return rows[0].cells[0].blocks }
        if headers == 0, rows.count > 1, element.isTrue(.table_useFirstRowStyles) { headers = 1 }
        if headers >= rows.count || ODFGrid.reaches(rows[...], beyond: headers) { headers = 0 }
        return [.table(Table(head: TableHead(rows: Array(rows.prefix(headers))), rows: Array(rows.dropFirst(headers))))]
    }

    private func rows(_ element: XMLElement, _ grid: inout ODFGrid, isHeader: Bool, _ headers: inout Int) {
        for child in element.children {
            switch child.known {
            case .table_tableRow:
                row(child, &grid)
                // Header rows are the first ones, or they head nothing.
                if isHeader, headers == grid.rows.count - 1 { headers = grid.rows.count }
            case .table_tableHeaderRows: rows(child, &grid, isHeader: true, &headers)
            case .table_tableRows, .table_tableRowGroup: rows(child, &grid, isHeader: isHeader, &headers)
            default: continue
            }
        }
    }

    private func row(_ element: XMLElement, _ grid: inout ODFGrid) {
        let before = grid.rows.count
        grid.begin()
        for child in element.children {
            guard child.known == .table_tableCell || child.known == .table_coveredTableCell else { continue }
            var times = child.count(.table_numberColumnsRepeated, usual: 1, most: ODFTable.mostColumns)
            if child.known == .table_coveredTableCell {
                for _ in 0..<allowed(&times) { grid.skip() }
                continue
            }
            let blocks = cell(child)
            let columns = max(1, child.count(.table_numberColumnsSpanned, usual: 1, most: ODFTable.mostColumns))
            let rows = max(1, child.count(.table_numberRowsSpanned, usual: 1, most: 1_000_000))
            for _ in 0..<allowed(&times) { grid.add(blocks, columns: columns, rows: rows) }
        }
        grid.end()
        guard let row = grid.rows.last, grid.rows.count == before + 1 else { return }
        var times = element.count(.table_numberRowsRepeated, usual: 1, most: 1_000_000) - 1
        guard times > 0, row.cells.contains(where: { !$0.blocks.isEmpty }) || times < 100 else { return }
        times = min(times, repeats / max(1, row.cells.count))
        repeats -= times * row.cells.count
        for _ in 0..<max(0, times) {
            grid.begin()
            for cell in row.cells { grid.add(cell.blocks, columns: cell.columns, rows: 1) }
            grid.end()
        }
    }

    private func allowed(_ times: inout Int) -> Int {
        if times > 1 {
            if times - 1 > repeats { document.diagnostics.report("table-repeats-cut", "a table repeats its cells more often than is carried over") }
            times = min(times, repeats + 1)
            repeats -= times - 1
        }
        return times
    }

    /// A cell's content; a list of one bullet is its text.
    func cell(_ element: XMLElement) -> [Block] {
        let blocks = blocks(element)
        guard blocks.count == 1, case .list(let list)? = blocks.first, list.items.count == 1, list.marker == .bullet, list.items[0].blocks.count == 1 else {
            return blocks
        }
        return list.items[0].blocks
    }

    /// Without the empty rows at the end, but for those that a cell above reaches into.
    private static func withoutEmptyEnd(_ rows: [Row]) -> [Row] {
        var reached = 0, last = 0
        for (at, row) in rows.enumerated() {
            if row.cells.contains(where: { !$0.blocks.isEmpty }) { last = at }
            for cell in row.cells where cell.rows > 1 && !cell.blocks.isEmpty { reached = max(reached, at + cell.rows - 1) }
        }
        return Array(rows.prefix(max(last, min(reached, rows.count - 1)) + 1))
    }
}
