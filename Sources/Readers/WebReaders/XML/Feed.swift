// SPDX-License-Identifier: Apache-2.0

/// A feed taken apart: RSS 0.9 to 2.0 with the modules for content, Dublin Core and media; Atom (RFC 4287).
struct Feed {
    struct Entry {
        var title = FeedText()
        var link = ""
        var published = ""
        var updated = ""
        var authors: [String] = []
        var categories: [String] = []
        /// Sound, film and other files that go with it.
        var enclosures: [String] = []
        var summary = FeedText()
        var content = FeedText()
    }

    private(set) var head = Entry()
    private(set) var language = ""
    private(set) var entries: [Entry] = []
    private static let entryNames = ["item", "entry"]

    /// Elements around the current one, with what is read of each.
    private struct Open {
        let name: String
        var value: [UInt8] = []
        var kind = FeedText.Kind.text
        /// Where an element's markup begins that is content.
        var markupStart: Int?
    }

    init(_ text: ByteSlice, mostDepth: Int) {
        var scan = XMLScan(text, mostDepth: mostDepth)
        var open: [Open] = []
        /// Elements within markup that is content.
        var within = 0
        while true {
            let before = scan.at
            switch scan.next() {
            case .finished: return
            case .start(let name, let attributes):
                if within > 0 {
                    within += 1
                    continue
                }
                var element = Open(name: String(decoding: name, as: UTF8.self))
                if Self.entryNames.contains(element.name) { entries.append(Entry()) }
                start(&element, attributes, scan.at, parent: open.last?.name ?? "")
                if element.markupStart != nil { within = 1 }
                open.append(element)
            case .text(let piece, let isLiteral):
                if within == 0, !open.isEmpty { XMLCharacters.append(piece, isLiteral: isLiteral, to: &open[open.count - 1].value) }
            case .end:
                if within > 1 {
                    within -= 1
                    continue
                }
                guard var element = open.popLast() else { continue }
                if let start = element.markupStart {
                    within = 0
                    element.value = Array(text[slice: min(start, max(before, start))..<max(before, start)])
                }
                end(element, parent: open.last?.name ?? "", above: open.dropLast().last?.name ?? "")
            }
        }
    }

    private mutating func start(_ element: inout Open, _ attributes: XMLScan.Slice, _ place: Int, parent: String) {
        func value(_ name: StaticString) -> String { XMLAttributes.value(name, in: attributes) ?? "" }
        switch element.name {
        case "title", "summary", "content", "subtitle", "tagline", "description", "encoded", "info":
            let type = value("type").lowercased()
            if type == "xhtml" || type.hasSuffix("/xhtml+xml") || value("mode") == "xml" {
                element.kind = .xhtml
                element.markupStart = place
            } else if type == "html" || type == "text/html" {
                element.kind = .html
            } else if type == "text" {
                element.kind = .plain
            }
            // Atom's content may stand elsewhere.
            let address = value("src")
            if element.name == "content", !address.isEmpty { change(in: parent) { $0.enclosures.append(address) } }
        case "link":
            let address = value("href")
            guard !address.isEmpty else { return }
            switch value("rel") {
            case "", "alternate": change(in: parent) { if $0.link.isEmpty { $0.link = address } }
            case "enclosure": change(in: parent) { $0.enclosures.append(address) }
            default: break
            }
        case "enclosure":
            let address = value("url")
            if !address.isEmpty { change(in: parent) { $0.enclosures.append(address) } }
        case "category":
            let term = value("label").isEmpty ? value("term") : value("label")
            if !term.isEmpty { change(in: parent) { $0.categories.append(term) } }
        default: break
        }
    }

    private mutating func end(_ element: Open, parent: String, above: String) {
        let text = String(decoding: element.value, as: UTF8.self)
        let line = text.collapsed
        guard !line.isEmpty else { return }
        let marked = FeedText(text, element.kind)
        if element.name == "language", parent == "channel" { language = line }
        // A person's parts belong to what the person wrote.
        if parent == "author" || parent == "contributor" {
            guard element.name == "name" || element.name == "email" else { return }
            return change(in: above) { if element.name == "name" || $0.authors.isEmpty { $0.authors.append(line) } }
        }
        change(in: parent) { entry in
            switch element.name {
            case "title": if entry.title.isEmpty { entry.title = marked }
            case "link": if entry.link.isEmpty { entry.link = line }
            case "guid": if entry.link.isEmpty, line.hasPrefix("http") { entry.link = line }
            case "pubDate", "published", "issued", "date", "created": if entry.published.isEmpty { entry.published = line }
            case "updated", "modified", "lastBuildDate": if entry.updated.isEmpty { entry.updated = line }
            case "creator", "author": if !entry.authors.contains(line) { entry.authors.append(line) }
            case "category", "subject": if !entry.categories.contains(line) { entry.categories.append(line) }
            case "description", "summary", "subtitle", "tagline": if entry.summary.isEmpty { entry.summary = marked }
            case "encoded", "content": if entry.content.isEmpty { entry.content = marked }
            default: break
            }
        }
    }

    /// The entry, or the feed itself, that elements of `parent` describe.
    private mutating func change(in parent: String, _ change: (inout Entry) -> Void) {
        if Self.entryNames.contains(parent) {
            if !entries.isEmpty { change(&entries[entries.count - 1]) }
        } else if ["channel", "feed"].contains(parent) {
            change(&head)
        }
    }
}

/// A text of a feed, and how it is marked up.
struct FeedText: Equatable {
    enum Kind {
        /// Text or HTML: RSS does not say.
        case text
        case plain, html, xhtml
    }

    var text = ""
    var kind = Kind.text

    init() {}

    init(_ text: String, _ kind: Kind) {
        self.text = text
        self.kind = kind
    }

    var isEmpty: Bool { text.isEmpty }

    /// Whether it must be read as HTML.
    var isMarkup: Bool {
        switch kind {
        case .plain: false
        case .html, .xhtml: true
        case .text: text.utf8.contains { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }
        }
    }
}
