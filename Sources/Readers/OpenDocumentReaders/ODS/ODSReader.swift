// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import XMLTree

/// Reads OpenDocument spreadsheets: ods, ots and flat fods (ODF 1.0 to 1.4).
///
///     content.xml ─ XMLParts ▶ rows ─ ODSSheets ▶ cells ─ SheetStream ▶ tables
///
/// Values come as they are shown; formulas are not computed. Sheets are read row by row.
package struct ODSReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let package = try ODFPackage(source, limits: limits, diagnostics: &diagnostics)
        guard package.isFlat || package.has("content.xml") else { throw .malformed("it has no part content.xml") }
        let metadata = ODFMetadata.read(package, &diagnostics)
        let styles = package.optionalTree("styles.xml", &diagnostics)
        let document = ODFDocument(package, source.members, limits, diagnostics: diagnostics)
        styles?.withRoot { root in
            document.styles.take(root.firstOrEmpty(.office_automaticStyles))
            document.styles.take(root.firstOrEmpty(.office_styles))
        }
        do throws(SinkError) { try sink.begin(metadata) } catch { throw .sink(error) }
        let sheets = ODSSheets(document, sink)
        try read(package, limits, document, sheets)
        do throws(SinkError) {
            try document.objects.send(to: sink, &document.diagnostics)
            try sink.finish()
        } catch { throw .sink(error) }
        if sheets.count == 0 { document.diagnostics.report("body-missing", "the document has no sheets") }
        diagnostics = document.diagnostics
    }

    private func read(_ package: ODFPackage, _ limits: ReadLimits, _ document: ODFDocument, _ sheets: ODSSheets) throws(ReadError) {
        let pieces = try package.pieces("content.xml")
        let first = try pieces?.next(&document.diagnostics) ?? []
        // Anything the tokenizer does not read goes through a tree.
        guard !package.isFlat, let pieces, XMLParts.canRead(first) else {
            guard let tree = try package.tree("content.xml", &document.diagnostics) else { return }
            let result: Result<Void, SinkError> = tree.withRoot { root in
                do throws(SinkError) {
                    try ODSWalk.walk(root, sheets)
                    return .success(())
                } catch { return .failure(error) }
            }
            if case .failure(let error) = result { throw .sink(error) }
            return
        }
        let parts = XMLParts(vocabulary: ODFName.vocabulary, whole: ODSWalk.whole.map(\.rawValue), limits: XMLLimits(depth: limits.xmlDepth))
        var piece: [UInt8]? = first
        while let here = piece {
            do throws(SinkError) {
                guard try parts.read(here, { (part) throws(SinkError) in try sheets.take(part) }) else { break }
            } catch { throw .sink(error) }
            piece = try pieces.next(&document.diagnostics)
        }
        do throws(SinkError) { try parts.finish { (part) throws(SinkError) in try sheets.take(part) } } catch { throw .sink(error) }
        if let fault = parts.fault { document.diagnostics.report("xml-damaged", "content.xml \(fault)", at: "content.xml") }
    }
}

/// Gives a tree out as `XMLParts` would.
enum ODSWalk {
    static let whole: [ODFName] = [.office_automaticStyles, .office_fontFaceDecls, .table_tableRow, .table_shapes, .office_forms, .table_trackedChanges]

    static func walk(_ element: XMLElement, _ sheets: ODSSheets) throws(SinkError) {
        if let known = element.known, whole.contains(known) { return try sheets.take(.whole(element)) }
        try sheets.take(.begin(element))
        for child in element.children { try walk(child, sheets) }
        try sheets.take(.end(element.number))
    }
}
