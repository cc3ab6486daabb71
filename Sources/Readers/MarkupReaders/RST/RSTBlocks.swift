// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Lines of reStructuredText as blocks. What is indented takes its lines and parses them anew.
struct RSTBlocks {
    let lines: [Line]
    let depth: Int
    let parsing: RSTParsing
    var at = 0
    var blocks: [Block] = []
    static let deepest = 32

    static func parse(_ lines: [Line], depth: Int, _ parsing: RSTParsing) -> [Block] {
        guard depth < deepest else {
            let text = lines.map(\.trimmed).filter { !$0.isEmpty }
            return text.isEmpty ? [] : [.paragraph(RSTSpans.parse(Array(text.joined(separator: [0x20]))[...], parsing))]
        }
        var parser = RSTBlocks(lines: lines, depth: depth, parsing: parsing)
        parser.run()
        return parser.blocks
    }

    private mutating func run() {
        while at < lines.count {
            let line = lines[at]
            if line.isBlank {
                at += 1
            } else if line.first == 0x20 {
                let (inner, _) = indented(from: at)
                quotes(inner)
            } else if !explicit(line), !section(line), !table(line), !list(line), !fields(line), !special(line) {
                paragraph()
            }
        }
    }

    func spans(_ text: Line) -> [Inline] { RSTSpans.parse(text, parsing) }
    func inner(_ lines: [Line]) -> [Block] { Self.parse(lines, depth: depth + 1, parsing) }

    /// The indented lines from `start` on, without their common indentation; moves behind them.
    mutating func indented(from start: Int) -> (lines: [Line], indent: Int) {
        var end = start
        while end < lines.count, lines[end].first == 0x20 || lines[end].isBlank { end += 1 }
        at = end
        var body = lines[start..<end]
        while body.last?.isBlank == true { body.removeLast() }
        while body.first?.isBlank == true { body.removeFirst() }
        let indent = body.reduce(Int.max) { $1.isBlank ? $0 : min($0, $1.indent) }
        return (body.map { $0.dropFirst(min(indent, $0.count)) }, indent)
    }

    /// Lines that belong to an item whose text begins at `column`.
    mutating func body(firstLine: Line, column: Int) -> [Line] {
        // Below a mark that stands alone any indentation will do.
        if firstLine.isBlank { return indented(from: at + 1).lines }
        var body = [firstLine]
        at += 1
        while at < lines.count, lines[at].isBlank || lines[at].indent >= column {
            body.append(lines[at].dropFirst(min(column, lines[at].count)))
            at += 1
        }
        while body.last?.isBlank == true { body.removeLast() }
        return body
    }

    private mutating func section(_ line: Line) -> Bool {
        let next = at + 1 < lines.count ? lines[at + 1] : []
        if let over = RSTLine.adornment(line) {
            if at + 2 < lines.count, !next.isBlank, let under = RSTLine.adornment(lines[at + 2]), under.mark == over.mark, under.count == over.count,
                RSTLine.width(next) <= over.count || over.count >= 4, RSTLine.adornment(next) == nil {
                blocks.append(.heading(level: parsing.level(mark: over.mark, isOverlined: true), spans(next.trimmed)))
                at += 3
                return true
            }
            guard over.count >= 4, next.isBlank else { return false }
            blocks.append(.rule)
            at += 1
            return true
        }
        guard let under = RSTLine.adornment(next), under.count >= RSTLine.width(line) || under.count >= 4, under.count > 1 || RSTLine.width(line) == 1,
            !line.hasPrefix(".. "), !(under.mark == UInt8(ascii: ":") && under.count == 2)
        else { return false }
        blocks.append(.heading(level: parsing.level(mark: under.mark, isOverlined: false), spans(line.trimmed)))
        at += 2
        return true
    }

    private mutating func list(_ line: Line) -> Bool {
        guard let first = RSTItem(line) else { return false }
        // A number at the start of a sentence: the next line is neither blank, indented nor an item.
        if !first.isBullet, at + 1 < lines.count, !lines[at + 1].isBlank, lines[at + 1].first != 0x20, RSTItem(lines[at + 1]) == nil { return false }
        var items: [ListItem] = []
        var last = first
        while at < lines.count, let item = items.isEmpty ? first : RSTItem(lines[at], after: last) {
            let line = lines[at]
            items.append(ListItem(inner(body(firstLine: line.dropFirst(min(item.content, line.count)), column: item.content))))
            last = item
        }
        blocks.append(.list(List(first.isBullet ? .bullet : .ordered(start: first.number), items: items)))
        return true
    }

    /// `:name: value`; those at the very start are facts of the document.
    private mutating func fields(_ line: Line) -> Bool {
        guard RSTField(line) != nil else { return false }
        let isFirst = depth == 0 && blocks.allSatisfy { if case .heading = $0 { true } else { false } }
        var definitions: [Definition] = []
        while at < lines.count, let field = RSTField(lines[at]) {
            let start = at + 1
            var value = [field.value]
            let (rest, _) = indented(from: start)
            value += rest
            if isFirst { parsing.metadata.add(field.name.text.lowercased(), value.map { $0.trimmed.text }.joined(separator: " ")) }
            // A value on one line is text: "A. Writer" begins no list.
            let content = rest.isEmpty && RSTField(field.value) == nil ? Self.paragraph(spans(field.value)) : inner(value)
            definitions.append(Definition(term: spans(field.name), descriptions: content.isEmpty ? [] : [content]))
            while at < lines.count, lines[at].isBlank, at + 1 < lines.count, RSTField(lines[at + 1]) != nil { at += 1 }
        }
        blocks.append(.definitions(definitions))
        return true
    }

    private static func paragraph(_ content: [Inline]) -> [Block] { content.isEmpty ? [] : [.paragraph(content)] }

