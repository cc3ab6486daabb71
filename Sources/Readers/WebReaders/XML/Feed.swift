// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// A feed's title and entries (RSS 2.0, RSS 1.0, RFC 4287), each with its facts and its text.
struct Feed {
    private struct Entry {
        var title = ""
        var link = ""
        var date = ""
        var author = ""
        var summary = ""
        var content = ""
    }

    private var head = Entry()
    private var language = ""
    private var entries: [Entry] = []

    init(_ text: [UInt8], _ limits: ReadLimits) {
        text.withUnsafeBufferPointer { read(XMLScan($0, mostDepth: limits.xmlDepth)) }
    }

    private mutating func read(_ scanning: XMLScan) {
        var scan = scanning
        var path: [String] = []
        var value: [UInt8] = []
        /// The depth at which the value's element stands: markup within it is text (Atom's xhtml content).
        while true {
            switch scan.next() {
            case .finished: return
            case .start(let name, let attributes):
                path.append(String(decoding: name, as: UTF8.self))
                value.removeAll(keepingCapacity: true)
                if path.last == "item" || path.last == "entry" { entries.append(Entry()) }
                if path.last == "link", let address = Self.attribute("href", in: attributes), Self.attribute("rel", in: attributes) ?? "alternate" == "alternate" {
                    set("link", parent: path.dropLast().last ?? "", Array(address.utf8))
                }
            case .text(let text, let isLiteral): XMLCharacters.append(text, isLiteral: isLiteral, to: &value)
            case .end:
                let name = path.popLast() ?? ""
                set(name, parent: path.last ?? "", value)
                if path.last != "author" { value.removeAll(keepingCapacity: true) }
            }
        }
    }

    private mutating func set(_ name: String, parent: String, _ value: [UInt8]) {
        let text = String(decoding: value, as: UTF8.self)
        let isEntry = parent == "item" || parent == "entry" || parent == "author" && !entries.isEmpty
        guard isEntry || parent == "channel" || parent == "feed" else { return }
        if !isEntry, name == "language" { language = text.collapsed }
        var entry = isEntry ? entries.last ?? Entry() : head
        switch name {
        case "title": if entry.title.isEmpty { entry.title = text.collapsed }
        case "link": if entry.link.isEmpty { entry.link = text.collapsed }
        case "pubDate", "published", "date": if entry.date.isEmpty { entry.date = text.collapsed }
        case "updated", "lastBuildDate": if entry.date.isEmpty { entry.date = text.collapsed }
        case "creator", "name": if entry.author.isEmpty { entry.author = text.collapsed }
        case "author": if entry.author.isEmpty { entry.author = text.collapsed }
        case "description", "summary", "subtitle": if entry.summary.isEmpty { entry.summary = text }
        case "encoded", "content": if entry.content.isEmpty { entry.content = text }
        default: return
        }
        if isEntry { if !entries.isEmpty { entries[entries.count - 1] = entry } } else { head = entry }
    }

    private static func attribute(_ name: String, in attributes: XMLScan.Slice) -> String? {
        let parts = String(decoding: attributes, as: UTF8.self).split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\"" || $0 == "'" })
        for place in stride(from: 0, to: parts.count - 1, by: 2) where parts[place].drop(while: { $0.isWhitespace }) == name + "=" {
            return String(parts[place + 1])
        }
        return nil
    }

    func send(to sink: any DocumentSink, _ limits: ReadLimits, _ diagnostics: inout Diagnostics) throws(SinkError) {
        var metadata = Metadata()
        metadata.add("title", head.title)
        metadata.add("date", head.date)
        metadata.add("language", language)
        metadata.add("source", head.link)
        try sink.begin(metadata)
        if !head.title.isEmpty { try sink.append(.heading(level: 1, [.text(head.title)])) }
        for block in blocks(of: head.summary, at: head.link, limits, &diagnostics) { try sink.append(block) }
        for entry in entries {
            try sink.append(.heading(level: 2, [.text(entry.title.isEmpty ? entry.link : entry.title)]))
            var facts: [Inline] = []
            for (name, value) in [("Published", entry.date), ("Author", entry.author)] where !value.isEmpty {
                if !facts.isEmpty { facts.append(.lineBreak) }
                facts.append(.text("\(name): \(value)"))
            }
            if !entry.link.isEmpty {
                if !facts.isEmpty { facts.append(.lineBreak) }
                facts += [.text("Link: "), .link(to: entry.link, title: nil, [.text(entry.link)])]
            }
            if !facts.isEmpty { try sink.append(.paragraph(facts)) }
            if entry.content != entry.summary {
                for block in blocks(of: entry.summary, at: entry.link, limits, &diagnostics) { try sink.append(block) }
            }
            for block in blocks(of: entry.content, at: entry.link, limits, &diagnostics) { try sink.append(block) }
        }
        try sink.finish()
    }

    /// A description's HTML, its headings below the entry's; plain text is one paragraph.
    private func blocks(of text: String, at entry: String, _ limits: ReadLimits, _ diagnostics: inout Diagnostics) -> [Block] {
        guard text.utf8.contains(where: { $0 > 0x20 }) else { return [] }
        guard text.utf8.contains(UInt8(ascii: "<")) || text.utf8.contains(UInt8(ascii: "&")) else { return [.paragraph([.text(text.collapsed)])] }
        let builder = DocumentBuilder()
        var withoutMedia = limits
        withoutMedia.wantsMedia = false
        var failure: ReadError?
        var text = text
        text.withUTF8 { bytes in
            do throws(ReadError) {
                let page = HTMLPage(charset: "utf-8", base: entry, headingOffset: 2)
                try EmbeddedHTML(limits: withoutMedia).read(UnsafeRawBufferPointer(bytes), page, into: builder, diagnostics: &diagnostics)
            } catch {
                failure = error
            }
        }
        if failure != nil {
            diagnostics.report("feed-text-plain", "an entry's HTML could not be read and is shown as text")
            return [.paragraph([.text(text.collapsed)])]
        }
        return builder.document.blocks
    }
}
