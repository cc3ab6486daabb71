// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// A pipe table (GFM 4.10): a spanning cell's text is repeated in each place it covers, so that every row stands by itself.
///
/// The first row is the header where the source marks none, as the format cannot do without.
struct MarkdownTableRows: TableRows {
    private let alignments: [Alignment]
    private var grid = MarkdownGrid()
    private var width: Int
    private var waiting: [Row]
    private var hasHeader = false
    private var hasSpans = false
    private var text: MarkdownTableLine

    init(_ head: TableHead, width: Int, _ pictures: PictureLinks) {
        text = MarkdownTableLine(MarkdownInlines(pictures, isInTable: true))
        alignments = head.alignments
        self.width = max(width, MarkdownGrid.width(head.rows), width == 0 ? head.alignments.count : 0)
        waiting = head.rows
    }

    var losses: [(String, String)] {
        (hasSpans ? [("table-spans-flattened", "cells that span rows or columns were written once in each place they cover")] : [])
            + (text.hasBlocks ? [("table-cell-flattened", "lists, code or tables within cells were written as lines")] : [])
    }

    mutating func append(_ row: Row, _ layout: inout MarkdownLayout) {
        flush(&layout)
        write(row, &layout)
    }

    mutating func end(_ layout: inout MarkdownLayout) { flush(&layout) }

    private mutating func flush(_ layout: inout MarkdownLayout) {
        guard !waiting.isEmpty else { return }
        let rows = waiting
        waiting = []
        for row in rows { write(row, &layout) }
    }

    private mutating func write(_ row: Row, _ layout: inout MarkdownLayout) {
        text.line.removeAll(keepingCapacity: true)
        text.line.append(UInt8(ascii: "|"))
        var columns = 0
        for place in grid.place(row) {
            text.line.append(0x20)
            switch place {
            case .cell(let cell, let column):
                let start = text.line.count
                text.append(cell)
                if cell.columns > 1 || cell.rows > 1 {
                    hasSpans = true
                    grid.keep(text.line[start...], of: cell, at: column)
                }
            case .across: text.line += grid.kept
            case .down(let kept): text.line += kept
            case .nothing: break
            }
            text.line.append(text.line.last == 0x20 ? "|" : " |")
            columns += 1
        }
        if !hasHeader { width = max(width, columns, 1) }
        while columns < width {
            text.line.append(" |")
            columns += 1
        }
        layout.line(text.line)
        guard !hasHeader else { return }
        hasHeader = true
        text.line.removeAll(keepingCapacity: true)
        text.line.append(UInt8(ascii: "|"))
        for column in 0..<width {
            switch column < alignments.count ? alignments[column] : .natural {
            case .natural: text.line.append(" --- |")
            case .left: text.line.append(" :--- |")
            case .center: text.line.append(" :---: |")
            case .right: text.line.append(" ---: |")
            }
        }
        layout.line(text.line)
    }
}
