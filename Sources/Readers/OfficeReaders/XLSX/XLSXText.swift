// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import Sheets
import XMLTree

/// The text of one string item (18.4.8) while its tags go by: plain, or with the marks of its runs; phonetic hints are left out.
struct XLSXText {
    private(set) var text = ""
    private var runs = TextRuns()
    private var hasRuns = false
    private var marks: TextMarks = []
    private var isText = false
    private var isInProperties = false
    private var phonetic = 0

    /// What the marks make of the text; nil when plain text says it all.
    var content: [Inline]? {
        guard hasRuns else { return nil }
        // Marks of the whole text are the cell's looks, like those of its style.
        if let marks = commonMarks, marks.isSubset(of: [.bold, .italic]) { return nil }
        return runs.inlines()
    }

    /// The marks of all the text, when they are the same.
    private var commonMarks: TextMarks? {
        var found: TextMarks?
        for piece in runs.pieces {
            guard case .text(let text) = piece.content, !text.trimmed.isEmpty else { continue }
            if let found, found != piece.marks { return nil }
            found = piece.marks
        }
        return found
    }

    mutating func start(_ tag: XLSXTag, _ tokens: borrowing XMLTokenizer, isEmpty: Bool) {
        switch tag {
        case .t: isText = !isEmpty && phonetic == 0
        case .r: marks = []
        case .rPr: isInProperties = !isEmpty
        case .rPh: if !isEmpty { phonetic += 1 }
        case .b where isInProperties: mark(.bold, tokens)
        case .i where isInProperties: mark(.italic, tokens)
        case .strike where isInProperties: mark(.strike, tokens)
        case .vertAlign where isInProperties:
            switch tokens.raw("val")?.first {
            case UInt8(ascii: "s"): marks.insert(tokens.raw("val")?.count == 9 ? .subscript : .superscript)
            default: break
            }
        default: break
        }
    }

    private mutating func mark(_ mark: TextMarks, _ tokens: borrowing XMLTokenizer) {
        if let value = tokens.raw("val")?.first, value == UInt8(ascii: "0") || value == UInt8(ascii: "f") { return }
        marks.insert(mark)
    }

    mutating func end(_ tag: XLSXTag) {
        switch tag {
        case .t: isText = false
        case .rPr: isInProperties = false
        case .rPh: phonetic = max(0, phonetic - 1)
        case .r: marks = []
        default: break
        }
    }

    mutating func take(_ raw: UnsafeBufferPointer<UInt8>, isLiteral: Bool) {
        guard isText else { return }
        let piece = Self.unescaped(isLiteral ? String(decoding: raw, as: UTF8.self) : XMLText.decode(raw))
        if !marks.isEmpty, !hasRuns {
            hasRuns = true
            run(text, [])
        }
        if hasRuns { run(piece, marks) }
        text += piece
    }

    private mutating func run(_ text: String, _ marks: TextMarks) {
        for inline in SheetCell.lines(text) {
            if case .text(let line) = inline { runs.add(line, marks, nil) } else { runs.add(inline) }
        }
    }

    mutating func reset() { self = XLSXText() }

    /// `_x000D_` stands for a character that XML cannot hold (22.9.2.19); those that text cannot hold are left out.
    static func unescaped(_ text: String) -> String {
        guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "_")), text.utf8.index(mark, offsetBy: 7, limitedBy: text.utf8.endIndex) != nil else { return text }
        let bytes = Array(text.utf8)
        var units: [UInt16] = []
        var out = ""
        var at = 0
        var plain = 0
        func flush(to end: Int) { out += String(decoding: bytes[plain..<end], as: UTF8.self) }
        while at < bytes.count {
            guard let unit = escape(bytes, at) else {
                at += 1
                continue
            }
            flush(to: at)
            units = [unit]
            at += 7
            while let next = escape(bytes, at) {
                units.append(next)
                at += 7
            }
            out += String(decoding: units.filter { $0 >= 0x20 || $0 == 0x0A || $0 == 0x09 }, as: UTF16.self)
            plain = at
        }
        flush(to: bytes.count)
        return out
    }

    private static func escape(_ bytes: [UInt8], _ at: Int) -> UInt16? {
        guard at + 7 <= bytes.count, bytes[at] == UInt8(ascii: "_"), bytes[at + 1] == UInt8(ascii: "x"), bytes[at + 6] == UInt8(ascii: "_") else { return nil }
        let digits = bytes[(at + 2)..<(at + 6)]
        guard digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66 }) else { return nil }
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
