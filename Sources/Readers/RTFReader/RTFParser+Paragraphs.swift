// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

extension RTFParser {
    /// Ends a paragraph; one that is not forced is only there when it has content.
    mutating func endParagraph(isForced: Bool) {
        flushText()
        textMarks = []
        textLink = -1
        var depth = state.paragraph.isInTable || state.paragraph.tableDepth > 0 ? max(1, state.paragraph.tableDepth) : 0
        // Writers that leave `\intbl` out still open their rows.
        if isRowOpen, flows.count == 1 { depth = max(1, depth) }
        let last = flows.count - 1
        guard isForced || !flows[last].runs.isEmpty || !flows[last].floats.isEmpty else {
            flows[last].label = nil
            return
        }
        flows[last].setDepth(depth)
        emit()
    }

    mutating func endCell(depth: Int) {
        guard state.destination == .body else { return }
        flushText()
        let last = flows.count - 1
        flows[last].setDepth(depth)
        emit()
        flows[last].endCell()
    }

    mutating func endRow(depth: Int, _ properties: RTFFlow.RowProperties) {
        flushText()
        let last = flows.count - 1
        flows[last].setDepth(depth)
        if !flows[last].runs.isEmpty { emit() }
        flows[last].endRow(properties)
    }

    private mutating func emit() {
        let last = flows.count - 1
        var runs = flows[last].runs
        let shown = flows[last].label
        let floats = flows[last].floats
        flows[last].runs = TextRuns()
        flows[last].label = nil
        flows[last].floats = []
        runs.trimStart()
        runs.trimEnd()
        let paragraph = state.paragraph
        guard !runs.isBlank else {
            for block in floats { flows[last].append(block) }
            return
        }
        var label = label(paragraph, shown)
        if label == nil { label = RTFTypedLabel.take(from: &runs, paragraph) }
        emit(runs, paragraph, label, shown ?? "")
        for block in floats { flows[last].append(block) }
    }

    private mutating func emit(_ runs: TextRuns, _ paragraph: RTFParagraph, _ label: RTFLists.Label?, _ shown: String) {
        let last = flows.count - 1
        var role = styles.role(paragraph.style)
        if let outline = paragraph.outline, (0..<9).contains(outline), role == nil { role = .heading(outline + 1) }
        switch role {
        case .title where flows.count == 1:
            hasTitle = true
            return flows[last].append(.heading(level: 0, runs.inlines(without: [.bold, .code])))
        case .heading(let level) where runs.hasText:
            var content = runs.inlines(without: [.bold, .code])
            if let label, label.number != nil, case let text = shown.trimmed, !text.isEmpty {
                content.insert(.text((text.last == "." ? String(text.dropLast()) : text) + " "), at: 0)
            }
            return flows[last].append(.heading(level: level, content))
        case .code where label == nil: return flows[last].append(.code(runs.plainText, language: nil))
        case .quote where label == nil: return flows[last].append(.quote([.paragraph(runs.inlines())]))
        default: break
        }
        guard let label else {
            if runs.isCode, ProgramText.isLikely(runs.plainText) { return flows[last].append(.code(runs.plainText, language: nil)) }
            return flows[last].append(.paragraph(runs.inlines()))
        }
        var content = runs.inlines()
        if label.isCompound, case let text = shown.trimmed, !text.isEmpty { content.insert(.text(text + " "), at: 0) }
        flows[last].append(ListItem([.paragraph(content)]), label)
    }

    /// What the paragraph's label is: by the list tables, by the old properties, or by its text.
    private mutating func label(_ paragraph: RTFParagraph, _ shown: String?) -> RTFLists.Label? {
        if paragraph.list > 0, let label = lists.label(paragraph.list, paragraph.level) { return label }
        guard let shown, let read = RTFLists.label(text: shown) else {
            return paragraph.old == .bullet ? .init(list: "old", level: paragraph.level, number: nil) : nil
        }
        let number = paragraph.old == .bullet ? nil : read.number
        return .init(list: "shown", level: min(max(paragraph.level, 0), 8), number: number, isCompound: read.isCompound)
    }
}

/// A label that is typed text: a bullet or number and a tab, in a paragraph whose first line hangs out.
enum RTFTypedLabel {
    static func take(from runs: inout TextRuns, _ paragraph: RTFParagraph) -> RTFLists.Label? {
        guard paragraph.firstIndent < 0, paragraph.leftIndent > 0, case .text(let text)? = runs.pieces.first?.content,
            let tab = text.utf8.prefix(12).firstIndex(of: 0x09)
        else { return nil }
        let shown = String(text[..<tab])
        guard let read = RTFLists.label(text: shown), read.number != nil || ["•", "·", "-", "–", "*", "o", "▪", "◦", "■", "●"].contains(shown.trimmed) else { return nil }
        let label = shown.utf8.count + 1
        guard text.utf8.count > label || runs.pieces.count > 1 else { return nil }
        if read.isCompound { return nil }
        runs.dropStart(label)
        // Writers of such lists indent each level by a quarter of an inch.
        return .init(list: "typed", level: min(max(paragraph.leftIndent / 360 - 1, 0), 8), number: read.number)
    }
}
