// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

extension PPTXSlide {
    func picture(_ shape: XMLElement) -> [Block] {
        let properties = PPTXShape.properties(shape).firstOrEmpty(.p_nvPr)
        for child in properties.children {
            switch child.known {
            case .a_videoFile, .a_audioFile, .a_wavAudioFile, .a_quickTimeFile: deck.diagnostics.report("media-left-out", "sound or film was left out")
            default: continue
            }
        }
        return picture(shape.firstOrEmpty(.p_blipFill), shape)
    }

    /// A picture with the alternative text of its shape; only the text where the picture is lost.
    func picture(_ fill: XMLElement, _ shape: XMLElement) -> [Block] {
        let alternative = PPTXShape.alternative(shape)
        let blip = fill.firstOrEmpty(.a_blip)
        var image = Image(.address(""), alternative: alternative)
        if let target = (blip.attribute(.r_embed) ?? blip.attribute(.r_link)).flatMap({ links[$0] }) {
            if target.isExternal {
                image.source = .address(target.target)
            } else if let own = deck.media.image(target.target, alternative: alternative, &deck.diagnostics) {
                image = own
            }
        } else {
            deck.diagnostics.report("picture-missing", "a picture's part is not in the package")
        }
        if image.source == .address(""), alternative.isEmpty { return [] }
        let names = PPTXShape.properties(shape).firstOrEmpty(.p_cNvPr)
        if let link = names.first(.a_hlinkClick).flatMap({ target(of: $0) }) { return [.paragraph([.link(to: link, title: nil, [.image(image)])])] }
        return [.paragraph([.image(image)])]
    }

    /// A table, chart, diagram or embedded object (19.3.1.21).
    func frame(_ shape: XMLElement) -> [Block] {
        let content = shape.firstOrEmpty(.a_graphic).firstOrEmpty(.a_graphicData)
        var out: [Block] = []
        func read(_ parent: XMLElement) {
            for child in parent.children {
                switch child.known {
                case .a_tbl: out += PPTXTable.blocks(child, self)
                case .c_chart: out += chart(child.attribute(.r_id)) { OOXMLChart.blocks($0, deck.labels) }
                case .cx_chart: out += chart(child.attribute(.r_id)) { OOXMLExtendedChart.blocks($0) }
                case .dgm_relIds: out += chart(child.attribute(.r_dm)) { OOXMLDiagram.blocks($0) }
                case .p_oleObj: out += object(child, shape)
                case .mc_AlternateContent: read(OOXMLCompatibility.choice(child))
                default:
                    guard child.hasText else { continue }
                    deck.diagnostics.report("element-unknown", "an element of an unknown kind was read as plain content: \(child.name)")
                    out += PPTXText(self).anything(child)
                }
            }
        }
        read(content)
        let text = PPTXShape.alternative(shape)
        guard !text.isEmpty, !out.contains(where: Self.isPicture) else { return out }
        return [.paragraph([.image(Image(.address(""), alternative: text))])] + out
    }

    private static func isPicture(_ block: Block) -> Bool {
        guard case .paragraph(let content) = block, content.count == 1, case .image = content[0] else { return false }
        return true
    }

    private func chart(_ id: String?, _ read: (XMLElement) -> [Block]) -> [Block] {
        guard let target = id.flatMap({ links[$0] }), !target.isExternal, let tree = deck.package.optionalTree(target.target, &deck.diagnostics) else {
            deck.diagnostics.report("part-missing", "a chart's or diagram's part is not in the package")
            return []
        }
        return tree.withRoot(read)
    }

    /// An embedded object is read behind the slide; here its picture stands for it.
    private func object(_ element: XMLElement, _ shape: XMLElement) -> [Block] {
        let link = element.attribute(.r_id).flatMap { links[$0] }
        OOXMLObject.take(link, program: element.attribute(.n_progId), deck.package, into: deck.objects, &deck.diagnostics)
        let linked: [Block] = OOXMLObject.linked(link).map { [.paragraph([$0])] } ?? []
        guard let picture = element.first(.p_pic) else { return linked }
        return self.picture(picture.firstOrEmpty(.p_blipFill), PPTXShape.alternative(shape).isEmpty ? picture : shape) + linked
    }

    /// Where a click leads: an address, or a slide of this presentation (21.1.2.3.5).
    func target(of click: XMLElement) -> String? {
        guard let link = click.attribute(.r_id).flatMap({ links[$0] }) else { return nil }
        if link.isExternal { return link.target }
        return link.type == "slide" ? deck.anchor(link.target).map { "#" + $0 } : nil
    }

    /// The speaker's notes, as a quotation that says so.
    func notes(_ part: String) -> [Block] {
        guard let notes = deck.package.part("notesSlide", of: part, &deck.diagnostics),
            let tree = deck.package.optionalTree(notes, &deck.diagnostics)
        else { return [] }
        let page = PPTXSlide(deck, notes, .none)
        var blocks = tree.withRoot { root in
            var found: [Block] = []
            for shape in root.firstOrEmpty(.p_cSld).firstOrEmpty(.p_spTree).children where shape.known == .p_sp {
                if let placeholder = PPTXShape.placeholder(shape), placeholder.isMargin || placeholder.isTitle { continue }
                found += PPTXText(page).blocks(shape.firstOrEmpty(.p_txBody), PPTXListStyle())
            }
            return found
        }
        guard !blocks.isEmpty else { return [] }
        let label = Inline.strong([.text(Label.notes.text(in: deck.labels) + ":")])
        if case .paragraph(let content) = blocks[0] {
            blocks[0] = .paragraph([label, .text(" ")] + content)
        } else {
            blocks.insert(.paragraph([label]), at: 0)
        }
        return [.quote(blocks)]
    }
}
