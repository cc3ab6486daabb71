// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

/// Reads a table of a slide (21.1.3).
enum PPTXTable {
    static func blocks(_ table: XMLElement, _ slide: PPTXSlide) -> [Block] {
        let text = PPTXText(slide)
        var rows: [Row] = []
        for element in table.children where element.known == .a_tr {
            var cells: [Cell] = []
            for cell in element.children where cell.known == .a_tc {
                // Places that a spanning cell covers stand empty in the file.
                if PPTXLevelStyle.flag(cell, .n_hMerge) == true || PPTXLevelStyle.flag(cell, .n_vMerge) == true { continue }
                let blocks = text.blocks(cell.firstOrEmpty(.a_txBody), slide.deck.textStyle)
                cells.append(Cell(blocks, columns: span(cell, .n_gridSpan), rows: span(cell, .n_rowSpan)))
            }
            rows.append(Row(cells))
        }
        guard rows.contains(where: { $0.cells.contains { !$0.blocks.isEmpty } }) else { return [] }
        let hasHeader = PPTXLevelStyle.flag(table.firstOrEmpty(.a_tblPr), .n_firstRow) == true && rows.count > 1
            && !rows[0].cells.contains { $0.rows > 1 }
        return [.table(Table(head: TableHead(rows: Array(rows.prefix(hasHeader ? 1 : 0))), rows: Array(rows.dropFirst(hasHeader ? 1 : 0))))]
    }

    private static func span(_ cell: XMLElement, _ name: OOXMLName) -> Int { min(max(cell.attribute(name).flatMap { Int($0) } ?? 1, 1), 1_000) }
}
