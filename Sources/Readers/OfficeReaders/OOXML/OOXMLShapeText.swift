// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

/// The text of a shape of DrawingML (20.1.2.2.40) in documents that are not slides: its paragraphs, without their looks.
enum OOXMLShapeText {
    static func blocks(_ body: XMLElement) -> [Block] {
        body.children.filter { $0.known == .a_p }.compactMap { paragraph in
            var inlines: [Inline] = []
            for child in paragraph.children {
                switch child.known {
                case .a_r, .a_fld:
                    let text = child.firstOrEmpty(.a_t).text
                    if !text.isEmpty { inlines.append(.text(text)) }
                case .a_br: inlines.append(.lineBreak)
                default: continue
                }
            }
            return inlines.contains { if case .text(let text) = $0 { !text.trimmed.isEmpty } else { false } } ? .paragraph(inlines) : nil
        }
    }
}
