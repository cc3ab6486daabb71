// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads binary workbooks ([MS-XLSB]): the package of an xlsx with sheets, strings and styles as records.
package struct XLSBReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let package = try OOXMLPackage(source, limits: limits, diagnostics: &diagnostics)
        let main = try XLSXReader.mainPart(package, "xl/workbook.bin", &diagnostics)
        let book = XLSXBook(package, source.members, limits, main: main, diagnostics)
        try XLSBBook.read(book)
        try XLSXReader.send(book, limits, to: sink, &diagnostics) { sheet, sink throws(ReadError) in try XLSBSheet(book, sheet).send(to: sink) }
    }
}
