// SPDX-License-Identifier: Apache-2.0
package import DocumentReading
package import DocumentTree

/// Reads reStructuredText as Docutils defines it, with Sphinx's directives where they hold text.
///
///     lines ─ RSTNames ▶ targets, substitutions ┐
///           └ RSTBlocks ─ RSTDirectives, RSTGrid ┴─ RSTSpans ▶ blocks
///
/// Levels of headings follow the order in which their marks appear. Included files are not read, which is said.
package struct RSTReader: DocumentReader {
    package init() {}

    package func read(
        _ source: Source, limits: ReadLimits, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(ReadError) {
        let lines = MarkupText.lines(of: source, &diagnostics).map { line in
            // Tabs stand at every eighth column.
            line.contains(0x09) ? RSTLine.expanded(line) : line
        }
        let parsing = RSTParsing(names: RSTNames(lines), limits: limits, diagnostics: diagnostics)
        var document = Document()
        document.blocks = RSTBlocks.parse(lines, depth: 0, parsing)
        diagnostics = parsing.diagnostics
        document.metadata = parsing.metadata
        if case .heading(_, let title) = document.blocks.first { document.metadata.add("title", InlineText.plain(title)) }
        document.notes = parsing.notes
        try sink.take(document)
    }
}

/// Everything that the blocks of one text share.
final class RSTParsing {
    let names: RSTNames
    let limits: ReadLimits
    var diagnostics: Diagnostics
    var metadata = Metadata()
    var notes: [Note] = []
    /// Marks of headings in the order of their levels; with an overline they are marks of their own.
    private var styles: [[UInt8]] = []
    /// What `highlight` set for code without a language.
    var language: String?
    private var anonymous = 0
    private var counts: [String: Int] = [:]

    init(names: RSTNames, limits: ReadLimits, diagnostics: Diagnostics) {
        self.names = names
        self.limits = limits
        self.diagnostics = diagnostics
    }

    func level(mark: UInt8, isOverlined: Bool) -> Int {
        let style = isOverlined ? [mark, mark] : [mark]
        if let index = styles.firstIndex(of: style) { return index + 1 }
        styles.append(style)
        return styles.count
    }

    /// `#` and `*` are counted, references and notes each for themselves; `#name` is the same note everywhere.
    func noteID(_ label: String, isReference: Bool) -> NoteID {
        guard label == "#" || label == "*" else { return NoteID(label.hasPrefix("#") ? String(label.dropFirst()) : label) }
        let key = (isReference ? "reference" : "note") + label
        counts[key, default: 0] += 1
        return NoteID((label == "#" ? "n" : "s") + String(counts[key] ?? 0))
    }

    func nextAnonymousTarget() -> String? {
        defer { anonymous += 1 }
        return anonymous < names.anonymous.count ? names.anonymous[anonymous] : nil
    }
}

/// What the text names anywhere: addresses, substitutions, notes.
struct RSTNames {
    private(set) var targets: [String: String] = [:]
    private(set) var anonymous: [String] = []
    private(set) var substitutions: [String: (directive: String, text: Line)] = [:]
    private(set) var notes: Set<String> = []

    init(_ lines: [Line]) {
        var at = 0
        while at < lines.count {
            let line = lines[at].trimmed
            at += 1
            if line.hasPrefix("__ ") { anonymous.append(line.dropFirst(3).trimmed.text) }
            guard line.hasPrefix(".. ") else { continue }
            let rest = line.dropFirst(3).trimmed
            if rest.hasPrefix("__:") {
                anonymous.append(rest.dropFirst(3).trimmed.text)
            } else if rest.first == UInt8(ascii: "_"), let colon = Self.colon(rest) {
                var address = rest[(colon + 1)...].trimmed
                // A long address goes on in the next line.
                if address.isEmpty, at < lines.count, lines[at].indent > 0 { address = lines[at].trimmed }
                let name = rest[(rest.startIndex + 1)..<colon].filter { $0 != UInt8(ascii: "`") && $0 != UInt8(ascii: "\\") }
                if !address.isEmpty { targets[Self.normal(name[...])] = address.text }
            } else if rest.first == UInt8(ascii: "|"), let bar = rest.dropFirst().firstIndex(of: UInt8(ascii: "|")) {
                let body = rest[(bar + 1)...].trimmed
                if let mark = body.first("::") {
                    substitutions[rest[(rest.startIndex + 1)..<bar].text] = (body[..<mark].text, body[(mark + 2)...].trimmed)
                }
            } else if rest.first == UInt8(ascii: "["), let close = rest.firstIndex(of: UInt8(ascii: "]")) {
                notes.insert(rest[(rest.startIndex + 1)..<close].text)
            }
        }
        // Targets may name each other: `a_` stands for what `a` names.
        for (name, address) in targets where address.hasSuffix("_") {
            if let other = targets[String(address.dropLast()).lowercased()] { targets[name] = other }
        }
    }

    private static func colon(_ text: Line) -> Int? {
        var isQuoted = false
        for index in text.indices {
            if text[index] == UInt8(ascii: "`") { isQuoted.toggle() }
            if text[index] == UInt8(ascii: ":"), !isQuoted, text[index - 1] != UInt8(ascii: "\\"), index + 1 == text.endIndex || text[index + 1] == 0x20 { return index }
        }
        return nil
    }

    static func normal(_ name: Line) -> String { name.split(whereSeparator: Letters.isSpace).map { $0.text.lowercased() }.joined(separator: " ") }

    func target(_ name: Line) -> String? { targets.isEmpty ? nil : targets[Self.normal(name)] }
}

enum RSTLine {
    static func expanded(_ line: Line) -> Line {
        var out: [UInt8] = []
        for byte in line {
            if byte == 0x09 { repeat { out.append(0x20) } while out.count % 8 != 0 } else { out.append(byte) }
        }
        return out[...]
    }

    /// A line of one punctuation mark, as under headings: the mark, and how many.
    static func adornment(_ line: Line) -> (mark: UInt8, count: Int)? {
        let text = line.trimmed
        guard let mark = text.first, line.first == mark, Letters.isPunctuation(mark), text.allSatisfy({ $0 == mark }) else { return nil }
        return (mark, text.count)
    }

    /// Characters, so that underlines can be compared.
    static func width(_ line: Line) -> Int { line.trimmed.count { $0 & 0xC0 != 0x80 } }

    /// The text that a bullet or a number stands before, and the column where it begins.
    static func item(_ line: Line) -> (number: Int?, isBullet: Bool, content: Int)? {
        guard let first = line.first else { return nil }
        if first == UInt8(ascii: "*") || first == UInt8(ascii: "+") || first == UInt8(ascii: "-") || line.hasPrefix("•") {
            let mark = first < 0x80 ? 1 : 3
            guard line.count == mark || line[line.startIndex + mark] == 0x20 else { return nil }
            return (nil, true, content(line, mark))
        }
        var at = line.startIndex
        let isParenthesized = first == UInt8(ascii: "(")
        if isParenthesized { at += 1 }
        let word = line[at...].prefix { Letters.isDigit($0) || Letters.isLetter($0) || $0 == UInt8(ascii: "#") }
        guard !word.isEmpty, word.count <= 6, word.endIndex < line.endIndex else { return nil }
        let mark = line[word.endIndex]
        guard isParenthesized ? mark == UInt8(ascii: ")") : mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")"),
            word.endIndex + 1 == line.endIndex || line[word.endIndex + 1] == 0x20, let number = number(word)
        else { return nil }
        return (number, false, content(line, word.endIndex + 1 - line.startIndex))
    }

    private static func content(_ line: Line, _ mark: Int) -> Int {
        mark + max(1, line.dropFirst(mark).prefix { $0 == 0x20 }.count)
    }

    private static func number(_ word: Line) -> Int? {
        if word.equals("#") { return 1 }
        if let number = Int(word.text) { return number }
        if word.count == 1, let letter = word.first, Letters.isLetter(letter) { return letter | 0x20 == UInt8(ascii: "i") ? 1 : Int(letter | 0x20) - 0x60 }
        let values: [UInt8: Int] = [0x69: 1, 0x76: 5, 0x78: 10, 0x6C: 50, 0x63: 100, 0x64: 500, 0x6D: 1_000]
        var sum = 0
        var before = 0
        for letter in word.reversed() {
            guard let value = values[letter | 0x20] else { return nil }
            sum += value < before ? -value : value
            before = max(before, value)
        }
        return sum > 0 ? sum : nil
    }
}
