// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// The `description` of a book: who wrote it, what it is called, what it is about, which picture is its cover.
struct FB2Description {
    private(set) var metadata = Metadata()
    private(set) var title = ""
    private(set) var authors: [String] = []
    /// The `id` of the cover's picture.
    private(set) var cover: String?

    init(_ bytes: ByteSlice, _ limits: ReadLimits) {
        guard let tree = try? XMLTree(Array(bytes), vocabulary: XMLLocalName.vocabulary, limits: XMLLimits(depth: limits.xmlDepth)) else {
            // No description is as good as a broken one: the text is there.
            return
        }
        tree.withRoot { read($0) }
    }

    private mutating func read(_ root: XMLElement) {
        let book = root.firstOrEmpty(named: "title-info")
        let edition = root.firstOrEmpty(named: "publish-info")
        title = book.firstOrEmpty(named: "book-title").text.collapsed
        authors = book.children.filter { $0.localName == "author" }.map(Self.name).filter { !$0.isEmpty }
        metadata.add("title", title)
        metadata.add("author", authors.joined(separator: ", "))
        metadata.add("translator", book.children.filter { $0.localName == "translator" }.map(Self.name).joined(separator: ", "))
        metadata.add("language", book.firstOrEmpty(named: "lang").text.collapsed)
        let date = book.firstOrEmpty(named: "date")
        metadata.add("created", date.plainAttribute("value") ?? date.text.collapsed)
        let series = book.firstOrEmpty(named: "sequence")
        let number = series.plainAttribute("number").map { " \($0)" } ?? ""
        if let name = series.plainAttribute("name") { metadata.add("series", name + number) }
        metadata.add("keywords", book.firstOrEmpty(named: "keywords").text.collapsed)
        metadata.add("description", book.firstOrEmpty(named: "annotation").text.collapsed)
        metadata.add("publisher", edition.firstOrEmpty(named: "publisher").text.collapsed)
        metadata.add("published", edition.firstOrEmpty(named: "year").text.collapsed)
        let isbn = edition.firstOrEmpty(named: "isbn").text.collapsed
        metadata.add("identifier", isbn.isEmpty ? "" : "ISBN " + isbn)
        cover = book.firstOrEmpty(named: "coverpage").firstOrEmpty(named: "image").plainAttribute("href").map { String($0.drop { $0 == "#" }) }
    }

    private static func name(_ person: XMLElement) -> String {
        let parts = ["first-name", "middle-name", "last-name"].map { person.firstOrEmpty(named: $0).text.collapsed }.filter { !$0.isEmpty }
        return parts.isEmpty ? person.firstOrEmpty(named: "nickname").text.collapsed : parts.joined(separator: " ")
    }
}
