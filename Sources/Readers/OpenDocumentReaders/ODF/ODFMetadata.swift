// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// The document's facts (4.3), its headers and its footers, as metadata.
enum ODFMetadata {
    static func read(_ package: ODFPackage, _ diagnostics: inout Diagnostics) -> Metadata {
        var metadata = Metadata()
        package.optionalTree("meta.xml", &diagnostics)?.withRoot { root in
            let facts = root.firstOrEmpty(.office_meta)
            for (element, name) in names { metadata.add(name, ODFBody.line(facts.firstOrEmpty(element).text)) }
            // The creator is whoever saved it last (4.3.2.7); the first one may be left out.
            if metadata["author"] == nil { metadata.add("author", metadata["modified-by"] ?? "") }
            let words = facts.children.filter { $0.known == .meta_keyword }.map { ODFBody.line($0.text) }
            metadata.add("keywords", words.filter { !$0.isEmpty }.joined(separator: ", "))
            metadata.add("pages", facts.firstOrEmpty(.meta_documentStatistic).attribute(.meta_pageCount) ?? "")
        }
        return metadata
    }

    private static let names: [(ODFName, String)] = [
        (.dc_title, "title"), (.meta_initialCreator, "author"), (.dc_subject, "subject"), (.dc_description, "description"), (.dc_language, "language"),
        (.dc_creator, "modified-by"), (.meta_creationDate, "created"), (.dc_date, "modified"), (.meta_generator, "application"),
    ]

    /// The distinct texts of the headers and footers of the page styles in use (16.10).
    static func addMargins(_ styles: XMLElement, _ document: ODFDocument, used: Set<String>, to metadata: inout Metadata) {
        let pages = styles.firstOrEmpty(.office_masterStyles).children.filter { $0.known == .style_masterPage }
        let shown = pages.enumerated().filter { used.contains($1.attribute(.style_name) ?? "") || ($0 == 0 && used.isEmpty) }.map(\.element)
        for (name, kinds) in margins {
            var texts: [String] = []
            for page in shown.prefix(100) {
                for margin in page.children where kinds.contains(where: { $0 == margin.known }) && margin.attribute(.style_display) != "false" {
                    let text = Blocks.line(ODFBody(document).blocks(margin))
                    if !text.isEmpty, !texts.contains(text), texts.count < 100 { texts.append(text) }
                }
            }
            metadata.add(name, texts.joined(separator: " | "))
        }
    }

    private static let margins: [(String, [ODFName])] = [
        ("header", [.style_header, .style_headerFirst, .style_headerLeft]), ("footer", [.style_footer, .style_footerFirst, .style_footerLeft]),
    ]
}
