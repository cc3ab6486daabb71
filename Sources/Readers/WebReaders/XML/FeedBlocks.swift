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
        try send(head.summary, at: head.link, sink, &diagnostics)
        for (index, entry) in feed.entries.enumerated() {
            let title = plain(entry.title)
            try sink.append(.heading(level: 2, [.text(title.isEmpty ? entry.link.isEmpty ? "Entry \(index + 1)" : entry.link : title)]))
            let facts = facts(of: entry)
            if !facts.isEmpty { try sink.append(.paragraph(facts)) }
            // A summary that the content repeats or begins with says nothing of its own.
            if entry.content.isEmpty || !isBeginning(entry.summary, of: entry.content) { try send(entry.summary, at: entry.link, sink, &diagnostics) }
            try send(entry.content, at: entry.link, sink, &diagnostics)
            if index % 64 == 63 { try sink.progress(index + 1) }
        }
        try html.sendNotes(into: sink)
        try sink.finish()
    }

    private func facts(of entry: Feed.Entry) -> [Inline] {
        var facts: [Inline] = []
        func add(_ name: String, _ value: [Inline]) {
            if !facts.isEmpty { facts.append(.lineBreak) }
            facts += [.text(name + ": ")] + value
        }
        if !entry.published.isEmpty { add("Published", [.text(entry.published)]) }
        if !entry.updated.isEmpty, entry.updated != entry.published { add("Updated", [.text(entry.updated)]) }
        if !entry.authors.isEmpty { add("Author", [.text(entry.authors.joined(separator: ", "))]) }
        if !entry.categories.isEmpty { add("Categories", [.text(entry.categories.joined(separator: ", "))]) }
        if !entry.link.isEmpty { add("Link", [.link(to: entry.link, title: nil, [.text(entry.link)])]) }
        for address in entry.enclosures { add("Enclosure", [.link(to: address, title: nil, [.text(address)])]) }
        return facts
    }

    /// HTML with its headings below the entry's; plain text is one paragraph for each of its own.
    private func send(_ text: FeedText, at address: String, _ sink: any DocumentSink, _ diagnostics: inout Diagnostics) throws(SinkError) {
        guard text.text.utf8.contains(where: { $0 > 0x20 }) else { return }
        guard text.isMarkup else {
            for part in text.text.split(separator: "\n\n") {
                let line = String(part).collapsed
                if !line.isEmpty { try sink.append(.paragraph([.text(line)])) }
            }
            return
        }
        let page = HTMLPage(charset: "utf-8", base: address, headingOffset: 2, isXML: text.kind == .xhtml)
        var failure: ReadError?
        var markup = text.text
        markup.withUTF8 { bytes in
            do throws(ReadError) {
                try html.read(UnsafeRawBufferPointer(bytes), page, into: sink, diagnostics: &diagnostics)
            } catch {
                failure = error
            }
        }
        guard let failure else { return }
        if case .sink(let error) = failure { throw error }
        diagnostics.report("feed-text-plain", "an entry's HTML could not be read and is shown as text")
        try sink.append(.paragraph([.text(text.text.collapsed)]))
    }

    private func plain(_ text: FeedText) -> String {
        guard text.isMarkup else { return text.text.collapsed }
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        var markup = text.text
        markup.withUTF8 { bytes in
            // A title that cannot be read as HTML is shown as it is.
            _ = try? html.read(UnsafeRawBufferPointer(bytes), HTMLPage(charset: "utf-8"), into: builder, diagnostics: &diagnostics)
        }
        let words = builder.document.blocks.compactMap { block -> String? in
            switch block {
            case .paragraph(let inlines), .heading(_, let inlines): inlines.plainText.collapsed
            default: nil
            }
        }
        return words.isEmpty ? text.text.collapsed : words.joined(separator: " ")
    }

    private func isBeginning(_ summary: FeedText, of content: FeedText) -> Bool {
        if summary == content { return true }
        let short = plain(summary).prefix(60)
        return !short.isEmpty && plain(content).hasPrefix(short.prefix(40))
    }
}
