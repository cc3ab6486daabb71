// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

// Blocks that hold blocks: quotes, lists, notes, and HTML with whatever it holds.

extension MarkdownBlocks {
    mutating func quote(_ parsing: inout MarkdownParsing) {
        var inner: [Line] = []
        var isLazy = false
        var fence: (mark: UInt8, count: Int)?
        while at < lines.count, !MarkdownLine.isBlank(lines[at]) {
            var line = lines[at].drop { $0 == 0x20 }
            if line.first == UInt8(ascii: ">"), MarkdownLine.indent(lines[at]) < 4 {
                line = line.dropFirst()
                if line.first == 0x20 { line = line.dropFirst() }
                let mark = MarkdownLine.fence(line)
                // Only a paragraph goes on without its mark.
                isLazy = fence == nil && mark == nil && !MarkdownLine.isBlank(line) && (isLazy || MarkdownLine.indent(line) < 4) && MarkdownLine.heading(line) == nil
                if let mark {
                    if let open = fence { if open.mark == mark.mark, mark.count >= open.count { fence = nil } } else { fence = (mark.mark, mark.count) }
                }
            } else if !isLazy || MarkdownLine.indent(lines[at]) < 4 && MarkdownLine.interrupts(line) {
                break
            } else {
                line = Self.lazy(lines[at])
            }
            inner.append(line)
            at += 1
        }
        if let alert = inner.first?.trimmed, alert.hasPrefix("[!"), alert.last == UInt8(ascii: "]"), alert.count < 20 {
            let name = alert.dropFirst(2).dropLast().text.lowercased()
            let label = Label(callout: name)?.text(in: parsing.limits.labels) ?? name.prefix(1).uppercased() + name.dropFirst()
            let title = Block.paragraph([.strong([.text(label)])])
            return blocks.append(.quote([title] + Self.parse(Array(inner.dropFirst()), depth: depth + 1, &parsing)))
        }
        blocks.append(.quote(Self.parse(inner, depth: depth + 1, &parsing)))
    }

    mutating func list(_ first: MarkdownLine.Item, _ parsing: inout MarkdownParsing) {
        var items: [ListItem] = []
        while at < lines.count, let item = MarkdownLine.item(lines[at]), item.mark == first.mark, MarkdownLine.indent(lines[at]) < 4, !MarkdownLine.isRule(lines[at]) {
            items.append(self.item(itemLines(item), &parsing))
            let end = at
            while at < lines.count, MarkdownLine.isBlank(lines[at]) { at += 1 }
            guard at < lines.count, let next = MarkdownLine.item(lines[at]), next.mark == first.mark else {
                at = end
                break
            }
        }
        if items.isEmpty {
            at += 1
            return
        }
        blocks.append(.list(List(first.number.map { .ordered(start: $0) } ?? .bullet, items: items)))
    }

    /// The lines of one item without its mark and indentation.
    private mutating func itemLines(_ item: MarkdownLine.Item) -> [Line] {
        var inner = [MarkdownLine.content(of: lines[at], item)]
        var fence: (mark: UInt8, count: Int)?
        at += 1
        while at < lines.count {
            let line = lines[at]
            if MarkdownLine.isBlank(line) {
                var next = at
                while next < lines.count, MarkdownLine.isBlank(lines[next]) { next += 1 }
                // An item may begin with at most one blank line (CommonMark 5.2).
                let isEmptyItem = inner.count == 1 && MarkdownLine.isBlank(inner[0])
                guard next < lines.count, MarkdownLine.indent(lines[next]) >= item.content, !isEmptyItem else { break }
                inner += lines[at..<next].map { $0.prefix(0) }
                at = next
                continue
            }
            if MarkdownLine.indent(line) >= item.content {
                let content = line.dropFirst(item.content)
                if let mark = MarkdownLine.fence(content) {
                    if let open = fence { if open.mark == mark.mark, mark.count >= open.count { fence = nil } } else { fence = (mark.mark, mark.count) }
                }
                inner.append(content)
            } else if fence != nil || MarkdownLine.isBlank(lines[at - 1]) || MarkdownLine.indent(line) < 4 && (MarkdownLine.interrupts(line) || MarkdownLine.item(line) != nil) {
                break
            } else {
                inner.append(Self.lazy(line))
            }
            at += 1
        }
        return inner
    }

    /// A line that goes on with a paragraph from outside: what would underline it or begin something else is text there
    /// (CommonMark 5.1, laziness), as a line that is far in always is.
    private static func lazy(_ line: Line) -> Line {
        let text = line.drop { $0 == 0x20 }
        return MarkdownLine.indent(line) >= 4 || MarkdownLine.underline(text) != nil ? ([0x20, 0x20, 0x20, 0x20] + text)[...] : text
    }

    private func item(_ lines: [Line], _ parsing: inout MarkdownParsing) -> ListItem {
        var lines = lines
        var checked: Bool?
        if let first = lines.first, first.hasPrefix("[ ] ") || first.hasPrefix("[x] ") || first.hasPrefix("[X] ") {
            checked = first[first.startIndex + 1] != 0x20
            lines[0] = first.dropFirst(4)
        }
        return ListItem(Self.parse(lines, depth: depth + 1, &parsing), checked: checked)
    }

