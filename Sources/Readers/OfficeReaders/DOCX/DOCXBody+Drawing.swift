// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

extension DOCXBody {
    /// A DrawingML object (20.4): pictures stay in the line, text boxes and charts follow the paragraph.
    func drawing(_ element: XMLElement, _ runs: inout DOCXRuns, _ link: String?) {
        for anchor in element.children {
            let properties = anchor.firstOrEmpty(.wp_docPr)
            let alternative = Self.line(properties.attribute(.n_descr) ?? properties.attribute(.n_title) ?? "")
            guard anchor.known == .wp_anchor else {
                shapes(anchor, alternative, &runs, link)
                continue
            }
            // A floating picture has no place among the words: it stands before them.
            var pictures = DOCXRuns()
            shapes(anchor, alternative, &pictures, link)
            for inline in pictures.inlines() { leading.append(.paragraph([inline])) }
        }
    }

    private func shapes(_ element: XMLElement, _ alternative: String, _ runs: inout DOCXRuns, _ link: String?) {
        for child in element.children {
            switch child.known {
            case .pic_pic:
                let own = child.firstOrEmpty(.pic_nvPicPr).firstOrEmpty(.pic_cNvPr).attribute(.n_descr).map(Self.line) ?? ""
                guard let blip = child.firstOrEmpty(.pic_blipFill).first(.a_blip) ?? child.descendant(.a_blip) else { continue }
                picture(blip.attribute(.r_embed) ?? blip.attribute(.r_link), own.isEmpty ? alternative : own, &runs, link)
            case .w_txbxContent: floats += blocks(child)
            case .c_chart:
                if let id = child.attribute(.r_id), let target = links[id]?.target { chart(target) }
            case .dgm_relIds:
                if let id = child.attribute(.r_dm), let target = links[id]?.target { diagram(target) }
            case .mc_AlternateContent: shapes(DOCXBody.choice(child), alternative, &runs, link)
            case .wp_docPr: continue
            default: shapes(child, alternative, &runs, link)
            }
        }
    }

    /// A VML object (part 4, 19): pictures, text boxes, and embedded files, which are left out.
    func vector(_ element: XMLElement, _ runs: inout DOCXRuns, _ link: String?) {
        for child in element.children {
            switch child.known {
            case .v_imagedata:
                let text = element.attribute(.n_alt) ?? child.attribute(.o_title) ?? ""
                picture(child.attribute(.r_id) ?? child.attribute(.r_embed), Self.line(text), &runs, link)
            case .w_txbxContent: floats += blocks(child)
            case .v_textpath: runs.add(child.attribute(.n_string) ?? "", [], link)
            case .o_OLEObject: document.diagnostics.report("object-embedded", "an embedded object was left out")
            case .mc_AlternateContent: vector(DOCXBody.choice(child), &runs, link)
            case .w_drawing: drawing(child, &runs, link)
            default: vector(child, &runs, link)
            }
        }
    }

    private func picture(_ id: String?, _ alternative: String, _ runs: inout DOCXRuns, _ link: String?) {
        guard let id, let target = links[id] else {
            return document.diagnostics.report("picture-missing", "a picture's part is not in the package")
        }
        if target.isExternal {
            runs.add(.inline(.image(Image(.address(target.target), alternative: alternative))), [], link)
        } else if let media = document.picture(target.target) {
            runs.add(.inline(.image(Image(.media(media), alternative: alternative))), [], link)
        } else if !alternative.isEmpty {
            runs.add(.inline(.image(Image(.address(""), alternative: alternative))), [], link)
        }
    }

    private func chart(_ part: String) {
        guard let tree = document.package.optionalTree(part, &document.diagnostics) else { return }
        floats += tree.withRoot { OOXMLChart.blocks($0) }
    }

    /// SmartArt: the texts of its points, as a list.
    private func diagram(_ part: String) {
        guard let tree = document.package.optionalTree(part, &document.diagnostics) else { return }
        var items: [ListItem] = []
        tree.withRoot { root in
            root.descendants(.dgm_pt) { point in
                var lines: [String] = []
                point.firstOrEmpty(.dgm_t).descendants(.a_p) { lines.append($0.text) }
                let text = lines.joined(separator: " ").trimmed
                if !text.isEmpty { items.append(ListItem([.paragraph([.text(text)])])) }
            }
        }
        if !items.isEmpty { floats.append(.list(List(.bullet, items: items))) }
    }

    private static func line(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
