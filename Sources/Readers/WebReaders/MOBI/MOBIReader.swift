// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads books of Mobipocket and Kindle (MobileRead wiki, *MOBI*): the old kind and KF8 (`azw3`), and PalmDOC's plain texts.
///
///     bytes ─ PalmDatabase ▶ records ─ MOBIHeader ▶ facts ┬ PalmDOCText, HuffmanText ▶ text ─ KindleParts, MOBIMarkup ▶ pages
///                                                         └ MOBIBook, EmbeddedHTML ▶ blocks
///
/// Books under digital rights management are refused as encrypted, print replicas as unsupported.
package struct MOBIReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        guard let database = PalmDatabase(source.bytes) else { throw .malformed("the file is too short for a book") }
        guard database.kind == "BOOKMOBI" || database.kind == "TEXtREAd" else { throw .malformed("content is no book of Mobipocket") }
        try MOBIBook(database, limits).send(to: sink, &diagnostics)
    }
}
