// SPDX-License-Identifier: Apache-2.0
import CGumbo

/// How plainly an element says that it holds what the page is about.
enum HTMLContentMark: Int, Comparable, CaseIterable {
    /// `content` and the like, which may hold anything.
    case named = 1
    /// `main`.
    case main
    /// `article`.
    case article
    /// The text of an article, by microdata (schema.org `articleBody`) or by the names that publishing systems give it.
    case body

    static func < (one: HTMLContentMark, other: HTMLContentMark) -> Bool { one.rawValue < other.rawValue }

    static func of(_ node: HTMLNode) -> HTMLContentMark? {
        guard node.isHTML else { return nil }
        switch HTMLRole.of(node) {
        case .block, .cell: break
        default: return nil
        }
        if let property = node.attribute("itemprop"), property.isKeyword("articlebody") { return .body }
        let name = named(node)
        if name == .body { return .body }
        if let role = node.attribute("role") {
            if role.isKeyword("main") { return .main }
            if role.isKeyword("article") { return .article }
        }
        switch node.tag {
        case GUMBO_TAG_ARTICLE: return .article
        case GUMBO_TAG_MAIN: return .main
        default: return name
        }
    }

    /// By one whole word between spaces in its class or `id`.
    private static func named(_ node: HTMLNode) -> HTMLContentMark? {
        var found: HTMLContentMark?
        for attribute in [node.attribute("class"), node.attribute("id")] {
            guard let text = attribute, text.count < 1_000 else { continue }
            for word in text.split(whereSeparator: { ByteSlice.isSpace($0) }) {
                let word = ByteSlice(rebasing: word)
                for (mark, names) in names where names.contains(where: { word.isKeyword($0) }) { found = max(found ?? mark, mark) }
            }
        }
        return found
    }

    private static let names: [(HTMLContentMark, [StaticString])] = [
        (.body, [
            "entry-content", "post-content", "article-content", "article-body", "articlebody", "article__body", "article__content", "article_body",
            "post-body", "story-body", "storybody", "post-entry", "entry-body", "article-text", "articletext", "post-text", "post__content",
            "td-post-content", "single-content", "entry__content", "story-content", "storycontent", "blog-post-content", "postcontent", "mw-parser-output",
            "markdown-body", "field-name-body",
        ]),
        (.main, ["main-content", "maincontent", "content-main", "main_content", "bodycontent", "mw-content-text"]),
        (.named, ["content", "contents", "page-content", "body-content", "site-content", "contenu", "inhalt", "contenido", "text-content"]),
    ]
}
