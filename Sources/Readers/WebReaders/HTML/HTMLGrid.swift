// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// A table's cells laid out on columns as the HTML standard says (4.9.12), without what only spaces the page: columns and
/// rows in which nothing begins are taken out, and the spans across them shortened.
struct HTMLGrid {
    private struct Placed {
        var cell: HTMLRows.Draft
        var column: Int
        var columns: Int
        var rows: Int
    }

    private var rows: [[Placed]] = []
    private var headRows = 0
    private var width = 0
    private static let widest = 16_384

    init(_ drafts: [HTMLRows.DraftRow]) {
        place(drafts)
        headRows = drafts.prefix { $0.section == .head }.count
        if headRows == 0 {
            headRows = drafts.prefix { $0.cells.allSatisfy { $0.isHeader || $0.blocks.isEmpty } && $0.cells.contains(where: \.isHeader) }.count
        }
        if headRows == 0, Self.isStrongRow(drafts.first), drafts.count > 1, !Self.isStrongRow(drafts[1]) { headRows = 1 }
        if headRows == drafts.count { headRows = min(headRows, 1) }
        mergeRowsThatOnlySpan()
        dropEmptyRows()
        dropEmptyColumns()
    }

    /// Every cell holds strong text and nothing else: how headers look on pages that do not mark them.
    private static func isStrongRow(_ row: HTMLRows.DraftRow?) -> Bool {
        guard let cells = row?.cells.filter({ !$0.blocks.isEmpty }), cells.count > 1 else { return false }
        return cells.allSatisfy { cell in
            guard cell.blocks.count == 1, case .paragraph(let inlines) = cell.blocks[0] else { return false }
            return inlines.allSatisfy { inline in
                switch inline {
                case .strong, .lineBreak: true
                case .text(let text): text == " "
                default: false
                }
            }
        }
    }

    private mutating func place(_ drafts: [HTMLRows.DraftRow]) {
        /// Per column, the first row that is free again.
        var freeFrom: [Int] = []
        // Wide spans cost time and bring nothing: a document gets so many columns of them.
        var spanBudget = 1 << 22
        var groupEnd = 0
        for (index, draft) in drafts.enumerated() {
            if index >= groupEnd {
                groupEnd = index + 1
                while groupEnd < drafts.count, drafts[groupEnd].group == draft.group, drafts[groupEnd].section == draft.section { groupEnd += 1 }
            }
            var column = 0
            var row: [Placed] = []
            for cell in draft.cells {
                while column < freeFrom.count, freeFrom[column] > index { column += 1 }
                guard column < Self.widest else { break }
                let columns = cell.columns <= spanBudget ? min(cell.columns, Self.widest - column) : 1
                if columns > 1 { spanBudget -= columns }
                let rows = cell.rows == 0 ? groupEnd - index : min(cell.rows, groupEnd - index)
                while freeFrom.count < column + columns { freeFrom.append(0) }
                for covered in column..<(column + columns) { freeFrom[covered] = max(freeFrom[covered], index + rows) }
                row.append(Placed(cell: cell, column: column, columns: columns, rows: rows))
                column += columns
            }
            rows.append(row)
        }
        width = freeFrom.count
    }

    /// A row whose every cell goes on below adds no line of its own: its cells begin a row later.
    private mutating func mergeRowsThatOnlySpan() {
        for index in rows.indices.dropLast() where !rows[index].isEmpty && rows[index].allSatisfy({ $0.rows > 1 }) {
            let carried = rows[index].map { placed in
                var placed = placed
                placed.rows -= 1
                return placed
            }
            rows[index] = []
            rows[index + 1] = (carried + rows[index + 1]).sorted { $0.column < $1.column }
        }
    }

    private mutating func dropEmptyRows() {
        let isKept = rows.map { $0.contains { !$0.cell.blocks.isEmpty } }
        guard isKept.contains(false) else { return }
        /// Rows kept above each row.
        var place = [0]
        for kept in isKept { place.append(place[place.count - 1] + (kept ? 1 : 0)) }
        for index in rows.indices where isKept[index] {
            for cell in rows[index].indices {
                rows[index][cell].rows = place[min(index + rows[index][cell].rows, rows.count)] - place[index]
            }
        }
        headRows = place[headRows]
        rows = rows.indices.filter { isKept[$0] }.map { rows[$0] }
    }

    private mutating func dropEmptyColumns() {
        var isKept = [Bool](repeating: false, count: width)
        for row in rows {
            for placed in row where !placed.cell.blocks.isEmpty { isKept[placed.column] = true }
        }
        guard isKept.contains(false) else { return }
        var place = [0]
        for kept in isKept { place.append(place[place.count - 1] + (kept ? 1 : 0)) }
        for row in rows.indices {
            rows[row] = rows[row].compactMap { placed in
                var placed = placed
                let end = place[placed.column + placed.columns]
                placed.column = place[placed.column]
                placed.columns = end - placed.column
                return placed.columns > 0 ? placed : nil
            }
        }
        width = place[width]
    }

    /// Nothing when no cell holds anything.
    func table(caption: [Inline]) -> Table? {
        guard !rows.isEmpty, width > 0 else { return nil }
        var freeFrom = [Int](repeating: 0, count: width)
        let laidOut = rows.enumerated().map { index, row in
            var cells: [Cell] = []
            var column = 0
            for placed in row {
                // A hole before the cell, where neither a cell nor a span from above stands.
                var hole = 0
                while column < placed.column {
                    if freeFrom[column] <= index {
                        hole += 1
                    } else if hole > 0 {
                        cells.append(Cell([], columns: hole))
                        hole = 0
                    }
                    column += 1
                }
                if hole > 0 { cells.append(Cell([], columns: hole)) }
                guard placed.column >= column else { continue }
                let end = min(width, placed.column + placed.columns)
                let rowCount = max(1, min(placed.rows, rows.count - index))
                for covered in placed.column..<end { freeFrom[covered] = max(freeFrom[covered], index + rowCount) }
                cells.append(Cell(placed.cell.blocks, columns: max(1, end - placed.column), rows: rowCount))
                column = end
            }
            return Row(cells)
        }
        let head = TableHead(caption: caption, alignments: alignments(), rows: Array(laidOut.prefix(headRows)))
        return Table(head: head, rows: Array(laidOut.dropFirst(headRows)))
    }

    /// A column's alignment, where its cells below the header agree on one.
    private func alignments() -> [Alignment] {
        var found = [Alignment?](repeating: nil, count: width)
        for row in rows.dropFirst(headRows).prefix(100) {
            for placed in row where placed.columns == 1 && !placed.cell.blocks.isEmpty {
                if let before = found[placed.column], before != placed.cell.alignment {
                    found[placed.column] = .natural
                } else {
                    found[placed.column] = placed.cell.alignment
                }
            }
        }
        let all = found.map { $0 ?? .natural }
        return all.allSatisfy { $0 == .natural } ? [] : all
    }
}
