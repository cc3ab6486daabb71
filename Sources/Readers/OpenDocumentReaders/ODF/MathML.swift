// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import XMLTree

/// Presentation MathML (MathML 3, chapter 3) as LaTeX.
enum MathML {
    static func latex(_ element: XMLElement) -> String {
        let text = row(element)
        var start = text.utf8.startIndex
        while start < text.utf8.endIndex, text.utf8[start] == 0x20 { start = text.utf8.index(after: start) }
        let rest = text[start...]
        return rest.last == " " ? String(rest.dropLast()) : String(rest)
    }

    private static func row(_ element: XMLElement) -> String {
        var out = ""
        for child in element.children { LaTeX.append(of(child), to: &out) }
        return out
    }

    private static func part(_ element: XMLElement, _ at: Int) -> String {
        var children = element.children
        for _ in 0..<at { _ = children.next() }
        return children.next().map(of) ?? ""
    }

    /// A base that is more than one symbol is held together.
    private static func base(_ element: XMLElement) -> String {
        let text = part(element, 0)
        switch element.children.first(where: { _ in true })?.known {
        case .math_mi, .math_mn, .math_mo, .math_mtext: return text.isEmpty ? "{}" : text
        default: return text.utf8.count <= 1 || text.hasPrefix("\\left") || text.hasPrefix("\\mathrm{") ? (text.isEmpty ? "{}" : text) : "{" + text + "}"
        }
    }

    private static func of(_ e: XMLElement) -> String {
        switch e.known {
        case .math_semantics, .math_maction: part(e, 0)
        case .math_annotation, .math_annotationXml, .math_none, .math_mprescripts: ""
        case .math_mi: identifier(e)
        case .math_mn: LaTeX.escaped(words(e))
        case .math_mo: sign(e)
        case .math_ms, .math_mtext: text(e.text)
        case .math_mspace: "\\ "
        case .math_mphantom: "\\phantom{" + row(e) + "}"
        case .math_mfrac:
            e.attribute(.n_linethickness).map { $0.hasPrefix("0") } == true
                ? "\\genfrac{}{}{0pt}{}{" + part(e, 0) + "}{" + part(e, 1) + "}" : "\\frac{" + part(e, 0) + "}{" + part(e, 1) + "}"
        case .math_msqrt: "\\sqrt{" + row(e) + "}"
        case .math_mroot: "\\sqrt[" + part(e, 1) + "]{" + part(e, 0) + "}"
        case .math_msup: base(e) + "^{" + part(e, 1) + "}"
        case .math_msub: base(e) + "_{" + part(e, 1) + "}"
        case .math_msubsup: base(e) + "_{" + part(e, 1) + "}^{" + part(e, 2) + "}"
        case .math_munder: below(e)
        case .math_mover: above(e)
        case .math_munderover: LaTeX.isOperator(part(e, 0)) ? part(e, 0) + "_{" + part(e, 1) + "}^{" + part(e, 2) + "}"
            : "\\overset{" + part(e, 2) + "}{\\underset{" + part(e, 1) + "}{" + part(e, 0) + "}}"
        case .math_mmultiscripts: scripts(e)
        case .math_mtable: "\\begin{matrix}" + e.children.map(cells).joined(separator: " \\\\ ") + "\\end{matrix}"
        case .math_mfenced: fenced(e)
        case .math_menclose: e.attribute(.n_notation) == "box" ? "\\boxed{" + row(e) + "}" : row(e)
        default: row(e)
        }
    }

