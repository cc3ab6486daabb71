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

    /// The description somebody gave a shape; empty for decoration.
    static func alternative(_ shape: XMLElement) -> String {
        let names = properties(shape).firstOrEmpty(.p_cNvPr)
        if let mark = names.descendant(.adec_decorative), mark.attribute(.n_val) != "0" { return "" }
        return OOXMLAlternative.text(names.attribute(.n_descr), names.attribute(.n_title))
    }
}
