// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree
import TextDecoding

/// Reads XML: feeds (RSS, Atom) as headings and text, everything else as code, as it is.
///
/// Entities are never expanded and nothing is fetched; a document whose entities hold several others is refused.
package struct XMLReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let text = TextReading.whole(source, &diagnostics, declared: Self.declared(in: source.bytes))
        var facts = Facts()
        text.withUnsafeBufferPointer { facts = Self.survey($0, limits, text.count) }
        if facts.hasNestedEntities { throw .malformed("the document type declares entities that hold entities") }
        if facts.isTooDeep { throw .xmlDepth("elements nested more than \(limits.xmlDepth) deep") }
        if facts.entities > 0 { diagnostics.report("xml-entities-unexpanded", "entities of the document's own were not expanded", count: facts.entities) }
        if let line = facts.faultLine { diagnostics.report("xml-malformed", "the document is not well-formed", at: "line \(line)") }
        do throws(SinkError) {
            if facts.isFeed {
                let feed = text.withUnsafeBufferPointer { Feed($0, mostDepth: limits.xmlDepth) }
                try FeedBlocks(feed, limits).send(to: sink, &diagnostics)
            } else {
                try sink.begin(Metadata())
                if text.contains(where: { $0 > 0x20 }) { try sink.append(.code(String(decoding: text, as: UTF8.self), language: "xml")) }
                try sink.finish()
            }
        } catch {
            throw .sink(error)
        }
    }

    private struct Facts {
        var isFeed = false
        var isTooDeep = false
        var entities = 0
        var hasNestedEntities = false
        var faultLine: Int?
    }

    private static func survey(_ text: UnsafeBufferPointer<UInt8>, _ limits: ReadLimits, _ count: Int) -> Facts {
        var scan = XMLScan(text, mostDepth: limits.xmlDepth)
        var facts = Facts()
        var isFirst = true
        loop: while !scan.isTooDeep {
            switch scan.next() {
            case .finished: break loop
            case .start(let name, _):
                if isFirst { facts.isFeed = ["rss", "feed", "RDF"].contains { name.elementsEqual($0.utf8) } }
                isFirst = false
            case .end, .text: continue
            }
        }
        facts.isTooDeep = scan.isTooDeep
        facts.entities = scan.entities
        facts.hasNestedEntities = scan.hasNestedEntities
        facts.faultLine = scan.fault.map { 1 + text[..<$0].reduce(0) { $0 + ($1 == 0x0A ? 1 : 0) } }
        return facts
    }

    /// The name in `<?xml … encoding="NAME"?>` of a document in an ASCII-like charset.
    package static func declared(in bytes: UnsafeRawBufferPointer) -> String? {
        let start = String(decoding: bytes.prefix(200), as: UTF8.self)
        guard start.hasPrefix("<?xml"), let end = start.firstIndex(of: ">") else { return nil }
        let parts = start[..<end].split(whereSeparator: { $0 == "\"" || $0 == "'" })
        guard let place = parts.firstIndex(where: { $0.hasSuffix("encoding=") || $0.hasSuffix("encoding = ") }), place + 1 < parts.count else { return nil }
        return String(parts[place + 1])
    }
}
