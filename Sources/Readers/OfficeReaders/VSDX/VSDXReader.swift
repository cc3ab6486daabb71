// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import XMLTree

/// Reads Visio's packages ([MS-VSDX]): each page a heading with the text of its shapes, and below it what connectors join.
///
///     bytes ─ OOXMLPackage ▶ parts ─ VSDXPages ▶ names ─ VSDXPage ▶ shapes, connections ▶ blocks
package struct VSDXReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let package = try OOXMLPackage(source, limits: limits, diagnostics: &diagnostics)
        let pages = VSDXPages(package, &diagnostics)
        guard !pages.all.isEmpty else {
            if package.has("EncryptedPackage") { throw .encrypted("the package is protected by a password") }
            throw .malformed("the drawing has no pages")
        }
        guard pages.all.count <= limits.pages else { throw .pages("the drawing has more than \(limits.pages) pages") }
        do throws(SinkError) { try sink.begin(OOXMLProperties.read(package, &diagnostics)) } catch { throw .sink(error) }
        for (place, entry) in pages.all.enumerated() {
            guard let tree = pages.tree(entry.part, limits, &diagnostics) else { continue }
            let page = tree.withRoot { VSDXPage($0) }
            do throws(SinkError) {
                if place > 0 { try sink.append(.pageBreak(page: place + 1)) }
                if !entry.name.isEmpty { try sink.append(.heading(level: 2, [.text(entry.name)])) }
                for block in page.blocks { try sink.append(block) }
                try sink.progress(place + 1)
            } catch { throw .sink(error) }
        }
        diagnostics.report("drawing-dropped", "shapes and pictures of the drawing were left out")
        do throws(SinkError) { try sink.finish() } catch { throw .sink(error) }
    }
}
