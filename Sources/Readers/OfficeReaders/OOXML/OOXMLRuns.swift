// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// A paragraph of an office part while it is read: running text, formulas that stand on lines of their own, a box to tick.
struct OOXMLRuns {
    private(set) var text = TextRuns()
    /// Displayed formulas, each with the text before it.
    private var displayed: [(before: TextRuns, formula: String)] = []
    /// Whether the paragraph begins with a box, and whether it is ticked.
    var checked: Bool?

    var isEmpty: Bool { text.isEmpty && displayed.isEmpty && checked == nil }
    /// Nothing that would be seen.
    var isBlank: Bool { displayed.isEmpty && text.isBlank }
    var isCode: Bool { displayed.isEmpty && text.isCode }
    var plainText: String { displayed.map(\.before.plainText).joined() + text.plainText }

    var anchors: [String] {
        text.pieces.compactMap { if case .inline(.anchor(let name)) = $0.content { name } else { nil } }
    }

    var hasOnlyAnchors: Bool { checked == nil && displayed.isEmpty && !text.isEmpty && anchors.count == text.pieces.count }

    mutating func add(_ text: String, _ marks: TextMarks = [], _ link: String? = nil) { self.text.add(text, marks, link) }
    mutating func add(_ inline: Inline, _ marks: TextMarks = [], _ link: String? = nil) { text.add(inline, marks, link) }

    mutating func add(displayed formula: String) {
        displayed.append((text, formula))
        text = TextRuns()
    }

    /// The text of an element; line ends within it are white space.
    mutating func add(textOf element: String, _ marks: TextMarks, _ link: String?) {
        guard element.utf8.contains(where: { $0 < 0x20 }) else { return add(element, marks, link) }
        // A vertical tab is how older programs keep a line break within a title.
        for (index, line) in element.split(separator: "\u{0B}", omittingEmptySubsequences: false).enumerated() {
            if index > 0 { add(.lineBreak, marks, link) }
            add(String(decoding: line.utf8.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self), marks, link)
        }
    }

    /// All on one line, for headings, which are bold by nature.
    func heading() -> [Inline] {
        var whole = TextRuns()
        for (before, formula) in displayed {
            whole.add(before)
            whole.add(.math(formula))
        }
        whole.add(text)
        return whole.withoutBreaks.inlines(without: [.bold, .code, .underline])
    }

    /// Paragraphs and displayed formulas; a paragraph of nothing but formulas is displayed.
    var blocks: [Block] {
        if displayed.isEmpty, let formulas = text.onlyMath { return formulas.map { .math($0) } }
        var blocks: [Block] = []
        for (before, formula) in displayed {
            if !before.isBlank { blocks.append(.paragraph(before.inlines())) }
            blocks.append(.math(formula))
        }
        if !text.isBlank { blocks.append(.paragraph(text.inlines())) }
        return blocks
    }
}
