// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// One slide (10.2.4): its title, the objects on it, its notes and comments.
struct ODPSlide {
    private let document: ODFDocument
    private let slide: XMLElement

    init(_ document: ODFDocument, _ slide: XMLElement) {
        self.document = document
        self.slide = slide
    }

    func blocks() -> [Block] {
        document.forms.take(slide.firstOrEmpty(.office_forms))
        let shapes = slide.children.filter { !isBeside($0) }
        var out: [Block] = []
        var title = shapes.first { $0.attribute(.presentation_class) == "title" && $0.hasText }.map(\.index)
        if title == nil, let shape = ODPTitle.likely(shapes, document.styles) { title = shape.index }
        for shape in shapes where shape.index == title { out += heading(ODFBody(document).blocks(of: shape)) }
        if title == nil, let name = slide.attribute(.draw_name), ODPTitle.isGiven(name) { out.append(.heading(level: 1, [.text(name)])) }
        if document.styles.style("drawing-page", slide.attribute(.draw_styleName)).isHidden {
            document.diagnostics.report("slide-hidden", "hidden slides are included and marked")
            out.append(.paragraph([.emphasis([.text(Label.hiddenSlide.text(in: document.limits.labels))])]))
        }
        for shape in ODPOrder.sorted(shapes.filter { $0.index != title }) { out += ODFBody(document).blocks(of: shape) }
        return out + notes() + comments()
    }

    /// What is on the page but none of its content.
    private func isBeside(_ element: XMLElement) -> Bool {
        switch element.known {
        case .presentation_notes, .office_annotation, .anim_par, .anim_seq, .presentation_animations, .office_forms, .draw_layerSet, .svg_title, .svg_desc: true
        default:
            // Places for content that nobody filled, and what stands on every slide.
            element.isTrue(.presentation_placeholder)
                || ["header", "footer", "date-time", "page-number"].contains(element.attribute(.presentation_class) ?? "")
        }
    }

    private func heading(_ blocks: [Block]) -> [Block] {
        var content: [Inline] = []
        var rest: [Block] = []
        for block in blocks {
            switch block {
            case .paragraph(let inlines), .heading(_, let inlines):
                if !content.isEmpty { content.append(.text(" ")) }
                content += inlines.map { if case .lineBreak = $0 { .text(" ") } else { $0 } }
            default: rest.append(block)
            }
        }
        return content.isEmpty ? rest : [.heading(level: 1, content)] + rest
    }

    private func notes() -> [Block] {
        var blocks: [Block] = []
        for notes in slide.children where notes.known == .presentation_notes {
            for shape in notes.children where shape.known != .draw_pageThumbnail && !isBeside(shape) { blocks += ODFBody(document).blocks(of: shape) }
        }
        guard !blocks.isEmpty else { return [] }
        let label = Inline.strong([.text(Label.notes.text(in: document.limits.labels) + ":")])
        if case .paragraph(let content) = blocks[0] {
            blocks[0] = .paragraph([label, .text(" ")] + content)
        } else {
            blocks.insert(.paragraph([label]), at: 0)
        }
        return [.quote(blocks)]
    }

    /// Each comment is a quotation with its author and day.
    private func comments() -> [Block] {
        slide.children.filter { $0.known == .office_annotation }.compactMap { comment in
            var blocks = ODFBody(document).remark(comment)
            guard !blocks.isEmpty else { return nil }
            let author = ODFBody.line(comment.firstOrEmpty(.dc_creator).text)
            if !author.isEmpty {
                let day = comment.firstOrEmpty(.dc_date).text.prefix { $0 != "T" }
                let mark: [Inline] = [.strong([.text(author)]), .text(day.isEmpty ? ": " : " (\(day)): ")]
                if case .paragraph(let content) = blocks[0] { blocks[0] = .paragraph(mark + content) } else { blocks.insert(.paragraph(mark), at: 0) }
            }
            return .quote(blocks)
        }
    }
}

/// Finds the title of slides that mark none.
enum ODPTitle {
    /// The topmost text, when it is one line in letters larger than all others.
    static func likely(_ shapes: [XMLElement], _ styles: ODFStyles) -> XMLElement? {
        let texts = shapes.filter { ($0.known == .draw_frame || $0.known == .draw_customShape || $0.known == .draw_rect) && $0.hasText && $0.descendant(.table_table) == nil }
        guard let top = texts.min(by: { (centimetres($0.attribute(.svg_y)), $0.index) < (centimetres($1.attribute(.svg_y)), $1.index) }) else { return nil }
        var lines = 0, letters = 0
        paragraphs(top) { paragraph in
            if paragraph.hasText { lines += 1 }
            letters += paragraph.text.utf8.count
        }
        guard lines == 1, letters <= 200, top.descendant(.text_list) == nil, case let size = size(top, styles), size >= 24 else { return nil }
        return texts.allSatisfy { $0.index == top.index || self.size($0, styles) < size } ? top : nil
    }

    /// A name that somebody gave, not the program's `page3`.
    static func isGiven(_ name: String) -> Bool {
        let rest = name.drop { $0.isLetter }
        return !(name.lowercased().hasPrefix("page") && rest.utf8.count == name.utf8.count - 4 && rest.allSatisfy(\.isNumber))
    }

    private static func paragraphs(_ shape: XMLElement, _ visit: (XMLElement) -> Void) {
        for child in shape.children {
            if child.known == .text_p || child.known == .text_h { visit(child) } else if child.known != .svg_title, child.known != .svg_desc { paragraphs(child, visit) }
        }
    }

    /// The largest letters of a shape, in points.
    private static func size(_ shape: XMLElement, _ styles: ODFStyles) -> Double {
        var largest = 0.0
        let own = styles.style("graphic", shape.attribute(.draw_styleName)).text.size ?? styles.style("paragraph", shape.attribute(.draw_textStyleName)).text.size ?? 18
        paragraphs(shape) { paragraph in
            guard paragraph.hasText else { return }
            var size = styles.style("paragraph", paragraph.attribute(.text_styleName)).text.size ?? own
            if let span = paragraph.children.first(where: { $0.known == .text_span && $0.hasText }) {
                size = styles.style("text", span.attribute(.text_styleName)).text.size ?? size
            }
            largest = max(largest, size)
        }
        return largest
    }

    private static func centimetres(_ length: String?) -> Double { length.flatMap { ODPLength.centimetres($0) } ?? 0 }
}
