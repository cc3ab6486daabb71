// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

/// Reads the block content of one part: body, note, header, cell or text box.
final class DOCXBody {
    let document: DOCXDocument
    let part: String
    var fields = FieldStack(keepsPlaces: true)
    /// Text boxes, charts and the like, which follow the paragraph they are anchored in.
    var floats: [Block] = []
    /// Floating pictures, which stand before the paragraph they are anchored in.
    var leading: [Block] = []
    /// The page the text has come to; nil in parts that have no pages of their own.
    var pages: DOCXPages?
    /// A paragraph that goes on in the next one: its mark was deleted, or it is an initial.
    private var carried: OOXMLRuns?
    /// Bookmarks between paragraphs, for the next one.
    private var places: [String] = []
    /// How many blocks within blocks are being read.
    private var depth = 0
    var links: [String: OOXMLPackage.Relationship]

    init(_ document: DOCXDocument, part: String) {
        self.document = document
        self.part = part
        links = document.package.relationships(of: part, &document.diagnostics)
    }

    func blocks(_ element: XMLElement) -> [Block] {
        var lists = NestedLists()
        depth += 1
        walk(element, &lists)
        depth -= 1
        return lists.finish()
    }

    private func walk(_ element: XMLElement, _ out: inout NestedLists) {
        for child in element.children {
            switch child.known {
            case .w_p: paragraph(child, &out)
            case .w_tbl:
                let blocks = table(child)
                breakPage(&out)
                for block in blocks { out.append(block) }
            case .w_sdt: walk(child.firstOrEmpty(.w_sdtContent), &out)
            case .w_ins, .w_moveTo, .w_customXml, .w_smartTag: walk(child, &out)
            case .mc_AlternateContent: walk(OOXMLCompatibility.choice(child), &out)
            case .w_bookmarkStart: if let name = bookmark(child) { places.append(name) }
            case .w_del, .w_moveFrom, .w_sectPr, .w_bookmarkEnd, .w_proofErr, .w_permStart, .w_permEnd, .w_sdtPr, .w_pPr, .w_tcPr,
                .w_commentRangeStart, .w_commentRangeEnd, .w_moveFromRangeStart, .w_moveFromRangeEnd, .w_moveToRangeStart, .w_moveToRangeEnd: continue
            case .m_oMathPara, .m_oMath: out.append(.math(OOXMLMath.latex(child)))
            case .w_altChunk:
                guard let target = child.attribute(.r_id).flatMap({ links[$0] }), !target.isExternal else { continue }
                for block in document.chunk(target.target) { place(block, &out) }
            case .w_r:
                var runs = OOXMLRuns()
                run(child, DOCXFormatting(), &runs, nil)
                for block in runs.blocks { out.append(block) }
            default:
                guard child.hasText else { continue }
                document.diagnostics.report("element-unknown", "an element of an unknown kind was read as plain content: \(child.name)")
                walk(child, &out)
            }
        }
    }

    /// The name of a place that is linked to.
    func bookmark(_ element: XMLElement) -> String? {
        element.attribute(.w_name).flatMap { document.survey.linked.contains($0) ? $0 : nil }
    }

    private func breakPage(_ out: inout NestedLists) {
        if depth == 1, let page = pages?.takeBreak() { out.append(.pageBreak(page: page)) }
    }

