// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Lines of Org as blocks.
struct OrgBlocks {
    let lines: [Line]
    let depth: Int
    let parsing: OrgParsing
    var at = 0
    var blocks: [Block] = []
    private var paragraph: [Line] = []
    var caption: [Inline] = []
    /// The line where the next drawer ends.
    private var drawerEnd = -1
    static let deepest = 32

    static func parse(_ lines: [Line], depth: Int, _ parsing: OrgParsing) -> [Block] {
        var parser = OrgBlocks(lines: lines, depth: depth, parsing: parsing)
        parser.run()
        return parser.blocks
    }

    private init(lines: [Line], depth: Int, parsing: OrgParsing) {
        self.lines = lines
        self.depth = depth
        self.parsing = parsing
    }

    func spans(_ text: Line) -> [Inline] { OrgSpans.parse(text, parsing) }

    private mutating func run() {
        while at < lines.count {
            let line = lines[at]
            let text = line.trimmed
            if text.isEmpty {
                flush()
                at += 1
            } else if depth == 0, let headline = OrgLine.headline(line) {
                flush()
                self.headline(headline)
            } else if text.first == UInt8(ascii: "#"), directive(line, text) {
                continue
            } else if text.first == UInt8(ascii: "|") {
                flush()
                table()
            } else if text.hasPrefix("+-"), paragraph.isEmpty, drawnTable() {
                continue
            } else if text.first == UInt8(ascii: ":"), drawer(text) {
                continue
            } else if text.hasPrefix("-----"), text.allSatisfy({ $0 == UInt8(ascii: "-") }) {
                flush()
                blocks.append(.rule)
                at += 1
            } else if depth < Self.deepest, let item = OrgLine.item(line), paragraph.isEmpty || item.number ?? 1 == 1 {
                flush()
                list(item)
            } else if line.hasPrefix("[fn:"), let close = line.firstIndex(of: UInt8(ascii: "]")) {
                flush()
                note(line[(line.startIndex + 4)..<close], line[(close + 1)...].trimmed)
            } else if text.hasPrefix("\\begin{") {
                flush()
                environment(text)
            } else if text.hasPrefix("\\["), paragraph.isEmpty, formula() {
                continue
            } else {
                paragraph.append(text)
                at += 1
            }
        }
        flush()
    }

    mutating func flush() {
        guard !paragraph.isEmpty else { return }
        let content = spans(Array(paragraph.joined(separator: [0x0A]))[...])
        paragraph = []
        guard !content.isEmpty else { return }
        blocks.append(caption.isEmpty ? .paragraph(content) : .figure([.paragraph(content)], caption: caption))
        caption = []
    }

    /// `** TODO [#A] Title :tag:`; a headline of a comment is left out with all below it.
    private mutating func headline(_ headline: (level: Int, text: Line)) {
        var text = headline.text
        at += 1
        if text.last == UInt8(ascii: ":"), let space = text.lastIndex(of: 0x20), text[space...].dropFirst().first == UInt8(ascii: ":") {
            let tags = text[space...].trimmed
            text = text[..<space].trimmed
            if tags.first(":noexport:") != nil { return skip(below: headline.level) }
        }
        var start: [Inline] = []
        let word = text.prefix { $0 != 0x20 }.text
        if word == "COMMENT" { return skip(below: headline.level) }
        if parsing.todo.contains(word) {
            start = [.strong([.text(word)]), .text(" ")]
            text = text.dropFirst(word.utf8.count).trimmed
        }
        if text.hasPrefix("[#"), text.count >= 4, text[text.startIndex + 3] == UInt8(ascii: "]") { text = text.dropFirst(4).trimmed }
        blocks.append(.heading(level: headline.level, start + spans(text)))
        // Planning stands right below.
        while at < lines.count, ["SCHEDULED:", "DEADLINE:", "CLOSED:"].contains(lines[at].trimmed.prefix { $0 != 0x20 }.text) { at += 1 }
    }

    private mutating func skip(below level: Int) {
        parsing.diagnostics.report("part-not-exported", "parts that are comments or not to be exported were left out")
        while at < lines.count {
            if let next = OrgLine.headline(lines[at]), next.level <= level { return }
            at += 1
        }
    }

