// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// What the fonts of one document are for; a document names few fonts and names them often.
struct OOXMLFonts {
    enum Kind { case text, monospaced, symbols }

    private var known: [String: Kind] = [:]
    private var last: (font: String, kind: Kind) = ("", .text)

    mutating func kind(of font: String) -> Kind {
        if font == last.font { return last.kind }
        let kind = known[font] ?? Self.kind(font)
        if known.count < 1_000 { known[font] = kind }
        last = (font, kind)
        return kind
    }

    private static func kind(_ font: String) -> Kind {
        if MonospacedFont.matches(font) { return .monospaced }
        let name = font.lowercased()
        return name == "symbol" || name.hasPrefix("wingdings") ? .symbols : .text
    }
}
