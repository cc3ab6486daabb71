// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// A table as HTML within Markdown: spans and blocks in cells are kept.
struct HTMLTableRows: TableRows {
    let losses: [(String, String)] = []
    private let buffer = OutputBuffer()
    private let html: HTMLBlocks

    init(_ head: TableHead, _ options: WriteOptions, _ pictures: PictureLinks, _ layout: inout MarkdownLayout) {
        html = HTMLBlocks(output: buffer, pictures: pictures, headingOffset: options.headingOffset)
        html.beginTable(TableHead(alignments: head.alignments, rows: head.rows))
        flush(&layout)
    }

    mutating func append(_ row: Row, _ layout: inout MarkdownLayout) {
        html.row(row, tag: "td")
        flush(&layout)
    }

    mutating func end(_ layout: inout MarkdownLayout) {
        html.endTable()
        flush(&layout)
    }

    /// No blank line may stand within the table: it would end it (CommonMark 4.6).
    private mutating func flush(_ layout: inout MarkdownLayout) {
        for line in buffer.bytes.split(separator: 0x0A) where !line.allSatisfy(ASCII.isSpace) { layout.line(line) }
        buffer.clear()
    }
}