    /// A link's target, which shows nothing, or a note.
    mutating func definition(_ line: Line, _ parsing: inout MarkdownParsing) -> Bool {
        if let note = MarkdownReferences.note(line.trimmed), depth < Self.deepest, let id = parsing.references.note(labelled: note.label) {
            var inner = [note.text.trimmed]
            at += 1
            while at < lines.count {
                if MarkdownLine.isBlank(lines[at]) {
                    var next = at
                    while next < lines.count, MarkdownLine.isBlank(lines[next]) { next += 1 }
                    guard next < lines.count, MarkdownLine.indent(lines[next]) >= 4 else { break }
                    inner += lines[at..<next].map { $0.prefix(0) }
                    at = next
                    continue
                }
                if MarkdownLine.indent(lines[at]) < 4, MarkdownLine.isBlank(lines[at - 1]) || MarkdownLine.interrupts(lines[at]) || lines[at].first == UInt8(ascii: "[") { break }
                inner.append(lines[at].dropFirst(min(4, MarkdownLine.indent(lines[at]))))
                at += 1
            }
            parsing.notes.append(Note(id: id, blocks: Self.parse(inner, depth: depth + 1, &parsing)))
            return true
        }
        guard let found = MarkdownReferences.definition(lines, at) else { return false }
        at += found.lines
        return true
    }

    mutating func html(_ kind: MarkdownHTMLBlock, _ parsing: inout MarkdownParsing) {
        var text: [UInt8] = []
        var end: Int?
        while at < lines.count, end == nil {
            if kind.endsAtBlank, MarkdownLine.isBlank(lines[at]) { break }
            text += lines[at]
            text.append(0x0A)
            end = kind.end(in: lines[at])
            at += 1
        }
        if kind.isSilent {
            // More may stand behind the end.
            guard let end, !lines[at - 1][end...].isBlank else { return }
            text = Array(lines[at - 1][end...])
        }
        blocks += MarkupText.html(text[...], limits: parsing.limits, &parsing.diagnostics).blocks
    }
}

/// How a block of HTML begins and ends (CommonMark 4.6).
struct MarkdownHTMLBlock {
    private let ends: [StaticString]
    let isSilent: Bool
    var endsAtBlank: Bool { ends.isEmpty }

    /// Where a line closes the block: behind its end.
    func end(in line: Line) -> Int? {
        guard !ends.isEmpty else { return nil }
        let lower = line.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
        for end in ends {
            if let place = lower[...].first(end) { return line.startIndex + place + end.utf8CodeUnitCount }
        }
        return nil
    }

    static func kind(_ line: Line, interrupts: Bool) -> MarkdownHTMLBlock? {
        let start = line.drop { $0 == 0x20 }
        if start.hasPrefix("<!--") { return MarkdownHTMLBlock(ends: ["-->"], isSilent: true) }
        if start.hasPrefix("<?") { return MarkdownHTMLBlock(ends: ["?>"], isSilent: true) }
        if start.hasPrefix("<![CDATA[") { return MarkdownHTMLBlock(ends: ["]]>"], isSilent: false) }
        if start.hasPrefix("<!") { return MarkdownHTMLBlock(ends: [">"], isSilent: true) }
        let isEnd = start.hasPrefix("</")
        let name = start.dropFirst(isEnd ? 2 : 1).prefix { Letters.isLetter($0) || Letters.isDigit($0) }.text.lowercased()
        guard !name.isEmpty else { return nil }
        switch name {
        case "script" where !isEnd: return MarkdownHTMLBlock(ends: ["</script>"], isSilent: true)
        case "style" where !isEnd: return MarkdownHTMLBlock(ends: ["</style>"], isSilent: true)
        case "pre" where !isEnd: return MarkdownHTMLBlock(ends: ["</pre>"], isSilent: false)
        case "textarea" where !isEnd: return MarkdownHTMLBlock(ends: ["</textarea>"], isSilent: false)
        // Further than the standard goes: blank lines within a table do not end it.
        case "table" where !isEnd: return MarkdownHTMLBlock(ends: ["</table>"], isSilent: false)
        default: break
        }
        if blockNames.contains(name) { return MarkdownHTMLBlock(ends: [], isSilent: false) }
        guard !interrupts, let close = MarkdownSpans.tagEnd(start, start.startIndex), start[close...].isBlank else { return nil }
        return MarkdownHTMLBlock(ends: [], isSilent: false)
    }

    private static let blockNames: Set<String> = [
        "address", "article", "aside", "base", "basefont", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details",
        "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4",
        "h5", "h6", "head", "header", "hr", "html", "iframe", "legend", "li", "link", "main", "menu", "menuitem", "nav", "noframes", "ol",
        "optgroup", "option", "p", "param", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr",
        "track", "ul",
    ]
}
