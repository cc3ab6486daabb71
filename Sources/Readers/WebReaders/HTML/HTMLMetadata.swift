// SPDX-License-Identifier: Apache-2.0
import CGumbo
import DocumentTree

/// Facts from the head of a page: title, author, description, keywords, dates, language, address.
enum HTMLMetadata {
    static func read(_ root: HTMLNode) -> Metadata {
        var metadata = Metadata()
        guard let head = head(of: root) else { return metadata }
        var named: [(String, String)] = []
        var address = ""
        for index in 0..<head.children.count {
            guard let child = head.children[index], child.isElement else { continue }
            switch child.tag {
            case GUMBO_TAG_TITLE: metadata.add("title", title(child))
            case GUMBO_TAG_META:
                guard let name = (child.attribute("name") ?? child.attribute("property") ?? child.attribute("itemprop"))?.trimmed,
                    let content = child.attribute("content")?.trimmed, content.count < 10_000
                else { continue }
                named.append((String(decoding: name.map { ByteSlice.lower($0) }, as: UTF8.self), content.string))
            case GUMBO_TAG_LINK:
                if child.attribute("rel")?.isKeyword("canonical") == true { address = child.attribute("href")?.trimmed.string ?? "" }
            default: continue
            }
        }
        for (field, sources) in fields {
            for source in sources {
                if let found = named.first(where: { $0.0 == source && !$0.1.isEmpty }) { metadata.add(field, found.1) }
            }
        }
        metadata.add("language", (root.attribute("lang") ?? root.attribute("xml:lang"))?.trimmed.string ?? "")
        metadata.add("address", address)
        return metadata
    }

    /// The address in `<base href>`, which relative addresses start from.
    static func base(of root: HTMLNode) -> String? {
        guard let head = head(of: root) else { return nil }
        for index in 0..<head.children.count {
            guard let child = head.children[index], child.isElement, child.tag == GUMBO_TAG_BASE else { continue }
            if let address = child.attribute("href")?.trimmed, !address.isEmpty { return address.string }
        }
        return nil
    }

    private static func head(of root: HTMLNode) -> HTMLNode? {
        (0..<root.children.count).lazy.compactMap { root.children[$0] }.first { $0.isElement && $0.tag == GUMBO_TAG_HEAD }
    }

    private static func title(_ node: HTMLNode) -> String {
        guard let text = node.children[0]?.text else { return "" }
        return text.split(whereSeparator: { ByteSlice.isSpace($0) }).map { ByteSlice(rebasing: $0).string }.joined(separator: " ")
    }

    /// Our name, and where it may stand, best first.
    private static let fields: [(String, [String])] = [
        ("title", ["og:title", "dc.title", "dcterms.title", "twitter:title"]),
        ("author", ["author", "dc.creator", "dcterms.creator", "article:author", "citation_author"]),
        ("description", ["description", "og:description", "dc.description"]),
        ("keywords", ["keywords", "news_keywords"]),
        ("created", ["article:published_time", "date", "dc.date", "dcterms.created", "dc.date.issued", "datepublished", "citation_publication_date"]),
        ("modified", ["article:modified_time", "last-modified", "dcterms.modified", "og:updated_time", "datemodified"]),
        ("publisher", ["og:site_name", "publisher", "dc.publisher"]),
        ("generator", ["generator"]),
    ]
}
