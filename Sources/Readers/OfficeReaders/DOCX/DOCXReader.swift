// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import XMLTree

/// Reads WordprocessingML packages: docx, docm, dotx and dotm, transitional and strict (ECMA-376 / ISO 29500).
///
/// Tracked changes are taken as accepted. Headers and footers become metadata, each distinct text once.
package struct DOCXReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let package = try OOXMLPackage(source, limits: limits, diagnostics: &diagnostics)
        let main = try mainPart(package, &diagnostics)
        guard let tree = try package.tree(main, &diagnostics) else { throw .malformed("it has no part \(main)") }
        package.reportLost(from: main, &diagnostics)
        func part(_ type: String) -> XMLTree? {
            package.optionalTree(package.part(type, of: main, &diagnostics) ?? "word/\(type).xml", &diagnostics)
        }
        let styles = DOCXStyles(part("styles"))
        let numbering = DOCXNumbering(part("numbering"))
        var metadata = OOXMLProperties.read(package, &diagnostics)
        let document = DOCXDocument(package, source.members, limits, styles: styles, numbering: numbering, diagnostics: diagnostics)
        var blocks = tree.withRoot { root in
            document.survey = DOCXSurvey(root)
            let body = DOCXBody(document, part: main)
            body.pages = DOCXPages(document.survey)
            // A document has one body; programs that join documents leave several.
            let bodies = root.children.filter { $0.known == .w_body }
            let blocks = bodies.isEmpty ? body.blocks(root) : bodies.flatMap { body.blocks($0) }
            if body.fields.isOpen { document.diagnostics.report("field-unclosed", "a field never ends; text behind its beginning may be missing", at: main) }
            return blocks
        }
        if document.hasTitle { blocks = blocks.map(Self.lowered) }
        let notes = DOCXNotes.read(document, main: main)
        let media = document.media.release()
        for (name, type) in [("header", "header"), ("footer", "footer")] { metadata.add(name, Self.margins(document, main: main, type)) }
        if package.part("vbaProject", of: main, &document.diagnostics) != nil { document.diagnostics.report("macros-left-out", "the document's macros were left out") }
        diagnostics = document.diagnostics
        do throws(SinkError) {
            try sink.begin(metadata)
            for item in media { try sink.append(item) }
            for (number, block) in blocks.enumerated() {
                try sink.append(block)
                if number % 256 == 255 { try sink.progress(number) }
            }
            for note in notes + document.foreignNotes { try sink.append(note) }
            try document.objects.send(to: sink, &diagnostics)
            try sink.finish()
        } catch { throw .sink(error) }
    }

    private func mainPart(_ package: OOXMLPackage, _ diagnostics: inout Diagnostics) throws(ReadError) -> String {
        if let part = package.part("officeDocument", of: "", &diagnostics), package.has(part) { return part }
        for name in ["word/document.xml", "word/document2.xml"] where package.has(name) { return name }
        if package.has("EncryptedPackage") { throw .encrypted("the package is protected by a password") }
        throw .malformed("the package has no main document part")
    }

    /// Under a title every heading is one level lower; the title itself comes with level 0.
    private static func lowered(_ block: Block) -> Block {
        if case .heading(let level, let content) = block { return .heading(level: min(level + 1, 9), content) }
        return block
    }

    /// The distinct texts of all headers or footers.
    private static func margins(_ document: DOCXDocument, main: String, _ type: String) -> String {
        var texts: [String] = []
        let parts = document.package.relationships(of: main, &document.diagnostics).values
            .filter { $0.type == type && !$0.isExternal }.map(\.target).sorted()
        for part in parts.prefix(100) {
            guard let tree = document.package.optionalTree(part, &document.diagnostics) else { continue }
            let blocks = tree.withRoot { DOCXBody(document, part: part).blocks($0) }
            let text = Blocks.line(blocks)
            if !text.isEmpty, !texts.contains(text) { texts.append(text) }
        }
        return texts.joined(separator: " | ")
    }
}
