// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

// Delimited blocks and lists.

/// A line that begins and ends a block of its kind.
struct AsciiDocDelimiter {
    enum Kind { case listing, literal, example, sidebar, quote, pass, open, table, fence }
    let kind: Kind
    let line: Line

    init?(_ text: Line) {
        line = text
        guard let first = text.first, text.count >= 2, text.count < 200 else { return nil }
        if text.hasPrefix("```") { kind = .fence; return }
        if text.equals("--") { kind = .open; return }
        if text.equals("|===") || text.equals(",===") || text.equals(":===") || text.equals("!===") { kind = .table; return }
        guard text.count >= 4, text.allSatisfy({ $0 == first }) else { return nil }
        switch first {
        case UInt8(ascii: "-"): kind = .listing
        case UInt8(ascii: "."): kind = .literal
        case UInt8(ascii: "="): kind = .example
        case UInt8(ascii: "*"): kind = .sidebar
        case UInt8(ascii: "_"): kind = .quote
        case UInt8(ascii: "+"): kind = .pass
        default: return nil
        }
    }

    func ends(at text: Line) -> Bool { kind == .fence ? text.equals("```") : text.elementsEqual(line) }
}

extension AsciiDocBlocks {
    mutating func delimited(_ mark: AsciiDocDelimiter) {
        let start = at + 1
        var end = start
        while end < lines.count, !mark.ends(at: lines[end].trimmed) { end += 1 }
        let body = Array(lines[start..<min(end, lines.count)])
        at = min(end + 1, lines.count)
        let style = attributes.style
        let caption = titled()
        if AsciiDocAdmonition.words.contains(style), mark.kind != .table { return add(AsciiDocAdmonition.block(style, title: caption, content(body), parsing.limits.labels)) }
        if ["stem", "latexmath", "asciimath"].contains(style) { return add(.math(joined(body).trimmed.text)) }
        if !caption.isEmpty, mark.kind != .table { blocks.append(.paragraph([.strong(caption)])) }
        switch mark.kind {
        case .listing, .literal, .fence:
            let fenced = mark.kind == .fence ? mark.line.dropFirst(3).trimmed : []
            let isSource = mark.kind == .fence || style == "source" || mark.kind == .listing && attributes.positional.count > 1
            add(.code(code(body), language: fenced.isEmpty ? isSource ? language() : nil : fenced.text))
        case .example, .open:
            if style == "source" { return add(.code(code(body), language: language())) }
            if style == "quote" { return add(quote(content(body))) }
            let inside = content(body)
            if mark.kind == .example, style != "example" || !caption.isEmpty { blocks.append(.quote(inside)) } else { blocks += inside }
            reset()
        case .sidebar: add(.quote(content(body)))
        case .quote:
            if style == "verse" {
                let parts = body.map { spans($0.trimmed) }
                return add(quote([.paragraph(Array(parts.joined(separator: [.lineBreak])))]))
            }
            add(quote(content(body)))
        case .pass:
            let page = MarkupText.html(joined(body), limits: parsing.limits, &parsing.diagnostics)
            blocks += page.blocks
            reset()
        case .table: add(.table(AsciiDocTable.read(body, mark.line, attributes, caption, self)))
        }
    }

    private func content(_ body: [Line]) -> [Block] { depth < Self.deepest ? inner(body) : [.paragraph(spans(joined(body)))] }

    /// Without the marks of callouts: `<1>` at a line's end.
    private func code(_ body: [Line]) -> String {
        joined(body.map { line in
            var rest = line
            while rest.last == UInt8(ascii: ">"), let open = rest.suffix(5).lastIndex(of: UInt8(ascii: "<")), open > rest.startIndex, rest[open - 1] == 0x20,
                rest[(open + 1)...].dropLast().allSatisfy({ Letters.isDigit($0) || $0 == UInt8(ascii: ".") }) {
                rest = rest[..<open]
                while rest.last == 0x20 { rest = rest.dropLast() }
                for mark: StaticString in [" //", " #", " --", " ;;"] where rest.hasSuffix(mark) { rest = rest.dropLast(mark.utf8CodeUnitCount) }
            }
            return rest
        }).text
    }

    /// A list and, by other marks, the lists within it.
    mutating func list(_ first: AsciiDocItem) {
        if !title.isEmpty { blocks.append(.paragraph([.strong(titled())])) }
        let start = attributes.named["start"].flatMap { Int($0) }
        reset()
        var open = [first.mark]
        blocks += items(&open, start: start ?? first.number)
    }

    /// The items of the innermost mark; a mark that is open further out ends them.
    private mutating func items(_ open: inout [String], start: Int) -> [Block] {
        let mark = open[open.count - 1]
        var items: [ListItem] = []
        var definitions: [Definition] = []
        var isNumbered = false
        while at < lines.count, let item = AsciiDocItem(lines[at]), item.mark == mark {
            isNumbered = item.isNumbered
            at += 1
            var text: [Line] = item.content.isEmpty ? [] : [item.content]
            while at < lines.count, !lines[at].isBlank, AsciiDocItem(lines[at]) == nil, !lines[at].trimmed.equals("+"), AsciiDocDelimiter(lines[at].trimmed) == nil,
                !lines[at].hasPrefix("//"), !(lines[at].first == UInt8(ascii: "[") && lines[at].trimmed.last == UInt8(ascii: "]")) {
                text.append(lines[at].trimmed)
                at += 1
            }
            var content: [Block] = text.isEmpty ? [] : [.paragraph(spans(joined(text)))]
            attach(&content, &open)
            if item.isTerm { definitions.append(Definition(term: spans(item.term), descriptions: content.isEmpty ? [] : [content])) } else { items.append(ListItem(content, checked: item.checked)) }
            skipBlanks()
        }
        if !definitions.isEmpty { return [.definitions(definitions)] }
        return items.isEmpty ? [] : [.list(List(isNumbered ? .ordered(start: start) : .bullet, items: items))]
    }

