// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Lines of Markdown as blocks.
struct MarkdownBlocks {
    private let lines: [MarkdownLine.Bytes]
    private let depth: Int
    private var at = 0
    private var blocks: [Block] = []
    private var paragraph: [MarkdownLine.Bytes] = []
    private static let deepest = 32

    static func parse(_ lines: [MarkdownLine.Bytes], depth: Int) -> [Block] {
        var parser = MarkdownBlocks(lines: lines, depth: depth)
        parser.run()
        return parser.blocks
    }

    private init(lines: [MarkdownLine.Bytes], depth: Int) {
        self.lines = lines
        self.depth = depth
    }

    private mutating func run() {
        while at < lines.count {
            let line = lines[at]
            if MarkdownLine.isBlank(line) {
                flush()
                at += 1
            } else if let fence = MarkdownLine.fence(line) {
                code(fence)
            } else if let heading = MarkdownLine.heading(line) {
                flush()
                blocks.append(.heading(level: heading.level, MarkdownSpans.parse(heading.text)))
                at += 1
            } else if !paragraph.isEmpty, let level = underline(line) {
                let text = paragraph
                paragraph = []
                blocks.append(.heading(level: level, inlines(text)))
                at += 1
            } else if MarkdownLine.isRule(line) {
                flush()
                blocks.append(.rule)
                at += 1
            } else if MarkdownLine.indent(line) >= 4, paragraph.isEmpty {
                indentedCode()
            } else if depth < Self.deepest, MarkdownLine.stripped(line).first == UInt8(ascii: ">") {
                quote()
            } else if depth < Self.deepest, let item = MarkdownLine.item(line), paragraph.isEmpty || item.number ?? 1 == 1 {
                list(item)
            } else if paragraph.isEmpty, at + 1 < lines.count, line.contains(UInt8(ascii: "|")), MarkdownLine.isTableRule(lines[at + 1]) {
                table()
            } else {
                paragraph.append(line)
                at += 1
            }
        }
        flush()
    }

    private mutating func flush() {
        guard !paragraph.isEmpty else { return }
        blocks.append(.paragraph(inlines(paragraph)))
        paragraph = []
    }

    /// Lines joined by spaces, by breaks where two spaces or a backslash end them.
    private func inlines(_ lines: [MarkdownLine.Bytes]) -> [Inline] {
        var result: [Inline] = []
        var text: [UInt8] = []
        for (index, line) in lines.enumerated() {
            let isBreak = line.suffix(2).elementsEqual("  ".utf8) || line.last == UInt8(ascii: "\\")
            text += MarkdownLine.stripped(line.last == UInt8(ascii: "\\") && index + 1 < lines.count ? line.dropLast() : line)
            guard index + 1 < lines.count else { break }
            if isBreak {
                result += MarkdownSpans.parse(text[...]) + [.lineBreak]
                text = []
            } else {
                text.append(0x20)
            }
        }
        return result + MarkdownSpans.parse(text[...])
    }

    private func underline(_ line: MarkdownLine.Bytes) -> Int? {
        let marks = MarkdownLine.stripped(line)
        guard MarkdownLine.indent(line) < 4, let first = marks.first, marks.allSatisfy({ $0 == first }) else { return nil }
        return first == UInt8(ascii: "=") ? 1 : first == UInt8(ascii: "-") ? 2 : nil
    }

    private mutating func code(_ fence: (mark: UInt8, count: Int, language: MarkdownLine.Bytes)) {
        flush()
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
        blocks.append(.code(String(decoding: text.dropLast(), as: UTF8.self), language: fence.language.isEmpty ? nil : String(decoding: fence.language, as: UTF8.self)))
    }

    private mutating func indentedCode() {
        var text: [UInt8] = []
        while at < lines.count, MarkdownLine.indent(lines[at]) >= 4 || MarkdownLine.isBlank(lines[at]) {
            text += lines[at].dropFirst(lines[at].first == 0x09 ? 1 : min(4, lines[at].count))
            text.append(0x0A)
            at += 1
        }
        while text.last == 0x0A { text.removeLast() }
        blocks.append(.code(String(decoding: text, as: UTF8.self), language: nil))
    }

    private mutating func quote() {
        flush()
        var inner: [MarkdownLine.Bytes] = []
        while at < lines.count, !MarkdownLine.isBlank(lines[at]) {
            var line = lines[at].drop { $0 == 0x20 }
            if line.first == UInt8(ascii: ">") {
                line = line.dropFirst()
                if line.first == 0x20 { line = line.dropFirst() }
            }
            inner.append(line)
            at += 1
        }
        blocks.append(.quote(Self.parse(inner, depth: depth + 1)))
    }

    private mutating func list(_ first: (number: Int?, mark: UInt8, content: Int)) {
        flush()
        var items: [ListItem] = []
        while at < lines.count, let item = MarkdownLine.item(lines[at]), item.mark == first.mark, !MarkdownLine.isRule(lines[at]) {
            var inner = [lines[at].dropFirst(min(item.content, lines[at].count))]
            at += 1
            while at < lines.count {
                let line = lines[at]
                if MarkdownLine.isBlank(line) {
                    guard let next = lines[at...].first(where: { !MarkdownLine.isBlank($0) }), MarkdownLine.indent(next) >= item.content else { break }
                    inner.append(line)
                } else if MarkdownLine.indent(line) >= item.content {
                    inner.append(line.first == 0x09 ? line.dropFirst() : line.dropFirst(item.content))
                } else if MarkdownLine.item(line) != nil || MarkdownLine.isBlank(lines[at - 1]) || MarkdownLine.heading(line) != nil || MarkdownLine.fence(line) != nil {
                    break
                } else {
                    inner.append(line.drop { $0 == 0x20 })
                }
                at += 1
            }
            items.append(self.item(inner))
            let end = at
            while at < lines.count, MarkdownLine.isBlank(lines[at]) { at += 1 }
            guard at < lines.count, let next = MarkdownLine.item(lines[at]), next.mark == first.mark else {
                at = end
                break
            }
        }
        blocks.append(.list(List(first.number.map { .ordered(start: $0) } ?? .bullet, items: items)))
    }

    private func item(_ lines: [MarkdownLine.Bytes]) -> ListItem {
        var lines = lines
        var checked: Bool?
        if let first = lines.first, first.count >= 4, first.starts(with: "[ ] ".utf8) || first.starts(with: "[x] ".utf8) || first.starts(with: "[X] ".utf8) {
            checked = first[first.startIndex + 1] != 0x20
            lines[0] = first.dropFirst(4)
        }
        return ListItem(Self.parse(lines, depth: depth + 1), checked: checked)
    }

    private mutating func table() {
        flush()
        func row(_ line: MarkdownLine.Bytes) -> Row {
            Row(MarkdownLine.cells(line).map { text in
                let content = MarkdownSpans.parse(Array(text.utf8)[...])
                return Cell(content.isEmpty ? [] : [.paragraph(content)])
            })
        }
        let alignments: [Alignment] = MarkdownLine.cells(lines[at + 1]).map { rule in
            switch (rule.hasPrefix(":"), rule.hasSuffix(":")) {
            case (true, true): .center
            case (true, false): .left
            case (false, true): .right
            case (false, false): .natural
            }
        }
        var table = Table(head: TableHead(alignments: alignments, rows: [row(lines[at])]), rows: [])
        at += 2
        while at < lines.count, !MarkdownLine.isBlank(lines[at]), lines[at].contains(UInt8(ascii: "|")) {
            table.rows.append(row(lines[at]))
            at += 1
        }
        blocks.append(.table(table))
    }
}
