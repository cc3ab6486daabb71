// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// Reads one slide (19.3.1.38): title, shapes in reading order, notes, comments.
final class PPTXSlide {
    let deck: PPTXDeck
    let layout: PPTXLayout
    let links: [String: OOXMLPackage.Relationship]

    init(_ deck: PPTXDeck, _ part: String, _ layout: PPTXLayout) {
        self.deck = deck
        self.layout = layout
        links = deck.package.relationships(of: part, &deck.diagnostics)
    }

    static func blocks(_ deck: PPTXDeck, _ part: String) -> [Block] {
        guard let tree = deck.package.optionalTree(part, &deck.diagnostics) else {
            deck.count.unreadable += 1
            return []
        }
        deck.count.read += 1
        let slide = PPTXSlide(deck, part, deck.layout(of: part))
        var blocks = tree.withRoot { root in
            let blocks = slide.shapes(root.firstOrEmpty(.p_cSld).firstOrEmpty(.p_spTree))
            guard PPTXLevelStyle.flag(root, .n_show) == false else { return blocks }
            deck.diagnostics.report("slide-hidden", "hidden slides are included and marked")
            let mark = Block.paragraph([.emphasis([.text(Label.hiddenSlide.text(in: deck.labels))])])
            if case .heading? = blocks.first { return [blocks[0], mark] + blocks.dropFirst() }
            return [mark] + blocks
        }
        if deck.isLinked(part), let anchor = deck.anchor(part) { blocks = anchored(blocks, anchor) }
        blocks += slide.notes(part)
        blocks += PPTXComments.blocks(deck, slide: part)
        return blocks
    }

    private static func anchored(_ blocks: [Block], _ name: String) -> [Block] {
        switch blocks.first {
        case .heading(let level, let content)?: [.heading(level: level, [.anchor(name)] + content)] + blocks.dropFirst()
        case .paragraph(let content)?: [.paragraph([.anchor(name)] + content)] + blocks.dropFirst()
        default: [.paragraph([.anchor(name)])] + blocks
        }
    }

    /// The shapes of a slide or a group, read in order.
    private func shapes(_ tree: XMLElement) -> [Block] {
        var found: [XMLElement] = [], frames: [PPTXFrame] = []
        var titles: [Block] = []
        func collect(_ parent: XMLElement) {
            for shape in parent.children {
                switch shape.known {
                case .mc_AlternateContent: collect(OOXMLCompatibility.choice(shape))
                case .p_sp, .p_pic, .p_grpSp, .p_graphicFrame:
                    guard !isLeftOut(shape) else { continue }
                    let placeholder = PPTXShape.placeholder(shape)
                    if let placeholder, placeholder.isTitle, shape.known == .p_sp { titles += title(shape, placeholder); continue }
                    found.append(shape)
                    frames.append(frame(shape, placeholder) ?? frames.last ?? .zero)
                case .p_contentPart: deck.diagnostics.report("ink-left-out", "handwriting was left out")
                case .p_nvGrpSpPr, .p_grpSpPr, .p_cxnSp, .p_extLst, .p_custDataLst: continue
                default:
                    guard shape.hasText else { continue }
                    deck.diagnostics.report("element-unknown", "an element of an unknown kind was read as plain content: \(shape.name)")
                    found.append(shape)
                    frames.append(frames.last ?? .zero)
                }
            }
        }
        collect(tree)
        return ReadingOrder.places(frames.map { ReadingFrame(x: $0.x, y: $0.y, width: $0.width, height: $0.height) }).reduce(into: titles) { $0 += blocks(found[$1]) }
    }

    private func isLeftOut(_ shape: XMLElement) -> Bool {
        if let placeholder = PPTXShape.placeholder(shape), placeholder.isMargin {
            if placeholder.type == "ftr", shape.hasText { deck.diagnostics.report("slide-footer-left-out", "footers of slides were left out") }
            return true
        }
        guard PPTXLevelStyle.flag(PPTXShape.properties(shape).firstOrEmpty(.p_cNvPr), .n_hidden) == true else { return false }
        deck.diagnostics.report("shape-hidden", "hidden shapes were left out")
        return true
    }

    private func frame(_ shape: XMLElement, _ placeholder: PPTXPlaceholder?) -> PPTXFrame? {
        if let own = PPTXShape.ownFrame(shape), own.width > 0 || own.height > 0 { return own }
        if let placeholder { return layout.frame(placeholder) }
        return nil
    }

    private func title(_ shape: XMLElement, _ placeholder: PPTXPlaceholder) -> [Block] {
        let content = PPTXText(self).line(shape.firstOrEmpty(.p_txBody), layout.style(placeholder))
        return content.isEmpty ? [] : [.heading(level: 1, content)]
    }

    private func blocks(_ shape: XMLElement) -> [Block] {
        switch shape.known {
        case .p_sp: text(shape)
        case .p_pic: picture(shape)
        case .p_graphicFrame: frame(shape)
        case .p_grpSp: group(shape)
        default: PPTXText(self).anything(shape)
        }
    }

    private func group(_ shape: XMLElement) -> [Block] {
        let inner = shapes(shape)
        if !inner.isEmpty { return inner }
        return described(shape)
    }

    /// A drawing's alternative text in the drawing's place.
    private func described(_ shape: XMLElement) -> [Block] {
        let text = PPTXShape.alternative(shape)
        return text.isEmpty ? [] : [.paragraph([.image(Image(.address(""), alternative: text))])]
    }

    private func text(_ shape: XMLElement) -> [Block] {
        let placeholder = PPTXShape.placeholder(shape)
        let style = placeholder.map { layout.style($0) } ?? deck.textStyle
        if let body = shape.first(.p_txBody) {
            let blocks = PPTXText(self).blocks(body, style)
            if !blocks.isEmpty { return blocks }
        }
        guard placeholder == nil else { return [] }
        if let fill = shape.firstOrEmpty(.p_spPr).first(.a_blipFill), !PPTXShape.alternative(shape).isEmpty { return picture(fill, shape) }
        return described(shape)
    }
}

extension PPTXFrame {
    static let zero = PPTXFrame(x: 0, y: 0, width: 0, height: 0)

    init(x: Double, y: Double, width: Double, height: Double) {
        (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }
}
