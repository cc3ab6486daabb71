// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import Sheets
import XMLTree

/// Reads SpreadsheetML packages: xlsx, xlsm and their templates, transitional and strict (ECMA-376 / ISO 29500).
///
///     workbook ─ sheets ─ XLSXSheet ▶ rows of cells ─ SheetStream ▶ tables
///                  shared strings, styles ┘       └ drawings, comments, links
///
/// Values come as they are shown; formulas are not computed. A sheet is read row by row.
package struct XLSXReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let package = try OOXMLPackage(source, limits: limits, diagnostics: &diagnostics)
        let main = try Self.mainPart(package, "xl/workbook.xml", &diagnostics)
        let book = XLSXBook(package, source.members, limits, main: main, diagnostics)
        try book.read()
        try book.loadParts()
        try Self.send(book, limits, to: sink, &diagnostics) { sheet, sink throws(ReadError) in try XLSXSheet(book, sheet).send(to: sink) }
    }

    /// Sends a workbook, its sheets by `each`.
    static func send(
        _ book: XLSXBook, _ limits: ReadLimits, to sink: any DocumentSink, _ diagnostics: inout Diagnostics,
        _ each: (XLSXBook.Sheet, any DocumentSink) throws(ReadError) -> Void
    ) throws(ReadError) {
        do throws(SinkError) { try sink.begin(OOXMLProperties.read(book.package, &book.diagnostics)) } catch { throw .sink(error) }
        defer { diagnostics = book.diagnostics }
        for sheet in book.sheets.prefix(limits.members) {
            do throws(ReadError) {
                try each(sheet, sink)
                book.count.read += 1
            } catch {
                // What can be read of the other sheets is worth having.
                guard book.sheets.count + book.count.missing > 1, case .malformed = error else { throw error }
                book.count.unreadable += 1
            }
        }
        try book.reportLeftOut(limits)
        do throws(SinkError) {
            try book.objects.send(to: sink, &book.diagnostics)
            try sink.finish()
        } catch { throw .sink(error) }
    }

    static func mainPart(_ package: OOXMLPackage, _ usual: String, _ diagnostics: inout Diagnostics) throws(ReadError) -> String {
        if let part = package.part("officeDocument", of: "", &diagnostics), package.has(part) { return part }
        if package.has(usual) || !package.numberedParts(XLSXBook.sheetStart, String(usual.suffix(4))).isEmpty { return usual }
        if package.has("EncryptedPackage") { throw .encrypted("the package is protected by a password") }
        throw .malformed("the package has no workbook part")
    }
}