    /// What belongs to an item: lists of other marks, and blocks behind a `+`.
    private mutating func attach(_ content: inout [Block], _ open: inout [String]) {
        while at < lines.count {
            if lines[at].trimmed.equals("+") {
                at += 1
                content += continuation()
                continue
            }
            let before = at
            skipBlanks()
            guard at < lines.count, let item = AsciiDocItem(lines[at]), !open.contains(item.mark), open.count < 12 else {
                at = before
                return
            }
            open.append(item.mark)
            content += items(&open, start: item.number)
            open.removeLast()
        }
    }

    /// One block behind a `+`: up to the next `+`, blank line or item, or the end of what is delimited.
    private mutating func continuation() -> [Block] {
        let start = at
        while at < lines.count, !lines[at].isBlank, !lines[at].trimmed.equals("+") {
            if let mark = AsciiDocDelimiter(lines[at].trimmed) {
                at += 1
                while at < lines.count, !mark.ends(at: lines[at].trimmed) { at += 1 }
                at = min(at + 1, lines.count)
                break
            }
            if at > start, AsciiDocItem(lines[at]) != nil { break }
            at += 1
        }
        return content(Array(lines[start..<at]))
    }

    /// Blank lines do not part items, unless a comment line or something else stands between.
    private mutating func skipBlanks() {
        var next = at
        while next < lines.count, lines[next].isBlank { next += 1 }
        if next < lines.count, AsciiDocItem(lines[next]) != nil { at = next }
    }
}

/// The mark of a list's item. Its text is its level: `*`, `**`, `-`, `.`, `..`, `1.`, `::`.
struct AsciiDocItem {
    let mark: String
    var content: Line
    var term: Line = []
    var checked: Bool?
    var number = 1
    var isTerm: Bool { !term.isEmpty }
    var isNumbered: Bool { mark.hasPrefix(".") || mark == "1." || mark == "a." || mark == "<1>" }

    init?(_ line: Line) {
        let text = line.trimmed
        guard let item = Self.marked(text) ?? Self.term(text) else { return nil }
        self = item
    }

    private static func marked(_ text: Line) -> AsciiDocItem? {
        guard let first = text.first else { return nil }
        var body: Line
        var item: AsciiDocItem
        switch first {
        case UInt8(ascii: "*"), UInt8(ascii: "."), UInt8(ascii: "-"):
            let marks = text.prefix { $0 == first }
            guard marks.count <= (first == UInt8(ascii: "-") ? 1 : 6), marks.endIndex < text.endIndex, text[marks.endIndex] == 0x20 else { return nil }
            item = AsciiDocItem(mark: marks.text, term: [], content: [])
            body = text[marks.endIndex...].trimmed
        case 0x30...0x39, UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "<"):
            let word = first == UInt8(ascii: "<") ? text.dropFirst().prefix { Letters.isDigit($0) || $0 == UInt8(ascii: ".") } : text.prefix(while: Letters.isDigit)
            let end = first == UInt8(ascii: "<") || !word.isEmpty ? word.endIndex : text.startIndex + 1
            guard end + 1 < text.endIndex, text[end] == UInt8(ascii: first == UInt8(ascii: "<") ? ">" : "."), text[end + 1] == 0x20, word.count < 9 else { return nil }
            item = AsciiDocItem(mark: first == UInt8(ascii: "<") ? "<1>" : word.isEmpty ? "a." : "1.", term: [], content: [])
            item.number = first == UInt8(ascii: "<") ? 1 : Int(word.text) ?? 1
            body = text[(end + 1)...].trimmed
        default: return nil
        }
        if body.hasPrefix("[ ] ") || body.hasPrefix("[*] ") || body.hasPrefix("[x] ") {
            item.checked = body[body.startIndex + 1] != 0x20
            body = body.dropFirst(4)
        }
        item.content = body
        return item
    }

    private init(mark: String, term: Line, content: Line) {
        self.mark = mark
        self.term = term
        self.content = content
    }

    /// `term:: text`; more colons are a deeper level.
    private static func term(_ text: Line) -> AsciiDocItem? {
        guard let place = text.first("::") ?? text.first(";;"), place > text.startIndex, !text.hasPrefix("//"), !text.hasPrefix("[") else { return nil }
        let marks = text[place...].prefix { $0 == text[place] }
        guard marks.count <= 4, marks.endIndex == text.endIndex || text[marks.endIndex] == 0x20 else { return nil }
        return AsciiDocItem(mark: marks.text, term: text[..<place].trimmed, content: text[marks.endIndex...].trimmed)
    }
}