    /// What begins with `#`: blocks, keywords, comments. False for text such as a tag.
    private mutating func directive(_ line: Line, _ text: Line) -> Bool {
        if let begin = OrgLine.begin(line) {
            flush()
            block(begin.name, begin.arguments)
            return true
        }
        if let key = OrgLine.keyword(line) {
            flush()
            at += 1
            keyword(key.name, key.value)
            return true
        }
        guard text.count == 1 || text.hasPrefix("# ") || text.hasPrefix("#+") else { return false }
        flush()
        at += 1
        return true
    }

    private mutating func keyword(_ name: String, _ value: Line) {
        switch name {
        case "TITLE", "AUTHOR", "DATE", "LANGUAGE", "KEYWORDS", "DESCRIPTION", "SUBTITLE", "EMAIL":
            let key = name == "DATE" ? "created" : name.lowercased()
            parsing.metadata.add(key, InlineText.plain(spans(value)))
        case "CAPTION": caption += (caption.isEmpty ? [] : [.text(" ")]) + spans(value)
        case "INCLUDE": parsing.diagnostics.report("include-not-read", "files that the text includes are not read")
        default: break
        }
    }

    private mutating func block(_ name: String, _ arguments: Line) {
        let indent = lines[at].indent
        let start = at + 1
        var end = start
        while end < lines.count, !OrgLine.ends(lines[end], name) { end += 1 }
        at = min(end + 1, lines.count)
        let body = lines[start..<end]
        func code() -> String {
            // Lines that would be headlines or keywords are written with a comma before them.
            Array(body.map { line -> Line in
                let text = line.dedented(indent)
                return text.hasPrefix(",*") || text.hasPrefix(",#+") ? text.dropFirst() : text
            }.joined(separator: [0x0A]))[...].text
        }
        switch name {
        case "src":
            if !caption.isEmpty { blocks.append(.paragraph(caption)) }
            let language = arguments.prefix { !Letters.isSpace($0) }
            blocks.append(.code(code(), language: language.isEmpty ? nil : language.text))
        case "example":
            if !caption.isEmpty { blocks.append(.paragraph(caption)) }
            blocks.append(.code(code(), language: nil))
        case "quote" where depth < Self.deepest: blocks.append(.quote(Self.parse(Array(body), depth: depth + 1, parsing)))
        case "verse":
            let parts = body.map { spans($0.trimmed) }
            blocks.append(.quote([.paragraph(Array(parts.joined(separator: [.lineBreak])))]))
        case "comment": break
        case "export":
            if arguments.text.lowercased() == "html" { blocks += MarkupText.html(Array(body.joined(separator: [0x0A]))[...], limits: parsing.limits, &parsing.diagnostics).blocks }
            if arguments.text.lowercased() == "latex" { blocks.append(.code(code(), language: "latex")) }
        default: blocks += depth < Self.deepest ? Self.parse(Array(body), depth: depth + 1, parsing) : [.paragraph([.text(code())])]
        }
        caption = []
    }

