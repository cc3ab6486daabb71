// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import MIME

/// A text body as blocks: quotations by their marks, paragraphs parted by blank lines with their lines kept, simple lists;
/// the signature stands behind a rule.
struct MailText {
    private static let mostDepth = 16
    private let lines: [FlowedText.Line]

    init(_ lines: [FlowedText.Line]) { self.lines = lines }

    var blocks: [Block] { blocks(lines[...], depth: 0) }

    private func blocks(_ lines: ArraySlice<FlowedText.Line>, depth: Int) -> [Block] {
        var out: [Block] = []
        var paragraph: [Substring] = []
        var index = lines.startIndex
        func flush() {
            out += Self.paragraph(paragraph)
            paragraph = []
        }
        while index < lines.endIndex {
            let line = lines[index]
            if line.depth > depth, depth < Self.mostDepth {
                flush()
                let end = lines[index...].firstIndex { $0.depth <= depth } ?? lines.endIndex
                out.append(.quote(blocks(lines[index..<end], depth: depth + 1)))
                index = end
                continue
            }
            if line.text == "-- " || line.text == "--" && line.depth == 0 {
                flush()
                out.append(.rule)
            } else if line.text.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
                flush()
            } else {
                paragraph.append(line.text[...])
            }
            index += 1
        }
        flush()
        if case .rule = out.last { out.removeLast() }
        return out
    }

    // MARK: Paragraphs and lists

    private static func paragraph(_ lines: [Substring]) -> [Block] {
        guard let first = lines.indices.first(where: { mark(lines[$0]) != nil }),
            first == 0 || lines[(first + 1)...].contains(where: { mark($0) != nil })
        else { return lines.isEmpty ? [] : [running(lines)] }
        var out: [Block] = first > 0 ? [running(Array(lines[..<first]))] : []
        var list: List?
        var item: [Substring] = []
        func close() {
            if !item.isEmpty { list?.items.append(ListItem([running(item)])) }
            item = []
        }
        for line in lines[first...] {
            if let (marker, text) = mark(line) {
                close()
                if list?.marker.isOrdered != marker.isOrdered {
                    if let list { out.append(.list(list)) }
                    list = List(marker, items: [])
                }
                item = [text]
            } else {
                item.append(line)
            }
        }
        close()
        if let list { out.append(.list(list)) }
        return out
    }

    private static func running(_ lines: [Substring]) -> Block {
        var inlines: [Inline] = []
        for line in lines {
            if !inlines.isEmpty { inlines.append(.lineBreak) }
            inlines += linked(trimmed(line))
        }
        return .paragraph(inlines)
    }

    /// `- item`, `* item`, `• item`, `1. item`, `1) item`.
    private static func mark(_ line: Substring) -> (marker: List.Marker, text: Substring)? {
        let line = trimmed(line)
        guard let first = line.unicodeScalars.first else { return nil }
        if "-*•·–".unicodeScalars.contains(first) {
            let rest = line.dropFirst()
            guard rest.utf8.first == 0x20 || rest.utf8.first == 0x09, rest.count > 1 else { return nil }
            return (.bullet, trimmed(rest))
        }
        let digits = line.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard (1...3).contains(digits.count), let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
        let rest = line.dropFirst(digits.count)
        guard rest.hasPrefix(". ") || rest.hasPrefix(") "), rest.count > 2 else { return nil }
        return (.ordered(start: number), trimmed(rest.dropFirst(2)))
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var bytes = text.utf8[...]
        while let first = bytes.first, first == 0x20 || first == 0x09 { bytes = bytes.dropFirst() }
        while let last = bytes.last, last == 0x20 || last == 0x09 { bytes = bytes.dropLast() }
        return Substring(bytes)
    }

    /// `<https://…>` is a link (RFC 3986, appendix C); anything else is text.
    private static func linked(_ text: Substring) -> [Inline] {
        guard text.utf8.contains(UInt8(ascii: "<")) else { return [.text(String(text))] }
        var out: [Inline] = []
        var plain = text.startIndex
        var index = text.startIndex
        while index < text.endIndex, let open = text.utf8[index...].firstIndex(of: UInt8(ascii: "<")) {
            let inner = text[text.utf8.index(after: open)...]
            index = text.utf8.index(after: open)
            guard inner.hasPrefix("http://") || inner.hasPrefix("https://") || inner.hasPrefix("mailto:"),
                let close = inner.utf8.firstIndex(where: { $0 == UInt8(ascii: ">") || $0 == 0x20 || $0 == UInt8(ascii: "<") }),
                inner.utf8[close] == UInt8(ascii: ">")
            else { continue }
            if plain < open { out.append(.text(String(text[plain..<open]))) }
            let address = String(inner[..<close])
            out.append(.link(to: address, title: nil, [.text(address.hasPrefix("mailto:") ? String(address.dropFirst(7)) : address)]))
            plain = text.utf8.index(after: close)
            index = plain
        }
        if plain < text.endIndex { out.append(.text(String(text[plain...]))) }
        return out
    }
}

extension List.Marker {
    fileprivate var isOrdered: Bool { if case .ordered = self { true } else { false } }
}
