// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import Sheets

/// The smaller binary parts of a sheet: comments ([MS-XLSB] 2.1.7.10) and tables (2.1.7.50).
enum XLSBParts {
    /// Author, text and cell of each comment.
    static func comments(_ part: String, _ book: XLSXBook) -> [(area: CellArea, author: String, text: String)] {
        var authors: [String] = []
        var found: [(area: CellArea, author: String, text: String)] = []
        var open: (area: CellArea, author: String)?
        read(part, book) { record in
            var fields = record.fields
            switch record.kind {
            case .commentAuthor: authors.append(fields.string() ?? "")
            case .commentBegin:
                let author = fields.long() ?? -1
                open = fields.area().map { ($0, authors.indices.contains(author) ? authors[author] : "") }
            case .commentText:
                if let comment = open, let text = fields.richString() { found.append((comment.area, comment.author, text)) }
                open = nil
            default: break
            }
        }
        return found
    }

    /// A table's area, when it has a heading.
    static func table(_ part: String, _ book: XLSXBook) -> CellArea? {
        var area: CellArea?
        read(part, book) { record in
            guard record.kind == .tableBegin else { return }
            var fields = record.fields
            let found = fields.area()
            fields.skip(8)
            if fields.long() != 0 { area = found }
        }
        return area
    }

    private static func read(_ part: String, _ book: XLSXBook, _ take: (XLSBRecord) -> Void) {
        do { try XLSBBook.records(part, book, take) } catch { book.diagnostics.report("part-unreadable", "a part could not be read", at: part) }
    }
}
