// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// The content of a paragraph while it is read: a flat row of pieces with their marks, folded into nested inlines at its end.
package struct TextRuns: Sendable {
    package enum Content: Sendable {
        case text(String)
        case inline(Inline)
    }

    package struct Piece: Sendable {
        package var content: Content
        package var marks: TextMarks
        package var link: String?
    }

    package private(set) var pieces: [Piece] = []

    package init() {}

    package var isEmpty: Bool { pieces.isEmpty }

    package mutating func add(_ text: String, _ marks: TextMarks, _ link: String?) {
        guard !text.isEmpty else { return }
        if let last = pieces.indices.last, pieces[last].marks == marks, pieces[last].link == link, case .text(var before) = pieces[last].content {
            // Emptied first, so that the text grows in place.
            pieces[last].content = .text("")
            before += text
            pieces[last].content = .text(before)
        } else {
            pieces.append(Piece(content: .text(text), marks: marks, link: link))
        }
    }

    package mutating func add(_ inline: Inline, _ marks: TextMarks = [], _ link: String? = nil) {
        pieces.append(Piece(content: .inline(inline), marks: marks, link: link))
    }

    package mutating func add(_ runs: TextRuns) { pieces += runs.pieces }

    /// Without white space, line breaks and empty pieces at the end.
    package mutating func trimEnd() {
        while let last = pieces.indices.last {
            switch pieces[last].content {
            case .text(let text):
                let kept = text.utf8.lastIndex { !Self.isSpace($0) }.map { text[...$0] } ?? ""
                if kept.utf8.count == text.utf8.count { return }
                guard kept.isEmpty else { return pieces[last].content = .text(String(kept)) }
                pieces.removeLast()
            case .inline(.lineBreak): pieces.removeLast()
            case .inline: return
            }
        }
    }

    /// Without white space and line breaks at the beginning.
    package mutating func trimStart() {
        while let first = pieces.first {
            switch first.content {
            case .text(let text):
                let kept = text.utf8.firstIndex { !Self.isSpace($0) }.map { text[$0...] } ?? ""
                if kept.utf8.count == text.utf8.count { return }
                guard kept.isEmpty else { return pieces[0].content = .text(String(kept)) }
                pieces.removeFirst()
            case .inline(.lineBreak): pieces.removeFirst()
            case .inline: return
            }
        }
    }

    /// On one line: breaks are spaces.
    package var withoutBreaks: TextRuns {
        guard pieces.contains(where: { if case .inline(.lineBreak) = $0.content { true } else { false } }) else { return self }
        var result = TextRuns()
        for piece in pieces {
            switch piece.content {
            case .text(let text): result.add(text, piece.marks, piece.link)
            case .inline(.lineBreak): result.add(" ", piece.marks, piece.link)
            case .inline(let inline): result.add(inline, piece.marks, piece.link)
            }
        }
        return result
    }

    /// Without the first `count` bytes of the first piece of text.
    package mutating func dropStart(_ count: Int) {
        guard case .text(let text)? = pieces.first?.content else { return }
        if text.utf8.count <= count { pieces.removeFirst() } else { pieces[0].content = .text(String(text.utf8.dropFirst(count)) ?? text) }
    }

    /// Without the last `count` bytes of text, which are ASCII.
    package mutating func dropEnd(_ count: Int) {
        var rest = count
        while rest > 0, let last = pieces.indices.last {
            guard case .text(let text) = pieces[last].content else { return }
            if text.utf8.count <= rest { pieces.removeLast() } else { pieces[last].content = .text(String(text.utf8.dropLast(rest)) ?? text) }
            rest -= text.utf8.count
        }
    }

    /// The text alone; line breaks are newlines.
    package var plainText: String {
        pieces.reduce(into: "") { out, piece in
            switch piece.content {
            case .text(let text): out += text
            case .inline(.lineBreak): out += "\n"
            case .inline(.code(let text)): out += text
            case .inline: break
            }
        }
    }

    /// Some text that is more than white space.
    package var hasText: Bool {
        pieces.contains { piece in
            switch piece.content {
            case .text(let text): !text.utf8.allSatisfy(Self.isSpace)
            case .inline(.code), .inline(.math): true
            case .inline: false
            }
        }
    }

    /// Nothing that would be seen.
    package var isBlank: Bool {
        pieces.allSatisfy { piece in
            switch piece.content {
            case .text(let text): text.utf8.allSatisfy(Self.isSpace) || text.allSatisfy(\.isWhitespace)
            case .inline(.lineBreak), .inline(.anchor): true
            case .inline: false
            }
        }
    }

    /// All that is seen is in a fixed-width font.
    package var isCode: Bool {
        var isSeen = false
        for piece in pieces {
            switch piece.content {
            case .text(let text):
                guard !text.utf8.allSatisfy(Self.isSpace) else { continue }
                guard piece.marks.contains(.code) else { return false }
                isSeen = true
            case .inline(.lineBreak): continue
            case .inline: return false
            }
        }
        return isSeen
    }

    /// The formulas, when there is nothing else.
    package var onlyMath: [String]? {
        var found: [String] = []
        for piece in pieces {
            switch piece.content {
            case .inline(.math(let formula)): found.append(formula)
            case .inline(.lineBreak), .inline(.anchor): continue
            case .text(let text) where text.utf8.allSatisfy(Self.isSpace): continue
            default: return nil
            }
        }
        return found.isEmpty ? nil : found
    }

    package func inlines(without dropped: TextMarks = []) -> [Inline] {
        if pieces.count == 1, let only = pieces.first, only.link == nil, only.marks.subtracting(dropped).isEmpty { return [Self.leaf(only)] }
        return TextRunFolding.fold(pieces[...], without: dropped)
    }

    static func leaf(_ piece: Piece) -> Inline {
        switch piece.content {
        case .text(let text): .text(text)
        case .inline(let inline): inline
        }
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }
}

