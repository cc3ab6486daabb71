// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

extension DOCXBody {
    /// A DrawingML object (20.4): pictures stay in the line, text boxes and charts follow the paragraph.
    func drawing(_ element: XMLElement, _ runs: inout OOXMLRuns, _ link: String?) {
        for anchor in element.children {
            let properties = anchor.firstOrEmpty(.wp_docPr)
            let alternative = OOXMLAlternative.text(properties.attribute(.n_descr), properties.attribute(.n_title))
            let click = properties.first(.a_hlinkClick)?.attribute(.r_id).flatMap { links[$0] }
            let link = click.map(\.target) ?? link
            guard anchor.known == .wp_anchor else {
                shapes(anchor, alternative, &runs, link)
                continue
            }
            // A floating picture has no place among the words: it stands before them.
            var pictures = OOXMLRuns()
            shapes(anchor, alternative, &pictures, link)
            for inline in pictures.text.inlines() { leading.append(.paragraph([inline])) }
        }
    }

    private func shapes(_ element: XMLElement, _ alternative: String, _ runs: inout OOXMLRuns, _ link: String?) {
        for child in element.children {
            switch child.known {
            case .pic_pic:
                let own = OOXMLAlternative.text(child.firstOrEmpty(.pic_nvPicPr).firstOrEmpty(.pic_cNvPr).attribute(.n_descr), nil)
                guard let blip = child.firstOrEmpty(.pic_blipFill).first(.a_blip) ?? child.descendant(.a_blip) else { continue }
                picture(blip.attribute(.r_embed) ?? blip.attribute(.r_link), own.isEmpty ? alternative : own, &runs, link)
            case .w_txbxContent: floats += blocks(child)
            case .a_txBody: floats += OOXMLShapeText.blocks(child)
            case .c_chart: object(child.attribute(.r_id)) { OOXMLChart.blocks($0, document.limits.labels) }
            case .cx_chart: object(child.attribute(.r_id)) { OOXMLExtendedChart.blocks($0) }
            case .dgm_relIds: object(child.attribute(.r_dm)) { OOXMLDiagram.blocks($0) }
            case .mc_AlternateContent: shapes(OOXMLCompatibility.choice(child), alternative, &runs, link)
            case .wp_docPr: continue
            default: shapes(child, alternative, &runs, link)
            }
        }
    }

    /// A VML object (part 4, 19): pictures, text boxes, and embedded objects, which are read behind the text.
    func vector(_ element: XMLElement, _ runs: inout OOXMLRuns, _ link: String?) {
        for child in element.children {
            switch child.known {
            case .v_imagedata:
                let text = OOXMLAlternative.text(element.attribute(.n_alt), child.attribute(.o_title))
                picture(child.attribute(.r_id) ?? child.attribute(.r_embed), text, &runs, link)
            case .w_txbxContent: floats += blocks(child)
            case .v_textpath: runs.add(child.attribute(.n_string) ?? "", [], link)
            case .o_OLEObject:
                let target = child.attribute(.r_id).flatMap { links[$0] }
                if let linked = OOXMLObject.linked(target) { runs.add(linked, [], nil) }
                OOXMLObject.take(
                    target, program: child.attribute(.n_ProgID), document.package, into: document.objects, &document.diagnostics)
            case .mc_AlternateContent: vector(OOXMLCompatibility.choice(child), &runs, link)
            case .w_drawing: drawing(child, &runs, link)
            default: vector(child, &runs, link)
            }
        }
    }

    private func picture(_ id: String?, _ alternative: String, _ runs: inout OOXMLRuns, _ link: String?) {
        guard let id, let target = links[id] else {
            return document.diagnostics.report("picture-missing", "a picture's part is not in the package")
        }
        if target.isExternal {
            runs.add(.image(Image(.address(target.target), alternative: alternative)), [], link)
        } else if let image = document.media.image(target.target, alternative: alternative, &document.diagnostics) {
            runs.add(.image(image), [], link)
        } else if !alternative.isEmpty {
            runs.add(.image(Image(.address(""), alternative: alternative)), [], link)
        }
    }

    /// A chart or a diagram from the part that an element names.
    private func object(_ id: String?, _ read: (XMLElement) -> [Block]) {
        guard let target = id.flatMap({ links[$0] }), !target.isExternal, let tree = document.package.optionalTree(target.target, &document.diagnostics) else {
            return document.diagnostics.report("part-missing", "a chart's or diagram's part is not in the package")
        }
        floats += tree.withRoot(read)
    }
}
