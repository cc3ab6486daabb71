// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Running text as Markdown. A line break is a newline byte here; the block's writer gives it its form.
struct MarkdownInlines {
    let pictures: PictureLinks
    var isInTable = false
    /// Bold is a heading's nature.
    var dropsStrong = false
    private var isInLink = false

    init(_ pictures: PictureLinks, isInTable: Bool = false, dropsStrong: Bool = false) {
        self.pictures = pictures
        self.isInTable = isInTable
        self.dropsStrong = dropsStrong
    }

    func render(_ inlines: [Inline], to out: inout [UInt8]) {
        if inlines.count == 1, case .text(let text) = inlines[0] {
            return MarkdownText.append(text, to: &out, .init(isInTable: isInTable, isInLink: isInLink))
        }
        let runs = MarkdownRuns(inlines, dropping: dropsStrong ? .strong : []).runs
        var open: [OpenStyle] = []
        for (index, run) in runs.enumerated() {
            close(&open, keeping: run.style, &out)
            openStyles(&open, runs, index, &out)
            let isLast = index + 1 == runs.count
            switch run.content {
            case .text(let text):
                let place = MarkdownText.Place(isInTable: isInTable, isInLink: isInLink, isBeforeMarkup: !isLast)
                MarkdownText.append(text, to: &out, place)
            case .lineBreak: out.append(0x0A)
            case .whole(let inline): whole(inline, &out)
            }
        }
        close(&open, keeping: [], &out)
    }

    private struct OpenStyle {
        var style: MarkdownStyle
        var close: StaticString
        /// Where its mark stands in what has been written.
        var mark: Range<Int>
    }

    private func close(_ open: inout [OpenStyle], keeping style: MarkdownStyle, _ out: inout [UInt8]) {
        while open.contains(where: { !style.contains($0.style) }), let last = open.popLast() {
            // Marks around nothing would be text.
            if out.count == last.mark.upperBound { out.removeSubrange(last.mark) } else { out.append(last.close) }
        }
    }

    /// Opens what the run at `index` has and is not open yet, the longest-lived outermost.
    private func openStyles(
        _ open: inout [OpenStyle], _ runs: [MarkdownRun], _ index: Int, _ out: inout [UInt8]
    ) {
        let style = runs[index].style
        guard style != [] else { return }
        var wanted: [(style: MarkdownStyle, end: Int)] = []
        for one in MarkdownStyle.order where style.contains(one) && !open.contains(where: { $0.style == one }) {
            wanted.append((one, runs[index...].firstIndex { !$0.style.contains(one) } ?? runs.count))
        }
        wanted.sort { $0.end > $1.end }
        for (one, end) in wanted {
            let marks = delimiters(one, isPlain: canDelimit(runs, index..<end, out))
            let start = out.count
            out.append(marks.open)
            open.append(OpenStyle(style: one, close: marks.close, mark: start..<out.count))
        }
    }

    /// Whether asterisks around these runs would be read as emphasis (CommonMark 6.2, left- and right-flanking).
    private func canDelimit(_ runs: [MarkdownRun], _ range: Range<Int>, _ out: [UInt8]) -> Bool {
        if out.last == UInt8(ascii: "*") || out.last == UInt8(ascii: "~") {
            // Right behind another style's end the marks would join; behind its beginning they may.
            if index(before: range, runs) { return false }
        }
        if MarkdownFlank(endOf: out) == .word, startsWithPunctuation(runs[range.lowerBound]) { return false }
        guard range.upperBound < runs.count, case .text(let after) = runs[range.upperBound].content, let next = after.unicodeScalars.first,
            MarkdownFlank(next) == .word
        else { return true }
        return !endsWithPunctuation(runs[range.upperBound - 1])
    }

    /// Whether a styled run stands right before the range.
    private func index(before range: Range<Int>, _ runs: [MarkdownRun]) -> Bool {
        range.lowerBound > 0 && runs[range.lowerBound - 1].style.subtracting(runs[range.lowerBound].style) != []
    }

    private func startsWithPunctuation(_ run: MarkdownRun) -> Bool {
        switch run.content {
        case .text(let text): text.unicodeScalars.first.map { MarkdownFlank($0) == .punctuation } ?? false
        case .whole: true
        case .lineBreak: false
        }
    }

    private func endsWithPunctuation(_ run: MarkdownRun) -> Bool {
        switch run.content {
        case .text(let text): text.unicodeScalars.last.map { MarkdownFlank($0) == .punctuation } ?? false
        case .whole: true
        case .lineBreak: false
        }
    }

    private func delimiters(_ style: MarkdownStyle, isPlain: Bool) -> (open: StaticString, close: StaticString) {
        switch style {
        case .strong: isPlain ? ("**", "**") : ("<strong>", "</strong>")
        case .emphasis: isPlain ? ("*", "*") : ("<em>", "</em>")
        case .strikethrough: isPlain ? ("~~", "~~") : ("<del>", "</del>")
        case .superscript: ("<sup>", "</sup>")
        default: ("<sub>", "</sub>")
        }
    }

