// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

/// What an article or book says about itself before its text.
struct ArticleFacts {
    private(set) var metadata = Metadata()

    init(_ root: XMLElement, _ vocabulary: ArticleReader.Vocabulary) {
        switch vocabulary {
        case .jats: readJATS(root.firstOrEmpty(named: "front"))
        case .docbook: readDocBook(root)
        }
    }

    private mutating func readJATS(_ front: XMLElement) {
        let article = front.firstOrEmpty(named: "article-meta")
        let journal = front.firstOrEmpty(named: "journal-meta")
        metadata.add("title", article.firstOrEmpty(named: "title-group").firstOrEmpty(named: "article-title").text.collapsed)
        metadata.add("author", Self.contributors(of: article).joined(separator: ", "))
        let group = journal.firstOrEmpty(named: "journal-title-group")
        metadata.add("journal", (group.isNull ? journal : group).firstOrEmpty(named: "journal-title").text.collapsed)
        metadata.add("volume", article.firstOrEmpty(named: "volume").text.collapsed)
        metadata.add("issue", article.firstOrEmpty(named: "issue").text.collapsed)
        for id in article.children where id.localName == "article-id" && id.plainAttribute("pub-id-type") == "doi" {
            metadata.add("identifier", "doi:" + id.text.collapsed)
        }
        if let date = article.children.first(where: { $0.localName == "pub-date" }) {
            let parts = ["year", "month", "day"].map { date.firstOrEmpty(named: $0).text.collapsed }
            let digits = parts.prefix { !$0.isEmpty && $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }.map { $0.utf8.count == 1 ? "0" + $0 : $0 }
            metadata.add("published", digits.joined(separator: "-"))
        }
        metadata.add("publisher", journal.firstOrEmpty(named: "publisher").firstOrEmpty(named: "publisher-name").text.collapsed)
    }

    private mutating func readDocBook(_ root: XMLElement) {
        let information = Self.information(of: root)
        let own = root.firstOrEmpty(named: "title").text.collapsed
        metadata.add("title", own.isEmpty ? information.firstOrEmpty(named: "title").text.collapsed : own)
        metadata.add("author", Self.authors(of: information).joined(separator: ", "))
        metadata.add("created", (information.firstOrEmpty(named: "pubdate").isNull ? information.firstOrEmpty(named: "date") : information.firstOrEmpty(named: "pubdate")).text.collapsed)
        metadata.add("publisher", information.firstOrEmpty(named: "publisher").firstOrEmpty(named: "publishername").text.collapsed)
        metadata.add("identifier", information.firstOrEmpty(named: "isbn").text.collapsed)
        metadata.add("language", root.plainAttribute("lang") ?? "")
    }

    /// The `info` of DocBook 5, or one of the elements that 4 had in its place: `articleinfo`, `sect1info`.
    static func information(of element: XMLElement) -> XMLElement {
        element.children.first { $0.localName == "info" || $0.localName == element.localName + "info" || $0.localName == "docinfo" } ?? .null
    }

    /// The names of who wrote a JATS article, as they are to be read.
    static func contributors(of article: XMLElement) -> [String] {
        var names: [String] = []
        for group in article.children where group.localName == "contrib-group" {
            for person in group.children where person.localName == "contrib" && person.plainAttribute("contrib-type").map({ $0 == "author" }) ?? true {
                names += person.children.compactMap(name)
                for choice in person.children where choice.localName == "name-alternatives" { names += choice.children.lazy.compactMap(name).prefix(1) }
            }
        }
        return names
    }

    private static func name(_ element: XMLElement) -> String? {
        let text: String
        switch element.localName {
        case "name":
            let parts = ["given-names", "surname", "suffix"].map { element.firstOrEmpty(named: $0).text.collapsed }
            let ordered = element.plainAttribute("name-style") == "eastern" ? [parts[1], parts[0], parts[2]] : parts
            text = ordered.filter { !$0.isEmpty }.joined(separator: " ")
        case "string-name", "collab": text = element.text.collapsed
        default: return nil
        }
        return text.isEmpty ? nil : text
    }

    /// The names of who wrote a DocBook document.
    static func authors(of information: XMLElement) -> [String] {
        var names: [String] = []
        for element in information.children {
            let people = element.localName == "authorgroup" ? Array(element.children) : [element]
            for person in people where ["author", "corpauthor", "collab"].contains(person.localName) {
                let whole = person.firstOrEmpty(named: "personname")
                let parts = ["honorific", "firstname", "givenname", "othername", "surname", "lineage"].map { (whole.isNull ? person : whole).firstOrEmpty(named: $0).text.collapsed }
                let joined = parts.filter { !$0.isEmpty }.joined(separator: " ")
                let organization = person.firstOrEmpty(named: "orgname").text.collapsed
                let name = !joined.isEmpty ? joined : !whole.isNull ? whole.text.collapsed : !organization.isEmpty ? organization : person.hasChildren ? "" : person.text.collapsed
                if !name.isEmpty { names.append(name) }
            }
        }
        return names
    }
}
