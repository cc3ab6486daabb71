// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Running text of Markdown: emphasis, code, links, pictures, escapes. Marks that close nothing are text.
struct MarkdownSpans {
    private let text: ArraySlice<UInt8>
    private var out: [Inline] = []
    private var plain: [UInt8] = []
    /// Marks that were looked for and not found behind some place: not looked for again, so that time stays linear.
    private var missing: Set<[UInt8]> = []
    private let depth: Int

    static func parse(_ text: ArraySlice<UInt8>, depth: Int = 0) -> [Inline] {
        var spans = MarkdownSpans(text: text, depth: depth)
        spans.run()
        return spans.out
    }

    private init(text: ArraySlice<UInt8>, depth: Int) {
        self.text = text
        self.depth = depth
    }

    private mutating func run() {
        var at = text.startIndex
        while at < text.endIndex {
            let byte = text[at]
            switch byte {
            case UInt8(ascii: "\\") where at + 1 < text.endIndex && isPunctuation(text[at + 1]):
                plain.append(text[at + 1])
                at += 2
            case UInt8(ascii: "`"): at = code(at)
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): at = emphasis(at)
            case UInt8(ascii: "!") where at + 1 < text.endIndex && text[at + 1] == UInt8(ascii: "["): at = link(at + 1, isImage: true) ?? literal(at)
            case UInt8(ascii: "["): at = link(at, isImage: false) ?? literal(at)
            case UInt8(ascii: "<"): at = address(at) ?? literal(at)
            default: at = literal(at)
            }
        }
        flush()
    }

    private mutating func literal(_ at: Int) -> Int {
        plain.append(text[at])
        return at + 1
    }

    private mutating func flush() {
        if !plain.isEmpty { out.append(.text(String(decoding: plain, as: UTF8.self))) }
        plain = []
    }

    private mutating func add(_ inline: Inline) {
        flush()
        out.append(inline)
    }

    private func isPunctuation(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && !(byte >= 0x30 && byte <= 0x39) && !(byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }

    private mutating func find(_ mark: [UInt8], from start: Int) -> Int? {
        guard !missing.contains(mark) else { return nil }
        var at = start
        while at + mark.count <= text.endIndex {
            if text[at] == UInt8(ascii: "\\"), mark[0] != UInt8(ascii: "`") {
                at += 2
                continue
            }
            if text[at..<(at + mark.count)].elementsEqual(mark) {
                let end = at + mark.count
                if mark[0] != UInt8(ascii: "`") || end == text.endIndex || text[end] != mark[0] { return at }
                while at < text.endIndex, text[at] == mark[0] { at += 1 }
                continue
            }
            at += 1
        }
        missing.insert(mark)
        return nil
    }

    private mutating func code(_ at: Int) -> Int {
        let marks = Array(text[at...].prefix { $0 == UInt8(ascii: "`") })
        let start = at + marks.count
        guard let end = find(marks, from: start) else {
            plain += marks
            return start
        }
        var content = text[start..<end]
        if content.count > 2, content.first == 0x20, content.last == 0x20, content.contains(where: { $0 != 0x20 }) { content = content.dropFirst().dropLast() }
        add(.code(String(decoding: content, as: UTF8.self)))
        return end + marks.count
    }

    private mutating func emphasis(_ at: Int) -> Int {
        let mark = text[at]
        let run = text[at...].prefix { $0 == mark }
        let start = run.endIndex
        let width = mark == UInt8(ascii: "~") ? 2 : min(run.count, 3)
        let isWithin = mark == UInt8(ascii: "_") && at > text.startIndex && !isPunctuation(text[at - 1]) && text[at - 1] != 0x20
        guard depth < 32, run.count <= 3, run.count >= (mark == UInt8(ascii: "~") ? 2 : 1), !isWithin, start < text.endIndex, text[start] != 0x20,
            let end = find(Array(repeating: mark, count: width), from: start + 1), text[end - 1] != 0x20
        else {
            plain += run
            return start
        }
        let inner = Self.parse(text[start..<end], depth: depth + 1)
        switch (mark, width) {
        case (UInt8(ascii: "~"), _): add(.strikethrough(inner))
        case (_, 1): add(.emphasis(inner))
        case (_, 2): add(.strong(inner))
        default: add(.strong([.emphasis(inner)]))
        }
        return end + width
    }

    /// `[text](address "title")`.
    private mutating func link(_ at: Int, isImage: Bool) -> Int? {
        guard depth < 32, let close = bracket(at), close + 1 < text.endIndex, text[close + 1] == UInt8(ascii: "("),
            let end = find([UInt8(ascii: ")")], from: close + 2)
        else { return nil }
        let inside = MarkdownLine.stripped(text[(close + 2)..<end])
        let target = inside.prefix { $0 != 0x20 }
        let title = MarkdownLine.stripped(inside.dropFirst(target.count)).dropFirst().dropLast()
        let address = target.first == UInt8(ascii: "<") ? target.dropFirst().dropLast() : target
        let to = String(decoding: address, as: UTF8.self)
        let name = title.isEmpty ? nil : String(decoding: title, as: UTF8.self)
        if isImage {
            add(.image(Image(.address(to), alternative: String(decoding: text[(at + 1)..<close], as: UTF8.self), title: name)))
        } else {
            add(.link(to: to, title: name, Self.parse(text[(at + 1)..<close], depth: depth + 1)))
        }
        return end + 1
    }

    /// The `]` of the `[` at `at`, within 4 KiB.
    private func bracket(_ at: Int) -> Int? {
        var level = 0
        var place = at
        while place < min(text.endIndex, at + 4_096) {
            if text[place] == UInt8(ascii: "\\") { place += 1 } else if text[place] == UInt8(ascii: "[") { level += 1 } else if text[place] == UInt8(ascii: "]") {
                level -= 1
                if level == 0 { return place }
            }
            place += 1
        }
        return nil
    }

    /// `<https://…>`.
    private mutating func address(_ at: Int) -> Int? {
        guard let end = text[at...].prefix(2_048).firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let inside = text[(at + 1)..<end]
        guard inside.starts(with: "http".utf8) || inside.starts(with: "mailto:".utf8), !inside.contains(0x20) else { return nil }
        let to = String(decoding: inside, as: UTF8.self)
        add(.link(to: to, title: nil, [.text(to)]))
        return end + 1
    }
}
