// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import XMLTree

/// Reads outlines and lists of feeds (OPML 2.0): each entry an item, what stands below it a list within.
package struct OPMLReader: DocumentReader {
    package init() {}

    /// Lists within lists that a writer can follow; deeper entries stand beside the one above them.
    private static let deepest = 30

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let tree = try XMLTree.read(source, called: "the outline", limits, &diagnostics)
        var document = Document()
        tree.withRoot { root in
            let head = root.firstOrEmpty(named: "head")
            let title = head.firstOrEmpty(named: "title").text.collapsed
            document.metadata.add("title", title)
            for (name, fact) in [("ownerName", "author"), ("dateCreated", "created"), ("dateModified", "modified")] {
                document.metadata.add(fact, head.firstOrEmpty(named: name).text.collapsed)
            }
            if !title.isEmpty { document.blocks.append(.heading(level: 1, [.text(title)])) }
            let items = Self.items(of: root.firstOrEmpty(named: "body"), depth: 1)
            if !items.isEmpty { document.blocks.append(.list(List(.bullet, items: items))) }
        }
        do throws(SinkError) { try sink.send(document) } catch { throw .sink(error) }
    }

    private static func items(of parent: XMLElement, depth: Int) -> [ListItem] {
        var items: [ListItem] = []
        for outline in parent.children where outline.localName == "outline" {
            var blocks: [Block] = []
            let text = words(of: outline)
            if !text.isEmpty { blocks.append(.paragraph(text)) }
            if let note = outline.plainAttribute("_note") ?? outline.plainAttribute("description"), !note.collapsed.isEmpty { blocks.append(.paragraph([.text(note.collapsed)])) }
            let below = Self.items(of: outline, depth: depth + 1)
            if depth < Self.deepest, !below.isEmpty { blocks.append(.list(List(.bullet, items: below))) }
            if !blocks.isEmpty { items.append(ListItem(blocks)) }
            if depth >= Self.deepest { items += below }
        }
        return items
    }

    /// The entry's text, which leads to what it lists: a page before its feed.
    private static func words(of outline: XMLElement) -> [Inline] {
        let text = (outline.plainAttribute("text") ?? outline.plainAttribute("title") ?? "").collapsed
        let address = ["htmlUrl", "url", "xmlUrl"].lazy.compactMap { outline.plainAttribute($0) }.first { !$0.isEmpty }
        guard let address else { return text.isEmpty ? [] : [.text(text)] }
        return [.link(to: address, title: nil, [.text(text.isEmpty ? address : text)])]
    }
}