    /// `:NAME:` to `:END:`, or lines that begin with a colon, which are literal.
    private mutating func drawer(_ text: Line) -> Bool {
        if text.count > 2, text.last == UInt8(ascii: ":"), text.dropFirst().dropLast().allSatisfy({ Letters.isWord($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }) {
            if drawerEnd < at { drawerEnd = lines[at...].firstIndex { $0.count < 80 && $0.trimmed.count == 5 && $0.trimmed.text.uppercased() == ":END:" } ?? lines.count }
            let end = drawerEnd
            guard end < lines.count else { return false }
            flush()
            at = end + 1
            return true
        }
        guard text.count == 1 || text.hasPrefix(": ") else { return false }
        flush()
        var code: [Line] = []
        while at < lines.count, lines[at].trimmed.count == 1 && lines[at].trimmed.equals(":") || lines[at].trimmed.hasPrefix(": ") {
            code.append(lines[at].drop { $0 == 0x20 || $0 == 0x09 }.dropFirst(2))
            at += 1
        }
        blocks.append(.code(Array(code.joined(separator: [0x0A]))[...].text, language: nil))
        return true
    }

    private mutating func list(_ first: OrgLine.Item) {
        var items: [ListItem] = []
        var definitions: [Definition] = []
        while at < lines.count, let item = OrgLine.item(lines[at]), item.indent == first.indent, (item.number == nil) == (first.number == nil) {
            at += 1
            var content = item.content
            if content.hasPrefix("[@"), let close = content.prefix(12).firstIndex(of: UInt8(ascii: "]")) { content = content[(close + 1)...].trimmed }
            var checked: Bool?
            if content.hasPrefix("[ ]") || content.hasPrefix("[X]") || content.hasPrefix("[x]") || content.hasPrefix("[-]") {
                checked = content[content.startIndex + 1] | 0x20 == UInt8(ascii: "x")
                content = content.dropFirst(3).trimmed
            }
            var term: Line?
            if item.number == nil, let mark = content.first(" :: ") ?? (content.hasSuffix(" ::") ? content.endIndex - 3 : nil) {
                term = content[..<mark].trimmed
                content = content[min(mark + 4, content.endIndex)...].trimmed
            }
            let inner = Self.parse([content] + body(deeperThan: item.indent), depth: depth + 1, parsing)
            if let term, items.isEmpty {
                definitions.append(Definition(term: spans(term), descriptions: inner.isEmpty ? [] : [inner]))
            } else {
                // A term among plain items stays one of them.
                items.append(ListItem((term.map { [.paragraph([.strong(spans($0))])] } ?? []) + inner, checked: checked))
            }
        }
        if !definitions.isEmpty { blocks.append(.definitions(definitions)) }
        if !items.isEmpty { blocks.append(.list(List(first.number.map { .ordered(start: $0) } ?? .bullet, items: items))) }
    }

    /// The further lines of an item: what is indented more; two blank lines end a list.
    private mutating func body(deeperThan indent: Int) -> [Line] {
        var body: [Line] = []
        while at < lines.count {
            if lines[at].isBlank {
                guard at + 1 < lines.count, !lines[at + 1].isBlank, lines[at + 1].indent > indent || OrgLine.item(lines[at + 1])?.indent == indent else { break }
                if lines[at + 1].indent <= indent {
                    at += 1
                    break
                }
                body.append([])
            } else if lines[at].indent > indent, depth == 0 ? OrgLine.headline(lines[at]) == nil : true {
                body.append(lines[at].dedented(indent + 2))
            } else {
                break
            }
            at += 1
        }
        return body
    }

    private mutating func note(_ label: Line, _ first: Line) {
        var body = [first]
        at += 1
        while at < lines.count, !lines[at].hasPrefix("[fn:"), OrgLine.headline(lines[at]) == nil {
            if lines[at].isBlank, at + 1 < lines.count, lines[at + 1].isBlank { break }
            body.append(lines[at])
            at += 1
        }
        parsing.notes.append(Note(id: NoteID(label.text), blocks: Self.parse(body, depth: depth + 1, parsing)))
    }

    /// `\begin{name}` to `\end{name}`: LaTeX as it is.
    private mutating func environment(_ text: Line) {
        let name = text.dropFirst(7).prefix { $0 != UInt8(ascii: "}") }
        let mark = Array("\\end{".utf8) + name + [UInt8(ascii: "}")]
        let start = at
        while at < lines.count, !lines[at].trimmed.suffix(mark.count).elementsEqual(mark) { at += 1 }
        at = min(at + 1, lines.count)
        blocks.append(.math(Array(lines[start..<at].joined(separator: [0x0A]))[...].text))
    }

    private mutating func formula() -> Bool {
        var end = at
        while end < lines.count, end < at + 100, !lines[end].isBlank, !lines[end].trimmed.hasSuffix("\\]") { end += 1 }
        guard end < lines.count, lines[end].trimmed.hasSuffix("\\]") else { return false }
        let text = Array(lines[at...end].map(\.trimmed).joined(separator: [0x0A]))[...].dropFirst(2).dropLast(2)
        blocks.append(.math(text.trimmed.text))
        at = end + 1
        return true
    }
}
