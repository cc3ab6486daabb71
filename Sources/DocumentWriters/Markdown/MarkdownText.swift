// SPDX-License-Identifier: Apache-2.0

/// Text within a line of GitHub-flavoured Markdown, with no more escapes than it needs.
///
/// What only means something at the start of a line is `MarkdownLine`'s.
enum MarkdownText {
    struct Place {
        var isInTable = false
        var isInLink = false
        /// What follows is no text of this run: a link, another style, the end.
        var isBeforeMarkup = false
    }

    /// Bytes that may need an escape, and control characters; everything else is copied in runs.
    private static let special: [Bool] = {
        var table = [Bool](repeating: false, count: 256)
        for byte in "\\`*_[]<&~|!".utf8 { table[Int(byte)] = true }
        for byte in 0..<0x20 { table[byte] = true }
        table[0x7F] = true
        return table
    }()

    static func append(_ text: String, to out: inout [UInt8], _ place: Place) {
        var text = text
        text.withUTF8 { append($0, to: &out, place) }
    }

    static func append(_ text: UnsafeBufferPointer<UInt8>, to out: inout [UInt8], _ place: Place) {
        var start = 0
        var index = 0
        special.withUnsafeBufferPointer { special in
            while index < text.count {
                let byte = text[index]
                guard special[Int(byte)] else {
                    index += 1
                    continue
                }
                out.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
                let next = index + 1 < text.count ? text[index + 1] : nil
                write(byte, next, text, index, &out, place)
                index += 1
                start = index
            }
        }
        out.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }

    private static func write(
        _ byte: UInt8, _ next: UInt8?, _ text: UnsafeBufferPointer<UInt8>, _ index: Int, _ out: inout [UInt8], _ place: Place
    ) {
        let previous = out.last
        switch byte {
        case UInt8(ascii: "\\"):
            if next.map(ASCII.isPunctuation) ?? true { out.append(byte) }
            out.append(byte)
        case UInt8(ascii: "`"): escape(byte, &out)
        case UInt8(ascii: "*"):
            let isAlone = ASCII.isSpace(previous ?? 0x20) && next.map(ASCII.isSpace) ?? !place.isBeforeMarkup
            if isAlone { out.append(byte) } else { escape(byte, &out) }
        case UInt8(ascii: "_"):
            let isWithin = previous.map(ASCII.isWord) == true && next.map { ASCII.isWord($0) || $0 == byte } == true
                && (previous ?? 0 < 0x80 || MarkdownFlank(endOf: out) == .word) && (next ?? 0 < 0x80 || MarkdownFlank(at: index + 1, of: text) == .word)
            let isAlone = ASCII.isSpace(previous ?? 0x20) && next.map(ASCII.isSpace) ?? !place.isBeforeMarkup
            if isWithin && !(next == byte && runEndsAtBreak(text, index)) || isAlone { out.append(byte) } else { escape(byte, &out) }
        case UInt8(ascii: "["):
            if place.isInLink || next == UInt8(ascii: "^") { escape(byte, &out) } else { out.append(byte) }
        case UInt8(ascii: "]"):
            let couldLink = next == UInt8(ascii: "(") || next == UInt8(ascii: "[") || next == nil && place.isBeforeMarkup
            if place.isInLink || couldLink { escape(byte, &out) } else { out.append(byte) }
        case UInt8(ascii: "!"):
            if next == nil, place.isBeforeMarkup { escape(byte, &out) } else { out.append(byte) }
        case UInt8(ascii: "<"):
            let opens = next.map { ASCII.isLetter($0) || $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "!") || $0 == UInt8(ascii: "?") }
            if opens ?? place.isBeforeMarkup { out.append(contentsOf: "&lt;".utf8) } else { out.append(byte) }
        case UInt8(ascii: "&"):
            if isEntity(text, index) { out.append(contentsOf: "&amp;".utf8) } else { out.append(byte) }
        case UInt8(ascii: "~"):
            if let previous, !ASCII.isSpace(previous) { escape(byte, &out) } else { out.append(byte) }
        case UInt8(ascii: "|"):
            if place.isInTable { escape(byte, &out) } else { out.append(byte) }
        case 0x09, 0x0A, 0x0D: out.append(0x20)
        default: return  // Other controls have no place in text.
        }
    }

    private static func escape(_ byte: UInt8, _ out: inout [UInt8]) {
        out.append(UInt8(ascii: "\\"))
        out.append(byte)
    }

    /// Whether the run of underscores at `index` is followed by no letter or digit, so that it could close emphasis.
    private static func runEndsAtBreak(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        let end = text[index...].firstIndex { $0 != UInt8(ascii: "_") }
        return end.map { MarkdownFlank(at: $0, of: text) != .word } ?? true
    }

    /// A formula that begins no HTML where formulas are not known: TeX passes over a space behind `<`.
    static func formula(_ formula: String) -> String {
        guard formula.utf8.contains(UInt8(ascii: "<")) else { return formula }
        var out: [UInt8] = []
        for byte in formula.utf8 {
            if out.last == UInt8(ascii: "<"), ASCII.isLetter(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") { out.append(0x20) }
            out.append(byte)
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// `&name;` or `&#digits;` (CommonMark 6.2).
    static func isEntity(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
        var at = index + 1
        if at < text.count, text[at] == UInt8(ascii: "#") { at += 1 }
        let start = at
        while at < text.count, at - start < 32, ASCII.isLetter(text[at]) || ASCII.isDigit(text[at]) { at += 1 }
        return at > start && at < text.count && text[at] == UInt8(ascii: ";")
    }
}

/// Classes of ASCII bytes; bytes of longer characters count as letters of words.
enum ASCII {
    static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte >= 0x80 }
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }
    static func isPunctuation(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F && !isLetter(byte) && !isDigit(byte) }
}