    private func paragraph(_ element: XMLElement, _ out: inout NestedLists) {
        let properties = element.firstOrEmpty(.w_pPr)
        let styleID = properties.firstOrEmpty(.w_pStyle).value ?? document.styles.defaultParagraph
        let style = document.styles[styleID]
        let base = document.styles.defaults.overlaid(by: style?.formatting ?? DOCXFormatting())
        var runs = carried ?? OOXMLRuns()
        carried = nil
        for name in places { runs.add(.anchor(name)) }
        places = []
        if properties.toggle(.w_pageBreakBefore) == true { pages?.breakWanted() }
        inlines(element, base, &runs, nil)
        if properties.first(.w_sectPr) != nil { pages?.endSection() }
        let mark = properties.firstOrEmpty(.w_rPr)
        if mark.first(.w_del) != nil || mark.first(.w_moveFrom) != nil || isInitial(properties, runs) {
            carried = runs
            return flush(&out)
        }
        defer {
            flush(&out)
            pages?.endParagraph()
        }
        var role = style?.role
        if let outline = properties.firstOrEmpty(.w_outlineLvl).value.flatMap({ Int($0) }) {
            if (0..<9).contains(outline), role == nil { role = .heading(outline + 1) }
            if outline == 9, case .heading = role { role = nil }
        }
        // Whole paragraphs have a level too, in outlines and in the styles for notes; nobody writes such a heading.
        if case .heading = role, runs.plainText.utf8.count > Self.longestHeading { role = nil }
        let label = label(properties, style)
        for block in leading { out.append(block) }
        leading = []
        guard !runs.isEmpty else { return }
        if runs.hasOnlyAnchors {
            places = runs.anchors
            return
        }
        emit(runs, role, label, &out)
    }

    private static let longestHeading = 400

    /// A drop cap is a paragraph of its own in the file (17.3.1.11).
    private func isInitial(_ properties: XMLElement, _ runs: OOXMLRuns) -> Bool {
        guard let kind = properties.first(.w_framePr)?.attribute(.w_dropCap), kind != "none" else { return false }
        return runs.plainText.utf8.count <= 16
    }

    private func label(_ properties: XMLElement, _ style: DOCXStyles.Style?) -> DOCXNumbering.Label? {
        var reference = properties.first(.w_numPr).map { DOCXNumbering.Reference($0) }
        if let own = style?.numbering {
            var merged = reference ?? own
            merged.number = merged.number ?? own.number
            // A paragraph that says its level means it; a style's level is found by the style.
            if merged.level == nil { (merged.level, merged.style) = (own.level, own.style) }
            reference = merged
        }
        return reference.flatMap { document.numbering.label($0) }
    }

    private func emit(_ runs: OOXMLRuns, _ role: DOCXStyles.Role?, _ label: DOCXNumbering.Label?, _ out: inout NestedLists) {
        let hasText = !runs.isBlank
        switch role {
        case .title where hasText:
            document.noteTitle()
            return place(.heading(level: 0, runs.heading()), &out)
        case .heading(let level) where hasText:
            var content = runs.heading()
            if let label, !label.isBullet, !label.text.isEmpty {
                let text = label.text.last == "." ? String(label.text.dropLast()) : label.text
                content.insert(.text(text + " "), at: 0)
            }
            return place(.heading(level: level, content), &out)
        case .code where label == nil: return out.append(.code(runs.plainText, language: nil))
        default: break
        }
        let checked = runs.checked ?? label?.checked
        if label == nil, checked == nil, runs.isCode, ProgramText.isLikely(runs.plainText) {
            return out.append(.code(runs.plainText, language: nil))
        }
        var blocks = runs.blocks
        if let label, !label.isSilent, !blocks.isEmpty || runs.checked != nil {
            if label.isCompound, !label.text.isEmpty, case .paragraph(let content)? = blocks.first {
                blocks[0] = .paragraph([.text(label.text + " ")] + content)
            }
            let number = label.isBullet || label.isCompound ? nil : label.number
            return out.append(ListItem(blocks, checked: checked), name: label.list, level: label.level, number: number)
        }
        if runs.checked != nil { return out.append(ListItem(blocks, checked: runs.checked), name: "tasks", level: 0, number: nil) }
        if let above = label.map({ $0.level + 1 }) ?? role?.level {
            blocks = blocks.filter { !out.extend($0, below: above) }
        }
        for block in blocks {
            if role == .quote { out.append(.quote([block])) } else { place(block, &out) }
        }
    }

    /// A page's end waits for the end of a list.
    private func place(_ block: Block, _ out: inout NestedLists) {
        breakPage(&out)
        out.append(block)
    }

    private func flush(_ out: inout NestedLists) {
        for block in floats { out.append(block) }
        floats = []
    }
}