    private func whole(_ inline: Inline, _ out: inout [UInt8]) {
        switch inline {
        case .code(let text): code(text, &out)
        case .link(let to, let title, let inner): link(to, title, inner, &out)
        case .image(let image): self.image(image, &out)
        case .note(let note):
            out.append("[^")
            out.append(NoteLabel.text(note))
            out.append(UInt8(ascii: "]"))
        case .math(let formula):
            out.append(UInt8(ascii: "$"))
            appendLine(MarkdownText.formula(formula), &out)
            out.append(UInt8(ascii: "$"))
        case .anchor(let name): anchor(name, &out)
        case .text, .lineBreak, .emphasis, .strong, .strikethrough, .underline, .superscript, .subscript:
            render([inline], to: &out)
        }
    }

    /// Text on one line; in a table the pipe is escaped even in code and formulas (GFM 4.10).
    private func appendLine(_ text: String, _ out: inout [UInt8]) {
        for byte in text.utf8 {
            if isInTable, byte == UInt8(ascii: "|") { out.append(UInt8(ascii: "\\")) }
            out.append(byte < 0x20 ? 0x20 : byte)
        }
    }

    private func code(_ text: String, _ out: inout [UInt8]) {
        let longest = MarkdownFence.longestRun(of: UInt8(ascii: "`"), in: text)
        let fence = [UInt8](repeating: UInt8(ascii: "`"), count: longest == 0 ? 1 : longest + 1)
        let isPadded = text.utf8.first == UInt8(ascii: "`") || text.utf8.last == UInt8(ascii: "`")
        out += fence
        if isPadded { out.append(0x20) }
        appendLine(text, &out)
        if isPadded { out.append(0x20) }
        out += fence
    }

    /// HTML within Markdown (GFM 6.10): Markdown itself has no word for a place.
    private func anchor(_ name: String, _ out: inout [UInt8]) {
        out.append("<a id=\"")
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "&"): out.append("&amp;")
            case UInt8(ascii: "\""): out.append("&quot;")
            case UInt8(ascii: "<"): out.append("&lt;")
            case UInt8(ascii: "|"): out.append("&#124;")
            case 0x21...: out.append(byte)
            default: out.append(UInt8(ascii: "-"))
            }
        }
        out.append("\"></a>")
    }

    private func link(_ to: String, _ title: String?, _ inner: [Inline], _ out: inout [UInt8]) {
        guard !isInLink, let target = LinkTarget(to) else { return render(inner, to: &out) }
        var text: [UInt8] = []
        var inside = self
        inside.isInLink = true
        inside.render(inner, to: &text)
        // White space belongs outside, and a link never spans a line break here.
        let isBlank = text.allSatisfy(ASCII.isSpace)
        if isBlank {
            out += text
            guard inner.contains(where: { if case .anchor = $0 { false } else { true } }) else { return }
            return
        }
        let start = text.firstIndex { !ASCII.isSpace($0) } ?? 0
        let end = (text.lastIndex { !ASCII.isSpace($0) } ?? -1) + 1
        if start > 0 { out.append(0x20) }
        out.append(UInt8(ascii: "["))
        out.append(contentsOf: text[start..<end].lazy.map { $0 == 0x0A ? 0x20 : $0 })
        out.append("](")
        target.append(to: &out, isInTable: isInTable, isBeforeTitle: title?.isEmpty == false)
        self.title(title, &out)
        out.append(UInt8(ascii: ")"))
        if end < text.count { out.append(0x20) }
    }

    private func image(_ image: Image, _ out: inout [UInt8]) {
        var alternative: [UInt8] = []
        MarkdownText.append(image.alternative, to: &alternative, .init(isInTable: isInTable, isInLink: true))
        guard let address = pictures.address(of: image), let target = LinkTarget(address) else {
            out += alternative
            return
        }
        out.append("![")
        out += alternative
        out.append("](")
        target.append(to: &out, isInTable: isInTable, isBeforeTitle: image.title?.isEmpty == false)
        title(image.title, &out)
        out.append(UInt8(ascii: ")"))
    }

    /// Parentheses as references: plenty of programs take the first closing one for the link's end.
    private func title(_ title: String?, _ out: inout [UInt8]) {
        guard let title, !title.isEmpty else { return }
        out.append(" \"")
        for byte in title.utf8 {
            if byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")") {
                out.append(byte == UInt8(ascii: "(") ? "&#40;" : "&#41;")
                continue
            }
            if byte == UInt8(ascii: "<") {
                out.append("&lt;")
                continue
            }
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || isInTable && byte == UInt8(ascii: "|") { out.append(UInt8(ascii: "\\")) }
            out.append(byte < 0x20 ? 0x20 : byte)
        }
        out.append(UInt8(ascii: "\""))
    }
}
