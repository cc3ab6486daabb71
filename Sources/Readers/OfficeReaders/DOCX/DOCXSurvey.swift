// SPDX-License-Identifier: Apache-2.0
import XMLTree

/// What must be known of the main text before it is read: which places are linked to, and what breaks its pages.
struct DOCXSurvey {
    /// Bookmarks that some link or field leads to.
    private(set) var linked: Set<String> = []
    /// How each section begins (17.18.77), in their order.
    private(set) var sections: [String] = []
    /// The program that saved the text noted where its pages ended (17.3.3.13).
    private(set) var hasRenderedBreaks = false

    init() {}

    init(_ root: XMLElement) {
        var bookmarks: Set<String> = [], targets: Set<String> = []
        var instruction = ""
        let wanted: [OOXMLName] = [.w_bookmarkStart, .w_hyperlink, .w_instrText, .w_fldSimple, .w_sectPr, .w_lastRenderedPageBreak]
        root.each(wanted.map(\.rawValue)) { element in
            switch element.known {
            case .w_bookmarkStart: if let name = element.attribute(.w_name) { bookmarks.insert(name) }
            case .w_hyperlink: if let name = element.attribute(.w_anchor) { targets.insert(name) }
            case .w_instrText: if instruction.utf8.count < Self.longest { instruction += element.text }
            case .w_fldSimple: instruction += " " + (element.attribute(.w_instr) ?? "") + " "
            case .w_sectPr: sections.append(element.firstOrEmpty(.w_type).value ?? "nextPage")
            default: hasRenderedBreaks = true
            }
        }
        for word in instruction.split(whereSeparator: { $0 == " " || $0 == "\"" || $0 == "\u{A0}" }) { targets.insert(String(word)) }
        linked = bookmarks.intersection(targets)
    }

    private static let longest = 10 << 20
}
