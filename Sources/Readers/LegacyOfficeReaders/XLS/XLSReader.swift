// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
package import DocumentReading
package import DocumentTree
import Sheets

/// Reads Excel workbooks of the binary kind ([MS-XLS]): Excel 97 to 2003, 5 and 95, and 2 to 4, whose files are the stream itself.
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
        let isBare = source.bytes.first == 0x09
        let compound = isBare ? nil : try LegacyPackage.open(source, &diagnostics)
        guard var stream = isBare ? StreamBytes(Array(source.bytes)) : compound.flatMap({ StreamBytes($0, "Workbook") ?? StreamBytes($0, "Book") })
        else { throw .malformed("it has no stream Workbook") }
        if stream.isDamaged { diagnostics.report("file-damaged", "the file is damaged; text may be missing or wrong") }
        if let modern = try XLSOldStream.modern(stream.fields, &diagnostics) { stream = StreamBytes(modern) }
        if let plain = try XLSEncryption.decrypted(stream.fields, passwords: limits.passwords) { stream = StreamBytes(plain) }
        let book = try XLSBook(stream.fields, limits: limits, names: source.members.names, diagnostics: diagnostics)
        guard !book.sheets.isEmpty else { throw .malformed("the workbook has no sheets") }
        do throws(SinkError) {
            try sink.begin(compound.map { LegacyProperties.read($0) } ?? Metadata())
            for sheet in book.sheets.prefix(limits.members) where sheet.kind != 6 { try XLSOutput.send(sheet, of: book, to: sink) }
            if book.sheets.count > limits.members {
                book.diagnostics.report("sheets-left-out", "sheets beyond the limit were left out", count: book.sheets.count - limits.members)
            }
            // A storage for each object, named by eight digits ([MS-XLS] 2.1.7.15).
            let objects = EmbeddedObjects(source.members)
            if let compound {
                _ = LegacyPackage.takeObjects(in: compound.root, of: compound, into: objects) { $0.hasPrefix("MBD") }
                let linked = compound.children(of: compound.root).count { $0.kind == .storage && $0.name.hasPrefix("LNK") }
                if linked > 0 { book.diagnostics.report("object-linked", "a linked object was not followed", count: linked) }
            }
            try objects.send(to: sink, &book.diagnostics)
            try sink.finish()
        } catch { throw .sink(error) }
        diagnostics = book.diagnostics
        withExtendedLifetime(stream) {}
    }
}
