// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import XMLTree

/// Reads OpenDocument presentations and drawings: odp, otp, odg, and flat fodp, fodg (ODF 1.0 to 1.4).
///
/// Slides come in the order of the show, each as its title, its objects in reading order, its notes and its comments.
package struct ODPReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let package = try ODFPackage(source, limits: limits, diagnostics: &diagnostics)
        guard let content = try package.tree("content.xml", &diagnostics) else { throw .malformed("it has no part content.xml") }
        let styles = package.optionalTree("styles.xml", &diagnostics)
        let metadata = ODFMetadata.read(package, &diagnostics)
        let document = ODFDocument(package, source.members, limits, diagnostics: diagnostics)
        try content.withRoot { (root) throws(ReadError) in
            document.takeStyles(common: styles, content: root)
            let body = root.firstOrEmpty(.office_body)
            let slides = (body.first(.office_presentation) ?? body.firstOrEmpty(.office_drawing)).children.filter { $0.known == .draw_page }
            if slides.isEmpty { document.diagnostics.report("body-missing", "the document has no slides") }
            guard slides.count <= limits.pages else { throw .pages("the presentation has more than \(limits.pages) slides") }
            do throws(SinkError) {
                try sink.begin(metadata)
                for (index, slide) in slides.enumerated() {
                    let blocks = ODPSlide(document, slide).blocks()
                    for media in document.takeMedia() { try sink.append(media) }
                    if index > 0 { try sink.append(.pageBreak(page: index + 1)) }
                    for block in blocks { try sink.append(block) }
                    try document.objects.send(to: sink, &document.diagnostics)
                    try sink.progress(index + 1)
                }
                for note in document.takeNotes() { try sink.append(note) }
                try sink.finish()
            } catch { throw .sink(error) }
        }
        diagnostics = document.diagnostics
    }
}
