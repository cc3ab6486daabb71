// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import XMLTree

// Sections, their titles, and what stands before an article's text.
extension ArticlePage {
    /// One look at all elements: which notes are referred to, and what places are called.
    mutating func survey(_ root: XMLElement) {
        for element in root.below(vocabulary == .jats ? ["xref"] : ["footnoteref"]) {
            let kind = element.plainAttribute("ref-type") ?? "fn"
            if kind == "fn" || kind == "table-fn", let id = element.plainAttribute(vocabulary == .jats ? "rid" : "linkend") { referredNotes.insert(id) }
        }
        guard vocabulary == .docbook else { return }
        let references = root.below(["xref"])
        var wanted = Set(references.compactMap { $0.plainAttribute("endterm") })
        wanted.formUnion(references.compactMap { $0.plainAttribute("linkend") })
        guard !wanted.isEmpty else { return }
        var names: [String: String] = [:]
        Self.visit(root) { element in
            guard let id = element.plainAttribute("id"), wanted.contains(id) else { return }
            let own = element.firstOrEmpty(named: "title")
            let title = own.isNull ? ArticleFacts.information(of: element).firstOrEmpty(named: "title") : own
            let name = element.plainAttribute("xreflabel") ?? (title.isNull ? element.hasChildren ? "" : element.text : title.text).collapsed
            names[id] = String(name.prefix(Self.longestName))
        }
        self.names = names
    }

    private static func visit(_ root: XMLElement, _ look: (XMLElement) -> Void) {
        var open = [root.children]
        look(root)
        while let last = open.indices.last {
            guard let child = open[last].next() else {
                open.removeLast()
                continue
            }
            look(child)
            open.append(child.children)
        }
    }

    mutating func section(_ element: XMLElement) {
        depth += 1
        pendingID = element.plainAttribute("id") ?? pendingID
        content(of: element)
        depth -= 1
    }

    mutating func title(_ title: XMLElement, in parent: XMLElement) {
        guard title.localName != "bridgehead" else { return heading(title, depth + 1) }
        switch ArticleRole.of(parent.localName) {
        case .section, .citationList, .information: heading(title, depth)
        case .transparent where parent.localName == "body": heading(title, depth)
        default:
            raw("<p><strong>")
            content(of: title)
            raw("</strong></p>")
        }
    }

    private mutating func heading(_ title: XMLElement, _ level: Int) {
        let id = pendingID ?? title.plainAttribute("id")
        pendingID = nil
        heading(level, id: id) { $0.content(of: title) }
    }

    private mutating func heading(_ label: Label, _ level: Int) { heading(level) { $0.text(label.text(in: $0.language)) } }

    private mutating func heading(_ level: Int, id: String? = nil, _ content: (inout Self) -> Void) {
        let tag = "h\(max(1, min(6, level)))"
        raw("<\(tag)")
        if let id {
            raw(" id=\"")
            attribute(id)
            raw("\"")
        }
        raw(">")
        content(&self)
        raw("</\(tag)>")
    }

    /// The numbers of sections and of entries in a list are left to the output; others are text.
    mutating func label(_ label: XMLElement, in parent: XMLElement) {
        switch ArticleRole.of(parent.localName) {
        case .section, .item, .citationEntry, .citationList: break
        default:
            content(of: label)
            raw(" ")
        }
    }

    /// `article-meta` of JATS: title, people, abstract and keywords as they are printed.
    mutating func front(_ front: XMLElement) {
        if front.localName == "front" {
            for child in front.children where child.localName != "journal-meta" { element(child, in: front) }
            return
        }
        let titles = front.children.first { ["title-group", "book-title-group"].contains($0.localName) } ?? front
        for child in titles.children {
            switch child.localName {
            case "article-title", "book-title", "title": heading(child, depth)
            case "subtitle": same("p", child)
            default: break
            }
        }
        let people = ArticleFacts.contributors(of: front)
        if !people.isEmpty { paragraph(people.joined(separator: ", ")) }
        let places = front.children.flatMap { $0.localName == "contrib-group" ? $0.children.filter { $0.localName == "aff" } : $0.localName == "aff" ? [$0] : [] }
        for place in places { same("p", place) }
        for child in front.children {
            switch child.localName {
            case "abstract", "trans-abstract":
                depth += 1
                if child.firstOrEmpty(named: "title").isNull { heading(.abstract, depth) }
                content(of: child)
                depth -= 1
            case "kwd-group":
                let words = child.below(["kwd"]).map { $0.text.collapsed }.filter { !$0.isEmpty }
                if !words.isEmpty { paragraph(words.joined(separator: ", "), label: .keywords) }
            case "author-notes": content(of: child)
            default: break
            }
        }
    }

    /// `info` of DocBook: the title, where the section has it there; of the whole document its people and abstract too.
    mutating func information(_ information: XMLElement, of parent: XMLElement) {
        if parent.firstOrEmpty(named: "title").isNull {
            for child in information.children where child.localName == "title" {
                if case .section = ArticleRole.of(parent.localName) { heading(child, depth) } else { title(child, in: parent) }
            }
        }
        for child in information.children where child.localName == "subtitle" { same("p", child) }
        guard depth == 1 else { return }
        let people = ArticleFacts.authors(of: information)
        if !people.isEmpty { paragraph(people.joined(separator: ", ")) }
        for child in information.children where child.localName == "abstract" {
            depth += 1
            if child.firstOrEmpty(named: "title").isNull { heading(.abstract, depth) }
            content(of: child)
            depth -= 1
        }
    }

    mutating func paragraph(_ text: String, label: Label? = nil) {
        raw("<p>")
        if let label {
            raw("<strong>")
            self.text(label.text(in: language) + ":")
            raw("</strong> ")
        }
        self.text(text)
        raw("</p>")
    }

    /// Characters of a title that a reference repeats.
    private static let longestName = 200
}
