// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// A feed as a document: its title, then each entry as a heading with its facts and its text.
struct FeedBlocks {
    let feed: Feed
    let limits: ReadLimits
    private let html: EmbeddedHTML

    init(_ feed: Feed, _ limits: ReadLimits) {
        self.feed = feed
        self.limits = limits
        html = EmbeddedHTML(limits: limits)
    }

    func send(to sink: any DocumentSink, _ diagnostics: inout Diagnostics) throws(SinkError) {
        let head = feed.head
        let title = plain(head.title)
        var metadata = Metadata()
        metadata.add("title", title)
        metadata.add("author", head.authors.joined(separator: ", "))
        metadata.add("date", head.published.isEmpty ? head.updated : head.published)
        metadata.add("language", feed.language)
        metadata.add("source", head.link)
        try sink.begin(metadata)
        if !title.isEmpty { try sink.append(.heading(level: 1, [.text(title)])) }
        for block in blocks(of: head.summary, at: head.link, &diagnostics) { try sink.append(block) }
        for (index, entry) in feed.entries.enumerated() {
            let title = plain(entry.title)
            try sink.append(.heading(level: 2, [.text(title.isEmpty ? entry.link.isEmpty ? "\(Label.entry.text(in: limits.labels)) \(index + 1)" : entry.link : title)]))
            let facts = facts(of: entry)
            if !facts.isEmpty { try sink.append(.paragraph(facts)) }
            let content = blocks(of: entry.content, at: entry.link, &diagnostics)
            let summary = entry.summary == entry.content ? [] : blocks(of: entry.summary, at: entry.link, &diagnostics)
            // A summary that the content begins with says nothing of its own.
            if content.isEmpty || !isBeginning(summary, of: content) { for block in summary { try sink.append(block) } }
            for block in content { try sink.append(block) }
            if index % 64 == 63 { try sink.progress(index + 1) }
        }
        try html.sendNotes(into: sink)
        try sink.finish()
    }

    private func facts(of entry: Feed.Entry) -> [Inline] {
        var facts: [Inline] = []
        func add(_ label: Label, _ value: [Inline]) {
            if !facts.isEmpty { facts.append(.lineBreak) }
            facts += [.text(label.text(in: limits.labels) + ": ")] + value
        }
        if !entry.published.isEmpty { add(.published, [.text(entry.published)]) }
        if !entry.updated.isEmpty, entry.updated != entry.published { add(.updated, [.text(entry.updated)]) }
        if !entry.authors.isEmpty { add(.author, [.text(entry.authors.joined(separator: ", "))]) }
        if !entry.categories.isEmpty { add(.categories, [.text(entry.categories.joined(separator: ", "))]) }
        if !entry.link.isEmpty { add(.link, [.link(to: entry.link, title: nil, [.text(entry.link)])]) }
        for address in entry.enclosures { add(.enclosure, [.link(to: address, title: nil, [.text(address)])]) }
        return facts
    }

    /// HTML with its headings below the entry's; plain text is one paragraph for each of its own.
    private func blocks(of text: FeedText, at address: String, _ diagnostics: inout Diagnostics) -> [Block] {
        guard text.text.utf8.contains(where: { $0 > 0x20 }) else { return [] }
        guard text.isMarkup else {
            return text.text.split(separator: "\n\n").map { String($0).collapsed }.filter { !$0.isEmpty }.map { .paragraph([.text($0)]) }
        }
        let builder = DocumentBuilder()
        let page = HTMLPage(charset: "utf-8", base: address, headingOffset: 2, isXML: text.kind == .xhtml)
        var isRead = true
        var markup = text.text
        markup.withUTF8 { bytes in
            do throws(ReadError) {
                try html.read(UnsafeRawBufferPointer(bytes), page, into: builder, diagnostics: &diagnostics)
            } catch {
                isRead = false
            }
        }
        if isRead { return builder.document.blocks }
        diagnostics.report("feed-text-plain", "an entry's HTML could not be read and is shown as text")
        return [.paragraph([.text(text.text.collapsed)])]
    }

    /// A title in one line.
    private func plain(_ text: FeedText) -> String {
        guard text.isMarkup else { return text.text.collapsed }
        var losses = Diagnostics()
        let words = Self.words(blocks(of: text, at: "", &losses))
        return words.isEmpty ? text.text.collapsed : words
    }

    private static func words(_ blocks: [Block]) -> String {
        blocks.compactMap { block -> String? in
            switch block {
            case .paragraph(let inlines), .heading(_, let inlines): inlines.plainText.collapsed
            default: nil
            }
        }.joined(separator: " ")
    }

    private func isBeginning(_ summary: [Block], of content: [Block]) -> Bool {
        let short = Self.words(Array(summary.prefix(2))).prefix(40)
        return !short.isEmpty && Self.words(Array(content.prefix(4))).hasPrefix(short)
    }
}
