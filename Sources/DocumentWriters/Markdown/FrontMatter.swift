// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// A document's facts as YAML (1.2) before the text.
enum FrontMatter {
    /// Title, author, dates, language, pages and the source's name first, as far as they are known; then everything else.
    static func text(_ metadata: Metadata, source: String) -> String {
        var fields = metadata.fields
        if !source.isEmpty, metadata["source"] == nil { fields.append(("source", source)) }
        guard !fields.isEmpty else { return "" }
        var lines: [String] = []
        for name in first { for field in fields where field.name == name { lines.append(line(field)) } }
        for field in fields where !first.contains(field.name) { lines.append(line(field)) }
        return "---\n" + lines.joined() + "---\n"
    }

    private static let first = ["title", "author", "created", "modified", "date", "language", "pages", "source"]

    private static func line(_ field: (name: String, value: String)) -> String {
        let isPlain = field.name.utf8.allSatisfy { ASCII.isWord($0) && $0 < 0x80 || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
            && field.name.utf8.first.map(ASCII.isLetter) == true && !words.contains(field.name.lowercased())
        let isNumber = field.name == "pages" && !field.value.isEmpty && field.value.utf8.count < 10 && field.value.utf8.allSatisfy(ASCII.isDigit)
        return (isPlain ? field.name : quoted(field.name)) + ": " + (isNumber ? field.value : quoted(field.value)) + "\n"
    }

    /// Names that YAML would take for something else than text.
    private static let words: Set<String> = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]

    /// A double-quoted scalar holds anything JSON's strings hold (YAML 1.2, 7.3.1); what is not printable is left out.
    private static func quoted(_ text: String) -> String {
        let printable = text.unicodeScalars.filter { !(0x7F...0x9F).contains($0.value) && $0.value & 0xFFFE != 0xFFFE }
        return JSONText.quoted(String(String.UnicodeScalarView(printable)))
    }
}
