// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// Lines as running text: words that hyphens part are joined, looks become emphasis.
package struct LineInlines {
    private var runs: [(text: [UInt8], look: Span.Look, link: Int?)] = []
    private let links: [String]
    private var output: [Inline] = []
    /// A look that all the text has is the block's own and not emphasis.
    var plain: Span.Look = []
    /// Raised numbers that are references to notes: their text and the note.
    var notes: [[UInt8]: NoteID] = [:]

    package init(links: [String] = []) { self.links = links }

    /// The text of lines, `breaks` being those that stay on lines of their own.
    package static func inlines(_ lines: [Line], breaks: Set<Int> = [], links: [String] = [], dropping: Int = 0, plain: Span.Look = [], notes: [[UInt8]: NoteID] = [:]) -> [Inline] {
        var joiner = LineInlines(links: links)
        joiner.plain = plain
        joiner.notes = notes
        var drop = dropping
        for (index, line) in lines.enumerated() {
            if index > 0 { if breaks.contains(index - 1) { joiner.lineBreak() } else { joiner.join(before: line) } }
            for span in line.spans {
                var span = span
                if drop > 0 {
                    let count = min(drop, span.text.count)
                    span.text.removeFirst(count)
                    drop -= count
                }
                joiner.append(span)
            }
        }
        return joiner.finish()
    }

    mutating func append(_ span: Span) {
        guard !span.text.isEmpty else { return }
        let look = span.look.subtracting(plain)
        if let last = runs.last, last.look == look, last.link == span.link {
            runs[runs.count - 1].text += span.text
        } else {
            runs.append((span.text, look, span.link))
        }
    }

    mutating func lineBreak() {
        flush()
        output.append(.lineBreak)
    }

    /// What stands between a line's end and the next one's beginning: a space, or nothing within a word.
    mutating func join(before line: Line) {
        guard let last = runs.last, let end = last.text.last else { return }
        let next = line.spans.first { !$0.text.isEmpty }?.text ?? []
        let place = runs.count - 1
        if end == 0x2D, last.text.count > 1 || runs.count > 1 {
            let before = last.text.count > 1 ? last.text[last.text.count - 2] : 0x61
            guard before != 0x20, before != 0x2D else { return runs[place].text.append(0x20) }
            // A word parted at a line's end goes on in lower case; a compound's hyphen stays.
            if TextEdges.startsLower(next), before >= 0x80 || (0x61...0x7A).contains(before) { runs[place].text.removeLast() }
            return
        }
        if TextEdges.endsIdeographic(last.text), TextEdges.startsIdeographic(next) { return }
        if end == 0x20 || line.isWithinWord && TextEdges.last(last.text).map(HangulLines.isSyllable) ?? false { return }
        runs[place].text.append(0x20)
    }

    mutating func finish() -> [Inline] {
        flush()
        return output
    }

    private mutating func flush() {
        for run in runs {
            var text = run.text
            if run.look.contains(.raised), let note = notes[text.filter { $0 != 0x20 }] {
                output.append(.note(note))
                if text.last == 0x20 { appendText(" ") }
                continue
            }
            // White space belongs outside of emphasis.
            var lead = false, trail = false
            if !run.look.isEmpty || run.link != nil {
                while text.first == 0x20 { text.removeFirst(); lead = true }
                while text.last == 0x20 { text.removeLast(); trail = true }
            }
            if lead { appendText(" ") }
            if !text.isEmpty { wrap(text, run.look, run.link) }
            if trail { appendText(" ") }
        }
        runs = []
    }

    private mutating func wrap(_ text: [UInt8], _ look: Span.Look, _ link: Int?) {
        let string = String(decoding: text, as: UTF8.self)
        guard !look.isEmpty || link != nil else { return appendText(string) }
        var inline = look.contains(.mono) ? Inline.code(string) : Inline.text(string)
        if look.contains(.raised) { inline = .superscript([inline]) } else if look.contains(.lowered) { inline = .subscript([inline]) }
        let isShifted = look.contains(.raised) || look.contains(.lowered)
        if look.contains(.italic), !look.contains(.mono), !isShifted { inline = .emphasis([inline]) }
        if look.contains(.bold), !isShifted { inline = .strong([inline]) }
        if let link, links.indices.contains(link) { inline = .link(to: links[link], title: nil, [inline]) }
        output.append(inline)
    }

    private mutating func appendText(_ text: String) {
        if case .text(let before)? = output.last { output[output.count - 1] = .text(before + text) } else { output.append(.text(text)) }
    }
}

/// First and last characters of UTF-8 text.
enum TextEdges {
    static func first(_ text: [UInt8]) -> UInt32? { first(text[...]) }

    private static func first(_ text: ArraySlice<UInt8>) -> UInt32? {
        // Most text is of one byte a character.
        if let byte = text.first, byte < 0x80 { return UInt32(byte) }
        var decoder = Unicode.UTF8()
        var bytes = text.prefix(4).makeIterator()
        if case .scalarValue(let scalar) = decoder.decode(&bytes) { return scalar.value }
        return nil
    }

    static func last(_ text: [UInt8]) -> UInt32? {
        var start = text.count - 1
        while start > 0, text[start] & 0xC0 == 0x80, text.count - start < 4 { start -= 1 }
        return start >= 0 ? first(text[start...]) : nil
    }

    static func startsLower(_ text: [UInt8]) -> Bool { first(text).map(Scalars.isLower) ?? false }
    static func startsUpper(_ text: [UInt8]) -> Bool { first(text).map(Scalars.isUpper) ?? false }
    static func startsIdeographic(_ text: [UInt8]) -> Bool { first(text).map(Scalars.isIdeographic) ?? false }
    static func endsIdeographic(_ text: [UInt8]) -> Bool { last(text).map(Scalars.isIdeographic) ?? false }

    /// Whether text ends as a sentence does, quotes and brackets behind it left aside.
    static func endsSentence(_ text: [UInt8]) -> Bool {
        var text = text
        for _ in 0..<3 {
            guard let c = last(text) else { return false }
            if Scalars.endsSentence(c) { return true }
            guard [0x22, 0x27, 0x29, 0x5D, 0x201D, 0x2019, 0xBB, 0x300D].contains(c) else { return false }
            while let byte = text.popLast(), byte & 0xC0 == 0x80 {}
        }
        return false
    }
}
