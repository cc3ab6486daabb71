// SPDX-License-Identifier: Apache-2.0

/// Text as Markdown that reads back as the same text: escapes only what would be markup where it stands.
///
/// CommonMark 0.31, sections 2.4 (backslash), 4 (line starts), 6 (inlines); GitHub's tables and strikethrough.
struct MarkdownEscape {
    /// Whether `|` ends the cell and a line break ends the row.
    var isInTable = false
    /// Whether brackets would end the link's text.
    var isInLink = false

    /// Appends `text`; line ends and runs of white space become one space.
    func append(_ text: String, to line: inout [UInt8]) {
        var text = text
        text.withUTF8 { append($0, to: &line) }
    }

    private func append(_ bytes: UnsafeBufferPointer<UInt8>, to line: inout [UInt8]) {
        var start = 0
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            guard Self.special[Int(byte)] else {
                at += 1
                continue
            }
            let next: UInt8 = at + 1 < bytes.count ? bytes[at + 1] : 0x20
            let before: UInt8 = at > 0 ? bytes[at - 1] : line.last ?? 0x20
            if let replacement = replacement(byte, before: before, next: next, in: bytes, at: at) {
                line.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start..<at]))
                if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
                    if line.last != 0x20 { line.append(0x20) }
                } else {
                    line.append(contentsOf: replacement.utf8)
                }
                start = at + 1
            }
            at += 1
        }
        line.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[start...]))
    }

    /// What stands for the byte; nil when it may stay.
    private func replacement(
        _ byte: UInt8, before: UInt8, next: UInt8, in bytes: UnsafeBufferPointer<UInt8>, at: Int
    ) -> String? {
        switch byte {
        case UInt8(ascii: "\\"): return Self.isPunctuation(next) ? "\\\\" : nil
        case UInt8(ascii: "`"): return "\\`"
        case UInt8(ascii: "*"): return before == 0x20 && next == 0x20 ? nil : "\\*"
        case UInt8(ascii: "_"): return Self.isWord(before) && Self.isWord(next) ? nil : before == 0x20 && next == 0x20 ? nil : "\\_"
        case UInt8(ascii: "~"): return next == byte || before == byte ? "\\~" : nil
        case UInt8(ascii: "["): return isInLink || next == UInt8(ascii: "^") ? "\\[" : nil
        case UInt8(ascii: "]"):
            return isInLink || next == UInt8(ascii: "(") || next == UInt8(ascii: "[") || next == UInt8(ascii: ":") ? "\\]" : nil
        case UInt8(ascii: "<"):
            return Self.isLetter(next) || next == UInt8(ascii: "/") || next == UInt8(ascii: "!") || next == UInt8(ascii: "?") ? "&lt;" : nil
        case UInt8(ascii: "&"): return Self.beginsReference(bytes, at: at) ? "&amp;" : nil
        case UInt8(ascii: "|"): return isInTable ? "\\|" : nil
        case 0x0A, 0x0D, 0x09: return " "
        case 0x20: return before == 0x20 || before == 0x0A || before == 0x0D || before == 0x09 ? " " : nil
        default: return nil
        }
    }

    /// `&name;` or `&#1;`: what would read back as one character.
    private static func beginsReference(_ bytes: UnsafeBufferPointer<UInt8>, at: Int) -> Bool {
        var place = at + 1
        if place < bytes.count, bytes[place] == UInt8(ascii: "#") { place += 1 }
        let first = place
        while place < bytes.count, place - first < 32, isWord(bytes[place]), bytes[place] < 0x80 { place += 1 }
        return place > first && place < bytes.count && bytes[place] == UInt8(ascii: ";")
    }

    /// Escapes what would begin a block at the start of a finished line (sections 4 and 5).
    static func guardStart(of line: inout [UInt8]) {
        guard let first = line.first else { return }
        let second = line.count > 1 ? line[1] : 0x20
        switch first {
        case UInt8(ascii: "#"):
            let marks = line.prefix { $0 == first }.count
            if marks <= 6, marks == line.count || line[marks] == 0x20 { line.insert(UInt8(ascii: "\\"), at: 0) }
        case UInt8(ascii: ">"): line.insert(UInt8(ascii: "\\"), at: 0)
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            if second == 0x20 || line.allSatisfy({ $0 == first || $0 == 0x20 }) { line.insert(UInt8(ascii: "\\"), at: 0) }
        case UInt8(ascii: "="):
            if line.allSatisfy({ $0 == first || $0 == 0x20 }) { line.insert(UInt8(ascii: "\\"), at: 0) }
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            let digits = line.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
            guard digits <= 9, digits < line.count, line[digits] == UInt8(ascii: ".") || line[digits] == UInt8(ascii: ")") else { return }
            if digits + 1 == line.count || line[digits + 1] == 0x20 { line.insert(UInt8(ascii: "\\"), at: digits) }
        default: return
        }
    }

    static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || isLetter(byte) || (byte >= 0x30 && byte <= 0x39)
    }

    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }

    static func isPunctuation(_ byte: UInt8) -> Bool {
        (byte >= 0x21 && byte <= 0x2F) || (byte >= 0x3A && byte <= 0x40) || (byte >= 0x5B && byte <= 0x60) || (byte >= 0x7B && byte <= 0x7E)
    }

    private static let special: [Bool] = {
        var table = [Bool](repeating: false, count: 256)
        for byte in "\\`*_~[]<&| \n\r\t".utf8 { table[Int(byte)] = true }
        return table
    }()
}
