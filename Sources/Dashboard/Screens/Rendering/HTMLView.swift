// SPDX-License-Identifier: Apache-2.0

/// An HTML result as a page shows it: written anew out of a short list of elements, with hardly an attribute.
///
/// An element that is not on the list goes, and what it holds stays; what holds no words of a document goes with all it holds.
/// Pictures are those of the result alone, links lead to `http`, `https`, `mailto` or within the page, and every element is closed.
struct HTMLView {
    /// Open at once; what lies deeper is shown without its elements.
    private static let deepest = 64
    private static let kept: Set = [
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td",
        "pre", "code", "blockquote", "figure", "figcaption", "section", "div", "em", "strong", "b", "i", "u", "s", "del", "ins", "mark", "small", "sub", "sup", "kbd", "a",
    ]
    private static let dropped: Set = [
        "script", "style", "title", "template", "noscript", "noembed", "noframes", "iframe", "frameset", "object", "applet", "svg", "math", "canvas", "audio", "video",
        "textarea", "select", "xmp", "plaintext",
    ]

    private let pictures: Pictures
    private var html: Markup = ""
    private var open: [String] = []

    static func render(_ text: String, _ pictures: Pictures = Pictures()) -> Markup {
        var view = HTMLView(pictures: pictures)
        var tokens = HTMLTokens(text)
        while let token = tokens.next() {
            switch token {
            case .text(let words): view.html += "\(words)"
            case .start(let tag, _) where dropped.contains(tag): tokens.skip(element: tag)
            case .start(let tag, let attributes): view.start(tag, attributes)
            case .end(let tag): view.end(tag)
            }
        }
        view.close(downTo: 0)
        return view.html
    }

    private init(pictures: Pictures) { self.pictures = pictures }

    private mutating func start(_ tag: String, _ attributes: [String: String]) {
        switch tag {
        case "br": html += "<br>"
        case "hr": html += "<hr>"
        case "img": html += Self.picture(pictures.address(of: attributes["src"] ?? ""), attributes["alt"] ?? "")
        case "input": if attributes["type"] == "checkbox" { html += attributes["checked"] == nil ? "☐ " : "☑ " }
        default:
            guard Self.kept.contains(tag), open.count < Self.deepest else { return }
            open.append(tag)
            html += tag == "table" ? #"<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>"# : "<\(tag)\(kept(attributes, of: tag))>"
        }
    }

    /// A picture where there is one, its words where there is none.
    static func picture(_ address: String?, _ words: String) -> Markup {
        guard let address else { return #"<span class="picture">\#(words.isEmpty ? "picture" : words)</span>"# }
        return #"<img src="\#(address)" alt="\#(words)">"#
    }

    private func kept(_ attributes: [String: String], of tag: String) -> Markup {
        var out: Markup = ""
        if let id = attributes["id"], Self.isName(id) { out += #" id="\#(id)""# }
        switch tag {
        case "td", "th":
            if let rows = Self.number(attributes["rowspan"]) { out += #" rowspan="\#(rows)""# }
            if let columns = Self.number(attributes["colspan"]) { out += #" colspan="\#(columns)""# }
        case "ol": if let start = Self.number(attributes["start"]) { out += #" start="\#(start)""# }
        case "a":
            guard let address = attributes["href"] else { break }
            if address.hasPrefix("#"), Self.isName(String(address.dropFirst())) { out += #" href="\#(address)""# }
            if InlineView.isHarmless(address) { out += #" rel="noopener noreferrer nofollow" href="\#(address)""# }
        default: break
        }
        return out
    }

    private static func number(_ text: String?) -> Int? { text.flatMap { Int($0) }.flatMap { (0...1_000).contains($0) ? $0 : nil } }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 200 && text.allSatisfy { $0.isLetter || $0.isNumber || "-_.:".contains($0) }
    }

    private mutating func end(_ tag: String) {
        guard let place = open.lastIndex(of: tag) else { return }
        close(downTo: place)
    }

    private mutating func close(downTo place: Int) {
        while open.count > place, let tag = open.popLast() { html += tag == "table" ? "</table></div>" : "</\(tag)>" }
    }
}
