// SPDX-License-Identifier: Apache-2.0

/// The facts before a text: YAML between lines of `---`, or TOML between lines of `+++`. Plain values and lists of them.
struct MarkdownFrontMatter {
    private(set) var fields: [(String, String)] = []
    /// Lines, the marks among them.
    let count: Int

    init?(_ lines: [Line]) {
        guard let first = lines.first?.trimmed, first.equals("---") || first.equals("+++") else { return nil }
        let isTOML = first.equals("+++")
        let end = lines.dropFirst().prefix(500).firstIndex { line in
            let mark = line.trimmed
            return isTOML ? mark.equals("+++") : mark.equals("---") || mark.equals("...")
        }
        // Two rules with text between them look alike; what says nothing is no front matter.
        guard let end, lines.count > 1, !lines[1].isBlank, lines[1..<end].contains(where: { Self.names($0, isTOML: isTOML) }) else { return nil }
        count = end + 1
        for line in lines[1..<end] {
            let entry = line.trimmed
            if entry.first == UInt8(ascii: "#") { continue }
            if !isTOML, entry.hasPrefix("- ") { extend(with: entry.dropFirst(2)) } else { add(line, mark: UInt8(ascii: isTOML ? "=" : ":")) }
        }
        fields.removeAll { $0.1.isEmpty }
    }

    private mutating func add(_ line: Line, mark: UInt8) {
        guard line.first != 0x20, line.first != 0x09, let place = line.firstIndex(of: mark) else { return }
        let name = Self.unquoted(line[..<place].trimmed).lowercased()
        var value = line[(place + 1)...].trimmed
        if value.equals("|") || value.equals(">") || value.equals("|-") || value.equals(">-") { value = value.prefix(0) }
        if value.first == UInt8(ascii: "["), value.last == UInt8(ascii: "]") {
            let items = value.dropFirst().dropLast().split(separator: UInt8(ascii: ",")).map { Self.unquoted($0.trimmed) }
            fields.append((name, items.joined(separator: ", ")))
        } else if !name.isEmpty {
            fields.append((name, Self.unquoted(value)))
        }
    }

    /// Whether a line gives something a name.
    private static func names(_ line: Line, isTOML: Bool) -> Bool {
        guard let place = line.firstIndex(of: UInt8(ascii: isTOML ? "=" : ":")), place > line.startIndex else { return false }
        return isTOML || place + 1 == line.endIndex || Letters.isSpace(line[place + 1])
    }

    /// An entry of the list that the last name has.
    private mutating func extend(with item: Line) {
        guard var last = fields.popLast() else { return }
        let value = Self.unquoted(item.trimmed)
        last.1 = last.1.isEmpty ? value : last.1 + ", " + value
        fields.append(last)
    }

    private static func unquoted(_ text: Line) -> String {
        guard text.count > 1, let mark = text.first, mark == text.last, mark == UInt8(ascii: "\"") || mark == UInt8(ascii: "'") else { return text.text }
        return text.dropFirst().dropLast().text
    }
}
