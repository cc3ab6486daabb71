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
        case .m_groupChr: return grouped(e)
        case .m_phant:
            let isShown = e.firstOrEmpty(.m_phantPr).first(.m_show)?.attribute(.m_val).map { $0 != "0" && $0 != "off" && $0 != "false" } ?? true
            return isShown ? part(e, .m_e) : "\\phantom{" + part(e, .m_e) + "}"
        case .m_borderBox: return "\\boxed{" + part(e, .m_e) + "}"
        case .m_m:
            let rows = e.children.filter { $0.known == .m_mr }.map { row in
                row.children.filter { $0.known == .m_e }.map(latex).joined(separator: " & ")
            }
            return "\\begin{matrix}" + rows.joined(separator: " \\\\ ") + "\\end{matrix}"
        case .m_eqArr:
            // Ampersands are the points where the rows align (22.1.2.34).
            let rows = e.children.filter { $0.known == .m_e }.map { Self.unescaped(latex($0)) }
            return rows.count == 1 ? rows[0] : "\\begin{aligned}" + rows.joined(separator: " \\\\ ") + "\\end{aligned}"
        case .m_fPr, .m_radPr, .m_naryPr, .m_dPr, .m_accPr, .m_barPr, .m_groupChrPr, .m_phantPr, .m_rPr, .m_ctrlPr, .m_argPr, .w_rPr, .w_del, .w_moveFrom: return ""
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
        let hasLetters = text.contains { $0.isLetter }
        if properties.first(.m_nor) != nil, hasLetters, !text.utf8.contains(UInt8(ascii: "\\")) { return "\\text{" + LaTeX.escaped(text) + "}" }
        if let script = properties.first(.m_scr)?.attribute(.m_val), hasLetters, let command = scripts[script] { return command + "{" + LaTeX.escaped(text) + "}" }
        if properties.first(.m_sty)?.attribute(.m_val) == "b", hasLetters { return "\\mathbf{" + LaTeX.escaped(text) + "}" }
        return function(LaTeX.escaped(text))
    }

    /// Alphabets of mathematics (22.9.2.17).
    private static let scripts = [
        "double-struck": "\\mathbb", "script": "\\mathcal", "fraktur": "\\mathfrak", "sans-serif": "\\mathsf", "monospace": "\\mathtt",
    ]

    /// A brace or arrow above or below (22.1.2.41).
    private static func grouped(_ e: XMLElement) -> String {
        let properties = e.firstOrEmpty(.m_groupChrPr), body = part(e, .m_e)
        let isTop = properties.firstOrEmpty(.m_pos).attribute(.m_val) == "top"
        switch properties.first(.m_chr)?.attribute(.m_val) ?? "⏟" {
        case "⏞", "⏟", "{", "}", "": return (isTop ? "\\overbrace{" : "\\underbrace{") + body + "}"
        case "→": return (isTop ? "\\overrightarrow{" : "\\underrightarrow{") + body + "}"
        case "←": return (isTop ? "\\overleftarrow{" : "\\underleftarrow{") + body + "}"
        case let sign: return (isTop ? "\\overset{" : "\\underset{") + LaTeX.escaped(sign) + "}{" + body + "}"
        }
    }

    private static func unescaped(_ latex: String) -> String {
        var out: [UInt8] = []
        for byte in latex.utf8 {
            if byte == UInt8(ascii: "&"), out.last == UInt8(ascii: "\\") { out.removeLast() }
            out.append(byte)
        }
        return String(decoding: out, as: UTF8.self)
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
