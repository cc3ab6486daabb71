// SPDX-License-Identifier: Apache-2.0
import DocumentTree

extension MarkdownWriter {
    /// Tight when no item holds more than a paragraph with lists below it. A list right behind another one of its
    /// kind gets the other mark, or Markdown would read one list (section 5.3).
    func write(_ list: List) {
        guard !list.items.isEmpty else { return }
        var isOrdered = false
        if case .ordered = list.marker { isOrdered = true }
        let isOther = lastList.map { $0.isOrdered == isOrdered && !$0.isOther } ?? false
        separate()
        var number = 0
        if case .ordered(let start) = list.marker { number = max(0, start) }
        let isTight = list.items.allSatisfy(Self.isTight)
        for (place, item) in list.items.enumerated() {
            if place > 0, !isTight { line([]) }
            var mark = isOrdered ? "\(number + place)\(isOther ? ")" : ".") " : isOther ? "* " : "- "
            let width = mark.utf8.count
            if let checked = item.checked { mark += checked ? "[x] " : "[ ] " }
            within(Array(repeating: 0x20, count: width), first: Array(mark.utf8)) { write(item: item, isTight: isTight) }
        }
        lastList = (isOrdered, isOther)
    }

    private func write(item: ListItem, isTight: Bool) {
        for block in item.blocks {
            // In a tight item the list below follows its paragraph without a blank line.
            if isTight { hasBlockBefore = false }
            write(block)
        }
    }

    private static func isTight(_ item: ListItem) -> Bool {
        var paragraphs = 0
        for block in item.blocks {
            switch block {
            case .paragraph: paragraphs += 1
            case .list: continue
            case .heading, .table, .code, .quote, .definitions, .rule, .pageBreak, .figure, .math, .raw: return false
            }
        }
        return paragraphs <= 1
    }
}
