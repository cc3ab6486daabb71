// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree

/// Reads one slide: title, shapes in reading order, notes, comments.
final class PPTSlide {
    private let deck: PPTDeck
    /// Texts of the outline that were shown; each has one shape.
    private var shown: Set<Int> = []
    private let slide: PPTDeck.Slide
    private let master: Int?

    init(_ deck: PPTDeck, _ slide: PPTDeck.Slide) {
        self.deck = deck
        self.slide = slide
        master = slide.record.type == PPTType.slide ? slide.record.first(PPTType.slideAtom)?.content.long(12) : nil
    }

    func blocks() -> [Block] {
        guard slide.record.type == PPTType.slide else { return outline() }
        var blocks = shapes(PPTShape.all(slide.record.first(PPTType.drawing)))
        if let flags = slide.record.first(PPTType.slideInfo)?.content.short(10), flags & 4 != 0 {
            deck.diagnostics.report("slide-hidden", "hidden slides are included and marked")
            let mark = Block.paragraph([.emphasis([.text(Label.hiddenSlide.text(in: deck.limits.labels))])])
            if case .heading? = blocks.first { blocks.insert(mark, at: 1) } else { blocks.insert(mark, at: 0) }
        }
        return blocks + notes() + comments()
    }

    /// The texts of a slide that is itself lost.
    private func outline() -> [Block] {
        slide.texts.flatMap { body in
            let text = PPTText(deck: deck, master: nil)
            guard body.isTitle else { return text.blocks(body) }
            let line = text.line(body)
            return line.isEmpty ? [] : [.heading(level: 1, line)]
        }
    }

    private func shapes(_ all: [PPTShape]) -> [Block] {
        var titles: [Block] = [], found: [(shape: PPTShape, body: PPTTextBody?)] = [], frames: [ReadingFrame] = []
        let unmarked = unmarkedTitle(all)
        for (place, shape) in all.enumerated() {
            if shape.isHidden {
                deck.diagnostics.report("shape-hidden", "hidden shapes were left out")
                continue
            }
            if shape.isMargin { continue }
            let body = body(shape)
            if let body, shape.isTitle || shape.placeholder == nil && body.isTitle || place == unmarked {
                let line = text(shape).line(body)
                if !line.isEmpty { titles.append(.heading(level: 1, line)) }
                continue
            }
            found.append((shape, body))
            frames.append(shape.frame ?? frames.last ?? ReadingFrame(x: 0, y: 0, width: 0, height: 0))
        }
        return ReadingOrder.places(frames).reduce(into: titles) { $0 += blocks(found[$1].shape, found[$1].body) }
    }

    /// Some programs keep the layout with its title but not what holds the title's place: it is then the first text.
    private func unmarkedTitle(_ all: [PPTShape]) -> Int? {
        guard let first = slide.record.first(PPTType.slideAtom)?.content.byte(4), [13, 15, 17].contains(first), all.allSatisfy({ $0.placeholder == nil }) else { return nil }
        let place = all.firstIndex { $0.text.map { $0.units.contains { $0 > 0x20 } } ?? false }
        return place.flatMap { (all[$0].text?.units.count ?? 0) <= 200 ? $0 : nil }
    }

    private func text(_ shape: PPTShape) -> PPTText {
        PPTText(deck: deck, master: master, link: shape.link.flatMap { deck.links[$0] })
    }

    /// A shape's text: its own, or the one of the outline that it refers to. To be asked once for each shape.
    private func body(_ shape: PPTShape) -> PPTTextBody? {
        if let place = shape.outline, slide.texts.indices.contains(place) { return shown.insert(place).inserted ? slide.texts[place] : nil }
        var body = shape.text
        body?.numberings = shape.numberings
        return body
    }

    private func blocks(_ shape: PPTShape, _ body: PPTTextBody?) -> [Block] {
        if shape.isGroup {
            if shape.isTable {
                let table = PPTTable.blocks(shape) { cell in self.body(cell).map { text(cell).blocks($0) } ?? [] }
                if !table.isEmpty { return table }
            }
            let inner = shapes(shape.members)
            return inner.isEmpty ? described(shape) : inner
        }
        if shape.hasObject { deck.diagnostics.report("object-embedded", "an embedded object was left out") }
        var out: [Block] = []
        if let body { out = text(shape).blocks(body) }
        if !shape.geometryText.isEmpty {
            out += shape.geometryText.split(whereSeparator: \.isNewline).map { .paragraph([.text(String($0))]) }
        }
        if let number = shape.picture, let image = deck.image(number, shape.alternative) {
            let link = shape.link.flatMap { deck.links[$0] }
            out.insert(.paragraph([link.map { .link(to: $0, title: nil, [.image(image)]) } ?? .image(image)]), at: 0)
        }
        return out
    }

    /// A drawing's alternative text in the drawing's place.
    private func described(_ shape: PPTShape) -> [Block] {
        shape.alternative.isEmpty ? [] : [.paragraph([.image(Image(.address(""), alternative: shape.alternative))])]
    }

    /// The speaker's notes, as a quotation that says so.
    private func notes() -> [Block] {
        guard let record = deck.notes(of: slide.record) else { return [] }
        var blocks: [Block] = []
        for shape in PPTShape.all(record.first(PPTType.drawing)) where !shape.isMargin && !shape.isTitle {
            if let body = shape.text { blocks += PPTText(deck: deck, master: nil).blocks(body) }
        }
        guard !blocks.isEmpty else { return [] }
        let label = Inline.strong([.text(Label.notes.text(in: deck.limits.labels) + ":")])
        if case .paragraph(let content) = blocks[0] { blocks[0] = .paragraph([label, .text(" ")] + content) } else { blocks.insert(.paragraph([label]), at: 0) }
        return [.quote(blocks)]
    }

    /// Comments ([MS-PPT] 2.5.27), each a quotation with its author.
    private func comments() -> [Block] {
        var out: [Block] = []
        for tags in slide.record.children where tags.type == PPTType.tags {
            for binary in tags.children where binary.type == PPTType.binaryTag {
                for comment in binary.first(PPTType.binaryData)?.children.filter({ $0.type == PPTType.comment }) ?? [] {
                    var author = "", text = ""
                    for child in comment.children where child.type == PPTType.string {
                        if child.instance == 0 { author = PPTTextBody.string(child.content) } else if child.instance == 1 { text = PPTTextBody.string(child.content) }
                    }
                    guard text.utf8.contains(where: { $0 > 0x20 }) else { continue }
                    out.append(.quote([.paragraph((author.isEmpty ? [] : [.strong([.text(author)]), .text(": ")]) + [.text(text)])]))
                }
            }
        }
        return out
    }
}
