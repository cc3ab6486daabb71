// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import XMLTree

/// Reads PresentationML packages: pptx, pptm, ppsx, potx and the like, transitional and strict (ECMA-376 / ISO 29500).
///
/// Slides come in the order of the show, each as its title, its shapes in reading order, its speaker notes and its comments.
package struct PPTXReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let package = try OOXMLPackage(source, limits: limits, diagnostics: &diagnostics)
        let main = try mainPart(package, &diagnostics)
        let tree = try Self.presentation(package, main, &diagnostics)
        let metadata = OOXMLProperties.read(package, &diagnostics)
        let deck = PPTXDeck(package, source.members, limits, main: main, tree, diagnostics)
        defer { diagnostics = deck.diagnostics }
        guard deck.slides.count <= limits.pages else { throw .pages("the presentation has more than \(limits.pages) slides") }
        do throws(SinkError) {
            try sink.begin(metadata)
            for (index, part) in deck.slides.enumerated() {
                let blocks = PPTXSlide.blocks(deck, part)
                for media in deck.media.release() { try sink.append(media) }
                if index > 0 { try sink.append(.pageBreak(page: index + 1)) }
                for block in blocks { try sink.append(block) }
                try deck.objects.send(to: sink, &deck.diagnostics)
                try sink.progress(index + 1)
            }
        } catch { throw .sink(error) }
        try deck.reportLeftOut()
        do throws(SinkError) { try sink.finish() } catch { throw .sink(error) }
    }

    /// The presentation part; nil where it is lost and slides are there without it.
    private static func presentation(_ package: OOXMLPackage, _ main: String, _ diagnostics: inout Diagnostics) throws(ReadError) -> XMLTree? {
        do throws(ReadError) { return try package.tree(main, &diagnostics) } catch {
            guard case .malformed = error, !package.numberedParts(PPTXDeck.slideStart, ".xml").isEmpty else { throw error }
            diagnostics.report("part-unreadable", "a part could not be read", at: main)
            return nil
        }
    }

    private func mainPart(_ package: OOXMLPackage, _ diagnostics: inout Diagnostics) throws(ReadError) -> String {
        if let part = package.part("officeDocument", of: "", &diagnostics), package.has(part) { return part }
        let usual = "ppt/presentation.xml"
        if package.has(usual) || !package.numberedParts(PPTXDeck.slideStart, ".xml").isEmpty { return usual }
        if package.has("EncryptedPackage") { throw .encrypted("the package is protected by a password") }
        throw .malformed("the package has no main presentation part")
    }
}
