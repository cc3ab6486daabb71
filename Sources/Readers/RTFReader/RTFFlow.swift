// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// One text while it is read, the document's own or a note's: its paragraphs, lists, and tables in tables.
struct RTFFlow {
    enum Kind {
        case body, footnote, endnote, comment, header, footer, box
    }

    /// A table that is open, and what of it has been read.
    private struct OpenTable {
        var table = EdgeTable()
        var cells: [[Block]] = []
        var content = NestedLists()
        /// Of the last row.
        var last: RowProperties?

        /// Whether a row with these properties begins another table: Word counts the rows of each table and marks its last one.
        func ends(before next: RowProperties) -> Bool {
            guard let last else { return false }
            if last.isLast { return true }
            if let style = last.style, let other = next.style, style != other { return true }
            guard let index = last.index, let following = next.index else { return false }
            return following <= index
        }
    }

    struct RowProperties {
        var places: [EdgeTable.CellPlace] = []
        var next = EdgeTable.CellPlace(edge: 0)
        var left = 0
        var isHeader = false
        var style: Int?
        /// The row's place in its table; known only where the row says so itself.
        var index: Int?
        var isLast = false
    }

    var kind: Kind
    var runs = TextRuns()
    /// The label as the document shows it, where it says so before the paragraph's text.
    var label: String?
    /// Boxes that follow the paragraph.
    var floats: [Block] = []
    /// The author of a comment.
    var author = ""
    private var content = NestedLists()
    private var tables: [OpenTable] = []
    private static let deepest = 32
    private static let mostCells = 1_000

    init(_ kind: Kind) { self.kind = kind }

    var isEmpty: Bool { runs.isEmpty && content.isEmpty && tables.isEmpty && floats.isEmpty }
    var tableDepth: Int { tables.count }

    /// Closes tables deeper than this, and opens those that are missing.
    mutating func setDepth(_ depth: Int) {
        while tables.count > max(depth, 0) { closeTable() }
        while tables.count < min(depth, Self.deepest) { tables.append(OpenTable()) }
    }

    mutating func append(_ block: Block) { append(block, in: tables.count - 1) }

    /// Appends to a cell of an open table; below zero to the text around all tables.
    private mutating func append(_ block: Block, in table: Int) {
        if tables.indices.contains(table) { tables[table].content.append(block) } else { content.append(block) }
    }

    mutating func append(_ item: ListItem, _ label: RTFLists.Label) {
        let number = label.isCompound ? nil : label.number
        if let last = tables.indices.last {
            tables[last].content.append(item, name: label.list, level: label.level, number: number)
        } else {
            content.append(item, name: label.list, level: label.level, number: number)
        }
    }

    mutating func endCell() {
        guard let last = tables.indices.last, tables[last].cells.count < Self.mostCells else { return }
        tables[last].cells.append(tables[last].content.finish())
    }

    mutating func endRow(_ properties: RowProperties) {
        guard let last = tables.indices.last else { return }
        if !tables[last].content.isEmpty { endCell() }
        guard !tables[last].cells.isEmpty else { return }
        if tables[last].ends(before: properties) {
            let blocks = tables[last].table.blocks()
            tables[last].table = EdgeTable()
            for block in blocks { append(block, in: last - 1) }
        }
        tables[last].last = properties
        tables[last].table.add(tables[last].cells, places: properties.places, left: properties.left, isHeader: properties.isHeader)
        tables[last].cells = []
    }

    private mutating func closeTable() {
        endRow(RowProperties())
        guard let table = tables.popLast() else { return }
        for block in table.table.blocks() { append(block) }
    }

    mutating func finish() -> [Block] {
        setDepth(0)
        for block in floats { append(block) }
        return content.finish()
    }
}
