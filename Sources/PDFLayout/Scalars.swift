// SPDX-License-Identifier: Apache-2.0

/// What the layout must know about single characters.
package enum Scalars {
    /// Written right to left: Hebrew, Arabic, Syriac, Thaana, N'Ko, and their presentation forms.
    package static func isRightToLeft(_ c: UInt32) -> Bool { c >= 0x590 && isHighRightToLeft(c) }

    private static func isHighRightToLeft(_ c: UInt32) -> Bool {
        c <= 0x8FF || (0xFB1D...0xFDFF).contains(c) || (0xFE70...0xFEFC).contains(c) || (0x10800...0x10FFF).contains(c) || (0x1E800...0x1EFFF).contains(c)
    }

    static func isDigit(_ c: UInt32) -> Bool { (0x30...0x39).contains(c) || (0x660...0x669).contains(c) || (0x6F0...0x6F9).contains(c) }
    static func isUpper(_ c: UInt32) -> Bool {
        if c < 0x80 { return (0x41...0x5A).contains(c) }
        return Unicode.Scalar(c)?.properties.isUppercase ?? false
    }
    static func isLower(_ c: UInt32) -> Bool {
        if c < 0x80 { return (0x61...0x7A).contains(c) }
        return Unicode.Scalar(c)?.properties.isLowercase ?? false
    }
    static func isLetter(_ c: UInt32) -> Bool {
        if c < 0x80 { return (0x41...0x5A).contains(c) || (0x61...0x7A).contains(c) }
        return c >= 0xAA && (Unicode.Scalar(c)?.properties.isAlphabetic ?? false)
    }

    /// Stands close behind what is before it: closing brackets, and marks that end a part of a sentence.
    static func isClosing(_ c: UInt32) -> Bool {
        switch c {
        case 0x21, 0x29, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F, 0x5D, 0x7D: true
        default: false
        }
    }

    /// Written without spaces between words: Chinese, Japanese, full-width forms (not Korean).
    static func isIdeographic(_ c: UInt32) -> Bool {
        guard c >= 0x2E80 else { return false }
        return c <= 0x312F || (0x3190...0x9FFF).contains(c) || (0xF900...0xFAFF).contains(c) || (0xFE30...0xFE4F).contains(c)
            || (0xFF00...0xFFEF).contains(c) || (0x20000...0x3FFFF).contains(c)
    }

    /// Stands over or under the character before it.
    package static func isMark(_ c: UInt32) -> Bool { c >= 0x300 && isHighMark(c) }

    private static func isHighMark(_ c: UInt32) -> Bool {
        if c <= 0x36F || (0x591...0x5BD).contains(c) || (0x610...0x61A).contains(c) || (0x64B...0x65F).contains(c) || c == 0x670 { return true }
        if c < 0x900 || (0x2E80...0xABFF).contains(c) { return false }
        guard let category = Unicode.Scalar(c)?.properties.generalCategory else { return false }
        return category == .nonspacingMark
    }

    static func isHyphen(_ c: UInt32) -> Bool { c == 0x2D || c == 0xAD || c == 0x2010 || c == 0x02 }

    /// Ends a sentence, also within a closing quote or bracket.
    static func endsSentence(_ c: UInt32) -> Bool { [0x2E, 0x21, 0x3F, 0x3A, 0x3002, 0xFF01, 0xFF1F, 0x2026, 0x6D4, 0x61F].contains(c) }

    /// What a sign of Symbol or Wingdings is that word processors note by its place in the font, from U+F000 on: bullets, ticks and boxes.
    private static func symbol(_ c: UInt32) -> UInt32? {
        switch c {
        case 0xF0B7: 0x2022
        case 0xF0A7, 0xF06E: 0x25AA
        case 0xF0D8: 0x27A2
        case 0xF0FC: 0x2713
        case 0xF0A8: 0x25FB
        case 0xF076: 0x2756
        case 0xF06C: 0x25CF
        case 0xF0E0: 0x2192
        case 0xF0FE: 0x2611
        default: nil
        }
    }

    /// Appends a character as it reads: ligatures and presentation forms in letters, controls not at all.
    static func append(_ c: UInt32, to out: inout [UInt8]) {
        if c < 0x80 {
            if c >= 0x20, c != 0x7F { out.append(UInt8(c)) } else if c == 0x02 { out.append(0x2D) }
            return
        }
        if c < 0x800 {
            guard c >= 0xA0, c != 0xAD else { return }
            if c == 0xA0 { return out.append(0x20) }
            out.append(UInt8(0xC0 | c >> 6))
            out.append(UInt8(0x80 | c & 0x3F))
            return
        }
        if (0xFB00...0xFB06).contains(c) || (0xFB13...0xFEFC).contains(c), let letters = PresentationForms.letters(c) {
            for letter in letters { append(letter, to: &out) }
            return
        }
        if c >= 0xF000, c <= 0xF0FF, let sign = symbol(c) { return append(sign, to: &out) }
        if (0x200B...0x200F).contains(c) || (0x202A...0x202E).contains(c) || c == 0xFEFF || (0x2066...0x2069).contains(c) { return }
        if (0x2000...0x200A).contains(c) { return out.append(0x20) }
        guard let scalar = Unicode.Scalar(c), c != 0xFFFE, c != 0xFFFF, let encoded = Unicode.UTF8.encode(scalar) else { return }
        out.append(contentsOf: encoded)
    }
}
