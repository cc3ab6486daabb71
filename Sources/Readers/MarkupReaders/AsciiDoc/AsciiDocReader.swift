// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads AsciiDoc (docs.asciidoctor.org/asciidoc).
///
///     lines ─ AsciiDocBlocks ▶ headings, lists, delimited blocks, AsciiDocTable ─ AsciiDocSpans ▶ running text
package struct AsciiDocReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let lines = MarkupText.lines(of: source, &diagnostics)
        let parsing = AsciiDocParsing(limits: limits, diagnostics: diagnostics)
        var document = Document()
        document.blocks = AsciiDocBlocks.parse(lines, depth: 0, parsing)
        document.metadata = parsing.metadata
        document.notes = parsing.notes
        diagnostics = parsing.diagnostics
        try sink.take(document)
    }
}

final class AsciiDocParsing {
    let limits: ReadLimits
    var diagnostics: Diagnostics
    var metadata = Metadata()
    var notes: [Note] = []
    var attributes: [String: Line] = ["nbsp": [0x20], "lt": [0x3C], "gt": [0x3E], "amp": [0x26], "empty": [], "sp": [0x20], "plus": [0x2B], "vbar": [0x7C]]
    var noteNames: Set<String> = []

    init(limits: ReadLimits, diagnostics: Diagnostics) {
        self.limits = limits
        self.diagnostics = diagnostics
    }

    /// A note with a name may be referred to again.
    func note(_ name: String, _ content: [Inline]) -> NoteID {
        let id = NoteID(name.isEmpty ? String(notes.count + 1) : name)
        if !content.isEmpty, name.isEmpty || noteNames.insert(name).inserted { notes.append(Note(id: id, blocks: [.paragraph(content)])) }
        return id
    }

    /// `{name}` replaced, one level deep; a text cannot grow by more than its attributes are long.
    func substituted(_ text: Line) -> Line {
        guard text.contains(UInt8(ascii: "{")) else { return text }
        var out: [UInt8] = []
        var at = text.startIndex
        while at < text.endIndex {
            if text[at] == UInt8(ascii: "{"), let close = text[at...].prefix(64).firstIndex(of: UInt8(ascii: "}")),
                at == text.startIndex || text[at - 1] != UInt8(ascii: "\\"), let value = attributes[text[(at + 1)..<close].text.lowercased()], out.count < 1_000_000 {
                out += value
                at = close + 1
            } else {
                out.append(text[at])
                at += 1
            }
        }
        return out[...]
    }
}

/// What stands in brackets before a block: `[source,python]`, `[quote, Author]`, `[cols="1,2",options="header"]`.
struct AsciiDocAttributes {
    private(set) var positional: [String] = []
    private(set) var named: [String: String] = [:]

    init() {}

    mutating func add(_ text: Line) {
        for part in Self.parts(text) {
            let entry = part.trimmed
            if let equal = entry.firstIndex(of: UInt8(ascii: "=")), equal > entry.startIndex, entry[..<equal].allSatisfy({ Letters.isWord($0) || $0 == UInt8(ascii: "-") || $0 == 0x20 }) {
                named[entry[..<equal].trimmed.text.lowercased()] = Self.unquoted(entry[(equal + 1)...].trimmed)
            } else {
                positional.append(Self.unquoted(entry))
            }
        }
    }

    private static func unquoted(_ text: Line) -> String {
        guard text.count > 1, let mark = text.first, mark == text.last, mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'") else { return text.text }
        return text.dropFirst().dropLast().text
    }

    static func parts(_ text: Line) -> [Line] {
        var parts: [Line] = []
        var start = text.startIndex
        var quote: UInt8?
        for index in text.indices {
            let byte = text[index]
            if let open = quote { if byte == open { quote = nil } } else if byte == UInt8(ascii: "\"") { quote = byte } else if byte == UInt8(ascii: ",") {
                parts.append(text[start..<index])
                start = index + 1
            }
        }
        return parts + [text[start...]]
    }

    /// The first word without `#id`, `.role` and `%option`.
    var style: String { String((positional.first ?? "").prefix { $0 != "#" && $0 != "." && $0 != "%" }) }

    func has(_ option: String) -> Bool {
        if positional.contains(where: { $0.contains("%" + option) }) { return true }
        return (named["options"] ?? named["opts"] ?? "").split(separator: ",").contains { $0.split(separator: " ").first.map(String.init) == option }
    }
}
