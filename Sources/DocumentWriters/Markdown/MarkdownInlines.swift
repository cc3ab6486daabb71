// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Running text as one or more lines of Markdown.
struct MarkdownInlines {
    enum Place { case paragraph, heading, cell }

    let place: Place
    let pictures: PictureLinks
    private(set) var bytes: [UInt8] = []
    private var isInLink = false

    init(_ place: Place, pictures: PictureLinks) {
        self.place = place
        self.pictures = pictures
    }

    mutating func append(_ inlines: [Inline]) {
        for inline in InlineRuns.merged(inlines) { append(inline) }
    }

    private mutating func append(_ inline: Inline) {
        switch inline {
        case .text(let text): MarkdownEscape(isInTable: place == .cell, isInLink: isInLink).append(text, to: &bytes)
        case .lineBreak:
            while bytes.last == 0x20 { bytes.removeLast() }
            switch place {
            case .paragraph: bytes += "  \n".utf8
            case .heading: bytes.append(0x20)
            case .cell: bytes += "<br>".utf8
            }
        case .emphasis(let content): wrap(content, "*")
        case .strong(let content): place == .heading ? append(content) : wrap(content, "**")
        case .strikethrough(let content): wrap(content, "~~")
        case .underline(let content): append(content)
        case .superscript(let content): wrap(content, "<sup>", "</sup>")
        case .subscript(let content): wrap(content, "<sub>", "</sub>")
        case .code(let text): code(text)
        case .link(let address, let title, let content): link(address, title, content)
        case .image(let image): picture(image)
        case .note(let id): bytes += "[^\(NoteLabel.text(id))]".utf8
        case .math(let formula):
            bytes += "$".utf8
            MarkdownInlines.flat(formula, into: &bytes)
            bytes += "$".utf8
        case .anchor: return
        }
    }

    /// White space at the edges goes outside the marks, where it does no harm (section 6.2, flanking).
    private mutating func wrap(_ content: [Inline], _ open: String, _ close: String? = nil) {
        var inner = MarkdownInlines(place, pictures: pictures)
        inner.isInLink = isInLink
        inner.append(content)
        var text = inner.bytes[...]
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x0A }
        while let first = text.first, isSpace(first) {
            text.removeFirst()
            if bytes.last != 0x20 { bytes.append(0x20) }
        }
        var hasSpaceBehind = false
        while let last = text.last, isSpace(last) {
            text.removeLast()
            hasSpaceBehind = true
        }
        if !text.isEmpty {
            bytes += open.utf8
            bytes += text
            bytes += (close ?? open).utf8
        }
        if hasSpaceBehind, bytes.last != 0x20 { bytes.append(0x20) }
    }

    /// Backquotes one longer than the longest run inside (section 6.1).
    private mutating func code(_ text: String) {
        guard !text.isEmpty else { return }
        let fence = String(repeating: "`", count: Self.longestRun(of: UInt8(ascii: "`"), in: text) + 1)
        let needsRoom = text.utf8.first == UInt8(ascii: "`") || text.utf8.last == UInt8(ascii: "`")
        bytes += fence.utf8
        if needsRoom { bytes.append(0x20) }
        let from = bytes.count
        Self.flat(text, into: &bytes)
        if place == .cell, bytes[from...].contains(UInt8(ascii: "|")) {
            let escaped = bytes[from...].flatMap { $0 == UInt8(ascii: "|") ? [UInt8(ascii: "\\"), $0] : [$0] }
            bytes.replaceSubrange(from..., with: escaped)
        }
        if needsRoom { bytes.append(0x20) }
        bytes += fence.utf8
    }

    private mutating func link(_ address: String, _ title: String?, _ content: [Inline]) {
        if isInLink || address.isEmpty { return append(content) }
        let from = bytes.count
        bytes.append(UInt8(ascii: "["))
        isInLink = true
        append(content)
        isInLink = false
        if bytes.count == from + 1 { MarkdownEscape(isInTable: place == .cell, isInLink: true).append(address, to: &bytes) }
        bytes += "](".utf8
        target(address, title)
        bytes.append(UInt8(ascii: ")"))
    }

    private mutating func picture(_ image: Image) {
        guard let address = pictures.address(of: image) else {
            MarkdownEscape(isInTable: place == .cell, isInLink: isInLink).append(image.alternative, to: &bytes)
            return
        }
        bytes += "![".utf8
        MarkdownEscape(isInTable: place == .cell, isInLink: true).append(image.alternative, to: &bytes)
        bytes += "](".utf8
        target(address, image.title)
        bytes.append(UInt8(ascii: ")"))
    }

    /// A link's destination and title (section 6.3).
    private mutating func target(_ address: String, _ title: String?) {
        let clean = address.utf8.filter { $0 > 0x20 || $0 == 0x20 }
        let needsBrackets = clean.contains { $0 == 0x20 || $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")") || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }
        if needsBrackets { bytes.append(UInt8(ascii: "<")) }
        for byte in clean {
            switch byte {
            case UInt8(ascii: "<"), UInt8(ascii: ">"): bytes += "\\".utf8 + [byte]
            case UInt8(ascii: "|") where place == .cell: bytes += "%7C".utf8
            case UInt8(ascii: "\\"): bytes += "%5C".utf8
            default: bytes.append(byte)
            }
        }
        if needsBrackets { bytes.append(UInt8(ascii: ">")) }
        guard let title, !title.isEmpty else { return }
        bytes += " \"".utf8
        let from = bytes.count
        MarkdownEscape(isInTable: place == .cell).append(title, to: &bytes)
        let quoted = bytes[from...].flatMap { $0 == UInt8(ascii: "\"") ? [UInt8(ascii: "\\"), $0] : [$0] }
        bytes.replaceSubrange(from..., with: quoted)
        bytes.append(UInt8(ascii: "\""))
    }

    /// Text on one line, as it is.
    private static func flat(_ text: String, into bytes: inout [UInt8]) {
        for byte in text.utf8 { bytes.append(byte == 0x0A || byte == 0x0D ? 0x20 : byte) }
    }

    static func longestRun(of mark: UInt8, in text: String) -> Int {
        var longest = 0
        var run = 0
        for byte in text.utf8 {
            run = byte == mark ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
