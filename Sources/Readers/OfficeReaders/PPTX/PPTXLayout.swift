// SPDX-License-Identifier: Apache-2.0
import XMLTree

/// A rectangle on a slide, in EMU of the space it stands in.
struct PPTXFrame {
    var x, y, width, height: Double

    /// nil for a transform without place (20.1.7.6).
    init?(_ transform: XMLElement) {
        guard let offset = transform.first(.a_off), let extent = transform.first(.a_ext) else { return nil }
        func number(_ element: XMLElement, _ name: OOXMLName) -> Double { element.attribute(name).flatMap { Double($0) } ?? 0 }
        (x, y) = (number(offset, .n_x), number(offset, .n_y))
        (width, height) = (max(number(extent, .n_cx), 0), max(number(extent, .n_cy), 0))
        guard [x, y, width, height].allSatisfy(\.isFinite) else { return nil }
    }
}

/// What kind of placeholder a shape is (19.3.1.36).
struct PPTXPlaceholder {
    let type: String
    let index: String?

    init(_ element: XMLElement) {
        type = element.attribute(.n_type) ?? "obj"
        index = element.attribute(.n_idx)
    }

    var isTitle: Bool { type == "title" || type == "ctrTitle" }
    /// Holds what is the same on every slide.
    var isMargin: Bool { ["dt", "ftr", "sldNum", "hdr", "sldImg"].contains(type) }

    /// Placeholders of a layout name those of its master by their family.
    var family: String {
        switch type {
        case "title", "ctrTitle": "title"
        case "dt", "ftr", "sldNum", "hdr", "sldImg": type
        default: "body"
        }
    }
}

/// A slide layout with its master: where placeholders stand and how their text looks when the slide does not say it.
final class PPTXLayout {
    private struct Entry {
        let placeholder: PPTXPlaceholder
        let frame: PPTXFrame?
        let style: PPTXListStyle
    }

    private var entries: [Entry] = []
    private var master: [Entry] = []
    private var titles = PPTXListStyle(), bodies = PPTXListStyle()

    static var none: PPTXLayout { PPTXLayout() }

    private init() {}

    init(_ deck: PPTXDeck, _ part: String) {
        deck.package.optionalTree(part, &deck.diagnostics)?.withRoot { entries = Self.entries($0) }
        let above = deck.package.part("slideMaster", of: part, &deck.diagnostics)
        deck.package.optionalTree(above, &deck.diagnostics)?.withRoot { root in
            master = Self.entries(root)
            let styles = root.firstOrEmpty(.p_txStyles)
            titles = PPTXListStyle(styles.firstOrEmpty(.p_titleStyle))
            bodies = PPTXListStyle(styles.firstOrEmpty(.p_bodyStyle))
        }
    }

    private static func entries(_ root: XMLElement) -> [Entry] {
        var found: [Entry] = []
        func walk(_ tree: XMLElement) {
            for shape in tree.children {
                if shape.known == .p_grpSp { walk(shape) }
                guard shape.known == .p_sp || shape.known == .p_pic || shape.known == .p_graphicFrame, let mark = PPTXShape.placeholder(shape) else { continue }
                found.append(Entry(
                    placeholder: mark, frame: PPTXShape.ownFrame(shape),
                    style: PPTXListStyle(shape.firstOrEmpty(.p_txBody).firstOrEmpty(.a_lstStyle))))
            }
        }
        walk(root.firstOrEmpty(.p_cSld).firstOrEmpty(.p_spTree))
        return found
    }

    /// The layout's placeholder of the same index, else of the same type; the master's of the same family.
    private func chain(_ placeholder: PPTXPlaceholder) -> [Entry] {
        let own = entries.first { $0.placeholder.index == placeholder.index && placeholder.index != nil && $0.placeholder.family == placeholder.family }
            ?? entries.first { $0.placeholder.type == placeholder.type && placeholder.index == nil }
            ?? entries.first { $0.placeholder.family == placeholder.family && placeholder.isTitle }
        let above = master.first { $0.placeholder.family == (own?.placeholder ?? placeholder).family }
        return [own, above].compactMap { $0 }
    }

    func frame(_ placeholder: PPTXPlaceholder) -> PPTXFrame? { chain(placeholder).lazy.compactMap(\.frame).first }

    /// How a placeholder's text looks before its own list style.
    func style(_ placeholder: PPTXPlaceholder) -> PPTXListStyle {
        chain(placeholder).reversed().reduce(placeholder.isTitle ? titles : bodies) { $0.overlaid(by: $1.style) }
    }
}