/// Wraps neighbours that share a link or a mark once.
enum TextRunFolding {
    static func fold(_ row: ArraySlice<TextRuns.Piece>, without dropped: TextMarks) -> [Inline] {
        var out: [Inline] = []
        var at = row.startIndex
        while at < row.endIndex {
            let link = row[at].link
            var end = at + 1
            while end < row.endIndex, row[end].link == link { end += 1 }
            // A link's own underline says nothing.
            let inner = nest(row[at..<end], TextMarks.order[...], link == nil ? dropped : dropped.union(.underline))
            if let link { out.append(.link(to: link, title: nil, inner)) } else { out += inner }
            at = end
        }
        return out
    }

    private static func nest(_ row: ArraySlice<TextRuns.Piece>, _ order: ArraySlice<TextMarks>, _ dropped: TextMarks) -> [Inline] {
        let present = row.reduce(TextMarks()) { $0.union($1.marks) }.subtracting(dropped)
        guard let place = order.firstIndex(where: { present.contains($0) }) else { return row.map(TextRuns.leaf) }
        let mark = order[place], rest = order[(place + 1)...]
        var out: [Inline] = []
        var at = row.startIndex
        while at < row.endIndex {
            let isMarked = row[at].marks.contains(mark)
            var end = at + 1
            while end < row.endIndex, row[end].marks.contains(mark) == isMarked { end += 1 }
            let part = row[at..<end]
            if isMarked, !part.allSatisfy(isBlank) { out += wrap(mark, part, rest, dropped) } else { out += nest(part, rest, dropped) }
            at = end
        }
        return out
    }

    private static func wrap(_ mark: TextMarks, _ part: ArraySlice<TextRuns.Piece>, _ order: ArraySlice<TextMarks>, _ dropped: TextMarks) -> [Inline] {
        switch mark {
        case .bold: [.strong(nest(part, order, dropped))]
        case .italic: [.emphasis(nest(part, order, dropped))]
        case .strike: [.strikethrough(nest(part, order, dropped))]
        case .underline: [.underline(nest(part, order, dropped))]
        case .superscript: [.superscript(nest(part, order, dropped))]
        case .subscript: [.subscript(nest(part, order, dropped))]
        default:
            part.flatMap { piece in
                if case .text(let text) = piece.content { code(text) } else { [TextRuns.leaf(piece)] }
            }
        }
    }

    /// White space at the ends of code belongs outside.
    private static func code(_ text: String) -> [Inline] {
        let bytes = text.utf8
        guard let start = bytes.firstIndex(where: { !TextRuns.isSpace($0) }), let last = bytes.lastIndex(where: { !TextRuns.isSpace($0) }) else { return [.text(text)] }
        let end = bytes.index(after: last)
        return [(text[..<start], false), (text[start..<end], true), (text[end...], false)].compactMap { piece, isCode in
            piece.isEmpty ? nil : isCode ? .code(String(piece)) : .text(String(piece))
        }
    }

    private static func isBlank(_ piece: TextRuns.Piece) -> Bool {
        switch piece.content {
        case .text(let text): text.utf8.allSatisfy(TextRuns.isSpace)
        case .inline(.lineBreak): true
        case .inline: false
        }
    }
}
