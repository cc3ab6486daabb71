// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import TextDecoding

/// The style sheet ([MS-DOC] 2.9.271): each style with what it inherits.
struct DOCStyles {
    enum Role: Equatable {
        case title, code, quote, caption
        case heading(Int)
    }

    struct Style {
        var role: Role?
        var paragraph = DOCParagraph()
        var characters = DOCFormatting()
        /// A character style's own changes, those it is based on first.
        var changes: [DOCProperties] = []
    }

    private var styles: [Style] = []

    private struct Raw {
        var identity = 0xFFF, name = "", base = 0xFFF
        var paragraph: LittleEndianBytes?
        var characters: LittleEndianBytes?
        var isCharacter = false
    }

    init(_ sheet: LittleEndianBytes, isOld: Bool, codePage: CodePage, data: LittleEndianBytes) {
        guard let headerSize = sheet.short(0), let count = sheet.short(2), let baseSize = sheet.short(4) else { return }
        var raws: [Raw?] = []
        var at = 2 + headerSize
        for _ in 0..<min(count, 4_096) {
            guard let size = sheet.short(at) else { break }
            raws.append(size == 0 ? nil : Self.raw(sheet.clipped(at + 2, size), baseSize, isOld, codePage))
            at += 2 + size
        }
        for place in raws.indices { styles.append(Self.inherited(place, raws, isOld, data)) }
    }

    subscript(place: Int) -> Style? { styles.indices.contains(place) ? styles[place] : nil }

    private static func raw(_ bytes: LittleEndianBytes, _ baseSize: Int, _ isOld: Bool, _ codePage: CodePage) -> Raw? {
        guard let identity = bytes.short(0), let kindAndBase = bytes.short(2), let counts = bytes.short(4) else { return nil }
        var raw = Raw()
        raw.identity = identity & 0xFFF
        raw.base = kindAndBase >> 4
        raw.isCharacter = kindAndBase & 0xF == 2
        var at = baseSize
        if isOld {
            let length = bytes.byte(at) ?? 0
            raw.name = codePage.text(bytes.clipped(at + 1, length).raw).lowercased()
            at += length + 2
        } else {
            let length = bytes.short(at) ?? 0
            raw.name = bytes.clipped(at + 2, 2 * length).utf16.lowercased()
            at += 2 * length + 4
        }
        for index in 0..<min(counts & 0xF, 2) {
            at += at & 1
            guard let size = bytes.short(at) else { break }
            let part = bytes.clipped(at + 2, size)
            if kindAndBase & 0xF == 1 { if index == 0 { raw.paragraph = part.clipped(2, size - 2) } else { raw.characters = part } }
            if raw.isCharacter, index == 0 { raw.characters = part }
            at += 2 + size
        }
        return raw
    }

    private static func inherited(_ place: Int, _ raws: [Raw?], _ isOld: Bool, _ data: LittleEndianBytes) -> Style {
        var chain: [Raw] = []
        var next = place
        for _ in 0..<20 {
            guard raws.indices.contains(next), let raw = raws[next] else { break }
            chain.append(raw)
            next = raw.base
        }
        var style = Style()
        for raw in chain.reversed() {
            if let bytes = raw.paragraph { style.paragraph.apply(DOCProperties(bytes: bytes, isOld: isOld), data: data) }
            guard let bytes = raw.characters else { continue }
            let changes = DOCProperties(bytes: bytes, isOld: isOld)
            if raw.isCharacter {
                style.changes.append(changes)
            } else {
                style.characters.apply(changes, style: style.characters) { _ in [] }
            }
        }
        style.paragraph.style = place
        for raw in chain where style.role == nil { style.role = role(raw) }
        if let outline = style.paragraph.outline {
            if (0..<9).contains(outline), style.role == nil { style.role = .heading(outline + 1) }
            if outline == 9, case .heading = style.role { style.role = nil }
        }
        return style
    }

    /// Built-in styles have numbers, whatever the language calls them ([MS-DOC] 2.9.260).
    private static func role(_ raw: Raw) -> Role? {
        switch raw.identity {
        case 1...9: return .heading(raw.identity)
        case 62: return .title
        case 34: return .caption
        case 101, 45, 96: return .code
        case 84, 180, 181: return .quote
        default: break
        }
        if raw.name.hasPrefix("heading "), let level = Int(raw.name.dropFirst(8)), (1...9).contains(level) { return .heading(level) }
        switch raw.name {
        case "title": return .title
        case "quote", "intense quote", "block text", "block quote", "blockquote", "quotations": return .quote
        case "source code", "html preformatted", "preformatted text", "code", "code block", "source text", "macro text": return .code
        default: return nil
        }
    }
}

/// Strings in [MS-DOC].
enum DOCText {
    /// The strings of a table ([MS-DOC] 2.2.4); of Word 6 one byte a letter.
    static func table(_ bytes: LittleEndianBytes, _ codePage: CodePage) -> [String] {
        var out: [String] = []
        let isWide = bytes.short(0) == 0xFFFF
        guard let count = bytes.short(isWide ? 2 : 0), let extra = bytes.short(isWide ? 4 : 2) else { return [] }
        var at = isWide ? 6 : 4
        if !isWide, count == bytes.count {
            // Word 6: the first number is the size of the whole, and there is no other.
            at = 2
            while let length = bytes.byte(at) {
                out.append(codePage.text(bytes.clipped(at + 1, length).raw))
                at += 1 + length
            }
            return out
        }
        for _ in 0..<count {
            guard let length = isWide ? bytes.short(at) : bytes.byte(at) else { break }
            let size = isWide ? 2 * length : length, start = at + (isWide ? 2 : 1)
            out.append(isWide ? bytes.clipped(start, size).utf16 : codePage.text(bytes.clipped(start, size).raw))
            at = start + size + extra
        }
        return out
    }
}
