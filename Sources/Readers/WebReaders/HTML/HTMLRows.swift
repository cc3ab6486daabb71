// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// The rows of one table as the source gives them, before spans are laid out.
struct HTMLRows {
    /// A cell with its spans as written; `rows` 0 means to the end of its group.
    struct Draft {
        var blocks: [Block] = []
        var columns = 1
        var rows = 1
        var isHeader = false
        var alignment = Alignment.natural
    }

    struct DraftRow {
        var cells: [Draft]
        /// Rows of one group; spans end with it.
        var group: Int
        var section: Section
    }

    enum Section: Int { case head, body, foot }

    private(set) var rows: [DraftRow] = []
    var isPresentation = false
    private var open: [Draft]?
    private var section = Section.body
    private var group = 0

    mutating func beginGroup(_ section: Section) {
        endRow()
        self.section = section
        group += 1
    }

    mutating func beginRow() {
        endRow()
        open = []
    }

    mutating func add(_ cell: Draft) {
        if open == nil { open = [] }
        open?.append(cell)
    }

    mutating func endRow() {
        guard let cells = open else { return }
        open = nil
        if !cells.isEmpty { rows.append(DraftRow(cells: cells, group: group, section: section)) }
    }

    /// Head first, foot last, as they are displayed.
    mutating func finish() {
        endRow()
        guard rows.contains(where: { $0.section != .body }) else { return }
        rows = [Section.head, .body, .foot].flatMap { section in rows.filter { $0.section == section } }
    }
}