    /// Line blocks, doctests, quoted literal blocks, options, definitions.
    private mutating func special(_ line: Line) -> Bool {
        if line.hasPrefix("| ") || line.equals("|") { return lineBlock() }
        if line.hasPrefix(">>> ") {
            let start = at
            while at < lines.count, !lines[at].isBlank { at += 1 }
            blocks.append(.code(text(lines[start..<at]), language: "python"))
            return true
        }
        let next = at + 1 < lines.count ? lines[at + 1] : []
        if let end = RSTOption.end(in: line), next.first == 0x20 || !line[end...].isBlank { return options() }
        guard next.first == 0x20, !next.isBlank, !line.trimmed.hasSuffix("::") else { return false }
        var definitions: [Definition] = []
        while at + 1 < lines.count, !lines[at].isBlank, lines[at].first != 0x20, lines[at + 1].first == 0x20, !lines[at + 1].isBlank, !lines[at].hasPrefix(".. ") {
            let term = Self.classified(spans(lines[at].trimmed))
            let (body, _) = indented(from: at + 1)
            definitions.append(Definition(term: term, descriptions: [inner(body)]))
        }
        blocks.append(.definitions(definitions))
        return true
    }

    /// `term : classifier : classifier`; colons within literals part nothing.
    private static func classified(_ term: [Inline]) -> [Inline] {
        var parts: [[Inline]] = [[]]
        for inline in term {
            guard case .text(let text) = inline, text.contains(" : ") else {
                parts[parts.count - 1].append(inline)
                continue
            }
            for (place, piece) in text.split(separator: " : ", omittingEmptySubsequences: false).enumerated() {
                if place > 0 { parts.append([]) }
                if !piece.isEmpty { parts[parts.count - 1].append(.text(String(piece))) }
            }
        }
        return parts[0] + parts.dropFirst().flatMap { [.text(" ("), .emphasis($0), .text(")")] }
    }

    private mutating func lineBlock() -> Bool {
        var content: [Inline] = []
        while at < lines.count, lines[at].hasPrefix("| ") || lines[at].trimmed.equals("|") {
            var line = lines[at].dropFirst().trimmed
            at += 1
            // A line without a bar goes on with the one above.
            while at < lines.count, lines[at].first == 0x20, !lines[at].isBlank {
                line = Array(line + [0x20] + lines[at].trimmed)[...]
                at += 1
            }
            if !content.isEmpty { content.append(.lineBreak) }
            content += spans(line)
        }
        blocks.append(.paragraph(content))
        return true
    }

    private mutating func options() -> Bool {
        var definitions: [Definition] = []
        while at < lines.count, let gap = RSTOption.end(in: lines[at]) {
            let line = lines[at]
            var value = [line[gap...].trimmed]
            let (rest, _) = indented(from: at + 1)
            value += rest
            definitions.append(Definition(term: [.code(line[..<gap].trimmed.text)], descriptions: [inner(value)]))
        }
        blocks.append(.definitions(definitions))
        return true
    }

    private mutating func paragraph() {
        let start = at
        while at < lines.count, !lines[at].isBlank {
            // A heading or a directive may follow without a blank line in careless texts.
            if at > start, lines[at].hasPrefix(".. "), lines[at].first("::") != nil { break }
            at += 1
        }
        var text = Array(lines[start..<at].map(\.trimmed).joined(separator: [0x20]))
        // A backslash before the colons makes them text.
        let isLiteral = text[...].hasSuffix("::") && text.dropLast(2).reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 0
        if isLiteral {
            text.removeLast(text.count == 2 || text[text.count - 3] == 0x20 ? 2 : 1)
        }
        let content = spans(text[...].trimmed)
        if !content.isEmpty { blocks.append(.paragraph(content)) }
        if isLiteral { literal() }
    }

    /// The block behind `::`: indented, or each line with the same mark.
    private mutating func literal() {
        while at < lines.count, lines[at].isBlank { at += 1 }
        guard at < lines.count, let first = lines[at].first else { return }
        if first == 0x20 {
            let (body, _) = indented(from: at)
            blocks.append(.code(text(body[...]), language: parsing.language))
        } else if Letters.isPunctuation(first) {
            let start = at
            while at < lines.count, lines[at].first == first { at += 1 }
            blocks.append(.code(text(lines[start..<at]), language: parsing.language))
        }
    }

    /// Quotes, each of which an attribution ends: `-- Name` behind a blank line (Docutils, "Block Quotes").
    mutating func quotes(_ lines: [Line]) {
        var start = 0
        var place = 1
        while place < lines.count {
            guard start < place, lines[place - 1].isBlank, let name = Self.attribution(lines[place]) else {
                place += 1
                continue
            }
            let end = lines[place...].firstIndex(where: \.isBlank) ?? lines.count
            let author = Array(([name] + lines[(place + 1)..<end].map(\.trimmed)).joined(separator: [0x20]))[...]
            blocks.append(.quote(inner(Array(lines[start..<place])) + [.paragraph([.text("— ")] + spans(author))]))
            start = lines[end...].firstIndex { !$0.isBlank } ?? lines.count
            place = start + 1
        }
        if start < lines.count { blocks.append(.quote(inner(Array(lines[start...])))) }
    }

    private static func attribution(_ line: Line) -> Line? {
        let dashes = line.prefix { $0 == UInt8(ascii: "-") }.count
        let mark = line.hasPrefix("—") ? 3 : dashes == 2 || dashes == 3 ? dashes : 0
        let name = line.dropFirst(mark).trimmed
        return mark == 0 || name.isEmpty ? nil : name
    }

    func text(_ lines: ArraySlice<Line>) -> String { Array(lines.joined(separator: [0x0A]))[...].text }
}
