// SPDX-License-Identifier: Apache-2.0

/// Characters of equations and their LaTeX commands.
enum OOXMLMathSymbols {
    static let functions: Set<String> = [
        "sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "coth", "log", "ln", "lg", "exp",
        "lim", "max", "min", "sup", "inf", "det", "gcd", "deg", "dim", "ker", "arg", "hom", "Pr",
    ]

    static let accents: [String: String] = [
        "\u{302}": "\\hat", "\u{303}": "\\tilde", "\u{304}": "\\bar", "\u{305}": "\\overline", "\u{307}": "\\dot", "\u{308}": "\\ddot",
        "\u{20D7}": "\\vec", "\u{301}": "\\acute", "\u{300}": "\\grave", "\u{306}": "\\breve", "\u{30C}": "\\check", "\u{20D6}": "\\overleftarrow",
    ]

    static let delimiters: [String: String] = [
        "{": "\\{", "}": "\\}", "": ".", "⟨": "\\langle ", "⟩": "\\rangle ", "〈": "\\langle ", "〉": "\\rangle ", "‖": "\\|", "⌈": "\\lceil ", "⌉": "\\rceil ",
        "⌊": "\\lfloor ", "⌋": "\\rfloor ",
    ]

    static let commands: [String: String] = {
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
