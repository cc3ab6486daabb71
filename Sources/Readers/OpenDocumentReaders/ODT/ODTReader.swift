// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import XMLTree

/// Reads OpenDocument texts: odt, ott and flat fodt (ODF 1.0 to 1.4).
///
/// Tracked changes are taken as accepted. Headers and footers become metadata, each distinct text once.
package struct ODTReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let package = try ODFPackage(source, limits: limits, diagnostics: &diagnostics)
        guard let content = try package.tree("content.xml", &diagnostics) else { throw .malformed("it has no part content.xml") }
        let styles = package.optionalTree("styles.xml", &diagnostics)
        var metadata = ODFMetadata.read(package, &diagnostics)
        let document = ODFDocument(package, source.members, limits, diagnostics: diagnostics)
        var blocks: [Block] = content.withRoot { root in
            document.takeStyles(common: styles, content: root)
            let text = root.firstOrEmpty(.office_body).firstOrEmpty(.office_text)
            if text.isNull { document.diagnostics.report("body-missing", "the document has no text body") }
            document.forms.take(text.firstOrEmpty(.office_forms))
            return ODFBody(document).blocks(text)
        }
        if document.hasTitle { blocks = blocks.map(Self.lowered) }
        let notes = document.takeNotes()
        let media = document.takeMedia()
        document.addMargins(styles, to: &metadata)
        diagnostics = document.diagnostics
        do throws(SinkError) {
            try sink.begin(metadata)
            for item in media { try sink.append(item) }
            for (number, block) in blocks.enumerated() {
                try sink.append(block)
                if number % 256 == 255 { try sink.progress(number) }
            }
            for note in notes { try sink.append(note) }
            try document.objects.send(to: sink, &diagnostics)
            try sink.finish()
        } catch { throw .sink(error) }
    }

    /// Under a title every heading is one level lower; the title itself comes with level 0.
    private static func lowered(_ block: Block) -> Block {
        if case .heading(let level, let content) = block { return .heading(level: min(level + 1, 9), content) }
        return block
    }
}