    private static func words(_ element: XMLElement) -> String { element.text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

    private static func text(_ text: String) -> String { text.allSatisfy(\.isWhitespace) ? "\\ " : "\\text{" + LaTeX.escaped(text) + "}" }

    private static func identifier(_ e: XMLElement) -> String {
        let name = words(e)
        if LaTeX.functions.contains(name) { return "\\" + name }
        let isUpright = name.count > 1 && name.utf8.allSatisfy(LaTeX.isLetter)
        return isUpright ? "\\mathrm{" + name + "}" : LaTeX.escaped(name)
    }

    private static func sign(_ e: XMLElement) -> String {
        let sign = words(e)
        if let first = sign.unicodeScalars.first, sign.unicodeScalars.count == 1, first.value >= 0x2061, first.value <= 0x2064 { return "" }
        if e.attribute(.n_stretchy) == "true" || e.attribute(.n_stretchy) == nil, let mark = LaTeX.delimiters[sign], sign != "" { return mark }
        if LaTeX.functions.contains(sign) { return "\\" + sign }
        return LaTeX.escaped(sign)
    }

    private static func below(_ e: XMLElement) -> String {
        let body = part(e, 0), under = part(e, 1)
        if LaTeX.isOperator(body) { return body + "_{" + under + "}" }
        switch under {
        case "_", "\\_", "\u{332}", "¯", "-": return "\\underline{" + body + "}"
        case "⏟", "\\underbrace": return "\\underbrace{" + body + "}"
        default: return body.hasPrefix("\\underbrace") ? body + "_{" + under + "}" : "\\underset{" + under + "}{" + body + "}"
        }
    }

    private static func above(_ e: XMLElement) -> String {
        let body = part(e, 0), over = part(e, 1)
        if LaTeX.isOperator(body) { return body + "^{" + over + "}" }
        let mark = e.children.dropFirst().first(where: { _ in true }).map(words) ?? ""
        if let accent = accents[mark] { return accent + "{" + body + "}" }
        return body.hasPrefix("\\overbrace") ? body + "^{" + over + "}" : "\\overset{" + over + "}{" + body + "}"
    }

    private static let accents = [
        "^": "\\hat", "ˆ": "\\hat", "~": "\\tilde", "˜": "\\tilde", "¯": "\\bar", "‾": "\\overline", "_": "\\overline", "→": "\\vec", "˙": "\\dot",
        "¨": "\\ddot", "´": "\\acute", "`": "\\grave", "˘": "\\breve", "ˇ": "\\check", "⏞": "\\overbrace", "\u{302}": "\\hat", "\u{303}": "\\tilde", "\u{20D7}": "\\vec",
    ]

    /// `base (sub sup)* [mprescripts (sub sup)*]`.
    private static func scripts(_ e: XMLElement) -> String {
        var behind: [String] = [], before: [String] = []
        var isBefore = false
        for child in e.children.dropFirst() {
            if child.known == .math_mprescripts { isBefore = true } else if isBefore { before.append(of(child)) } else { behind.append(of(child)) }
        }
        func pairs(_ list: [String]) -> String {
            var out = ""
            for (at, script) in list.enumerated() where !script.isEmpty { out += (at % 2 == 0 ? "_{" : "^{") + script + "}" }
            return out
        }
        return (before.isEmpty ? "" : "{}" + pairs(before)) + base(e) + pairs(behind)
    }

    private static func cells(_ row: XMLElement) -> String {
        row.known == .math_mtr || row.known == .math_mlabeledtr ? row.children.map(self.row).joined(separator: " & ") : of(row)
    }

    private static func fenced(_ e: XMLElement) -> String {
        func mark(_ name: ODFName, _ usual: String) -> String {
            let mark = e.attribute(name) ?? usual
            return LaTeX.delimiters[mark] ?? mark
        }
        let separators = Array(e.attribute(.n_separators) ?? ",").filter { !$0.isWhitespace }
        var out = "\\left" + mark(.n_open, "(")
        for (at, child) in e.children.enumerated() {
            if at > 0, let sign = separators.isEmpty ? nil : separators[min(at - 1, separators.count - 1)] { out += String(sign) }
            LaTeX.append(of(child), to: &out)
        }
        return out + "\\right" + mark(.n_close, ")")
    }
}
