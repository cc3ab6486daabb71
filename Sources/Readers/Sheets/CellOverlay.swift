// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// A comment on a cell.
package struct CellComment: Sendable {
    package var row: Int
    package var column: Int
    package var note: NoteID
    package var blocks: [Block]

    package init(row: Int, column: Int, note: NoteID, blocks: [Block]) {
        self.row = row
        self.column = column
        self.note = note
        self.blocks = blocks
    }
}

/// What lies on the cells of one sheet: merged areas, links and comments, put on each row as it passes. Rows must not go back.
package struct CellOverlay {
    private var merged: MergedAreas
    private let links: [Int: String]
    /// By row, then by column, and how many were put on a row.
    private let comments: [CellComment]
    private var sent = 0
    private var lastRow = -1

    /// `links` by `key`; `comments` by row and column.
    package init(merged: [CellArea], links: [Int: String], comments: [CellComment]) {
        self.merged = MergedAreas(merged)
        self.links = links
        self.comments = comments
    }

    package static func key(row: Int, column: Int) -> Int { row &<< 16 | column }

    /// The rows before `row` that only comments make.
    package mutating func rows(before row: Int) -> [SheetRow] {
        var rows: [SheetRow] = []
        while sent < comments.count, comments[sent].row < row {
            let index = comments[sent].row
            lastRow = max(lastRow, index)
            var cells: [SheetCell] = []
            addComments(to: &cells, row: index)
            rows.append(SheetRow(lastRow, cells))
        }
        return rows
    }

    /// Gives merged cells their size, takes those they cover, ties links to cells, and sets the marks of comments.
    package mutating func put(on cells: inout [SheetCell], row: Int) {
        lastRow = row
        if !merged.isEmpty || !links.isEmpty { place(&cells, row) }
        addComments(to: &cells, row: row)
    }

    /// The comments themselves, for behind the sheet.
    package var notes: [Note] { comments.map { Note(id: $0.note, blocks: $0.blocks) } }

    private mutating func place(_ cells: inout [SheetCell], _ row: Int) {
        var kept = 0
        for at in cells.indices {
            switch merged.place(row: row, column: cells[at].column) {
            case .covered: continue
            case .anchor(let area):
                cells[at].columns = area.width
                cells[at].rows = area.height
            case .free: break
            }
            if let link = links[Self.key(row: row, column: cells[at].column)] { cells[at].content = [.link(to: link, title: nil, cells[at].inlines)] }
            if kept != at { cells[kept] = cells[at] }
            kept += 1
        }
        cells.removeLast(cells.count - kept)
    }

    /// Comments may lie on cells without a value.
    private mutating func addComments(to cells: inout [SheetCell], row: Int) {
        while sent < comments.count, comments[sent].row == row {
            let comment = comments[sent]
            sent += 1
            let at = cells.firstIndex { $0.lastColumn >= comment.column } ?? cells.count
            if at < cells.count, cells[at].column <= comment.column {
                cells[at].content = cells[at].inlines + [.note(comment.note)]
            } else {
                cells.insert(SheetCell(column: comment.column, kind: .text, text: "", content: [.note(comment.note)]), at: at)
            }
        }
    }
}
