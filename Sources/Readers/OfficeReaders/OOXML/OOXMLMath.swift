// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import XMLTree

/// Office Math (ECMA-376 part 1, 22.1) as LaTeX.
enum OOXMLMath {
    static func latex(_ element: XMLElement) -> String {
        var out = ""
        for child in element.children { LaTeX.append(latexOf(child), to: &out) }
        return out.trimmed
    }

    private static func part(_ element: XMLElement, _ name: OOXMLName) -> String { latex(element.firstOrEmpty(name)) }

    private static func latexOf(_ e: XMLElement) -> String {
        switch e.known {
        case .m_r: return run(e)
        case .m_f: return fraction(e)
        case .m_sSup: return base(e) + "^{" + part(e, .m_sup) + "}"
        case .m_sSub: return base(e) + "_{" + part(e, .m_sub) + "}"
        case .m_sSubSup: return base(e) + "_{" + part(e, .m_sub) + "}^{" + part(e, .m_sup) + "}"
        case .m_sPre: return "{}_{" + part(e, .m_sub) + "}^{" + part(e, .m_sup) + "}" + part(e, .m_e)
        case .m_rad:
            let degree = part(e, .m_deg)
            return "\\sqrt" + (degree.isEmpty ? "" : "[" + degree + "]") + "{" + part(e, .m_e) + "}"
        case .m_nary: return nary(e)
        case .m_d: return delimited(e)
        case .m_func: return function(part(e, .m_fName)) + argument(part(e, .m_e))
        case .m_limLow:
            let body = part(e, .m_e)
            let name = function(body)
            return (name.hasPrefix("\\") ? name : "\\underset{" + part(e, .m_lim) + "}{" + body + "}") + (name.hasPrefix("\\") ? "_{" + part(e, .m_lim) + "}" : "")
        case .m_limUpp: return "\\overset{" + part(e, .m_lim) + "}{" + part(e, .m_e) + "}"
        case .m_acc:
            let mark = e.firstOrEmpty(.m_accPr).first(.m_chr)?.attribute(.m_val) ?? "\u{302}"
            return (LaTeX.accents[mark] ?? "\\hat") + "{" + part(e, .m_e) + "}"
        case .m_bar:
            let isTop = e.firstOrEmpty(.m_barPr).firstOrEmpty(.m_pos).attribute(.m_val) == "top"
            return (isTop ? "\\overline{" : "\\underline{") + part(e, .m_e) + "}"
        case .m_groupChr:
            let isTop = e.firstOrEmpty(.m_groupChrPr).firstOrEmpty(.m_pos).attribute(.m_val) == "top"
            return (isTop ? "\\overbrace{" : "\\underbrace{") + part(e, .m_e) + "}"
        case .m_borderBox: return "\\boxed{" + part(e, .m_e) + "}"
        case .m_m:
            let rows = e.children.filter { $0.known == .m_mr }.map { row in
                row.children.filter { $0.known == .m_e }.map(latex).joined(separator: " & ")
            }
            return "\\begin{matrix}" + rows.joined(separator: " \\\\ ") + "\\end{matrix}"
        case .m_eqArr:
            return "\\begin{aligned}" + e.children.filter { $0.known == .m_e }.map(latex).joined(separator: " \\\\ ") + "\\end{aligned}"
        case .m_fPr, .m_radPr, .m_naryPr, .m_dPr, .m_accPr, .m_barPr, .m_groupChrPr, .m_rPr, .m_ctrlPr, .m_argPr, .w_rPr, .w_del, .w_moveFrom: return ""
        case .w_r: return LaTeX.escaped(e.text)
        default: return latex(e)
        }
    }

    /// A base that is more than one symbol is held together.
    private static func base(_ e: XMLElement) -> String {
        let body = part(e, .m_e)
        guard let inner = e.firstOrEmpty(.m_e).children.first(where: { $0.known != .m_ctrlPr && $0.known != .m_argPr }) else { return "{}" }
        return inner.known == .m_f || inner.known == .m_sSup || inner.known == .m_sSub || inner.known == .m_nary ? "{" + body + "}" : body
    }

    private static func run(_ e: XMLElement) -> String {
        var text = ""
        for child in e.children where child.known == .m_t || child.known == .w_t { text += child.text }
        guard !text.isEmpty else { return "" }
        let properties = e.firstOrEmpty(.m_rPr)
        if properties.first(.m_nor) != nil, text.contains(where: { $0.isLetter }), !text.contains("\\") { return "\\text{" + LaTeX.escaped(text) + "}" }
        return LaTeX.escaped(text)
    }

    private static func fraction(_ e: XMLElement) -> String {
        let (top, bottom) = (part(e, .m_num), part(e, .m_den))
        switch e.firstOrEmpty(.m_fPr).firstOrEmpty(.m_type).attribute(.m_val) {
        case "noBar": return "\\genfrac{}{}{0pt}{}{" + top + "}{" + bottom + "}"
        case "lin": return "{" + top + "}/{" + bottom + "}"
        default: return "\\frac{" + top + "}{" + bottom + "}"
        }
    }

    private static func nary(_ e: XMLElement) -> String {
        let sign = e.firstOrEmpty(.m_naryPr).first(.m_chr)?.attribute(.m_val) ?? "∫"
        var out = LaTeX.commands[sign] ?? sign
        let (low, high) = (part(e, .m_sub), part(e, .m_sup))
        if !low.isEmpty { out += "_{" + low + "}" }
        if !high.isEmpty { out += "^{" + high + "}" }
        LaTeX.append(part(e, .m_e), to: &out)
        return out
    }

    private static func delimited(_ e: XMLElement) -> String {
        let properties = e.firstOrEmpty(.m_dPr)
        func mark(_ name: OOXMLName, _ usual: String) -> String {
            let mark = properties.first(name).map { $0.attribute(.m_val) ?? "" } ?? usual
            return LaTeX.delimiters[mark] ?? mark
        }
        let parts = e.children.filter { $0.known == .m_e }.map(latex)
        let separator = mark(.m_sepChr, "|")
        return "\\left" + mark(.m_begChr, "(") + parts.joined(separator: separator) + "\\right" + mark(.m_endChr, ")")
    }

    private static func function(_ name: String) -> String { LaTeX.functions.contains(name) ? "\\" + name : name }

    private static func argument(_ body: String) -> String {
        body.hasPrefix("\\left") || body.hasPrefix("{") ? body : "{" + body + "}"
    }
}
