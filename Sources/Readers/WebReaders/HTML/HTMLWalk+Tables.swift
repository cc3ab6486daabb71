// SPDX-License-Identifier: Apache-2.0
import CGumbo
import DocumentReading
import DocumentTree

extension HTMLWalk {
    func enterTable(_ node: HTMLNode) {
        guard let table = push(.table, for: node) else { return }
        let role = node.attribute("role")
        table.rows.isPresentation = role?.isKeyword("presentation") == true || role?.isKeyword("none") == true
    }

    private var isInTable: Bool { if case .table = frame.kind { true } else { false } }

    func enterRowGroup(_ node: HTMLNode) {
        if isInTable {
            frame.rows.beginGroup(node.tag == GUMBO_TAG_THEAD ? .head : node.tag == GUMBO_TAG_TFOOT ? .foot : .body)
        }
        descend(node, then: .nothing)
    }

    func enterRow(_ node: HTMLNode) {
        frame.endParagraph()
        guard isInTable else { return descend(node, then: .paragraph) }
        frame.rows.beginRow()
        descend(node, then: .row)
    }

    func enterCell(_ node: HTMLNode, _ style: HTMLStyle) {
        guard isInTable, let cell = push(.cell, for: node) else {
            if !isInTable {
                frame.endParagraph()
                descend(node, then: .paragraph)
            }
            return
        }
        // The HTML standard's limits: 13.2, "processing rows".
        cell.cell.columns = max(1, node.attribute("colspan")?.number(most: 1_000) ?? 1)
        cell.cell.rows = node.attribute("rowspan")?.number(most: 65_534) ?? 1
        cell.cell.isHeader = node.tag == GUMBO_TAG_TH
        cell.cell.alignment = Self.alignment(style.alignment ?? node.attribute("align"))
    }

    func completeCell(_ part: HTMLFrame) {
        part.cell.blocks = part.takeBlocks()
        frame.rows.add(part.cell)
    }

    func completeTable(_ part: HTMLFrame) {
        part.rows.finish()
        let caption = part.caption
        let stray = part.takeBlocks()
        if HTMLTableKind(part.rows, hasCaption: !caption.isEmpty) == .layout {
            if !caption.isEmpty { frame.append(.paragraph(caption)) }
            for row in part.rows.rows { appendLayout(row.cells) }
        } else {
            let grid = HTMLGrid(part.rows.rows)
            if let table = grid.table(caption: caption) {
                frame.append(.table(table))
            } else if !caption.isEmpty {
                frame.append(.paragraph(caption))
            }
        }
        for block in stray { frame.append(block) }
    }

    /// The cells of a layout table's row, one after the other; a bullet and its text are a list item.
    private func appendLayout(_ cells: [HTMLRows.Draft]) {
        let filled = cells.filter { !$0.blocks.isEmpty }
        // Line numbers beside code.
        if filled.count == 2, case .code(let numbers, _) = filled[0].blocks.first, case .code = filled[1].blocks.first,
            numbers.utf8.allSatisfy({ ($0 >= 0x30 && $0 <= 0x39) || ByteSlice.isSpace($0) }) {
            for block in filled[1].blocks { frame.append(block) }
            return
        }
        if filled.count == 2, HTMLTableKind.isBullet(filled[0].blocks) {
            return frame.items.append(ListItem(filled[1].blocks))
        }
        for cell in filled {
            for block in cell.blocks { frame.append(block) }
        }
    }

    private static func alignment(_ name: ByteSlice?) -> Alignment {
        guard let name else { return .natural }
        if name.isKeyword("left") { return .left }
        if name.isKeyword("center") { return .center }
        return name.isKeyword("right") ? .right : .natural
    }
}
