// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import XMLTree

extension DOCXBody {
    /// Running text: runs, links, fields, changes, formulas.
    func inlines(_ element: XMLElement, _ base: DOCXFormatting, _ runs: inout OOXMLRuns, _ link: String?) {
        for child in element.children {
            switch child.known {
            case .w_r: run(child, base, &runs, link)
            case .w_pPr, .w_rPr, .w_del, .w_moveFrom, .w_proofErr, .w_bookmarkEnd, .w_sdtPr, .w_permStart, .w_permEnd,
                .w_commentRangeStart, .w_commentRangeEnd, .w_moveFromRangeStart, .w_moveFromRangeEnd, .w_moveToRangeStart, .w_moveToRangeEnd: continue
            case .w_bookmarkStart:
                if let name = bookmark(child) { runs.add(.anchor(name)) }
            case .w_hyperlink: inlines(child, base, &runs, target(child) ?? link)
            case .w_fldSimple:
                let field = FieldInstruction(child.attribute(.w_instr) ?? "")
                if !field.isPageNumber { inlines(child, base, &runs, address(field.link(keepsPlaces: true)) ?? link) }
            case .w_sdt: control(child, base, &runs, link)
            case .m_oMath: runs.add(.math(OOXMLMath.latex(child)))
            case .m_oMathPara:
                for formula in child.children where formula.known == .m_oMath { runs.add(displayed: OOXMLMath.latex(formula)) }
            case .mc_AlternateContent: inlines(OOXMLCompatibility.choice(child), base, &runs, link)
            case .w_ins, .w_moveTo, .w_smartTag, .w_customXml, .w_dir, .w_bdo: inlines(child, base, &runs, link)
            case .w_ruby: ruby(child, base, &runs, link)
            case .w_p:
                inlines(child, base, &runs, link)
            case .w_subDoc: document.diagnostics.report("part-external", "a sub-document was left out")
            default:
                guard child.hasText else { continue }
                document.diagnostics.report("element-unknown", "an element of an unknown kind was read as plain content: \(child.name)")
                inlines(child, base, &runs, link)
            }
        }
    }

    private func target(_ element: XMLElement) -> String? {
        let anchor = element.attribute(.w_anchor).map { "#" + $0 } ?? ""
        guard let id = element.attribute(.r_id), let link = links[id] else { return address(anchor) }
        return link.target + (link.target.contains("#") ? "" : anchor)
    }

    /// A link within the document leads somewhere, or it is none.
    private func address(_ link: String?) -> String? {
        guard let link, !link.isEmpty else { return nil }
        return link.utf8.first != UInt8(ascii: "#") || document.survey.linked.contains(String(link.dropFirst())) ? link : nil
    }

    /// A content control; a ticked or empty box at the beginning makes the paragraph a task.
    private func control(_ element: XMLElement, _ base: DOCXFormatting, _ runs: inout OOXMLRuns, _ link: String?) {
        if let box = element.firstOrEmpty(.w_sdtPr).first(.w14_checkbox) {
            let value = box.firstOrEmpty(.w14_checked)
            let isTicked = ["1", "true", "on"].contains(value.attribute(.w14_val) ?? value.value ?? "0")
            if runs.isBlank, runs.checked == nil { runs.checked = isTicked } else { runs.add(isTicked ? "☒" : "☐", [], link) }
            return
        }
        inlines(element.firstOrEmpty(.w_sdtContent), base, &runs, link)
    }

    private func ruby(_ element: XMLElement, _ base: DOCXFormatting, _ runs: inout OOXMLRuns, _ link: String?) {
        inlines(element.firstOrEmpty(.w_rubyBase), base, &runs, link)
        let above = element.firstOrEmpty(.w_rt).text
        if !above.isEmpty { runs.add("(" + above + ")", [], link) }
    }

    func run(_ element: XMLElement, _ base: DOCXFormatting, _ runs: inout OOXMLRuns, _ link: String?) {
        var formatting = base
        var marks: TextMarks = []
        if let properties = element.first(.w_rPr) {
            if let style = document.styles[properties.firstOrEmpty(.w_rStyle).value] {
                formatting = formatting.overlaid(by: style.formatting)
                if style.isCode { marks.insert(.code) }
            }
            formatting = formatting.overlaid(by: DOCXFormatting(properties))
        }
        if formatting.bold == true { marks.insert(.bold) }
        if formatting.italic == true { marks.insert(.italic) }
        if formatting.strike == true { marks.insert(.strike) }
        if formatting.underline == true { marks.insert(.underline) }
        if formatting.vertical == "superscript" { marks.insert(.superscript) }
        if formatting.vertical == "subscript" { marks.insert(.subscript) }
        if let font = formatting.font, document.fonts.kind(of: font) == .monospaced { marks.insert(.code) }
        content(element, formatting, marks, &runs, link)
    }

