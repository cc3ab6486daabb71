// SPDX-License-Identifier: Apache-2.0

/// Characters of formulas and the commands LaTeX has for them.
enum MathMLSymbols {
    /// Each character by itself; those without a command stay as they are, those that are only for the eye of a renderer go.
    static func latex(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x2061...0x2064: continue
            default:
                if let command = commands[Character(scalar)] {
                    result += command
                    if command.last?.isLetter == true, text.unicodeScalars.count > 1 { result += " " }
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result.last == " " ? String(result.dropLast()) : result
    }

    /// A delimiter behind `\left` or `\right`; none is a point.
    static func fence(_ text: String) -> String {
        switch text {
        case "": "."
        case "{": "\\{"
        case "}": "\\}"
        case "⟨", "〈": "\\langle"
        case "⟩", "〉": "\\rangle"
        default: latex(text)
        }
    }

    static let functions: [String: String] = Dictionary(
        [
            "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "log", "ln", "lg", "exp", "lim",
            "max", "min", "sup", "inf", "det", "dim", "ker", "gcd", "deg", "arg", "Pr", "mod",
        ].map { ($0, $0 == "mod" ? "\\bmod" : "\\" + $0) }, uniquingKeysWith: { first, _ in first })

    static let accents: [String: String] = [
        "¯": "\\overline", "―": "\\overline", "‾": "\\overline", "_": "\\overline", "^": "\\hat", "ˆ": "\\hat", "~": "\\tilde", "˜": "\\tilde", "\\sim": "\\tilde",
        "→": "\\vec", "\\to": "\\vec", "⃗": "\\vec", "˙": "\\dot", ".": "\\dot", "¨": "\\ddot", "ˇ": "\\check", "˘": "\\breve", "⏞": "\\overbrace",
        "\\cdot": "\\dot", "´": "\\acute", "`": "\\grave",
    ]

    private static let commands: [Character: String] = [
        "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\varepsilon", "ϵ": "\\epsilon", "ζ": "\\zeta", "η": "\\eta",
        "θ": "\\theta", "ϑ": "\\vartheta", "ι": "\\iota", "κ": "\\kappa", "λ": "\\lambda", "μ": "\\mu", "ν": "\\nu", "ξ": "\\xi", "π": "\\pi",
        "ρ": "\\rho", "σ": "\\sigma", "ς": "\\varsigma", "τ": "\\tau", "υ": "\\upsilon", "φ": "\\varphi", "ϕ": "\\phi", "χ": "\\chi",
        "ψ": "\\psi", "ω": "\\omega", "Γ": "\\Gamma", "Δ": "\\Delta", "Θ": "\\Theta", "Λ": "\\Lambda", "Ξ": "\\Xi", "Π": "\\Pi",
        "Σ": "\\Sigma", "Υ": "\\Upsilon", "Φ": "\\Phi", "Ψ": "\\Psi", "Ω": "\\Omega",
        "∑": "\\sum", "∏": "\\prod", "∫": "\\int", "∬": "\\iint", "∭": "\\iiint", "∮": "\\oint", "∂": "\\partial", "∇": "\\nabla", "∞": "\\infty",
        "√": "\\surd", "±": "\\pm", "∓": "\\mp", "×": "\\times", "÷": "\\div", "·": "\\cdot", "⋅": "\\cdot", "∗": "*", "∘": "\\circ", "•": "\\bullet",
        "−": "-", "≤": "\\leq", "≥": "\\geq", "≠": "\\neq", "≈": "\\approx", "≡": "\\equiv", "∼": "\\sim", "≃": "\\simeq", "≅": "\\cong", "∝": "\\propto",
        "≪": "\\ll", "≫": "\\gg", "∈": "\\in", "∉": "\\notin", "∋": "\\ni", "⊂": "\\subset", "⊃": "\\supset", "⊆": "\\subseteq", "⊇": "\\supseteq",
        "∪": "\\cup", "∩": "\\cap", "∖": "\\setminus", "∅": "\\emptyset", "∀": "\\forall", "∃": "\\exists", "¬": "\\neg", "∧": "\\land", "∨": "\\lor",
        "⊕": "\\oplus", "⊗": "\\otimes", "⊥": "\\perp", "∥": "\\parallel", "∠": "\\angle", "→": "\\to", "←": "\\leftarrow", "↔": "\\leftrightarrow",
        "⇒": "\\Rightarrow", "⇐": "\\Leftarrow", "⇔": "\\Leftrightarrow", "↦": "\\mapsto", "↑": "\\uparrow", "↓": "\\downarrow", "…": "\\ldots", "⋯": "\\cdots",
        "⋮": "\\vdots", "⋱": "\\ddots", "ℝ": "\\mathbb{R}", "ℕ": "\\mathbb{N}", "ℤ": "\\mathbb{Z}", "ℚ": "\\mathbb{Q}", "ℂ": "\\mathbb{C}", "ℏ": "\\hbar",
        "ℓ": "\\ell", "ℜ": "\\Re", "ℑ": "\\Im", "ℵ": "\\aleph", "′": "'", "″": "''", "°": "^{\\circ}", "⟨": "\\langle", "⟩": "\\rangle",
        "⌊": "\\lfloor", "⌋": "\\rfloor", "⌈": "\\lceil", "⌉": "\\rceil", "‖": "\\|", "∣": "\\mid", "{": "\\{", "}": "\\}", "%": "\\%", "&": "\\&", "#": "\\#",
        "$": "\\$", "_": "\\_", "\u{A0}": " ",
    ]
}
