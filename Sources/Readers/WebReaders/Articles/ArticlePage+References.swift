// SPDX-License-Identifier: Apache-2.0
import XMLTree

// Lists of references: what they cite is written out where JATS has only its parts.
extension ArticlePage {
    mutating func citationList(_ list: XMLElement) {
        depth += 1
        content(of: list) { Self.isEntry($0) }
        let entries = list.children.filter(Self.isEntry)
        if !entries.isEmpty {
            let isNumbered = entries.enumerated().allSatisfy { index, entry in
                entry.firstOrEmpty(named: "label").text.collapsed.trimming { !$0.isNumber } == "\(index + 1)"
            }
            raw(isNumbered ? "<ol>" : "<ul>")
            for entry in entries { element(entry, in: list) }
            raw(isNumbered ? "</ol>" : "</ul>")
        }
        depth -= 1
    }

    private static func isEntry(_ element: XMLElement) -> Bool { element.localName == "ref" }

    mutating func citationEntry(_ entry: XMLElement) {
        same("li", entry)
    }

    /// Authors. Title. Source, volume(issue): pages, year. Each part where it is there.
    mutating func citation(_ citation: XMLElement) {
        // Where text stands between the parts, it is printed as it is.
        guard !Self.hasOwnText(citation) else { return content(of: citation) }
        func part(_ name: String) -> String { citation.firstOrEmpty(named: name).text.collapsed }
        var parts: [String] = []
        let people = citation.children.flatMap { $0.localName == "person-group" ? Array($0.children) : [$0] }.compactMap(Self.person)
        if !people.isEmpty { parts.append(people.joined(separator: ", ")) }
        for name in ["article-title", "chapter-title", "part-title", "data-title"] where !part(name).isEmpty { parts.append(part(name)) }
        var source = part("source")
        let issue = part("issue").isEmpty ? "" : "(" + part("issue") + ")"
        let volume = part("volume") + issue
        if !volume.isEmpty { source += source.isEmpty ? volume : " " + volume }
        let last = part("lpage")
        let pages = part("page-range").isEmpty ? part("fpage") + (last.isEmpty ? "" : "–" + last) : part("page-range")
        let location = pages.isEmpty ? part("elocation-id") : pages
        if !location.isEmpty { source += source.isEmpty ? location : ": " + location }
        if !source.isEmpty { parts.append(source) }
        for name in ["edition", "publisher-loc", "publisher-name", "conf-name", "year", "comment"] where !part(name).isEmpty { parts.append(part(name)) }
        for id in citation.children where id.localName == "pub-id" {
            parts.append((id.plainAttribute("pub-id-type").map { $0 + ":" } ?? "") + id.text.collapsed)
        }
        for (index, text) in parts.enumerated() {
            if index > 0 { raw(" ") }
            self.text(text)
            if !text.hasSuffix(".") { raw(".") }
        }
        for link in citation.children where link.localName == "ext-link" || link.localName == "uri" {
            raw(" ")
            element(link, in: citation)
        }
    }

    private static func person(_ element: XMLElement) -> String? {
        let text: String
        switch element.localName {
        case "name": text = ["surname", "given-names", "suffix"].map { element.firstOrEmpty(named: $0).text.collapsed }.filter { !$0.isEmpty }.joined(separator: " ")
        case "string-name", "collab": text = element.text.collapsed
        case "etal": text = "et al"
        default: return nil
        }
        return text.isEmpty ? nil : text
    }
}

extension String {
    /// Without the characters of a kind at both ends.
    fileprivate func trimming(_ isUnwanted: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let first = rest.first, isUnwanted(first) { rest.removeFirst() }
        while let last = rest.last, isUnwanted(last) { rest.removeLast() }
        return rest
    }
}
