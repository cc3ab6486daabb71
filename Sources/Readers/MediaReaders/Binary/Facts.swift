// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree

/// What a picture or a recording says of itself, on its way to a short list.
///
/// A fact that is said twice keeps its first value: readers ask the richest source first.
struct Facts {
    private var values: [Label: String] = [:]
    private var order: [Label] = []
    /// Names for the metadata, where a fact has one.
    private(set) var metadata = Metadata()
    /// A heading and paragraphs of their own.
    var title = ""
    var description = ""
    var lyrics = ""

    private static let mostText = 4_000

    mutating func add(_ label: Label, _ value: String, as name: String? = nil) {
        guard !value.isEmpty else { return }
        let value = String(value.prefix(Self.mostText))
        if values[label] == nil {
            values[label] = value
            order.append(label)
        }
        if let name { metadata.add(name, value) }
    }

    /// Puts those facts before these.
    mutating func put(first facts: Facts) {
        for (name, value) in facts.metadata.fields { metadata.add(name, value) }
        for (label, value) in facts.values { values[label] = value }
        order = facts.order + order.filter { facts.values[$0] == nil }
    }

    var isEmpty: Bool { order.isEmpty && title.isEmpty && description.isEmpty && lyrics.isEmpty }

    func has(_ label: Label) -> Bool { values[label] != nil }

    mutating func describe(title text: String) { if title.isEmpty { title = String(text.prefix(Self.mostText)) } }
    mutating func describe(text: String) { if description.isEmpty { description = String(text.prefix(Self.mostText * 8)) } }

    /// A heading with the title, the description, the facts as a list.
    func document(_ language: LabelLanguage) -> Document {
        var document = Document()
        document.metadata.add("title", title)
        document.metadata.add("description", description)
        for (name, value) in metadata.fields { document.metadata.add(name, value) }
        if !title.isEmpty { document.blocks.append(.heading(level: 1, [.text(title)])) }
        if !description.isEmpty, description != title { document.blocks += Self.paragraphs(description) }
        let items = order.map { label in
            ListItem([.paragraph([.strong([.text(label.text(in: language) + ":")]), .text(" " + (values[label] ?? ""))])])
        }
        if !items.isEmpty { document.blocks.append(.list(List(.bullet, items: items))) }
        if !lyrics.isEmpty {
            document.blocks.append(.heading(level: 2, [.text(Label.lyrics.text(in: language))]))
            document.blocks += Self.paragraphs(lyrics)
        }
        return document
    }

    private static func paragraphs(_ text: String) -> [Block] {
        text.split(separator: "\n\n").map { part in
            var content: [Inline] = []
            for line in part.split(separator: "\n") {
                if !content.isEmpty { content.append(.lineBreak) }
                content.append(.text(String(line)))
            }
            return .paragraph(content)
        }
    }
}

extension DocumentSink {
    func take(_ facts: Facts, _ language: LabelLanguage) throws(ReadError) {
        do throws(SinkError) { try send(facts.document(language)) } catch { throw .sink(error) }
    }
}
