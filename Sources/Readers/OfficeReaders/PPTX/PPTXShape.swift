// SPDX-License-Identifier: Apache-2.0
import XMLTree

/// What every kind of shape has: its names, its placeholder, its place (19.3.1).
enum PPTXShape {
    /// The element with a shape's name, alternative text and placeholder.
    static func properties(_ shape: XMLElement) -> XMLElement {
        switch shape.known {
        case .p_sp: shape.firstOrEmpty(.p_nvSpPr)
        case .p_pic: shape.firstOrEmpty(.p_nvPicPr)
        case .p_grpSp: shape.firstOrEmpty(.p_nvGrpSpPr)
        case .p_graphicFrame: shape.firstOrEmpty(.p_nvGraphicFramePr)
        default: .null
        }
    }

    static func placeholder(_ shape: XMLElement) -> PPTXPlaceholder? {
        properties(shape).firstOrEmpty(.p_nvPr).first(.p_ph).map { PPTXPlaceholder($0) }
    }

    /// The place a shape says itself.
    static func ownFrame(_ shape: XMLElement) -> PPTXFrame? {
        switch shape.known {
        case .p_graphicFrame: PPTXFrame(shape.firstOrEmpty(.p_xfrm))
        case .p_grpSp: PPTXFrame(shape.firstOrEmpty(.p_grpSpPr).firstOrEmpty(.a_xfrm))
        default: PPTXFrame(shape.firstOrEmpty(.p_spPr).firstOrEmpty(.a_xfrm))
        }
    }

    /// Newer alternatives that are understood here; for any other the fallback is what can be read (part 3, 10.2).
    static func choice(_ element: XMLElement) -> XMLElement {
        for child in element.children where child.known == .mc_Choice {
            let needs = (child.attribute(.n_Requires) ?? "").split(separator: " ")
            if needs.allSatisfy({ $0.hasPrefix("a14") || $0.hasPrefix("cx") || $0.hasPrefix("c1") || $0.hasPrefix("a16") || $0 == "dgm" }) { return child }
        }
        if let fallback = element.first(.mc_Fallback), fallback.children.contains(where: { _ in true }) { return fallback }
        return element.firstOrEmpty(.mc_Choice)
    }

    /// The description somebody gave a shape; empty for decoration.
    static func alternative(_ shape: XMLElement) -> String {
        let names = properties(shape).firstOrEmpty(.p_cNvPr)
        if let mark = names.descendant(.adec_decorative), mark.attribute(.n_val) != "0" { return "" }
        return OOXMLAlternative.text(names.attribute(.n_descr), names.attribute(.n_title))
    }
}
