// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
package import DocumentReading
package import DocumentTree
import Sheets

/// Reads Excel workbooks of the binary kind ([MS-XLS]): Excel 97 to 2003, and 5 and 95.
///
///     globals ─ sheets ─ XLSFrame ▶ merged cells, links, comments, objects ┐
///                      └ XLSCells ▶ rows of cells ───────────── XLSOutput ─ SheetStream ▶ tables
///
/// Values come as they are shown; formulas are not computed.
package struct XLSReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let compound = try LegacyPackage.open(source, &diagnostics)
        guard var stream = StreamBytes(compound, "Workbook") ?? StreamBytes(compound, "Book") else { throw .malformed("it has no stream Workbook") }
        if stream.isDamaged { diagnostics.report("file-damaged", "the file is damaged; text may be missing or wrong") }
        if let plain = try XLSEncryption.decrypted(stream.fields, passwords: limits.passwords) { stream = StreamBytes(plain) }
        let book = try XLSBook(stream.fields, limits: limits, names: source.members.names, diagnostics: diagnostics)
        guard !book.sheets.isEmpty else { throw .malformed("the workbook has no sheets") }
        do throws(SinkError) {
            try sink.begin(LegacyProperties.read(compound))
            for sheet in book.sheets.prefix(limits.members) where sheet.kind != 6 { try XLSOutput.send(sheet, of: book, to: sink) }
            if book.sheets.count > limits.members {
                book.diagnostics.report("sheets-left-out", "sheets beyond the limit were left out", count: book.sheets.count - limits.members)
            }
            // A storage for each object, named by eight digits ([MS-XLS] 2.1.7.15).
            let objects = EmbeddedObjects(source.members)
            _ = LegacyPackage.takeObjects(in: compound.root, of: compound, into: objects) { $0.hasPrefix("MBD") }
            try objects.send(to: sink, &book.diagnostics)
            try sink.finish()
        } catch { throw .sink(error) }
        diagnostics = book.diagnostics
        withExtendedLifetime(stream) {}
    }
}
