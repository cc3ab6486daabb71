// SPDX-License-Identifier: Apache-2.0
import PDFLayout

/// What the layout needs of a font (ISO/IEC 14496-22): widths, ascent, weight, pitch.
struct XPSFont {
    private(set) var isBold = false
    private(set) var isItalic = false
    private(set) var isMono = false
    /// In ems.
    private(set) var ascent: Float = 0.9
    private(set) var descent: Float = 0.22
    private var widths: [UInt16] = []
    private var unitsPerEm: Float = 1_000
    private var map: [UInt16: UInt16] = [:]

    /// Widths like those of common fonts, for a font that cannot be read.
    init() {}

    /// `name` is the part's: fonts that are made unfit for other uses are turned back by the number in it (ECMA-388, 9.1.7.3).
    init(_ bytes: [UInt8], name: String) {
        var bytes = bytes
        if name.hasSuffix(".odttf") { Self.clear(&bytes, name) }
        func word(_ at: Int) -> Int { at >= 0 && at + 2 <= bytes.count ? Int(bytes[at]) << 8 | Int(bytes[at + 1]) : 0 }
        func long(_ at: Int) -> Int { word(at) << 16 | word(at + 2) }
        func signed(_ at: Int) -> Int { Int(Int16(truncatingIfNeeded: word(at))) }
        let start = bytes.starts(with: "ttcf".utf8) ? long(12) : 0
        var tables: [Int: Int] = [:]
        for index in 0..<min(word(start + 4), 100) { tables[long(start + 12 + index * 16)] = long(start + 12 + index * 16 + 8) }
        func table(_ name: StaticString) -> Int? {
            let tag = (0..<4).reduce(0) { $0 << 8 | Int(name.utf8Start[$1]) }
            return tables[tag].flatMap { $0 < bytes.count ? $0 : nil }
        }
        guard let head = table("head"), let hhea = table("hhea"), let hmtx = table("hmtx"), word(head + 18) > 0 else { return }
        unitsPerEm = Float(word(head + 18))
        isBold = word(head + 44) & 1 != 0
        isItalic = word(head + 44) & 2 != 0
        if let post = table("post") { isMono = long(post + 12) != 0 }
        if let os2 = table("OS/2"), word(os2 + 4) >= 600 { isBold = true }
        ascent = max(0.5, min(1.5, Float(signed(hhea + 4)) / unitsPerEm))
        descent = max(0.1, min(0.6, -Float(signed(hhea + 6)) / unitsPerEm))
        let count = word(hhea + 34)
        guard hmtx + count * 4 <= bytes.count else { return }
        widths = (0..<count).map { UInt16(word(hmtx + $0 * 4)) }
        if let cmap = table("cmap") { readMap(cmap, word, long) }
    }

    /// Format 4, the one that all fonts have for the characters of two bytes.
    private mutating func readMap(_ cmap: Int, _ word: (Int) -> Int, _ long: (Int) -> Int) {
        for index in 0..<min(word(cmap + 2), 50) {
            let at = cmap + long(cmap + 4 + index * 8 + 4)
            guard word(at) == 4 else { continue }
            let segments = min(word(at + 6) / 2, 20_000)
            for segment in 0..<segments {
                let end = word(at + 14 + segment * 2), first = word(at + 16 + segments * 2 + segment * 2)
                let delta = word(at + 16 + segments * 4 + segment * 2), offsetAt = at + 16 + segments * 6 + segment * 2
                guard first <= end, end < 0xFFFF, map.count < 70_000 else { continue }
                for code in first...end {
                    let offset = word(offsetAt)
                    let raw = offset == 0 ? code : word(offsetAt + offset + (code - first) * 2)
                    if offset == 0 || raw != 0 { map[UInt16(code)] = UInt16((raw + delta) & 0xFFFF) }
                }
            }
            return
        }
    }

    private static func clear(_ bytes: inout [UInt8], _ name: String) {
        let stem = name.split(separator: "/").last.map { $0.prefix { $0 != "." } } ?? ""
        let digits = stem.compactMap(\.hexDigitValue)
        guard digits.count == 32, bytes.count >= 32 else { return }
        let key = (0..<16).map { UInt8(digits[$0 * 2] << 4 | digits[$0 * 2 + 1]) }
        for index in 0..<32 { bytes[index] ^= key[15 - index % 16] }
    }

    /// How far the pen moves, in ems.
    func advance(glyph: Int?, scalar: Unicode.Scalar) -> Float {
        let glyph = glyph ?? UInt16(exactly: scalar.value).flatMap { map[$0] }.map(Int.init)
        guard let glyph, let last = widths.last else { return Self.usual(scalar) }
        return Float(glyph < widths.count ? widths[glyph] : last) / unitsPerEm
    }

    private static func usual(_ scalar: Unicode.Scalar) -> Float {
        switch scalar {
        case " ", "i", "j", "l", "'", ".", ",", ":", ";", "|", "!", "I", "t", "f": 0.28
        case "m", "w", "M", "W", "@": 0.85
        case "A"..."Z": 0.68
        default: scalar.value > 0x2E80 ? 1 : 0.54
        }
    }
}

/// The fonts of a document, each read once.
struct XPSFonts {
    private let package: XPSPackage
    private var known: [String: (number: Int, font: XPSFont)] = [:]
    private static let most = 500

    init(_ package: XPSPackage) { self.package = package }

    mutating func font(_ name: String) -> (number: Int, font: XPSFont) {
        if let known = known[name] { return known }
        // A font that is not there costs the exactness of places, no text.
        let bytes = known.count < Self.most ? (try? package.bytes(name)) ?? nil : nil
        let found = (number: known.count, font: bytes.map { XPSFont($0, name: name.lowercased()) } ?? XPSFont())
        known[name] = found
        return found
    }
}
