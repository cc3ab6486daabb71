// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// The elements of a book's bodies, and what each needs at its end.
enum FB2Element: Equatable, Sendable {
    case skipped, other
    case body, section, title, subtitle
    case paragraph, verse, author, quote, stanza, poem
    case table, row, cell(isHeader: Bool)
    case strong, emphasis, strikethrough, `subscript`, superscript, code, link, image
    /// A frame was begun for it.
    indirect case framed(FB2Element)
    /// Marks were opened for it.
    case marked
    case done

    init(_ name: ByteSlice) { self = Self.byName[name.string] ?? .other }

    private static let byName: [String: FB2Element] = [
        "description": .skipped, "binary": .skipped, "stylesheet": .skipped, "body": .body, "section": .section, "title": .title, "subtitle": .subtitle,
        "p": .paragraph, "v": .verse, "date": .paragraph, "text-author": .author, "epigraph": .quote, "cite": .quote, "stanza": .stanza, "poem": .poem,
        "table": .table, "tr": .row, "td": .cell(isHeader: false), "th": .cell(isHeader: true), "strong": .strong, "emphasis": .emphasis,
        "strikethrough": .strikethrough, "sub": .subscript, "sup": .superscript, "code": .code, "a": .link, "image": .image,
    ]
}

extension FB2Walk {
    /// Returns what is to be done at the element's end.
    func enter(_ element: FB2Element, _ attributes: XMLScan.Slice) -> FB2Element {
        let id = XMLAttributes.value("id", in: attributes)
        if let id, survey.linked.contains(id), survey.notes[id] == nil { frame.run.anchors.append(id) }
        switch element {
        case .body:
            let name = XMLAttributes.value("name", in: attributes) ?? ""
            isInNotes = name == "notes" || name == "comments" || name == "footnotes"
            depth = 0
            hasBodyTitle = false
            return .body
        case .section:
            depth += 1
            if isInNotes, let id, let note = survey.notes[id], frames.count == 1, push(.note(note)) { return .framed(.section) }
            return .section
        case .title: return push(.heading(headingLevel)) ? .framed(.title) : .paragraph
        case .quote: return push(.quote) ? .framed(.quote) : .other
        case .poem:
            frame.endParagraph()
            return .poem
        case .stanza:
            frame.endParagraph()
            return .paragraph
        case .subtitle:
            frame.endParagraph()
            open(.strong)
            return .subtitle
        case .author:
            frame.endParagraph()
            open(.emphasis)
            return .subtitle
        case .paragraph:
            if frame.holdsOneRun { frame.run.addBreak() } else { frame.endParagraph() }
            return .paragraph
        case .verse:
            frame.run.addBreak()
            return .verse
        case .table: return push(.table) ? .framed(.table) : .other
        case .row:
            if case .table = frame.kind { frame.rows.beginRow() }
            return .row
        case .cell(let isHeader):
            guard case .table = frame.kind, push(.cell) else { return .paragraph }
            frame.cell.isHeader = isHeader
            frame.cell.columns = max(1, min(1_000, XMLAttributes.value("colspan", in: attributes).flatMap { Int($0) } ?? 1))
            frame.cell.rows = max(1, min(65_534, XMLAttributes.value("rowspan", in: attributes).flatMap { Int($0) } ?? 1))
            return .framed(element)
        case .strong: return mark(.strong)
        case .emphasis: return mark(.emphasis)
        case .strikethrough: return mark(.strikethrough)
        case .subscript: return mark(.subscript)
        case .superscript: return mark(.superscript)
        case .code: return mark(.code)
        case .link: return enterLink(attributes)
        case .image:
            let address = XMLAttributes.value("href", in: attributes) ?? ""
            let alternative = XMLAttributes.value("alt", in: attributes) ?? XMLAttributes.value("title", in: attributes) ?? ""
            if address.hasPrefix("#"), let image = image(String(address.dropFirst()), alternative) { frame.run.add(.image(image), in: marks) }
            return .done
        case .skipped, .other, .framed, .marked, .done: return .other
        }
    }

    private func mark(_ kind: HTMLMark.Kind) -> FB2Element {
        guard marks.count < HTMLWalk.deepestMarks else { return .other }
        open(kind)
        return .marked
    }

    /// A body's title is the book's; sections are below it.
    private var headingLevel: Int {
        if depth == 0 { hasBodyTitle = true }
        return depth == 0 ? 1 : depth + (hasTitle ? 1 : 0)
    }

    private func enterLink(_ attributes: XMLScan.Slice) -> FB2Element {
        let address = XMLAttributes.value("href", in: attributes) ?? ""
        if address.hasPrefix("#"), let note = survey.notes[String(address.dropFirst())] {
            frame.run.add(.note(note), in: marks)
            // The reference's own text is the number that the note's mark stands for.
            frames.append(HTMLFrame(.caption))
            return .framed(.link)
        }
        return address.isEmpty || marks.count >= HTMLWalk.deepestMarks ? .other : mark(.link(address, title: nil))
    }

    func leave(_ element: FB2Element) {
        switch element {
        case .marked: _ = marks.popLast()
        case .framed(let inner): complete(inner)
        case .section:
            frame.endParagraph()
            depth -= 1
        case .body, .paragraph, .poem: if frame.holdsOneRun { frame.run.addSpace() } else { frame.endParagraph() }
        case .subtitle:
            if frame.holdsOneRun { frame.run.addSpace() } else { frame.endParagraph() }
            _ = marks.popLast()
        case .row: if case .table = frame.kind { frame.rows.endRow() }
        case .skipped, .other, .title, .verse, .author, .quote, .stanza, .table, .cell, .strong, .emphasis, .strikethrough, .subscript,
            .superscript, .code, .link, .image, .done: break
        }
    }

    private func complete(_ element: FB2Element) {
        guard frames.count > 1, let part = frames.popLast() else { return }
        switch part.kind {
        case .heading(let level):
            let inlines = part.run.take()
            // A note's title is its number.
            if !inlines.isEmpty, !isInNotes { frame.append(.heading(level: level, inlines)) }
        case .quote:
            let blocks = part.takeBlocks()
            if !blocks.isEmpty { frame.append(.quote(blocks)) }
        case .cell:
            part.cell.blocks = part.takeBlocks()
            frame.rows.add(part.cell)
        case .table:
            part.rows.finish()
            if let table = HTMLGrid(part.rows.rows).table(caption: []) { frame.append(.table(table)) }
        case .note(let id):
            note(Note(id: id, blocks: part.takeBlocks()))
            depth -= 1
        default: break
        }
    }
}
