// SPDX-License-Identifier: Apache-2.0

/// Characters of equations and their LaTeX commands.
package enum LaTeX {
    /// A command that ends in a letter must not run into the next letter.
    package static func append(_ piece: String, to out: inout String) {
        if let first = piece.utf8.first, isLetter(first), endsInCommand(out) { out += " " }
        out += piece
    }

    package static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }

    private static func endsInCommand(_ text: String) -> Bool {
        var hasLetter = false
        for byte in text.utf8.reversed() {
            if isLetter(byte) { hasLetter = true } else { return hasLetter && byte == UInt8(ascii: "\\") }
        }
        return false
    }

    /// Characters as LaTeX writes them.
    package static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "%", "#", "&", "$", "_", "{", "}": out += "\\" + String(character)
            case "\u{2061}", "\u{200B}", "\u{2062}": continue
            default: append(commands[String(character)] ?? String(character), to: &out)
            }
        }
        return out
    }

    /// Signs that have their limits above and below, or beside them.
    package static func isOperator(_ latex: String) -> Bool { operators.contains(latex) }

    private static let operators: Set<String> = [
        "\\sum", "\\prod", "\\coprod", "\\int", "\\iint", "\\iiint", "\\oint", "\\bigcup", "\\bigcap", "\\bigvee", "\\bigwedge", "\\lim", "\\max", "\\min",
        "\\sup", "\\inf", "\\det", "\\gcd",
    ]

    package static let functions: Set<String> = [
        "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth", "log", "ln", "lg", "exp",
        "lim", "max", "min", "sup", "inf", "det", "gcd", "deg", "dim", "ker", "arg", "hom", "Pr",
    ]

    package static let accents: [String: String] = [
        "\u{302}": "\\hat", "\u{303}": "\\tilde", "\u{304}": "\\bar", "\u{305}": "\\overline", "\u{307}": "\\dot", "\u{308}": "\\ddot",
        "\u{20D7}": "\\vec", "\u{301}": "\\acute", "\u{300}": "\\grave", "\u{306}": "\\breve", "\u{30C}": "\\check", "\u{20D6}": "\\overleftarrow",
    ]

    package static let delimiters: [String: String] = [
        "{": "\\{", "}": "\\}", "": ".", "⟨": "\\langle ", "⟩": "\\rangle ", "〈": "\\langle ", "〉": "\\rangle ", "‖": "\\|", "⌈": "\\lceil ", "⌉": "\\rceil ",
        "⌊": "\\lfloor ", "⌋": "\\rfloor ",
    ]

    package static let commands: [String: String] = {
        let greek = [
            "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "ϵ": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta", "ϑ": "vartheta",
            "ι": "iota", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "ξ": "xi", "π": "pi", "ρ": "rho", "σ": "sigma", "ς": "varsigma", "τ": "tau",
            "υ": "upsilon", "φ": "varphi", "ϕ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta", "Λ": "Lambda",
            "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Υ": "Upsilon", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
        ]
        let signs = [
            "∑": "sum", "∏": "prod", "∐": "coprod", "∫": "int", "∬": "iint", "∭": "iiint", "∮": "oint", "⋃": "bigcup", "⋂": "bigcap", "⋁": "bigvee", "⋀": "bigwedge",
            "∞": "infty", "±": "pm", "∓": "mp", "×": "times", "÷": "div", "⋅": "cdot", "·": "cdot", "∗": "ast", "∘": "circ", "≤": "leq", "≥": "geq", "≠": "neq",
            "≈": "approx", "≡": "equiv", "∼": "sim", "≅": "cong", "∝": "propto", "≪": "ll", "≫": "gg", "∈": "in", "∉": "notin", "∋": "ni", "⊂": "subset",
            "⊆": "subseteq", "⊃": "supset", "⊇": "supseteq", "∪": "cup", "∩": "cap", "∅": "emptyset", "∧": "wedge", "∨": "vee", "¬": "neg", "∀": "forall",
            "∃": "exists", "∂": "partial", "∇": "nabla", "→": "rightarrow", "←": "leftarrow", "↔": "leftrightarrow", "⇒": "Rightarrow", "⇐": "Leftarrow",
            "⇔": "Leftrightarrow", "↦": "mapsto", "↑": "uparrow", "↓": "downarrow", "…": "ldots", "⋯": "cdots", "⋮": "vdots", "⋱": "ddots", "ℝ": "mathbb{R}",
            "ℕ": "mathbb{N}", "ℤ": "mathbb{Z}", "ℚ": "mathbb{Q}", "ℂ": "mathbb{C}", "ℏ": "hbar", "ℓ": "ell", "ℜ": "Re", "ℑ": "Im", "ℵ": "aleph", "⊥": "perp",
            "∥": "parallel", "∠": "angle", "⊕": "oplus", "⊗": "otimes", "√": "surd", "′": "prime", "°": "circ", "∖": "setminus", "⟨": "langle", "⟩": "rangle",
        ]
        var table: [String: String] = [:]
        for (character, name) in greek.merging(signs, uniquingKeysWith: { first, _ in first }) { table[character] = "\\" + name }
        table["−"] = "-"
        table["°"] = "^{\\circ}"
        return table
    }()
}
