// SPDX-License-Identifier: Apache-2.0

/// Presentation MathML (MathML Core, MathML 3 chapter 3) as LaTeX.
///
/// Fractions, roots, scripts and limits, fences, tables, text and accents are carried over; colours, sizes and spaces are not.
struct MathMLText {
    private(set) var latex = ""
    private static let deepest = 64

    init(_ math: HTMLNode) {
        latex = Self.tidy(row(math, 0))
    }

    private func row(_ node: HTMLNode, _ depth: Int) -> String {
        guard depth < Self.deepest else { return HTMLText.plain(of: node) }
        var result = ""
        for child in Self.parts(node) { Self.join(&result, element(child, depth + 1)) }
        return result
    }

    /// Child elements; what stands between them is white space.
    private static func parts(_ node: HTMLNode) -> [HTMLNode] {
        (0..<node.children.count).compactMap { node.children[$0] }.filter(\.isElement)
    }

    private func element(_ node: HTMLNode, _ depth: Int) -> String {
        let parts = Self.parts(node)
        func argument(_ index: Int) -> String { index < parts.count ? Self.tidy(element(parts[index], depth + 1)) : "" }
        switch node.writtenName.string.lowercased() {
        case "mi":
            let text = HTMLText.plain(of: node)
            if let name = MathMLSymbols.functions[text] { return name }
            let symbols = MathMLSymbols.latex(text)
            return text.unicodeScalars.count > 1 && symbols == text ? "\\mathrm{\(text)}" : Self.styled(symbols, node)
        case "mn": return HTMLText.plain(of: node).replacing("%", with: "\\%")
        case "mo": return MathMLSymbols.latex(HTMLText.plain(of: node))
        case "mtext", "ms":
            let text = HTMLText.plain(of: node)
            return text.isEmpty ? "\\ " : "\\text{\(text.replacing("}", with: "").replacing("{", with: ""))}"
        case "mspace", "none", "mprescripts", "maligngroup", "malignmark", "annotation", "annotation-xml", "mphantom": return ""
        case "mfrac":
            let isBinomial = node.attribute("linethickness")?.number(most: 9) == 0
            return "\(isBinomial ? "\\binom" : "\\frac"){\(argument(0))}{\(argument(1))}"
        case "msqrt": return "\\sqrt{\(Self.tidy(row(node, depth)))}"
        case "mroot": return "\\sqrt[\(argument(1))]{\(argument(0))}"
        case "msup": return Self.base(argument(0)) + Self.raised(argument(1))
        case "msub": return "\(Self.base(argument(0)))_{\(argument(1))}"
        case "msubsup": return "\(Self.base(argument(0)))_{\(argument(1))}" + Self.raised(argument(2))
        case "munder": return Self.under(argument(0), argument(1))
        case "mover": return Self.over(argument(0), argument(1))
        case "munderover": return "\(Self.base(argument(0)))_{\(argument(1))}^{\(argument(2))}"
        case "mmultiscripts": return Self.base(argument(0)) + scripts(parts.dropFirst(), depth)
        case "mfenced":
            let open = node.attribute("open")?.string ?? "("
            let close = node.attribute("close")?.string ?? ")"
            let inner = parts.indices.map { argument($0) }.joined(separator: ", ")
            return "\\left\(MathMLSymbols.fence(open)) \(inner) \\right\(MathMLSymbols.fence(close))"
        case "mtable": return table(parts, depth)
        case "semantics": return argument(0)
        case "menclose":
            return node.attribute("notation")?.place(ofKeyword: "box") != nil ? "\\boxed{\(Self.tidy(row(node, depth)))}" : row(node, depth)
        default: return row(node, depth)
        }
    }

    private func table(_ rows: [HTMLNode], _ depth: Int) -> String {
        let lines = rows.map { row in
            let isLabelled = row.writtenName.isKeyword("mlabeledtr")
            return Self.parts(row).dropFirst(isLabelled ? 1 : 0).map { Self.tidy(self.row($0, depth + 1)) }.joined(separator: " & ")
        }
        return "\\begin{matrix} \(lines.joined(separator: " \\\\ ")) \\end{matrix}"
    }

    /// Pairs of subscript and superscript; those behind `mprescripts` belong before the base.
    private func scripts(_ parts: ArraySlice<HTMLNode>, _ depth: Int) -> String {
        var below = ""
        var above = ""
        var isBelow = true
        for part in parts {
            if part.writtenName.isKeyword("mprescripts") { break }
            let text = Self.tidy(element(part, depth + 1))
            if isBelow { below += text } else { above += text }
            isBelow.toggle()
        }
        return (below.isEmpty ? "" : "_{\(below)}") + (above.isEmpty ? "" : "^{\(above)}")
    }

    private static func raised(_ text: String) -> String {
        // A prime is a superscript by itself.
        ["'", "''", "\\prime"].contains(text) ? "'" : "^{\(text)}"
    }

    private static func under(_ base: String, _ below: String) -> String {
        switch below {
        case "_", "\u{332}", "\u{AF}", "―": "\\underline{\(base)}"
        case "⏟": "\\underbrace{\(base)}"
        default: "\(Self.base(base))_{\(below)}"
        }
    }

    private static func over(_ base: String, _ above: String) -> String {
        if let accent = MathMLSymbols.accents[above] { return "\(accent){\(base)}" }
        return base.hasPrefix("\\sum") || base.hasPrefix("\\prod") || base.hasPrefix("\\underbrace") || base.hasPrefix("\\overbrace")
            ? "\(base)^{\(above)}" : "\\overset{\(above)}{\(base)}"
    }

    /// What a script may be put on: one sign or one command, else a group.
    private static func base(_ text: String) -> String {
        let isCommand = text.first == "\\" && text.dropFirst().allSatisfy { $0.isLetter && $0.isASCII }
        return text.count <= 1 || isCommand || text.hasSuffix("}") && text.first == "\\" && !text.contains(" ") ? text : "{\(text)}"
    }

    private static func styled(_ text: String, _ node: HTMLNode) -> String {
        guard let variant = node.attribute("mathvariant"), !text.isEmpty else { return text }
        if variant.isKeyword("bold") { return "\\mathbf{\(text)}" }
        if variant.isKeyword("double-struck") { return "\\mathbb{\(text)}" }
        if variant.isKeyword("script") { return "\\mathcal{\(text)}" }
        return variant.isKeyword("fraktur") ? "\\mathfrak{\(text)}" : text
    }

    /// A command's name ends before a letter only with a space between.
    private static func join(_ text: inout String, _ next: String) {
        guard let first = next.first else { return }
        let tail = text.suffix(longestCommand)
        if first.isLetter, let slash = tail.lastIndex(of: "\\") {
            let name = tail[slash...].dropFirst()
            if !name.isEmpty, name.allSatisfy({ $0.isLetter && $0.isASCII }) { text += " " }
        }
        text += next
    }

    private static let longestCommand = 20

    private static func tidy(_ text: String) -> String { text.collapsed }
}
