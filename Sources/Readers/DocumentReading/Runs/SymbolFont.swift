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
    /// The encoding of Adobe's Symbol, without its one sign that Unicode has not.
    private static let symbol: [UInt32: String] = {
        var table: [UInt32: String] = [:]
        for (first, signs) in [
            (UInt32(0x20), #" !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"#),
            (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"),
            (0xF1, "〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"),
        ] {
            for (place, sign) in signs.unicodeScalars.enumerated() { table[first + UInt32(place)] = String(sign) }
        }
        return table
    }()
}
