// SPDX-License-Identifier: Apache-2.0

/// What one line of Markdown begins (CommonMark 0.31, sections 4 and 5). White space at its start is spaces: see `expanded`.
enum MarkdownLine {
    static func isBlank(_ line: Line) -> Bool { line.isBlank }
    static func indent(_ line: Line) -> Int { line.prefix(while: { $0 == 0x20 }).count }

    /// Tabs in the white space at the start as spaces up to the next multiple of four.
    static func expanded(_ line: Line) -> Line {
        guard let tab = line.firstIndex(where: { $0 != 0x20 }), line[tab] == 0x09 else { return line }
        var columns = 0
        var rest = line
        while let byte = rest.first, byte == 0x20 || byte == 0x09 {
            columns = byte == 0x20 ? columns + 1 : (columns / 4 + 1) * 4
            rest = rest.dropFirst()
        }
        return ([UInt8](repeating: 0x20, count: columns) + rest)[...]
    }

    static func heading(_ line: Line) -> (level: Int, text: Line)? {
        let start = line.drop { $0 == 0x20 }
        let marks = start.prefix { $0 == UInt8(ascii: "#") }.count
        guard indent(line) < 4, marks > 0, marks <= 6, start.count == marks || Letters.isSpace(start[start.startIndex + marks]) else { return nil }
        var text = start.dropFirst(marks).trimmed
        let closing = text.reversed().prefix { $0 == UInt8(ascii: "#") }.count
        if closing == text.count { text = text.prefix(0) } else if closing > 0, Letters.isSpace(text[text.endIndex - closing - 1]) { text = text.dropLast(closing).trimmed }
        return (marks, text)
    }

    /// The level of the heading that a line of `=` or `-` makes of the paragraph above it.
    static func underline(_ line: Line) -> Int? {
        let marks = line.trimmed
        guard indent(line) < 4, let first = marks.first, marks.allSatisfy({ $0 == first }) else { return nil }
        return first == UInt8(ascii: "=") ? 1 : first == UInt8(ascii: "-") ? 2 : nil
    }

    static func isRule(_ line: Line) -> Bool {
        guard indent(line) < 4, let first = line.first(where: { $0 != 0x20 }), first == UInt8(ascii: "-") || first == UInt8(ascii: "*") || first == UInt8(ascii: "_") else { return false }
        var count = 0
        for byte in line {
            if byte == first { count += 1 } else if byte != 0x20 && byte != 0x09 { return false }
        }
        return count >= 3
    }

    static func fence(_ line: Line) -> (mark: UInt8, count: Int, language: Line)? {
        let start = line.drop { $0 == 0x20 }
        guard let mark = start.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~"), indent(line) < 4 else { return nil }
        let count = start.prefix { $0 == mark }.count
        let info = start.dropFirst(count).trimmed
        guard count >= 3, mark == UInt8(ascii: "~") || !info.contains(mark) else { return nil }
        return (mark, count, info.prefix { !Letters.isSpace($0) })
    }

    /// A list item's mark: its number when it is numbered, and the column where its content begins.
    struct Item {
        var number: Int?
        var mark: UInt8
        var content: Int
        /// Columns up to the end of the mark.
        var width: Int
        var isEmpty: Bool
    }

    static func item(_ line: Line) -> Item? {
        let lead = indent(line)
        let start = line.dropFirst(lead)
        guard let first = start.first else { return nil }
        var number: Int?
        var at = start.startIndex
        if Letters.isDigit(first) {
            let digits = start.prefix(while: Letters.isDigit)
            at = digits.endIndex
            guard digits.count <= 9, at < start.endIndex, start[at] == UInt8(ascii: ".") || start[at] == UInt8(ascii: ")") else { return nil }
            number = Int(digits.text)
        } else if first != UInt8(ascii: "-"), first != UInt8(ascii: "*"), first != UInt8(ascii: "+") {
            return nil
        }
        let mark = start[at]
        at += 1
        guard at == start.endIndex || start[at] == 0x20 || start[at] == 0x09 else { return nil }
        let width = lead + (at - start.startIndex)
        var spaces = 0
        for byte in start[at...] {
            if byte == 0x20 { spaces += 1 } else if byte == 0x09 { spaces += 4 - (width + spaces) % 4 } else { break }
        }
        let isEmpty = start[at...].isBlank
        return Item(number: number, mark: mark, content: width + (isEmpty || spaces > 4 ? 1 : spaces), width: width, isEmpty: isEmpty)
    }

    /// What stands behind an item's mark.
    static func content(of line: Line, _ item: Item) -> Line {
        let rest = line.dropFirst(item.width)
        guard rest.first == 0x09 || rest.first == 0x20 && rest.dropFirst().contains(0x09) else { return line.dropFirst(min(item.content, line.count)) }
        return expanded(([UInt8](repeating: 0x20, count: item.width) + rest)[...]).dropFirst(item.content)
    }

    /// Whether a line ends a paragraph before it.
    static func interrupts(_ line: Line) -> Bool {
        guard let first = line.first(where: { $0 != 0x20 }), indent(line) < 4 else { return false }
        switch first {
        case UInt8(ascii: "#"): return heading(line) != nil
        case UInt8(ascii: "`"), UInt8(ascii: "~"): return fence(line) != nil
        case UInt8(ascii: ">"): return true
        case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "_"), UInt8(ascii: "1"):
            if isRule(line) { return true }
            return item(line).map { !$0.isEmpty && $0.number ?? 1 == 1 } ?? false
        case UInt8(ascii: "<"): return MarkdownHTMLBlock.kind(line, interrupts: true) != nil
        default: return false
        }
    }

    /// The rule under a table's header (GFM 4.10): dashes with colons, and at least one bar.
    static func isTableRule(_ line: Line) -> Bool {
        guard line.contains(UInt8(ascii: "-")), line.allSatisfy({ $0 == UInt8(ascii: "|") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") || $0 == 0x20 || $0 == 0x09 }) else { return false }
        guard line.contains(UInt8(ascii: "|")) else { return false }
        return cells(line).allSatisfy { $0.contains(UInt8(ascii: "-")) }
    }

    /// The cells of a table row, `\|` being a bar.
    static func cells(_ line: Line) -> [[UInt8]] {
        var body = line.trimmed
        if body.first == UInt8(ascii: "|") { body = body.dropFirst() }
        if body.last == UInt8(ascii: "|"), body.dropLast().last != UInt8(ascii: "\\") { body = body.dropLast() }
        var cells: [[UInt8]] = []
        var cell: [UInt8] = []
        for byte in body {
            if byte == UInt8(ascii: "|") {
                if cell.last == UInt8(ascii: "\\") {
                    cell[cell.count - 1] = byte
                } else {
                    cells.append(Array(cell[...].trimmed))
                    cell.removeAll(keepingCapacity: true)
                }
            } else {
                cell.append(byte)
            }
        }
        return cells + [Array(cell[...].trimmed)]
    }
}
