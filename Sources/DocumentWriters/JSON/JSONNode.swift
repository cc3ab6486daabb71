// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// The JSON form of each node of the tree.
enum JSONNode {
    static func blocks(_ blocks: [Block]) -> String { array(blocks) { block($0) } }

    static func block(_ block: Block, headingOffset: Int = 0) -> String {
        switch block {
        case .heading(let level, let content):
            object("heading", "\"level\": \(min(9, max(1, level + headingOffset)))", "\"content\": \(inlines(content))")
        case .paragraph(let content): object("paragraph", "\"content\": \(inlines(content))")
        case .list(let list): self.list(list)
        case .table(let table): object("table", head(table.head), "\"rows\": \(array(table.rows, row))")
        case .code(let text, let language):
            object("code", "\"text\": \(quoted(text))", language.map { "\"language\": \(quoted($0))" })
        case .quote(let content): object("quote", "\"blocks\": \(blocks(content))")
        case .definitions(let definitions): object("definitions", "\"items\": \(array(definitions, definition))")
        case .rule: object("rule")
        case .pageBreak(let page, let label): object("pageBreak", page.map { "\"page\": \($0)" }, label.map { "\"label\": \(quoted($0))" })
        case .figure(let content, let caption):
            object("figure", "\"blocks\": \(blocks(content))", "\"caption\": \(inlines(caption))")
        case .math(let formula): object("math", "\"latex\": \(quoted(formula))")
        case .raw(let text, let format): object("raw", "\"format\": \(quoted(format))", "\"text\": \(quoted(text))")
        }
    }

    /// A block with the places where it stands as its last field.
    static func block(_ block: Block, headingOffset: Int, at positions: [SourcePosition]) -> String {
        placed(self.block(block, headingOffset: headingOffset), positions)
    }

    static func note(_ note: Note, at positions: [SourcePosition]) -> String {
        placed("{\"id\": \(quoted(NoteLabel.text(note.id))), \"blocks\": \(blocks(note.blocks))}", positions)
    }

    private static func placed(_ object: String, _ positions: [SourcePosition]) -> String {
        positions.isEmpty ? object : object.dropLast() + ", \(JSONPlaces.field(positions))}"
    }

    static func inlines(_ inlines: [Inline]) -> String { array(InlineRuns.merged(inlines), inline) }

    private static func inline(_ inline: Inline) -> String {
        switch inline {
        case .text(let text): quoted(text)
        case .lineBreak: object("lineBreak")
        case .emphasis(let content): span("emphasis", content)
        case .strong(let content): span("strong", content)
        case .strikethrough(let content): span("strikethrough", content)
        case .underline(let content): span("underline", content)
        case .superscript(let content): span("superscript", content)
        case .subscript(let content): span("subscript", content)
        case .code(let text): object("code", "\"text\": \(quoted(text))")
        case .link(let address, let title, let content):
            object("link", "\"to\": \(quoted(address))", title.map { "\"title\": \(quoted($0))" }, "\"content\": \(inlines(content))")
        case .image(let image): self.image(image)
        case .note(let id): object("note", "\"id\": \(quoted(NoteLabel.text(id)))")
        case .math(let formula): object("math", "\"latex\": \(quoted(formula))")
        case .anchor(let name): object("anchor", "\"name\": \(quoted(name))")
        }
    }

    private static func image(_ image: Image) -> String {
        let source = switch image.source {
        case .media(let id): "\"media\": \(quoted(id.name))"
        case .address(let address): "\"address\": \(quoted(address))"
        }
        return object("image", source, "\"alternative\": \(quoted(image.alternative))", image.title.map { "\"title\": \(quoted($0))" })
    }

    private static func list(_ list: List) -> String {
        let marker = switch list.marker {
        case .bullet: "\"ordered\": false"
        case .ordered(let start): "\"ordered\": true, \"start\": \(start)"
        }
        return object("list", marker, "\"items\": " + array(list.items) { item in
            "{\(item.checked.map { "\"checked\": \($0), " } ?? "")\"blocks\": \(blocks(item.blocks))}"
        })
    }

    private static func definition(_ definition: Definition) -> String {
        "{\"term\": \(inlines(definition.term)), \"descriptions\": \(array(definition.descriptions, blocks))}"
    }

    static func head(_ head: TableHead) -> String {
        let alignments = array(head.alignments) { alignment in
            switch alignment {
            case .natural: "null"
            case .left: "\"left\""
            case .center: "\"center\""
            case .right: "\"right\""
            }
        }
        return "\"caption\": \(inlines(head.caption)), \"alignments\": \(alignments), \"headerRows\": \(array(head.rows, row))"
    }

    static func row(_ row: Row) -> String {
        array(row.cells) { cell in
            let spans = (cell.columns > 1 ? "\"columns\": \(cell.columns), " : "") + (cell.rows > 1 ? "\"rows\": \(cell.rows), " : "")
            return "{\(spans)\"blocks\": \(blocks(cell.blocks))}"
        }
    }

    static func loss(_ loss: Diagnostic) -> String {
        let place = loss.location.map { ", \"location\": \(quoted($0))" } ?? ""
        return "{\"code\": \(quoted(loss.code)), \"message\": \(quoted(loss.message))\(place), \"count\": \(loss.count)}"
    }

    private static func span(_ type: String, _ content: [Inline]) -> String { object(type, "\"content\": \(inlines(content))") }
    private static func quoted(_ text: String) -> String { JSONText.quoted(text) }
    private static func array<Element>(_ elements: [Element], _ text: (Element) -> String) -> String {
        "[" + elements.map(text).joined(separator: ", ") + "]"
    }

    private static func object(_ type: String, _ fields: String?...) -> String {
        "{" + (["\"type\": \"\(type)\""] + fields.compactMap { $0 }).joined(separator: ", ") + "}"
    }
}