    private func content(_ element: XMLElement, _ formatting: DOCXFormatting, _ marks: TextMarks, _ runs: inout OOXMLRuns, _ outer: String?) {
        let isHidden = formatting.hidden == true
        for child in element.children {
            let link = address(fields.link) ?? outer
            switch child.known {
            case .w_fldChar: fieldCharacter(child, &runs)
            case .w_instrText: fields.instruct(child.text)
            case .w_lastRenderedPageBreak: pages?.breakRendered(isLate: !runs.isBlank)
            case .w_rPr, .w_delText, .w_delInstrText, .w_annotationRef, .w_footnoteRef, .w_endnoteRef, .w_separator,
                .w_continuationSeparator, .w_pgNum: continue
            case _ where fields.isHidden: continue
            case .w_t:
                if isHidden {
                    if child.hasText { document.diagnostics.report("hidden-text", "hidden text was left out") }
                } else {
                    let font = formatting.font.map { ($0, document.fonts.kind(of: $0)) }
                    runs.add(textOf: font?.1 == .symbols ? SymbolFont.text(child.text, font: font?.0 ?? "") : child.text, marks, link)
                }
            case .w_tab, .w_ptab: if !isHidden { runs.add("\t", marks, link) }
            case .w_br, .w_cr:
                switch child.attribute(.w_type) {
                case nil, "textWrapping": runs.add(.lineBreak, marks, link)
                case "page": pages?.breakWanted(isLate: !runs.isBlank)
                default: continue
                }
            case .w_noBreakHyphen: runs.add("\u{2011}", marks, link)
            case .w_softHyphen: continue
            case .w_sym: runs.add(Self.symbol(child), marks, link)
            case .w_footnoteReference: note(child, .footnote, &runs)
            case .w_endnoteReference: note(child, .endnote, &runs)
            case .w_commentReference: note(child, .comment, &runs)
            case .w_drawing: drawing(child, &runs, link)
            case .w_pict, .w_object: vector(child, &runs, link)
            case .mc_AlternateContent: content(OOXMLCompatibility.choice(child), formatting, marks, &runs, link)
            case .w_ruby: ruby(child, formatting, &runs, link)
            default:
                guard child.hasText else { continue }
                document.diagnostics.report("element-unknown", "an element of an unknown kind was read as plain content: \(child.name)")
                runs.add(child.text, marks, link)
            }
        }
    }

    private func fieldCharacter(_ element: XMLElement, _ runs: inout OOXMLRuns) {
        switch element.attribute(.w_fldCharType) {
        case "begin":
            if let box = element.firstOrEmpty(.w_ffData).first(.w_checkBox) {
                let isTicked = box.toggle(.w_checked) ?? box.toggle(.w_default) ?? false
                if runs.isBlank, runs.checked == nil { runs.checked = isTicked } else { runs.add(isTicked ? "☒" : "☐", [], nil) }
            }
            if let choices = element.firstOrEmpty(.w_ffData).first(.w_ddList) {
                let at = choices.first(.w_result)?.value.flatMap { Int($0) } ?? 0
                for (place, entry) in choices.children.filter({ $0.known == .w_listEntry }).enumerated() where place == at { runs.add(entry.value ?? "", [], nil) }
            }
            fields.begin()
        case "separate": fields.separate()
        case "end": fields.end()
        default: return
        }
    }

    private func note(_ element: XMLElement, _ kind: DOCXNotes.Kind, _ runs: inout OOXMLRuns) {
        guard let id = element.attribute(.w_id) else { return }
        runs.add(.note(document.note(kind, id)))
    }

    private static func symbol(_ element: XMLElement) -> String {
        guard let code = element.attribute(.w_char).flatMap({ UInt32($0, radix: 16) }) else { return "" }
        return SymbolFont.text(font: element.attribute(.w_font) ?? "", code: code)
    }
}
