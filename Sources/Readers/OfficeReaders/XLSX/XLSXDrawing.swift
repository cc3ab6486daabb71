// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// A sheet's drawing part (20.5): pictures, charts, diagrams and text boxes, each with the cell it is anchored to.
struct XLSXDrawing {
    struct Object {
        var row: Int
        var column: Int
        var blocks: [Block]
    }

    private let book: XLSXBook
    private let part: String
    private let links: [String: OOXMLPackage.Relationship]
    private let controls: [String: String]

    /// - Parameter controls: The signs of the sheet's boxes and buttons to choose by, by the names of their shapes.
    init(_ book: XLSXBook, part: String, controls: [String: String]) {
        self.book = book
        self.part = part
        self.controls = controls
        links = book.package.relationships(of: part, &book.diagnostics)
    }

    func objects() -> [Object] {
        book.package.optionalTree(part, &book.diagnostics)?.withRoot { root in
            var found: [Object] = []
            anchors(root, &found)
            return found
        } ?? []
    }

    private func anchors(_ parent: XMLElement, _ found: inout [Object]) {
        for anchor in parent.children {
            guard found.count < 10_000 else { return }
            if anchor.known == .mc_AlternateContent {
                anchors(OOXMLCompatibility.choice(anchor), &found)
                continue
            }
            let from = anchor.firstOrEmpty(.xdr_from)
            // An object that hangs on no cell comes first.
            let row = from.first(.xdr_row).flatMap { Int($0.text.trimmed) } ?? -1
            let column = from.first(.xdr_col).flatMap { Int($0.text.trimmed) } ?? -1
            found.append(Object(row: row, column: column, blocks: blocks(anchor)))
        }
    }

    private func blocks(_ parent: XMLElement) -> [Block] {
        var out: [Block] = []
        for child in parent.children {
            switch child.known {
            case .xdr_pic: out += picture(child)
            case .xdr_graphicFrame: out += frame(child.firstOrEmpty(.a_graphic).firstOrEmpty(.a_graphicData))
            case .xdr_sp: out += text(child)
            case .xdr_grpSp: out += blocks(child)
            // What stands for a slicer or a new kind of chart in older programs says only that it cannot be shown.
            case .mc_AlternateContent: out += blocks(OOXMLCompatibility.choice(child))
            default: continue
            }
        }
        return out
    }

    private func picture(_ element: XMLElement) -> [Block] {
        let names = element.firstOrEmpty(.xdr_nvPicPr).firstOrEmpty(.xdr_cNvPr)
        let alternative = OOXMLAlternative.text(names.attribute(.n_descr), names.attribute(.n_title))
        let blip = element.firstOrEmpty(.xdr_blipFill).firstOrEmpty(.a_blip)
        var image = Image(.address(""), alternative: alternative)
        if let target = (blip.attribute(.r_embed) ?? blip.attribute(.r_link)).flatMap({ links[$0] }) {
            if target.isExternal {
                image.source = .address(target.target)
            } else if let own = book.media.image(target.target, alternative: alternative, &book.diagnostics) {
                image = own
            }
        } else {
            book.diagnostics.report("picture-missing", "a picture's part is not in the package")
        }
        if image.source == .address(""), alternative.isEmpty { return [] }
        if let link = names.first(.a_hlinkClick)?.attribute(.r_id).flatMap({ links[$0] }), link.isExternal {
            return [.paragraph([.link(to: link.target, title: nil, [.image(image)])])]
        }
        return [.paragraph([.image(image)])]
    }

    /// A chart or a diagram.
    private func frame(_ data: XMLElement) -> [Block] {
        var out: [Block] = []
        for child in data.children {
            switch child.known {
            case .c_chart: out += object(child.attribute(.r_id)) { root in OOXMLChart.blocks(root, book.labels) }
            case .cx_chart: out += object(child.attribute(.r_id)) { root in OOXMLExtendedChart.blocks(root) }
            case .dgm_relIds: out += object(child.attribute(.r_dm)) { root in OOXMLDiagram.blocks(root) }
            default: continue
            }
        }
        return out
    }

    private func object(_ id: String?, _ read: (XMLElement) -> [Block]) -> [Block] {
        guard let target = id.flatMap({ links[$0] }), !target.isExternal, let tree = book.package.optionalTree(target.target, &book.diagnostics) else {
            book.diagnostics.report("part-missing", "a chart's or diagram's part is not in the package")
            return []
        }
        return tree.withRoot(read)
    }

    /// The paragraphs of a text box or of a form's control, which is hidden here as it stands in an older kind of drawing.
    private func text(_ shape: XMLElement) -> [Block] {
        var blocks = OOXMLShapeText.blocks(shape.firstOrEmpty(.xdr_txBody))
        guard !blocks.isEmpty, !controls.isEmpty, let number = shape.descendant(.a14_compatExt)?.attribute(.n_spid), let sign = controls[number] else { return blocks }
        if case .paragraph(let label) = blocks[0] { blocks[0] = .paragraph([.text(sign + " ")] + label) }
        return blocks
    }
}
