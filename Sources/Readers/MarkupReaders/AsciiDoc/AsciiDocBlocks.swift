// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// Lines of AsciiDoc as blocks.
struct AsciiDocBlocks {
    let lines: [Line]
    let depth: Int
    let parsing: AsciiDocParsing
    var at = 0
    var blocks: [Block] = []
    private var paragraph: [Line] = []
    var attributes = AsciiDocAttributes()
    var title: Line = []
    static let deepest = 32

    static func parse(_ lines: [Line], depth: Int, _ parsing: AsciiDocParsing) -> [Block] {
        var parser = AsciiDocBlocks(lines: lines, depth: depth, parsing: parsing)
        parser.run()
        return parser.blocks
    }

    init(lines: [Line], depth: Int, parsing: AsciiDocParsing) {
        self.lines = lines
        self.depth = depth
        self.parsing = parsing
    }

    func spans(_ text: Line) -> [Inline] { AsciiDocSpans.parse(parsing.substituted(text), parsing) }
    func inner(_ lines: [Line]) -> [Block] { Self.parse(lines, depth: depth + 1, parsing) }

    private mutating func run() {
        while at < lines.count {
            let line = lines[at]
            let text = line.trimmed
            if text.isEmpty {
                flush()
                at += 1
            } else if text.hasPrefix("//") {
                comment(text)
            } else if text.first == UInt8(ascii: "["), text.last == UInt8(ascii: "]"), paragraph.isEmpty, isAttributes(text) {
                if !text.hasPrefix("[[") { attributes.add(parsing.substituted(text.dropFirst().dropLast())) }
                at += 1
            } else if text.first == UInt8(ascii: "."), paragraph.isEmpty, text.count > 1, text[text.startIndex + 1] != UInt8(ascii: "."), text[text.startIndex + 1] != 0x20 {
                title = text.dropFirst()
                at += 1
            } else if paragraph.count == 1, let level = underline(text) {
                let content = spans(paragraph[0])
                paragraph = []
                at += 1
                add(.heading(level: level, content))
            } else if let mark = AsciiDocDelimiter(text) {
                flush()
                delimited(mark)
            } else if paragraph.isEmpty, heading(text) || attribute(text) || rule(text) || macro(text) {
                continue
            } else if depth < Self.deepest, paragraph.isEmpty, let item = AsciiDocItem(line) {
                flush()
                list(item)
            } else if text.equals("+"), paragraph.isEmpty {
                at += 1
            } else if line.first == 0x20, paragraph.isEmpty {
                literal()
            } else {
                paragraph.append(text)
                at += 1
            }
        }
        flush()
    }

    /// The level of a heading written with a line below it, as long as the heading.
    private func underline(_ text: Line) -> Int? {
        guard let mark = text.first, text.count > 2, text.allSatisfy({ $0 == mark }), let level = "=-~^+".utf8.firstIndex(of: mark) else { return nil }
        guard abs(text.count - paragraph[0].count { $0 & 0xC0 != 0x80 }) <= 2 else { return nil }
        return "=-~^+".utf8.distance(from: "=-~^+".utf8.startIndex, to: level) + 1
    }

    private func isAttributes(_ text: Line) -> Bool {
        // A line of text may begin and end with brackets too; a block follows attributes.
        guard !text.dropFirst().dropLast().contains(UInt8(ascii: "]")) || text.hasPrefix("[[") else { return false }
        return at + 1 < lines.count
    }

