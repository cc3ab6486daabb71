// SPDX-License-Identifier: Apache-2.0

package enum Alignment: Sendable, Hashable { case natural, left, center, right }

/// A table as its source has it: a spanning cell stands once, at its top left corner.
package struct Table: Sendable, Hashable {
    package var head: TableHead
    package var rows: [Row]

    package init(head: TableHead = .init(), rows: [Row]) {
        self.head = head
        self.rows = rows
    }
}

/// What is known before the body rows come; a streamed table starts with it.
package struct TableHead: Sendable, Hashable {
    package var caption: [Inline] = []
    /// One per column; may be shorter than the rows are wide.
    package var alignments: [Alignment] = []
    /// Header rows; empty when the source marks none.
    package var rows: [Row] = []

    package init(caption: [Inline] = [], alignments: [Alignment] = [], rows: [Row] = []) {
        self.caption = caption
        self.alignments = alignments
        self.rows = rows
    }
}

package struct Row: Sendable, Hashable {
    package var cells: [Cell]

    package init(_ cells: [Cell]) { self.cells = cells }
}

package struct Cell: Sendable, Hashable {
    package var blocks: [Block]
    package var columns: Int
    package var rows: Int

    package init(_ blocks: [Block], columns: Int = 1, rows: Int = 1) {
        self.blocks = blocks
        self.columns = columns
        self.rows = rows
    }

    package init(text: String) { self.init(text.isEmpty ? [] : [.paragraph([.text(text)])]) }
}
