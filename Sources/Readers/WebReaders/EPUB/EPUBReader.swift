// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads EPUB 2 and 3 books (EPUB 3.3; OPF 2.0.1): one document, in the order of the spine.
///
///     ZIP ─ EPUBContainer ▶ files ─ EPUBPackage ▶ facts, chapters ─ EPUBLinks ▶ anchors, notes
///                                 └ EPUBContents ▶ titles of chapters          └ EPUBBook, EmbeddedHTML ▶ blocks
///
/// A damaged archive or package is read as far as it goes. What the table of contents calls a chapter becomes its heading
/// where the chapter itself has none. Books under digital rights management are refused as encrypted.
package struct EPUBReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let container = try EPUBContainer(source, limits, diagnostics)
        defer { diagnostics = container.diagnostics }
        let package = try EPUBPackage(container)
        if package.chapters.contains(where: { container.isEncrypted($0.path) }) { throw .encrypted("the book's text is encrypted (digital rights management)") }
        try EPUBBook(container, package, limits).send(to: sink)
    }
}