    mutating func flush() {
        guard !paragraph.isEmpty else { return }
        let taken = paragraph
        paragraph = []
        let style = attributes.style
        if let word = AsciiDocAdmonition.word(taken[0]) {
            let rest = [taken[0].dropFirst(word.utf8.count + 2)] + taken.dropFirst()
            return add(AsciiDocAdmonition.block(word, title: titled(), [.paragraph(spans(joined(rest)))], parsing.limits.labels))
        }
        if AsciiDocAdmonition.words.contains(style) { return add(AsciiDocAdmonition.block(style, title: titled(), [.paragraph(spans(joined(taken)))], parsing.limits.labels)) }
        if style == "source" || style == "listing" || style == "literal" { return add(.code(joined(taken).text, language: language())) }
        if style == "quote" || style == "verse" { return add(quote([.paragraph(spans(joined(taken)))])) }
        if ["stem", "latexmath", "asciimath"].contains(style) { return add(.math(joined(taken).text)) }
        let content = spans(joined(taken))
        guard !content.isEmpty else { return reset() }
        let title = titled()
        if !title.isEmpty { blocks.append(.paragraph([.strong(title)])) }
        blocks.append(.paragraph(content))
        reset()
    }

    func joined(_ lines: [Line]) -> Line { Array(lines.joined(separator: [0x0A]))[...] }
    func titled() -> [Inline] { title.isEmpty ? [] : spans(title) }
    func language() -> String? { attributes.positional.count > 1 && !attributes.positional[1].isEmpty ? attributes.positional[1] : parsing.attributes["source-language"]?.text }

    mutating func add(_ block: Block) {
        blocks.append(block)
        reset()
    }

    mutating func reset() {
        attributes = AsciiDocAttributes()
        title = []
    }

    /// A quote with whom it is from.
    func quote(_ content: [Block]) -> Block {
        let from = attributes.positional.dropFirst().filter { !$0.isEmpty }
        return .quote(content + (from.isEmpty ? [] : [.paragraph([.text("— " + from.joined(separator: ", "))])]))
    }

    private mutating func comment(_ text: Line) {
        at += 1
        guard text.count >= 4, text.allSatisfy({ $0 == UInt8(ascii: "/") }) else { return }
        while at < lines.count, !lines[at].trimmed.elementsEqual(text) { at += 1 }
        at = min(at + 1, lines.count)
    }

    /// `== Title`, or Markdown's `## Title`; the first of one mark is the document's, with author and attributes below it.
    private mutating func heading(_ text: Line) -> Bool {
        let mark = text.first ?? 0
        guard mark == UInt8(ascii: "=") || mark == UInt8(ascii: "#") else { return false }
        let marks = text.prefix { $0 == mark }
        guard marks.count <= 6, marks.endIndex < text.endIndex, text[marks.endIndex] == 0x20 else { return false }
        at += 1
        let content = spans(text[marks.endIndex...].trimmed)
        let isDiscrete = attributes.style == "discrete" || attributes.style == "float"
        blocks.append(.heading(level: marks.count, content))
        reset()
        if marks.count == 1, depth == 0, blocks.count == 1, !isDiscrete {
            parsing.metadata.add("title", InlineText.plain(content))
            header()
        }
        return true
    }

    /// Author, revision and attributes, up to the first blank line.
    private mutating func header() {
        var place = 0
        while at < lines.count, !lines[at].isBlank {
            let text = lines[at].trimmed
            if attribute(text) { continue }
            if text.hasPrefix("//") {
                comment(text)
                continue
            }
            if place == 0, let first = text.first, Letters.isLetter(first) || first >= 0x80 {
                let names = text.split(separator: UInt8(ascii: ";")).map { $0.prefix { $0 != UInt8(ascii: "<") }.trimmed.text }
                parsing.metadata.add("author", names.joined(separator: ", "))
                parsing.attributes["author"] = Array((names.first ?? "").utf8)[...]
            } else if place == 1 {
                let parts = text.split(separator: UInt8(ascii: ","), maxSplits: 1).map { $0.prefix { $0 != UInt8(ascii: ":") }.trimmed.text }
                if parts.count > 1 { parsing.metadata.add("version", parts[0].hasPrefix("v") ? String(parts[0].dropFirst()) : parts[0]) }
                parsing.metadata.add("created", parts.last ?? "")
            } else {
                return
            }
            place += 1
            at += 1
        }
    }

