// SPDX-License-Identifier: Apache-2.0

/// What one line of Markdown begins (CommonMark 0.31, sections 4 and 5).
enum MarkdownLine {
    typealias Bytes = ArraySlice<UInt8>

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    static func stripped(_ line: Bytes) -> Bytes {
        let start = line.drop(while: isSpace)
        guard let last = start.lastIndex(where: { !isSpace($0) }) else { return start.prefix(0) }
        return start[...last]
    }

    static func isBlank(_ line: Bytes) -> Bool { line.allSatisfy(isSpace) }
    static func indent(_ line: Bytes) -> Int { line.prefix(while: { $0 == 0x20 }).count + (line.first == 0x09 ? 4 : 0) }

    static func heading(_ line: Bytes) -> (level: Int, text: Bytes)? {
        let start = line.drop { $0 == 0x20 }
        let marks = start.prefix { $0 == UInt8(ascii: "#") }.count
        guard indent(line) < 4, marks > 0, marks <= 6, start.count == marks || isSpace(start[start.startIndex + marks]) else { return nil }
        var text = stripped(start.dropFirst(marks))
        let closing = text.reversed().prefix { $0 == UInt8(ascii: "#") }.count
        if closing == text.count { text = text.prefix(0) } else if closing > 0, isSpace(text[text.endIndex - closing - 1]) { text = stripped(text.dropLast(closing)) }
        return (marks, text)
    }

    static func isRule(_ line: Bytes) -> Bool {
        let marks = line.filter { !isSpace($0) }
        guard indent(line) < 4, marks.count >= 3, let first = marks.first, "-*_".utf8.contains(first) else { return false }
        return marks.allSatisfy { $0 == first }
    }

    static func fence(_ line: Bytes) -> (mark: UInt8, count: Int, language: Bytes)? {
        let start = line.drop { $0 == 0x20 }
        guard indent(line) < 4, let mark = start.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~") else { return nil }
        let count = start.prefix { $0 == mark }.count
        let info = stripped(start.dropFirst(count))
        guard count >= 3, mark == UInt8(ascii: "~") || !info.contains(mark) else { return nil }
        return (mark, count, info.prefix { !isSpace($0) })
    }

    /// A list item's mark: whether it is numbered, its number, and where its content begins.
    static func item(_ line: Bytes) -> (number: Int?, mark: UInt8, content: Int)? {
        let lead = indent(line)
        let start = line.drop { $0 == 0x20 }
        guard let first = start.first else { return nil }
        var number: Int?
        var at = start.startIndex
        if first >= 0x30, first <= 0x39 {
            let digits = start.prefix { $0 >= 0x30 && $0 <= 0x39 }
            at = digits.endIndex
            guard digits.count <= 9, at < start.endIndex, start[at] == UInt8(ascii: ".") || start[at] == UInt8(ascii: ")") else { return nil }
            number = Int(String(decoding: digits, as: UTF8.self))
        } else if !"-*+".utf8.contains(first) {
            return nil
        }
        let mark = start[at]
        at += 1
        guard at == start.endIndex || isSpace(start[at]) else { return nil }
        let spaces = start[at...].prefix(while: isSpace).count
        let width = at - start.startIndex
        return (number, mark, lead + width + (spaces == 0 || spaces > 4 ? 1 : spaces))
    }

    static func isTableRule(_ line: Bytes) -> Bool {
        let body = stripped(line)
        return body.contains(UInt8(ascii: "-")) && body.contains(UInt8(ascii: "|")) && body.allSatisfy { "|-: ".utf8.contains($0) }
    }

    /// The cells of a table row, `\|` being a bar.
    static func cells(_ line: Bytes) -> [String] {
        var body = stripped(line)
        if body.first == UInt8(ascii: "|") { body = body.dropFirst() }
        if body.last == UInt8(ascii: "|"), !body.dropLast().hasSuffix(UInt8(ascii: "\\")) { body = body.dropLast() }
        var cells: [String] = []
        var cell: [UInt8] = []
        for byte in body {
            if byte == UInt8(ascii: "|") {
                if cell.last == UInt8(ascii: "\\") {
                    cell[cell.count - 1] = byte
                } else {
                    cells.append(String(decoding: stripped(cell[...]), as: UTF8.self))
                    cell = []
                }
            } else {
                cell.append(byte)
            }
        }
        return cells + [String(decoding: stripped(cell[...]), as: UTF8.self)]
    }
}

private extension ArraySlice<UInt8> {
    func hasSuffix(_ byte: UInt8) -> Bool { last == byte }
}
