// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// Facts of entries and contacts as items of a list.
enum LabelledFact {
    static func item(_ label: Label, _ value: String, _ language: LabelLanguage) -> ListItem {
        var content: [Inline] = [.strong([.text(label.text(in: language) + ":")]), .text(" ")]
        for (place, line) in value.split(separator: "\n").enumerated() {
            if place > 0 { content.append(.lineBreak) }
            content.append(.text(String(line)))
        }
        return ListItem([.paragraph(content)])
    }

    /// A text whose lines are its author's.
    static func paragraphs(_ text: String) -> [Block] {
        text.split(separator: "\n\n").map { part in
            .paragraph(Array(part.split(separator: "\n").map { [Inline.text(String($0))] }.joined(separator: [.lineBreak])))
        }
    }
}
