// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// The package document (EPUB 3.3 section 5; OPF 2.0.1): facts about the book, its files, its reading order.
struct EPUBPackage {
    struct File {
        let path: String
        let mediaType: String
        let properties: [Substring]
        let fallback: String?

        var isPage: Bool { ["application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml"].contains(mediaType) }
    }

    struct Chapter {
        let path: String
        let isXHTML: Bool
        /// A picture that is a page by itself.
        let isPicture: Bool
    }

    private(set) var metadata = Metadata()
    private(set) var creators: [String] = []
    /// In reading order; what stands beside it (`linear="no"`) at the end.
    private(set) var chapters: [Chapter] = []
    private(set) var files: [String: File] = [:]
    private(set) var coverPath: String?
    private(set) var navigationPath: String?
    private(set) var ncxPath: String?

    init(_ container: EPUBContainer) throws(ReadError) {
        if let path = try container.packagePath(), let tree = try container.tree(path) {
            tree.withRoot { read($0, path, container) }
        }
        guard chapters.isEmpty else { return }
        // No spine: whatever pages there are, by name.
        chapters = container.paths.filter { path in
            [".xhtml", ".html", ".htm"].contains { path.lowercased().hasSuffix($0) }
        }.sorted().map { Chapter(path: $0, isXHTML: true, isPicture: false) }
        guard !chapters.isEmpty else { throw .malformed("the book has no reading order and no pages") }
        container.report("epub-spine-missing", "the book has no reading order; its pages were read by name")
    }

    private mutating func read(_ root: XMLElement, _ path: String, _ container: EPUBContainer) {
        var byID: [String: File] = [:]
        for item in root.below(["item"]) {
            guard let id = item.plainAttribute("id"), let address = item.plainAttribute("href") else { continue }
            let file = File(
                path: Self.path(address, from: path), mediaType: item.plainAttribute("media-type")?.lowercased() ?? "",
                properties: item.plainAttribute("properties")?.split(separator: " ") ?? [], fallback: item.plainAttribute("fallback"))
            byID[id] = file
            files[file.path] = file
            if file.properties.contains("nav") { navigationPath = file.path }
            if file.properties.contains("cover-image") { coverPath = file.path }
        }
        readFacts(root, byID)
        let spine = root.firstOrEmpty(named: "spine")
        ncxPath = (spine.plainAttribute("toc").flatMap { byID[$0] } ?? byID.values.first { $0.mediaType == "application/x-dtbncx+xml" })?.path
        var beside: [Chapter] = []
        var known: Set<String> = []
        for reference in spine.below(["itemref"]) {
            guard let id = reference.plainAttribute("idref"), let chapter = chapter(id, byID) else {
                container.report("epub-spine-entry-lost", "entries of the reading order name no file")
                continue
            }
            guard known.insert(chapter.path).inserted else { continue }
            if reference.plainAttribute("linear") == "no" { beside.append(chapter) } else { chapters.append(chapter) }
        }
        chapters += beside.filter { $0.path != navigationPath }
    }

    /// The file itself, or the first of its fallbacks that is a page (EPUB 3.3, 5.6.2).
    private func chapter(_ id: String, _ byID: [String: File]) -> Chapter? {
        guard let file = byID[id] else { return nil }
        var next: File? = file
        for _ in 0..<10 {
            guard let candidate = next else { break }
            if candidate.isPage { return Chapter(path: candidate.path, isXHTML: candidate.mediaType != "text/html", isPicture: false) }
            next = candidate.fallback.flatMap { byID[$0] }
        }
        return Chapter(path: file.path, isXHTML: true, isPicture: file.mediaType.hasPrefix("image/"))
    }

    private mutating func readFacts(_ root: XMLElement, _ byID: [String: File]) {
        var facts: [String: [String]] = [:]
        var roles: [String: String] = [:]
        var people: [(id: String, name: String, role: String)] = []
        var titles: [(id: String, text: String)] = []
        var kinds: [String: String] = [:]
        let section = root.firstOrEmpty(named: "metadata")
        for item in section.below(["title", "creator", "language", "publisher", "date", "description", "subject", "rights", "identifier", "meta"]) {
            let text = item.text.collapsed
            let id = item.plainAttribute("id") ?? ""
            switch item.localName {
            case "creator": people.append((id, text, item.plainAttribute("role") ?? ""))
            case "title": titles.append((id, text))
            case "meta":
                let about = item.plainAttribute("refines")?.drop { $0 == "#" } ?? ""
                switch item.plainAttribute("property") {
                case "role": roles[String(about)] = text
                case "title-type": kinds[String(about)] = text
                case "dcterms:modified": facts["modified", default: []].append(text)
                case "belongs-to-collection": facts["series", default: []].append(text)
                default: break
                }
                let content = item.plainAttribute("content") ?? ""
                switch item.plainAttribute("name") {
                case "cover": if coverPath == nil { coverPath = byID[content]?.path ?? (content.contains(".") ? content : nil) }
                case "calibre:series": facts["series", default: []].append(content)
                default: break
                }
            default: facts[String(item.localName), default: []].append(text)
            }
        }
        metadata.add("title", (titles.first { kinds[$0.id] == "main" } ?? titles.first)?.text ?? "")
        if let subtitle = titles.first(where: { kinds[$0.id] == "subtitle" }) { metadata.add("subtitle", subtitle.text) }
        let authors = people.filter { ["", "aut", "author"].contains(roles[$0.id] ?? $0.role) }
        creators = (authors.isEmpty ? people : authors).map(\.name).filter { !$0.isEmpty }
        metadata.add("author", creators.joined(separator: ", "))
        for (name, source) in [("language", "language"), ("publisher", "publisher"), ("created", "date"), ("modified", "modified"), ("series", "series")] {
            metadata.add(name, facts[source]?.first ?? "")
        }
        metadata.add("description", facts["description"]?.first.map(Self.withoutMarkup) ?? "")
        metadata.add("keywords", (facts["subject"] ?? []).joined(separator: ", "))
        metadata.add("rights", facts["rights"]?.first ?? "")
        metadata.add("identifier", facts["identifier"]?.first ?? "")
    }

    /// Descriptions are often HTML in disguise.
    private static func withoutMarkup(_ text: String) -> String {
        guard text.contains("<") else { return text }
        var text = text
        let page = text.withUTF8 { HTMLGuard($0).page }
        return page.withUnsafeBufferPointer { bytes in
            let tree = HTMLTree(parsing: bytes)
            return withExtendedLifetime(tree) { tree.root.map { HTMLText.plain(of: $0) } ?? "" }
        }
    }

    /// Where an address leads, as the path of a file.
    static func path(_ address: String, from base: String) -> String {
        let place = WebAddress.percentDecoded(WebAddress.split(WebAddress.resolve(address, against: base)).address)
        return place.hasPrefix("/") ? String(place.dropFirst()) : place
    }
}
