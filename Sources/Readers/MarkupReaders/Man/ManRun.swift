// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Running text with fonts: what roff's escapes mean is put in, everything about size and place is left out (groff(7)).
struct ManRun {
    enum Font: Equatable { case roman, bold, italic, boldItalic, code }

    private enum Piece {
        case text(String, Font)
        case lineBreak
        case link(String, [Inline])
    }

    private var pieces: [Piece] = []
    private var font = Font.roman
    private var before = Font.roman
    /// `\c` at the end of a line: what comes next stands right behind it.
    private var goesOn = false

    var isEmpty: Bool { pieces.allSatisfy { if case .text(let text, _) = $0 { text.allSatisfy(\.isWhitespace) } else { false } } }

    /// A new paragraph begins in roman.
    mutating func resetFont() { (font, before) = (.roman, .roman) }

    mutating func setFont(_ name: String) {
        switch name {
        case "P", "": swap(&font, &before)
        default: (before, font) = (font, Self.font(name) ?? font)
        }
    }

    private static func font(_ name: String) -> Font? {
        switch name {
        case "R", "1", "S", "4R": .roman
        case "B", "3": .bold
        case "I", "2": .italic
        case "BI", "4", "IB": .boldItalic
        case "CW", "C", "CR", "CB", "CI", "V", "TT", "5": .code
        default: nil
        }
    }

    /// A line of text: set apart from the one before by a space, or by a break where lines are kept.
    mutating func addLine(_ line: Line, _ strings: [String: Line], font: Font? = nil) {
        separate()
        add(line, strings, font: font)
    }

    mutating func separate() {
        if !pieces.isEmpty, !goesOn { append(" ") }
        goesOn = false
    }

    mutating func addBreak() { if !isEmpty { pieces.append(.lineBreak) } }

    mutating func add(_ line: Line, _ strings: [String: Line], font wanted: Font? = nil) {
        let kept = (font, before)
        if let wanted { font = wanted }
        expand(line, strings, isWithin: false)
        if wanted != nil { (font, before) = kept }
    }

    mutating func addLink(_ address: String, _ content: [Inline]) { pieces.append(.link(address, content)) }

    private mutating func append(_ text: String) {
        if case .text(let old, font) = pieces.last { pieces[pieces.count - 1] = .text(old + text, font) } else { pieces.append(.text(text, font)) }
    }

    private mutating func expand(_ line: Line, _ strings: [String: Line], isWithin: Bool) {
        var plain: [UInt8] = []
        var at = line.startIndex
        while at < line.endIndex {
            guard line[at] == UInt8(ascii: "\\") else {
                plain.append(line[at])
                at += 1
                continue
            }
            let escape = ManEscape(line, at)
            at = escape.end
            switch escape.meaning {
            case .nothing: break
            case .text(let text): plain.append(contentsOf: text.utf8)
            case .goesOn: goesOn = true
            case .font(let name):
                if !plain.isEmpty { append(String(decoding: plain, as: UTF8.self)) }
                plain = []
                setFont(name)
            case .string(let name):
                guard !isWithin, let value = strings[name] else { break }
                if !plain.isEmpty { append(String(decoding: plain, as: UTF8.self)) }
                plain = []
                expand(value, strings, isWithin: true)
            }
        }
        if !plain.isEmpty { append(String(decoding: plain, as: UTF8.self)) }
    }

    // MARK: What is gathered

    /// The text without its fonts, lines kept.
    mutating func takeText() -> String {
        defer { pieces = [] }
        return pieces.map { piece in
            switch piece {
            case .text(let text, _): text
            case .lineBreak: "\n"
            case .link(_, let content): InlineText.plain(content)
            }
        }.joined()
    }

    mutating func take() -> [Inline] {
        var out: [Inline] = []
        for piece in pieces {
            switch piece {
            case .text(let text, let font): Self.append(Self.collapsed(text), font, to: &out)
            case .lineBreak: if !out.isEmpty { out.append(.lineBreak) }
            case .link(let address, let content): out.append(.link(to: address, title: nil, content.isEmpty ? [.text(address)] : content))
            }
        }
        pieces = []
        goesOn = false
        while let last = out.last {
            if case .lineBreak = last { out.removeLast() } else if case .text(let text) = last, text.allSatisfy(\.isWhitespace) { out.removeLast() } else { break }
        }
        return InlineText.tidy(out)
    }

    /// Runs of spaces as one.
    private static func collapsed(_ text: String) -> String {
        guard text.utf8.contains(0x20) else { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for byte in text.utf8 where byte != 0x20 || bytes.last != 0x20 { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// White space at the ends stays outside of the mark, where Markdown wants it.
    private static func append(_ text: String, _ font: Font, to out: inout [Inline]) {
        guard font != .roman else { return out.append(.text(text)) }
        let start = text.prefix { $0 == " " }
        let rest = text.dropFirst(start.count)
        let end = rest.reversed().prefix { $0 == " " }.count
        let core = String(rest.dropLast(end))
        if !start.isEmpty { out.append(.text(" ")) }
        if !core.isEmpty {
            switch font {
            case .roman: break
            case .bold: out.append(.strong([.text(core)]))
            case .italic: out.append(.emphasis([.text(core)]))
            case .boldItalic: out.append(.strong([.emphasis([.text(core)])]))
            case .code: out.append(.code(core))
            }
        }
        if end > 0 { out.append(.text(" ")) }
    }
}
