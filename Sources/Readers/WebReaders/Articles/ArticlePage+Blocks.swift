// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import XMLTree

// Lists, definitions, code, figures, admonitions.
extension ArticlePage {
    mutating func list(_ tag: StaticString, _ list: XMLElement) {
        // What stands before the first item is not the list's in HTML.
        for child in list.children where !Self.isItem(child) { element(child, in: list) }
        open(tag, list)
        for child in list.children where Self.isItem(child) { item(child, in: list) }
        close(tag)
    }

    private static func isItem(_ element: XMLElement) -> Bool {
        if case .item = ArticleRole.of(element.localName) { return true }
        return false
    }

    mutating func item(_ item: XMLElement, in parent: XMLElement) {
        switch ArticleRole.of(parent.localName) {
        case .bulletList, .orderedList, .procedure, .list, .simpleList: same("li", item)
        case .definitionItem: same("dd", item)
        default: same("div", item)
        }
    }

    mutating func simpleList(_ list: XMLElement) {
        guard list.plainAttribute("type") == "inline" else { return self.list("ul", list) }
        joined(list, by: ", ")
    }

    /// A term with what it means; glossaries need no list around theirs.
    mutating func definition(_ definition: XMLElement, in parent: XMLElement) {
        if case .same(let tag) = ArticleRole.of(parent.localName), tag.utf8CodeUnitCount == 2 { return content(of: definition) }
        same("dl", definition)
    }

    mutating func preformatted(_ code: XMLElement) {
        open("pre", code)
        raw("<code")
        if let language = code.plainAttribute("language") {
            raw(" class=\"language-")
            attribute(language)
            raw("\"")
        }
        raw(">")
        let written = code.text
        text(String(written.first == "\n" ? written.dropFirst() : written[...]))
        raw("</code></pre>")
    }

    /// Its label, title and text as the caption, whatever else it holds as the figure.
    mutating func figure(_ figure: XMLElement) {
        let caption = held { $0.captionText(of: figure) }
        open("figure", figure)
        content(of: figure) { ["label", "caption", "title", "info", "blockinfo"].contains($0.localName) }
        if !caption.isEmpty {
            raw("<figcaption>")
            raw(caption)
            raw("</figcaption>")
        }
        close("figure")
    }

    mutating func captionText(of element: XMLElement) {
        var pieces: [XMLElement] = []
        for child in element.children {
            switch child.localName {
            case "label", "title": pieces.append(child)
            case "caption": pieces += Self.hasOwnText(child) ? [child] : Array(child.children)
            case "info", "blockinfo": pieces += child.children.filter { $0.localName == "title" }
            default: break
            }
        }
        for (index, piece) in pieces.enumerated() {
            if index > 0 { raw(" ") }
            let start = bytes.count
            if piece.localName == "p" || piece.localName == "para" || ["label", "title", "caption"].contains(piece.localName) {
                content(of: piece)
            } else {
                self.element(piece, in: element)
            }
            // A label or title is set apart from what follows it.
            if index + 1 < pieces.count, piece.localName != "p", bytes.count > start, let last = bytes.last, !".:?!".utf8.contains(last) { raw(".") }
        }
    }

    /// Whether text stands between the elements below, not only in them.
    static func hasOwnText(_ element: XMLElement) -> Bool {
        element.content.contains { if case .text(let text) = $0 { text.utf8.contains { $0 > 0x20 } } else { false } }
    }

    /// A picture, of several the first; without any, the text in its place.
    mutating func alternatives(_ element: XMLElement, in parent: XMLElement) {
        if vocabulary == .jats {
            let order = ["tex-math", "math", "table", "graphic", "inline-graphic"]
            let chosen = order.lazy.compactMap { name in element.children.first { $0.localName == name } }.first
            if let chosen { self.element(chosen, in: parent) } else { content(of: element) }
            return
        }
        let texts = element.children.filter { $0.localName == "textobject" || $0.localName == "alt" }
        if let picture = element.below(["imagedata"]).first {
            image(picture, alternative: texts.first?.text.collapsed ?? "")
        } else {
            for text in texts where text.localName == "textobject" { content(of: text) }
        }
        for caption in element.children where caption.localName == "caption" { content(of: caption) }
    }

    mutating func image(_ image: XMLElement, alternative: String) {
        guard let address = image.plainAttribute("href") ?? image.plainAttribute("fileref") else { return content(of: image) }
        let own = image.firstOrEmpty(named: "alt-text").text.collapsed
        raw("<img src=\"")
        attribute(address)
        raw("\" alt=\"")
        attribute(own.isEmpty ? alternative : own)
        raw("\"/>")
    }

    mutating func callout(_ callout: XMLElement) {
        guard vocabulary == .docbook, let label = Label(callout: String(callout.localName)) else { return same("div", callout) }
        open("blockquote", callout)
        raw("<p><strong>")
        let title = callout.firstOrEmpty(named: "title")
        if title.isNull { text(label.text(in: language)) } else { content(of: title) }
        raw("</strong></p>")
        content(of: callout) { $0.localName == "title" }
        close("blockquote")
    }

    // MARK: Synopses of commands

    mutating func argument(_ argument: XMLElement) {
        let choice = argument.plainAttribute("choice") ?? "opt"
        raw(choice == "req" ? " {" : choice == "plain" ? " " : " [")
        content(of: argument)
        raw(choice == "req" ? "}" : choice == "plain" ? "" : "]")
        if argument.plainAttribute("rep") == "repeat" { raw("...") }
    }

    mutating func argumentChoice(_ group: XMLElement) {
        let isRequired = group.plainAttribute("choice") == "req"
        raw(isRequired ? " {" : " [")
        for (index, child) in group.children.enumerated() {
            if index > 0 { raw(" | ") }
            content(of: child)
        }
        raw(isRequired ? "}" : "]")
        if group.plainAttribute("rep") == "repeat" { raw("...") }
    }
}
