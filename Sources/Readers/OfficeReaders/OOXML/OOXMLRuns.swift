// SPDX-License-Identifier: Apache-2.0
import DocumentTree

struct OOXMLMarks: OptionSet, Hashable {
    let rawValue: UInt8
    static let bold = OOXMLMarks(rawValue: 1), italic = OOXMLMarks(rawValue: 2), strike = OOXMLMarks(rawValue: 4)
    static let superscript = OOXMLMarks(rawValue: 8), `subscript` = OOXMLMarks(rawValue: 16), mono = OOXMLMarks(rawValue: 32)
}

/// The content of a paragraph while it is read: a flat row of pieces with their marks, folded into inlines at its end.
struct OOXMLRuns {
    enum Content {
        case text(String)
        case inline(Inline)
        case displayMath(String)
    }

    struct Piece {
        var content: Content
        var marks: OOXMLMarks
        var link: String?

        /// Something that is no text: a formula, a picture.
        var isObject: Bool {
            switch content {
            case .text, .inline(.lineBreak), .inline(.anchor): false
            case .inline, .displayMath: true
            }
        }
    }

    private(set) var pieces: [Piece] = []
    /// Whether the paragraph begins with a box, and whether it is ticked.
    var checked: Bool?

    var isEmpty: Bool { pieces.isEmpty && checked == nil }

    var hasOnlyAnchors: Bool { checked == nil && anchors.count == pieces.count }

    var anchors: [String] {
        pieces.compactMap { if case .inline(.anchor(let name)) = $0.content { name } else { nil } }
    }

    mutating func add(_ text: String, _ marks: OOXMLMarks, _ link: String?) {
        guard !text.isEmpty else { return }
        if let last = pieces.indices.last, pieces[last].marks == marks, pieces[last].link == link, case .text(let before) = pieces[last].content {
            pieces[last].content = .text("")
            pieces[last].content = .text(before + text)
        } else {
            pieces.append(Piece(content: .text(text), marks: marks, link: link))
        }
    }

    mutating func add(_ content: Content, _ marks: OOXMLMarks = [], _ link: String? = nil) {
        pieces.append(Piece(content: content, marks: marks, link: link))
    }

    mutating func add(_ piece: Piece) {
        if case .text(let text) = piece.content { add(text, piece.marks, piece.link) } else { pieces.append(piece) }
    }

    var plainText: String {
        pieces.reduce(into: "") { out, piece in
            switch piece.content {
            case .text(let text): out += text
            case .inline(.lineBreak): out += "\n"
            case .inline, .displayMath: break
            }
        }
    }

    /// All that is seen is in a fixed-width font.
    var isMonospaced: Bool {
        var seen = false
        for piece in pieces {
            switch piece.content {
            case .text(let text):
                guard !text.trimmed.isEmpty else { continue }
                guard piece.marks.contains(.mono) else { return false }
                seen = true
            case .inline(.lineBreak): continue
            case .inline, .displayMath: return false
            }
        }
        return seen
    }

    /// Groups of pieces between displayed formulas.
    private func parts() -> [(inlines: [Inline], math: String?)] {
        var parts: [(inlines: [Inline], math: String?)] = []
        var row: [Piece] = []
        for piece in pieces {
            if case .displayMath(let math) = piece.content {
                parts.append((Self.fold(row[...], []), nil))
                parts.append(([], math))
                row = []
            } else {
                row.append(piece)
            }
        }
        parts.append((Self.fold(row[...], []), nil))
        return parts
    }

    /// Paragraphs and displayed formulas; a paragraph of nothing but formulas is displayed.
    var blocks: [Block] {
        if let formulas = onlyMath { return formulas.map { .math($0) } }
        var blocks: [Block] = []
        for part in parts() {
            if let math = part.math { blocks.append(.math(math)) } else if !Self.isBlank(part.inlines) { blocks.append(.paragraph(part.inlines)) }
        }
        return blocks
    }

