// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// Tells text from binary data, and markup and data languages from prose, by the first 64 KiB.
enum TextSniff {
    private static let window = 64 << 10

    /// Text has no NUL (but for UTF-16 and UTF-32) and next to no control characters.
    /// - Parameter mayHoldZeros: The name says that it is text: zeros for up to a quarter of it are a flaw then.
    static func isText(_ bytes: UnsafeRawBufferPointer, mayHoldZeros: Bool = false) -> Bool {
        let start = bytes.prefix(window)
        if start.isEmpty { return true }
        if isWide(bytes) { return true }
        var controls = 0
        var zeros = 0
        for byte in start where byte < 0x20 {
            if byte == 0 {
                guard mayHoldZeros else { return false }
                zeros += 1
            } else if byte < 0x07 || byte > 0x0D && byte != 0x1B {
                controls += 1
            }
        }
        return controls * 100 <= start.count - zeros && zeros * 4 <= start.count
    }

    /// UTF-16 or UTF-32: a byte order mark, or a zero in every other place.
    private static func isWide(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 4 else { return false }
        if bytes[0] == 0xFF && bytes[1] == 0xFE || bytes[0] == 0xFE && bytes[1] == 0xFF { return true }
        if bytes[0] == 0, bytes[1] == 0, bytes[2] == 0xFE, bytes[3] == 0xFF { return true }
        let count = min(bytes.count, 512) & ~1
        var zeros = (even: 0, odd: 0)
        for index in 0..<count where bytes[index] == 0 {
            if index & 1 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
        }
        let half = count / 2
        return zeros.odd * 10 > half * 7 && zeros.even * 10 < half || zeros.even * 10 > half * 7 && zeros.odd * 10 < half
    }

    /// The format's name. What a text begins with overrules its name only where the beginning can mean nothing else.
    static func kind(of bytes: UnsafeRawBufferPointer, hint: String?) -> String {
        let head = latin(bytes)
        let start = head.drop { $0 == 0x20 || $0 >= 0x09 && $0 <= 0x0D }
        if let kind = OpenDocumentSniff.kind(ofFlat: start, hint: hint) { return kind }
        if let kind = MarkupSniff.kind(of: start, hint: hint) { return kind }
        if hint == nil || hint == "xml" || hint == "txt", let kind = ArticleSniff.kind(of: start) { return kind }
        if hint.map({ !MarkupSniff.keepsName.contains($0) }) ?? true, let markup = markup(start) {
            guard markup == "xml", let hint, vocabularies.contains(hint) else { return markup }
            return hint
        }
        if hint == nil || hint == "json", start.first == UInt8(ascii: "{"), isNotebook(bytes) { return "ipynb" }
        if let hint { return hint }
        if start.first == UInt8(ascii: "{") || start.first == UInt8(ascii: "["), isJSON(start) { return "json" }
        return DelimitedSniff.isDelimited(head) ? "csv" : "txt"
    }

    /// The first 4 KiB with the zeros of wide charsets and the byte order mark left out: enough for ASCII markers.
    private static func latin(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var start = Array(bytes.prefix(4_096))
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { start.removeFirst(3) }
        guard isWide(bytes) else { return start }
        return start.filter { $0 != 0 && $0 != 0xFE && $0 != 0xFF }
    }

    /// What XML of no known beginning is by its name.
    private static let vocabularies: Set<String> = ["svg", "html", "jats", "docbook", "opml"]

    private static func markup(_ start: ArraySlice<UInt8>) -> String? {
        guard start.first == UInt8(ascii: "<") else { return nil }
        let text = String(decoding: start.prefix(1_024), as: UTF8.self).lowercased()
        if text.hasPrefix("<!doctype html") || text.hasPrefix("<html") { return "html" }
        if text.hasPrefix("<svg") { return "svg" }
        if text.hasPrefix("<rss") || text.hasPrefix("<feed") { return "xml" }
        if text.hasPrefix("<fictionbook") { return "fb2" }
        if text.hasPrefix("<opml") || text.hasPrefix("<?xml") && text.contains("<opml") { return "opml" }
        guard text.hasPrefix("<?xml") else { return nil }
        if text.contains("<fictionbook") { return "fb2" }
        if text.contains("<svg"), !text.contains("<html") { return "svg" }
        return text.contains("<html") || text.contains("<!doctype html") ? "html" : "xml"
    }

    /// The format's number stands among the last members, or the first where names are not sorted.
    private static func isNotebook(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let places = [UnsafeRawBufferPointer(rebasing: bytes.prefix(2_048)), UnsafeRawBufferPointer(rebasing: bytes.suffix(512))]
        return places.contains { ByteSearch.first(Array("\"nbformat\"".utf8), in: $0) != nil }
    }

    /// `{"` and `[` with a value behind it; prose begins with neither, links in brackets do not match.
    private static func isJSON(_ start: ArraySlice<UInt8>) -> Bool {
        let rest = start.dropFirst().drop { $0 == 0x20 || $0 >= 0x09 && $0 <= 0x0D }
        guard let next = rest.first else { return false }
        if start.first == UInt8(ascii: "{") { return next == UInt8(ascii: "\"") || next == UInt8(ascii: "}") }
        return "\"{[]-0123456789".utf8.contains(next)
    }
}

/// Lines that agree on a delimiter.
enum DelimitedSniff {
    static func isDelimited(_ head: [UInt8]) -> Bool {
        let isCut = head.count >= 4_096
        var lines = head.split(separator: 0x0A, omittingEmptySubsequences: true).prefix(20)
        if isCut, lines.count > 1, lines.count < 20 { lines = lines.dropLast() }
        guard lines.count >= 3 else { return false }
        for delimiter in [UInt8(ascii: "\t"), UInt8(ascii: ";"), UInt8(ascii: ","), UInt8(ascii: "|")] {
            let counts = lines.map { fields(in: $0, delimiter) }
            if let first = counts.first, first > 1, counts.allSatisfy({ $0 == first }) { return true }
        }
        return false
    }

    private static func fields(in line: ArraySlice<UInt8>, _ delimiter: UInt8) -> Int {
        var isQuoted = false
        var count = 1
        for byte in line {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() } else if byte == delimiter, !isQuoted { count += 1 }
        }
        return count
    }
}
