// SPDX-License-Identifier: Apache-2.0

/// Tells the XML vocabularies of articles and books by their prolog and outermost element.
enum ArticleSniff {
    static func kind(of start: ArraySlice<UInt8>) -> String? {
        guard start.first == UInt8(ascii: "<") else { return nil }
        let head = String(decoding: start.prefix(4_096), as: UTF8.self).lowercased()
        guard let root = root(of: head) else { return nil }
        if head.contains("docbook.org/ns/docbook") || head.contains("//dtd docbook") { return docbook.contains(root) ? "docbook" : nil }
        guard root == "article" || root == "book" || root == "book-part-wrapper" else { return nil }
        let marks = ["//dtd jats", "//nlm//dtd", "//dtd bits", "journal publishing dtd", " article-type=", "<journal-meta", "<article-meta", "<book-meta"]
        return marks.contains { head.contains($0) } ? "jats" : nil
    }

    /// The name of the first element, without a prefix.
    private static func root(of head: String) -> Substring? {
        var rest = head[...]
        while let open = rest.firstIndex(of: "<") {
            rest = rest[open...].dropFirst()
            switch rest.first {
            case "!" where rest.hasPrefix("!--"):
                guard let end = rest.firstRange(of: "-->") else { return nil }
                rest = rest[end.upperBound...]
            case "!", "?": continue
            default:
                let name = rest.prefix { !$0.isWhitespace && $0 != ">" && $0 != "/" }
                return name.split(separator: ":").last
            }
        }
        return nil
    }

    private static let docbook: Set<Substring> = [
        "article", "book", "set", "part", "chapter", "preface", "appendix", "section", "sect1", "sect2", "sect3", "refentry", "reference", "topic", "glossary",
        "bibliography",
    ]
}
