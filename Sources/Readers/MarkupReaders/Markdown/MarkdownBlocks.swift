// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Lines of Markdown as blocks (CommonMark, chapters 4 and 5). Lists and quotes take their lines and parse them anew.
struct MarkdownBlocks {
    let lines: [Line]
    let depth: Int
    var at = 0
    var blocks: [Block] = []
    var paragraph: [Line] = []
    static let deepest = 32

    static func parse(_ lines: [Line], depth: Int, _ parsing: inout MarkdownParsing) -> [Block] {
        var parser = MarkdownBlocks(lines: lines.map(MarkdownLine.expanded), depth: depth)
        parser.run(&parsing)
        return parser.blocks
    }

    private init(lines: [Line], depth: Int) {
        self.lines = lines
        self.depth = depth
    }

    private mutating func run(_ parsing: inout MarkdownParsing) {
        while at < lines.count {
            let line = lines[at]
            if MarkdownLine.isBlank(line) {
                flush(parsing)
                at += 1
            } else if MarkdownLine.indent(line) >= 4 {
                if paragraph.isEmpty { indentedCode() } else { join(line) }
            } else if !paragraph.isEmpty, let level = MarkdownLine.underline(line) {
                let text = paragraph
                paragraph = []
                blocks.append(.heading(level: level, spans(text, parsing)))
                at += 1
            } else if !start(line, &parsing) {
                join(line)
            }
        }
        flush(parsing)
    }

    /// Begins a block of another kind than a paragraph; false when the line begins none.
    private mutating func start(_ line: Line, _ parsing: inout MarkdownParsing) -> Bool {
        let first = line.first { $0 != 0x20 } ?? 0
        switch first {
        case UInt8(ascii: "`"), UInt8(ascii: "~"):
            guard let fence = MarkdownLine.fence(line) else { return false }
            flush(parsing)
            code(fence)
            return true
        case UInt8(ascii: "#"):
            guard let heading = MarkdownLine.heading(line) else { return false }
            flush(parsing)
            blocks.append(.heading(level: heading.level, MarkdownSpans.parse(heading.text, parsing.references)))
            at += 1
            return true
        case UInt8(ascii: ">") where depth < Self.deepest:
            flush(parsing)
            quote(&parsing)
            return true
        case UInt8(ascii: "$"):
            guard line.trimmed.hasPrefix("$$"), paragraph.isEmpty, formula() else { return false }
            return true
        case UInt8(ascii: "<"):
            guard let kind = MarkdownHTMLBlock.kind(line, interrupts: !paragraph.isEmpty) else { return false }
            flush(parsing)
            html(kind, &parsing)
            return true
        case UInt8(ascii: "["):
            return paragraph.isEmpty && definition(line, &parsing)
        default: break
        }
        if MarkdownLine.isRule(line) {
            flush(parsing)
            blocks.append(.rule)
            at += 1
            return true
        }
        if depth < Self.deepest, let item = MarkdownLine.item(line), paragraph.isEmpty || item.number ?? 1 == 1 && !item.isEmpty {
            flush(parsing)
            list(item, &parsing)
            return true
        }
        if at + 1 < lines.count, MarkdownLine.isTableRule(lines[at + 1]), MarkdownLine.cells(line).count == MarkdownLine.cells(lines[at + 1]).count {
            flush(parsing)
            table(parsing)
            return true
        }
        return false
    }

    private mutating func join(_ line: Line) {
        paragraph.append(line)
        at += 1
    }

    mutating func flush(_ parsing: MarkdownParsing) {
        guard !paragraph.isEmpty else { return }
        let content = spans(paragraph, parsing)
        paragraph = []
        if !content.isEmpty { blocks.append(.paragraph(content)) }
    }

    private func spans(_ lines: [Line], _ parsing: MarkdownParsing) -> [Inline] {
        var text: [UInt8] = []
        for (index, line) in lines.enumerated() {
            text += line.drop { $0 == 0x20 || $0 == 0x09 }
            if index + 1 < lines.count { text.append(0x0A) }
        }
        while text.last == 0x20 || text.last == 0x09 { text.removeLast() }
        return MarkdownSpans.parse(text[...], parsing.references)
    }

    private mutating func code(_ fence: (mark: UInt8, count: Int, language: Line)) {
        let indent = MarkdownLine.indent(lines[at])
        var text: [UInt8] = []
        at += 1
        while at < lines.count {
            let line = lines[at]
            at += 1
            if let end = MarkdownLine.fence(line), end.mark == fence.mark, end.count >= fence.count, end.language.isEmpty { break }
            text += line.dropFirst(min(indent, MarkdownLine.indent(line)))
            text.append(0x0A)
        }
        if fence.language.equals("math") { return blocks.append(.math(text[...].trimmed.text)) }
        blocks.append(.code(text.dropLast().text, language: fence.language.isEmpty ? nil : MarkdownEntities.decoded(fence.language)))
    }

    private mutating func indentedCode() {
        var text: [UInt8] = []
        while at < lines.count, MarkdownLine.indent(lines[at]) >= 4 || MarkdownLine.isBlank(lines[at]) {
            text += lines[at].dropFirst(4)
            text.append(0x0A)
            at += 1
        }
        while text.last == 0x0A { text.removeLast() }
        blocks.append(.code(String(decoding: text, as: UTF8.self), language: nil))
    }

    /// `$$` … `$$`, on one line or several.
    private mutating func formula() -> Bool {
        let first = lines[at].trimmed.dropFirst(2)
        if first.hasSuffix("$$"), first.count > 2 {
            blocks.append(.math(first.dropLast(2).trimmed.text))
            at += 1
            return true
        }
        var text = Array(first)
        var place = at + 1
        while place < lines.count, place < at + 1_000, !MarkdownLine.isBlank(lines[place]) {
            let line = lines[place].trimmed
            place += 1
            text.append(0x0A)
            if line.hasSuffix("$$") {
                text += line.dropLast(2)
                blocks.append(.math(text[...].trimmed.text))
                at = place
                return true
            }
            text += line
        }
        return false
    }

    private mutating func table(_ parsing: MarkdownParsing) {
        let width = MarkdownLine.cells(lines[at]).count
        func row(_ line: Line) -> Row {
            let cells = MarkdownLine.cells(line).prefix(width).map { text in
                let content = MarkdownSpans.parse(text[...], parsing.references)
                return Cell(content.isEmpty ? [] : [.paragraph(content)])
            }
            return Row(cells + Array(repeating: Cell([]), count: width - cells.count))
        }
        let alignments: [Alignment] = MarkdownLine.cells(lines[at + 1]).map { rule in
            switch (rule.first == UInt8(ascii: ":"), rule.last == UInt8(ascii: ":")) {
            case (true, true): .center
            case (true, false): .left
            case (false, true): .right
            case (false, false): .natural
            }
        }
        var table = Table(head: TableHead(alignments: alignments, rows: [row(lines[at])]), rows: [])
        at += 2
        while at < lines.count, !MarkdownLine.isBlank(lines[at]), !MarkdownLine.interrupts(lines[at]) {
            table.rows.append(row(lines[at]))
            at += 1
        }
        blocks.append(.table(table))
    }
}
