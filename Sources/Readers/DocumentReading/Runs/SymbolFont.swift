// SPDX-License-Identifier: Apache-2.0

/// Characters of the symbol fonts that documents are full of, as Unicode.
package enum SymbolFont {
    package static func text(font: String, code: UInt32) -> String {
        let low = code & 0xFF
        let name = font.lowercased()
        let table = name.hasPrefix("wingdings") ? wingdings : name.hasPrefix("symbol") ? symbol : [:]
        if let known = table[low] { return known }
        if code >= 0xF000, code < 0xF100 { return low == 0x20 ? " " : "•" }
        return Unicode.Scalar(code).map { String($0) } ?? "•"
    }

    /// Text that is set in such a font: its letters stand for signs too.
    package static func text(_ text: String, font: String) -> String {
        text.unicodeScalars.reduce(into: "") { out, scalar in
            switch scalar.value {
            case 0x21...0xFF:
                let sign = self.text(font: font, code: scalar.value)
                out += sign
            case 0xF020...0xF0FF: out += self.text(font: font, code: scalar.value)
            default: out.unicodeScalars.append(scalar)
            }
        }
    }

    private static let wingdings: [UInt32: String] = [
        0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x9F: "•", 0xA1: "○", 0xA7: "▪",
        0xA8: "◻", 0xD8: "➢", 0xE0: "→", 0xDF: "←", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    ]
    private static let symbol: [UInt32: String] = [
        0x61: "α", 0x62: "β", 0x63: "χ", 0x64: "δ", 0x65: "ε", 0x66: "φ", 0x67: "γ", 0x68: "η", 0x69: "ι", 0x6B: "κ", 0x6C: "λ", 0x6D: "μ", 0x6E: "ν",
        0x70: "π", 0x71: "θ", 0x72: "ρ", 0x73: "σ", 0x74: "τ", 0x77: "ω", 0x78: "ξ", 0x79: "ψ", 0x7A: "ζ", 0x44: "Δ", 0x46: "Φ", 0x47: "Γ", 0x4C: "Λ",
        0x50: "Π", 0x51: "Θ", 0x53: "Σ", 0x57: "Ω", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±",
        0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xC5: "⊕", 0xC6: "∅", 0xC7: "∩", 0xC8: "∪", 0xCE: "∈",
        0xD6: "√", 0xD9: "∧", 0xDA: "∨", 0xDE: "⇒", 0xE5: "∑", 0xF2: "∫", 0x22: "∀", 0x24: "∃", 0xD3: "©", 0xD2: "®", 0xD4: "™",
    ]
}
