// SPDX-License-Identifier: Apache-2.0
import CPDFium
import PDFLayout

/// What fonts say about their look, by name and flags (ISO 32000-1, 9.8.2).
struct PDFFonts {
    private var known: [OpaquePointer: TextStyle] = [:]
    private var numbers: [[UInt8]: Int] = [:]

    /// The number of all fonts that have no name; nil before there are any.
    var nameless: Int? { numbers[[]] }

    /// Fonts may come and go with pages.
    mutating func startPage() { known.removeAll(keepingCapacity: true) }

    /// A style without a size.
    mutating func facts(_ font: pdfium_font?) -> TextStyle {
        guard let font else { return TextStyle(size: 0) }
        if let style = known[font] { return style }
        var name = PDFText.bytes(most: 512) { pdfium_font_name(font, $0?.assumingMemoryBound(to: CChar.self), Int($1)).asUInt }
        // A subset's tag says nothing.
        if name.count > 7, name[6] == UInt8(ascii: "+") { name.removeFirst(7) }
        let lower = name.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        let flags = pdfium_font_flags(font)
        var style = TextStyle(size: 0)
        let isTeX = lower.starts(with: "cm".utf8) || lower.starts(with: "lm".utf8) || lower.starts(with: "sf".utf8) || lower.starts(with: "ec".utf8)
        style.isBold = Self.has(lower, ["bold", "black", "heavy", "demi", "-bd", ",bd", "semibd"]) || flags & (1 << 18) != 0
            || isTeX && Self.has(lower, ["cmbx", "sfbx", "ecbx", "cmssbx", "cmb1"]) || Self.has(lower, ["nimbusromno9l-medi", "nimbussanl-medi"])
        if !style.isBold, !Self.has(lower, ["regular", "light", "book", "medium", "roman", "-rg"]), !isTeX { style.isBold = pdfium_font_weight(font) >= 690 }
        var slant: Int32 = 0
        _ = pdfium_font_slant(font, &slant)
        let isMath = Self.has(lower, ["cmmi", "cmsy", "lmmath", "math", "symbol", "msam", "msbm", "mtmi"])
        style.isItalic = !isMath && (flags & 64 != 0 || slant != 0 || Self.has(lower, ["italic", "oblique", "-it", "slanted"]) || isTeX && Self.has(lower, ["cmti", "cmsl", "sfti", "ecti"]))
        style.isMono = flags & 1 != 0 && !isMath || Self.has(lower, ["mono", "courier", "consol", "cmtt", "lmtt", "sftt", "ectt", "typewriter", "menlo", "inconsolata", "sourcecode", "-code", "fixed", "cousine"])
        style.isSymbol = Self.has(lower, ["wingding", "dingbat", "webding", "monotypesorts", "symbolmt", "symbol"]) && !Self.has(lower, ["segoe", "emoji", "math"])
        style.font = numbers[name] ?? numbers.count
        numbers[name] = style.font
        known[font] = style
        return style
    }

    private static func has(_ name: [UInt8], _ words: [StaticString]) -> Bool {
        words.contains { word in
            let count = word.utf8CodeUnitCount
            guard name.count >= count else { return false }
            return (0...(name.count - count)).contains { start in
                (0..<count).allSatisfy { name[start + $0] == word.utf8Start[$0] }
            }
        }
    }
}

extension Int {
    fileprivate var asUInt: UInt { UInt(clamping: self) }
}
