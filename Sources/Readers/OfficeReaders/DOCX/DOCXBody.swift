// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

/// Reads the block content of one part: body, note, header, cell or text box.
final class DOCXBody {
    let document: DOCXDocument
    let part: String
    var fields = DOCXFields()
    /// Text boxes, charts and the like, which follow the paragraph they are anchored in.
    var floats: [Block] = []
    /// Floating pictures, which stand before the paragraph they are anchored in.
    var leading: [Block] = []
    /// A paragraph whose mark was deleted goes on in the next one.
    private var carried: OOXMLRuns?
    var links: [String: OOXMLPackage.Relationship]

    init(_ document: DOCXDocument, part: String) {
        self.document = document
        self.part = part
        links = document.package.relationships(of: part, &document.diagnostics)
    }

    func blocks(_ element: XMLElement) -> [Block] {
        var lists = OOXMLLists()
        walk(element, &lists)
        return OOXMLBlocks.gather(lists.finish())
    }

    private func walk(_ element: XMLElement, _ out: inout OOXMLLists) {
        for child in element.children {
            switch child.known {
            case .w_p: paragraph(child, &out)
            case .w_tbl: for block in table(child) { out.append(block) }
            case .w_sdt: walk(child.firstOrEmpty(.w_sdtContent), &out)
            case .w_ins, .w_moveTo, .w_customXml, .w_smartTag: walk(child, &out)
            case .mc_AlternateContent: walk(DOCXBody.choice(child), &out)
            case .w_del, .w_moveFrom, .w_sectPr, .w_bookmarkStart, .w_bookmarkEnd, .w_proofErr, .w_permStart, .w_permEnd, .w_sdtPr, .w_pPr, .w_tcPr,
                .w_commentRangeStart, .w_commentRangeEnd, .w_moveFromRangeStart, .w_moveFromRangeEnd, .w_moveToRangeStart, .w_moveToRangeEnd: continue
            case .m_oMathPara, .m_oMath: out.append(.math(OOXMLMath.latex(child)))
            case .w_altChunk: document.diagnostics.report("part-embedded", "a document embedded as a whole was left out")
            case .w_r:
                var runs = OOXMLRuns()
                run(child, DOCXFormatting(), &runs, nil)
                if !runs.isEmpty { out.append(.paragraph(runs.inlines())) }
            default:
                guard child.hasText else { continue }
                document.diagnostics.report("element-unknown", "an element of an unknown kind was read as plain content: \(child.name)")
                walk(child, &out)
            }
        }
    }

    /// The first alternative is the newer one; all that matters in it is understood here.
    static func choice(_ element: XMLElement) -> XMLElement {
        element.first(.mc_Choice) ?? element.firstOrEmpty(.mc_Fallback)
    }

    private func paragraph(_ element: XMLElement, _ out: inout OOXMLLists) {
        let properties = element.firstOrEmpty(.w_pPr)
        let styleID = properties.firstOrEmpty(.w_pStyle).value ?? document.styles.defaultParagraph
        let style = document.styles[styleID]
        let base = document.styles.defaults.overlaid(by: style?.formatting ?? DOCXFormatting())
        var runs = carried ?? OOXMLRuns()
        carried = nil
        inlines(element, base, &runs, nil)
        let mark = properties.firstOrEmpty(.w_rPr)
        if mark.first(.w_del) != nil || mark.first(.w_moveFrom) != nil {
            carried = runs
            return flush(&out)
        }
        defer { flush(&out) }
        var role = style?.role
        if let outline = properties.firstOrEmpty(.w_outlineLvl).value.flatMap({ Int($0) }) {
            if (0..<9).contains(outline), role == nil { role = .heading(outline + 1) }
        }
        let label = label(properties, style)
        for block in leading { out.append(block) }
        leading = []
        guard !runs.isEmpty else { return }
        emit(runs, role, label, &out)
    }

    private func label(_ properties: XMLElement, _ style: DOCXStyles.Style?) -> DOCXNumbering.Label? {
        var reference = properties.first(.w_numPr).map { DOCXNumbering.Reference($0) }
        if let own = style?.numbering {
            var merged = reference ?? own
            merged.number = merged.number ?? own.number
            merged.level = merged.level ?? own.level
            reference = merged
        }
        return reference.flatMap { document.numbering.label($0) }
    }

    private func emit(_ runs: OOXMLRuns, _ role: DOCXStyles.Role?, _ label: DOCXNumbering.Label?, _ out: inout OOXMLLists) {
        let hasText = !runs.plainText.trimmed.isEmpty
        switch role {
        case .title where hasText:
            document.noteTitle()
            return out.append(.heading(level: 0, runs.inlines(without: [.bold, .mono])))
        case .heading(let level) where hasText:
            var content = runs.inlines(without: [.bold, .mono])
            if let label, !label.isBullet, !label.text.isEmpty {
                let text = label.text.last == "." ? String(label.text.dropLast()) : label.text
                content.insert(.text(text + " "), at: 0)
            }
            return out.append(.heading(level: level, content))
        case .code where label == nil: return out.append(.code(runs.plainText, language: nil))
        default: break
        }
        if label == nil, runs.checked == nil, runs.isMonospaced, OOXMLCode.looksLikeCode(runs.plainText) {
            return out.append(.code(runs.plainText, language: nil))
        }
        var blocks = runs.blocks
        if let label, !blocks.isEmpty || runs.checked != nil {
            if label.isCompound, !label.text.isEmpty, case .paragraph(let content)? = blocks.first {
                blocks[0] = .paragraph([.text(label.text + " ")] + content)
            }
            let number = label.isBullet || label.isCompound ? nil : label.number
            return out.append(ListItem(blocks, checked: runs.checked), name: label.list, level: label.level, number: number)
        }
        if runs.checked != nil { return out.append(ListItem(blocks, checked: runs.checked), name: "tasks", level: 0, number: nil) }
        for block in blocks {
            if role == .quote { out.append(.quote([block])) } else { out.append(block) }
        }
    }

    private func flush(_ out: inout OOXMLLists) {
        for block in floats { out.append(block) }
        floats = []
    }
}
