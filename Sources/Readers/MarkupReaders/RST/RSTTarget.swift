// SPDX-License-Identifier: Apache-2.0

/// What a phrase points to by itself (Docutils, "Embedded URIs and Aliases"): `title <address>`, `title <name_>`.
struct RSTTarget {
    /// Where the bracket stands.
    let start: Int
    /// What stands in the brackets, without escapes.
    let text: String
    /// The name of a target that the text has elsewhere.
    private(set) var alias: Line?
    private(set) var address: String?

    /// nil where the phrase has none: white space parts it from the title, none from its brackets.
    init?(in phrase: Line) {
        guard let open = phrase.lastIndex(of: UInt8(ascii: "<")), phrase.last == UInt8(ascii: ">"), open + 2 < phrase.endIndex else { return nil }
        let inside = phrase[(open + 1)...].dropLast()
        guard open == phrase.startIndex || Letters.isSpace(phrase[open - 1]), let first = inside.first, let last = inside.last, !Letters.isSpace(first), !Letters.isSpace(last)
        else { return nil }
        start = open
        if last == UInt8(ascii: "_"), inside.dropLast().last != UInt8(ascii: "\\") {
            alias = inside.dropLast()
            text = RSTSpans.unescaped(inside.dropLast())
            return
        }
        text = Self.joined(inside)
        let isMail = text.utf8.contains(UInt8(ascii: "@")) && !text.utf8.contains { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }
        address = isMail ? "mailto:" + text : text
    }

    /// An address may be broken anywhere; only white space behind a backslash is its own.
    private static func joined(_ address: Line) -> String {
        var out: [UInt8] = []
        var isEscaped = false
        for byte in address {
            if !isEscaped, byte == UInt8(ascii: "\\") {
                isEscaped = true
                continue
            }
            if isEscaped || !Letters.isSpace(byte) { out.append(byte) }
            isEscaped = false
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// Quotes and brackets around a mark (Docutils, "Inline markup recognition rules", 5).
enum RSTQuotes {
    /// Whether what stands before `start` and what begins at `end` are a pair.
    static func enclose(_ text: Line, _ start: Int, _ end: Int) -> Bool {
        guard start > text.startIndex, end < text.endIndex else { return false }
        let before = text[start - 1]
        if before < 0x80 { return ascii[before] == text[end] }
        // The quotes of books: three bytes each but for the guillemets.
        let opening = text[..<start].suffix(before & 0xC0 == 0x80 && start - 2 >= text.startIndex && text[start - 2] == 0xC2 ? 2 : 3).text
        guard let closing = typographic[opening] else { return false }
        return closing.contains { text[end...].starts(with: String($0).utf8) }
    }

    private static let ascii: [UInt8: UInt8] = Dictionary(uniqueKeysWithValues: zip("'\"([{<".utf8, "'\")]}>".utf8))
    private static let typographic: [String: String] = [
        "‘": "’‚", "“": "”„", "„": "“”", "‚": "‘’", "«": "»", "»": "«»", "‹": "›", "›": "‹›", "”": "”", "’": "’", "「": "」", "『": "』",
    ]
}
