// SPDX-License-Identifier: Apache-2.0

/// What one line of Org begins.
enum OrgLine {
    /// `#+NAME: value`, the name in capitals.
    static func keyword(_ line: Line) -> (name: String, value: Line)? {
        let text = line.trimmed
        // `#+CAPTION[short]: long`: the short form is for lists of tables.
        if text.hasPrefix("#+"), let open = text.prefix(60).firstIndex(of: UInt8(ascii: "[")), text[..<open].dropFirst(2).allSatisfy(Letters.isLetter),
            let close = text.first("]:", from: open) {
            return (text[..<open].dropFirst(2).text.uppercased(), text[(close + 2)...].trimmed)
        }
        guard text.hasPrefix("#+"), let colon = text.prefix(60).firstIndex(of: UInt8(ascii: ":")), !text[..<colon].contains(0x20) else { return nil }
        return (text[(text.startIndex + 2)..<colon].text.uppercased(), text[(colon + 1)...].trimmed)
    }

    /// `#+begin_NAME arguments`, the name in small letters.
    static func begin(_ line: Line) -> (name: String, arguments: Line)? {
        let text = line.trimmed
        guard text.count > 8, text.prefix(8).text.lowercased() == "#+begin_" else { return nil }
        let name = text.dropFirst(8).prefix { !Letters.isSpace($0) }
        return (name.text.lowercased(), text[name.endIndex...].trimmed)
    }

    static func ends(_ line: Line, _ name: String) -> Bool {
        let text = line.trimmed
        return text.count == 6 + name.utf8.count && text.text.lowercased() == "#+end_" + name
    }

    /// Stars and a space at the start.
    static func headline(_ line: Line) -> (level: Int, text: Line)? {
        guard line.first == UInt8(ascii: "*") else { return nil }
        let stars = line.prefix { $0 == UInt8(ascii: "*") }
        guard stars.endIndex < line.endIndex, line[stars.endIndex] == 0x20 else { return nil }
        return (stars.count, line[stars.endIndex...].trimmed)
    }

    struct Item {
        var indent: Int
        var number: Int?
        var content: Line
        /// The column where the text begins.
        var column: Int
    }

    static func item(_ line: Line) -> Item? {
        let indent = line.indent
        let text = line.drop { $0 == 0x20 || $0 == 0x09 }
        guard let first = text.first else { return nil }
        var width = 1
        var number: Int?
        if Letters.isDigit(first) || Letters.isLetter(first) {
            let word = text.prefix { Letters.isDigit($0) }
            let isLetter = word.isEmpty
            let end = isLetter ? text.startIndex + 1 : word.endIndex
            guard word.count < 10, end < text.endIndex, text[end] == UInt8(ascii: ".") || text[end] == UInt8(ascii: ")") else { return nil }
            number = isLetter ? Int(first | 0x20) - 0x60 : Int(word.text)
            width = end - text.startIndex + 1
        } else if first == UInt8(ascii: "*") {
            guard indent > 0 else { return nil }
        } else if first != UInt8(ascii: "-"), first != UInt8(ascii: "+") {
            return nil
        }
        let rest = text.dropFirst(width)
        guard rest.isEmpty || rest.first == 0x20 || rest.first == 0x09 else { return nil }
        return Item(indent: indent, number: number, content: rest.trimmed, column: indent + width + 1)
    }
}
