// SPDX-License-Identifier: Apache-2.0
import DocumentTree

extension MarkdownWriter {
    func write(_ blocks: [Block]) { for block in blocks { write(block) } }

    func write(_ block: Block) {
        if case .list(let list) = block { return write(list) }
        lastList = nil
        switch block {
        case .heading(let level, let content): heading(level, content)
        case .paragraph(let content): paragraph(content)
        case .list: return
        case .table(let table): write(table)
        case .code(let text, let language): code(text, language: language)
        case .quote(let blocks): quote(blocks)
        case .definitions(let definitions): write(definitions)
        case .rule:
            separate()
            line("---".utf8)
        case .pageBreak(let page):
            guard options.pageMarkers else { return }
            separate()
            line("<!-- page\(page.map { " \($0)" } ?? "") -->".utf8)
        case .figure(let blocks, let caption):
            write(blocks)
            if !caption.isEmpty { write(.paragraph([.emphasis(caption)])) }
        case .math(let formula):
            separate()
            line("$$".utf8)
            for part in formula.split(whereSeparator: \.isNewline) { line(part.utf8) }
            line("$$".utf8)
        case .raw(let text, let format): raw(text, format: format)
        }
    }

    private func heading(_ level: Int, _ content: [Inline]) {
        var text = inlines(content, .heading)
        guard !text.isEmpty else { return }
        // A closing run of marks would be taken for the heading's end.
        if text.last == UInt8(ascii: "#") { text.insert(UInt8(ascii: "\\"), at: text.count - 1) }
        separate()
        let marks = min(6, max(1, level + options.headingOffset))
        line(Array(repeating: UInt8(ascii: "#"), count: marks) + [0x20] + text)
    }

    private func paragraph(_ content: [Inline]) {
        let text = inlines(content, .paragraph)
        guard !text.isEmpty else { return }
        separate()
        for part in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            var part = Array(part.drop { $0 == 0x20 })
            guard !part.isEmpty else { continue }
            MarkdownEscape.guardStart(of: &part)
            line(part)
        }
    }

    private func code(_ text: String, language: String?) {
        separate()
        let fence = String(repeating: "`", count: max(3, MarkdownInlines.longestRun(of: UInt8(ascii: "`"), in: text) + 1))
        line((fence + (language ?? "").filter { !$0.isWhitespace && $0 != "`" }).utf8)
        lines(of: text)
        line(fence.utf8)
    }

    /// Each line as it is, without the last one's end.
    private func lines(of text: String) {
        var text = text
        text.withUTF8 { bytes in
            var start = 0
            while start < bytes.count {
                let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
                let length = end > start && bytes[end - 1] == 0x0D ? end - 1 : end
                line(UnsafeBufferPointer(rebasing: bytes[start..<length]))
                start = end + 1
            }
        }
    }

    private func raw(_ text: String, format: String) {
        guard format == "md" else { return code(text, language: format) }
        separate()
        lines(of: text)
    }

    private func quote(_ blocks: [Block]) {
        separate()
        within(Array("> ".utf8)) { write(blocks) }
    }

    private func write(_ definitions: [Definition]) {
        for definition in definitions {
            write(.paragraph([.strong(definition.term)]))
            for description in definition.descriptions { write(description) }
        }
    }

    /// Blocks one level in: their lines start with more.
    func within(_ more: [UInt8], first mark: [UInt8]? = nil, _ body: () -> Void) {
        let outer = prefix
        if let mark { first = (first ?? prefix) + mark } else if let first { self.first = first + more }
        prefix += more
        hasBlockBefore = false
        lastList = nil
        body()
        // A container without content still shows its mark.
        if mark != nil, first != nil { line([]) }
        prefix = outer
        hasBlockBefore = true
        lastList = nil
    }
}