    /// `:name: value`.
    private mutating func attribute(_ text: Line) -> Bool {
        guard text.first == UInt8(ascii: ":"), let colon = text.dropFirst().firstIndex(of: UInt8(ascii: ":")), colon > text.startIndex + 1,
            text[(text.startIndex + 1)..<colon].allSatisfy({ Letters.isWord($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "!") })
        else { return false }
        let name = text[(text.startIndex + 1)..<colon].text.lowercased()
        at += 1
        var value = Array(text[(colon + 1)...].trimmed)
        while value.last == UInt8(ascii: "\\"), at < lines.count {
            value.removeLast()
            value += lines[at].trimmed
            at += 1
        }
        if name.contains("!") { parsing.attributes[name.filter { $0 != "!" }] = nil } else { parsing.attributes[name] = parsing.substituted(value[...]) }
        for (key, fact) in [("author", "author"), ("revdate", "created"), ("description", "description"), ("keywords", "keywords"), ("lang", "language")] where key == name {
            parsing.metadata.add(fact, String(decoding: value, as: UTF8.self))
        }
        return true
    }

    private mutating func rule(_ text: Line) -> Bool {
        if text.equals("<<<") {
            at += 1
            return true
        }
        guard text.equals("'''") || text.equals("---") || text.equals("***") || text.equals("- - -") else { return false }
        at += 1
        add(.rule)
        return true
    }

    /// `image::file[]`, `include::file[]` and the like, on a line of their own.
    private mutating func macro(_ text: Line) -> Bool {
        guard let mark = text.first("::"), text.last == UInt8(ascii: "]"), let open = text[mark...].firstIndex(of: UInt8(ascii: "[")) else { return false }
        let name = text[..<mark]
        let target = parsing.substituted(text[(mark + 2)..<open]).text
        switch name.text {
        case "image":
            var own = AsciiDocAttributes()
            own.add(text[(open + 1)..<(text.endIndex - 1)])
            let folder = parsing.attributes["imagesdir"].map { $0.isEmpty || target.hasPrefix("http") ? "" : $0.text + "/" } ?? ""
            let image = Inline.image(Image(.address(folder + target), alternative: own.named["alt"] ?? own.positional.first ?? ""))
            let inline = own.named["link"].map { Inline.link(to: $0, title: nil, [image]) } ?? image
            at += 1
            add(title.isEmpty ? .paragraph([inline]) : .figure([.paragraph([inline])], caption: titled()))
        case "video", "audio":
            at += 1
            add(.paragraph([.link(to: target, title: nil, [.text(target)])]))
        case "include":
            parsing.diagnostics.report("include-not-read", "files that the text includes are not read")
            at += 1
        case "ifdef", "ifndef", "ifeval", "endif":
            // Both sides of a condition are shown.
            at += 1
            if name.equals("ifdef") || name.equals("ifndef"), open + 2 < text.endIndex { paragraph.append(text[(open + 1)..<(text.endIndex - 1)]) }
        case "toc": at += 1
        default: return false
        }
        return true
    }

    private mutating func literal() {
        let start = at
        while at < lines.count, !lines[at].isBlank { at += 1 }
        let indent = lines[start..<at].map(\.indent).min() ?? 0
        add(.code(joined(lines[start..<at].map { $0.dedented(indent) }).text, language: nil))
    }
}

enum AsciiDocAdmonition {
    static let words: Set<String> = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"]

    /// The word before `: ` at the start of a paragraph.
    static func word(_ line: Line) -> String? {
        guard let colon = line.prefix(12).first(": ") else { return nil }
        let word = line[..<colon].text
        return words.contains(word) ? word : nil
    }

    static func block(_ word: String, title: [Inline], _ content: [Block], _ language: LabelLanguage) -> Block {
        let name = Label(callout: word)?.text(in: language) ?? word
        return .quote([.paragraph([.strong([.text(title.isEmpty ? name : name + ": ")] + title)])] + content)
    }
}
