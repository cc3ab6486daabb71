// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads contacts (vCard 2.1, RFC 2426 and RFC 6350): each a heading with its facts below it.
///
///     lines ─ ContentLine ▶ properties ─ Contact ▶ a heading and a list for each contact
package struct ContactReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let lines = ContentLine.unfolded(MarkupText.lines(of: source, &diagnostics))
        guard lines.contains(where: { $0.prefix(11).text.uppercased() == "BEGIN:VCARD" }) else { throw .malformed("the text is no contact") }
        var document = Document()
        var contact = Contact()
        var isOpen = false
        for line in lines {
            guard let property = ContentLine(line) else { continue }
            switch property.name {
            case "BEGIN":
                contact = Contact()
                isOpen = true
            case "END":
                document.blocks += contact.blocks(limits.labels)
                isOpen = false
            case "PHOTO", "LOGO", "SOUND": diagnostics.report("contact-media-dropped", "photos, logos and sounds of contacts were left out")
            default: contact.take(property)
            }
        }
        if isOpen {
            diagnostics.report("contact-truncated", "the last contact ends before its time")
            document.blocks += contact.blocks(limits.labels)
        }
        try sink.take(document)
    }
}
