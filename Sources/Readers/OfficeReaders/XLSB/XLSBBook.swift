// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// The binary workbook part, its shared strings and its styles ([MS-XLSB] 2.1.7).
enum XLSBBook {
    static func read(_ book: XLSXBook) throws(ReadError) {
        let links = book.package.relationships(of: book.main, &book.diagnostics)
        try records(book.main, book) { record in
            var fields = record.fields
            switch record.kind {
            case .workbookProperties: book.date1904 = (fields.long() ?? 0) & 1 != 0
            case .sheet:
                let state = fields.long() ?? 0
                fields.skip(4)
                let id = fields.string()
                book.add(fields.string() ?? "", state: state == 1 ? "hidden" : state == 2 ? "veryHidden" : nil, id.flatMap { links[$0] })
            default: break
            }
        }
        book.findSheets(".bin", isListWhole: true)
        try records(book.related("sharedStrings") ?? "xl/sharedStrings.bin", book) { record in
            guard record.kind == .sharedItem else { return }
            var fields = record.fields
            book.strings.add(fields.richString() ?? "", nil)
        }
        try styles(book)
    }

    private static func styles(_ book: XLSXBook) throws(ReadError) {
        var codes: [Int: String] = [:]
        var ids: [Int] = []
        var isInCells = false
        try records(book.related("styles") ?? "xl/styles.bin", book) { record in
            var fields = record.fields
            switch record.kind {
            case .format: if let id = fields.short(), let code = fields.string() { codes[id] = code }
            case .cellFormatsBegin: isInCells = true
            case .cellFormatsEnd: isInCells = false
            case .cellFormat:
                guard isInCells, ids.count < 1 << 16 else { return }
                fields.skip(2)
                ids.append(fields.short() ?? 0)
            default: break
            }
        }
        book.styles = XLSXStyles(ids: ids, codes: codes)
    }

    /// Shows each record of a part; a package without the part has none.
    static func records(_ part: String, _ book: XLSXBook, _ take: (XLSBRecord) -> Void) throws(ReadError) {
        guard let records = try XLSBRecords(part, in: book.package) else { return }
        while let record = try records.next() { take(record) }
        records.report(&book.diagnostics)
    }
}