    private var onlyMath: [String]? {
        var found: [String] = []
        for piece in pieces {
            switch piece.content {
            case .inline(.math(let math)), .displayMath(let math): found.append(math)
            case .inline(.lineBreak), .inline(.anchor): continue
            case .text(let text) where text.trimmed.isEmpty: continue
            default: return nil
            }
        }
        return found.isEmpty ? nil : found
    }

    private static func isBlank(_ inlines: [Inline]) -> Bool {
        inlines.allSatisfy { inline in
            switch inline {
            case .text(let text): text.trimmed.isEmpty
            case .lineBreak, .anchor: true
            default: false
            }
        }
    }

    func inlines(without dropped: OOXMLMarks = []) -> [Inline] { Self.fold(pieces[...], dropped) }

    private static func fold(_ row: ArraySlice<Piece>, _ dropped: OOXMLMarks) -> [Inline] {
        var out: [Inline] = []
        var at = row.startIndex
        while at < row.endIndex {
            let link = row[at].link
            var end = at + 1
            while end < row.endIndex, row[end].link == link { end += 1 }
            let inner = nest(row[at..<end], order[...], dropped)
            if let link { out.append(.link(to: link, title: nil, inner)) } else { out += inner }
            at = end
        }
        return out
    }

    private static let order: [OOXMLMarks] = [.bold, .italic, .strike, .superscript, .subscript, .mono]

    /// Neighbours with the same outermost mark are wrapped once.
    private static func nest(_ row: ArraySlice<Piece>, _ order: ArraySlice<OOXMLMarks>, _ dropped: OOXMLMarks) -> [Inline] {
        guard let mark = order.first else { return row.compactMap(leaf) }
        var out: [Inline] = []
        var at = row.startIndex
        while at < row.endIndex {
            let isMarked = row[at].marks.contains(mark)
            var end = at + 1
            while end < row.endIndex, row[end].marks.contains(mark) == isMarked { end += 1 }
            let part = row[at..<end]
            if !isMarked || dropped.contains(mark) || part.allSatisfy(isBlank) {
                out += nest(part, order.dropFirst(), dropped)
            } else {
                out += wrap(mark, part, order.dropFirst(), dropped)
            }
            at = end
        }
        return out
    }

    private static func wrap(_ mark: OOXMLMarks, _ part: ArraySlice<Piece>, _ order: ArraySlice<OOXMLMarks>, _ dropped: OOXMLMarks) -> [Inline] {
        switch mark {
        case .bold: return [.strong(nest(part, order, dropped))]
        case .italic: return [.emphasis(nest(part, order, dropped))]
        case .strike: return [.strikethrough(nest(part, order, dropped))]
        case .superscript: return [.superscript(nest(part, order, dropped))]
        case .subscript: return [.subscript(nest(part, order, dropped))]
        default:
            return part.flatMap { piece in
                if case .text(let text) = piece.content { return code(text) }
                return leaf(piece).map { [$0] } ?? []
            }
        }
    }

    /// White space at the ends of code belongs outside.
    private static func code(_ text: String) -> [Inline] {
        let inner = text.trimmed
        guard !inner.isEmpty, inner.utf8.count < text.utf8.count else { return [inner.isEmpty ? .text(text) : .code(text)] }
        let lead = text.prefix { $0.isWhitespace }, trail = text.reversed().prefix { $0.isWhitespace }.count
        return (lead.isEmpty ? [] : [.text(String(lead))]) + [.code(inner)] + (trail == 0 ? [] : [.text(String(text.suffix(trail)))])
    }

    private static func isBlank(_ piece: Piece) -> Bool {
        switch piece.content {
        case .text(let text): text.allSatisfy(\.isWhitespace)
        case .inline(.lineBreak): true
        case .inline, .displayMath: false
        }
    }

    private static func leaf(_ piece: Piece) -> Inline? {
        switch piece.content {
        case .text(let text): .text(text)
        case .inline(let inline): inline
        case .displayMath(let math): .math(math)
        }
    }
}
