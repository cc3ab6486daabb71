// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

/// A package's properties (ECMA-376 part 2, 11; part 1, 22.2) as metadata.
enum OOXMLProperties {
    static func read(_ package: OOXMLPackage, _ diagnostics: inout Diagnostics) -> Metadata {
        var metadata = Metadata()
        for (part, names) in [(package.part("core-properties", of: "", &diagnostics) ?? "docProps/core.xml", core), ("docProps/app.xml", app)] {
            package.optionalTree(part, &diagnostics)?.withRoot { root in
                for child in root.children {
                    guard let known = child.known, let name = names[known] else { continue }
                    metadata.add(name, child.text.trimmed)
                }
            }
        }
        return metadata
    }

    private static let core: [OOXMLName: String] = [
        .dc_title: "title", .dc_creator: "author", .dc_subject: "subject", .dc_description: "description", .dc_language: "language",
        .cp_keywords: "keywords", .cp_category: "category", .cp_lastModifiedBy: "modified-by", .cp_contentStatus: "status",
        .dcterms_created: "created", .dcterms_modified: "modified",
    ]
    private static let app: [OOXMLName: String] = [
        .ep_Application: "application", .ep_Company: "company", .ep_Manager: "manager", .ep_Pages: "pages", .ep_Slides: "slides",
    ]
}

extension StringProtocol {
    /// Without white space at both ends.
    var trimmed: String {
        let scalars = unicodeScalars
        guard let start = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(self[start..<scalars.index(after: last)])
    }
}
