// SPDX-License-Identifier: Apache-2.0

/// Looks for what could act in Markdown that is handed on as it is: HTML that runs or loads something, attributes that are
/// scripts, addresses that run code.
struct ActiveContent {
    private(set) var isFound = false
    /// The end of the last piece: what is looked for may lie across two.
    private var tail: [UInt8] = []

    mutating func look(at piece: UnsafeBufferPointer<UInt8>) {
        if isFound { return }
        isFound = (tail + piece.prefix(Self.longest)).withUnsafeBufferPointer(Self.acts) || Self.acts(piece)
        tail = Array(piece.suffix(Self.longest))
    }

    private static let longest = 32
    private static let elements = ["script", "iframe", "frame", "object", "embed", "applet", "svg", "form", "style", "link", "meta", "base", "template"].map { Array($0.utf8) }
    private static let schemes = ["javascript", "vbscript", "data"].map { Array($0.utf8) }

    private static func acts(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        for (place, byte) in text.enumerated() {
            switch byte {
            case UInt8(ascii: "<"): if elements.contains(where: { isWord($0, text, at: place + 1) }) { return true }
            case UInt8(ascii: ":"):
                if schemes.contains(where: { $0.count <= place && isWord($0, text, at: place - $0.count) && !isLetter(text, place - $0.count - 1) }) {
                    // A picture as data loads and runs nothing.
                    guard isWord(Array("data:image/".utf8), text, at: place - 4, isWhole: false) else { return true }
                }
            // `onclick=`: a tag's attribute stands behind white space, a quotation mark or a slash.
            case UInt8(ascii: "="): if isEventAttribute(text, before: place) { return true }
            // An address that begins with an entity hides its scheme.
            case UInt8(ascii: "("):
                if place > 0, text[place - 1] == UInt8(ascii: "]"), text[(place + 1)...].prefix(16).contains(UInt8(ascii: "&")), text[(place + 1)...].prefix(16).contains(UInt8(ascii: ";")) { return true }
            default: continue
            }
        }
        return false
    }

    private static func isWord(_ word: [UInt8], _ text: UnsafeBufferPointer<UInt8>, at place: Int, isWhole: Bool = true) -> Bool {
        guard place >= 0, place + word.count <= text.count else { return false }
        guard zip(word, text[place...]).allSatisfy({ $0 == ($1 >= 0x41 && $1 <= 0x5A ? $1 | 0x20 : $1) }) else { return false }
        return !isWhole || !isLetter(text, place + word.count)
    }

    private static func isEventAttribute(_ text: UnsafeBufferPointer<UInt8>, before place: Int) -> Bool {
        var start = place
        while start > 0, place - start < 24, isLetter(text, start - 1) { start -= 1 }
        guard place - start > 4, start > 0, text[start] | 0x20 == UInt8(ascii: "o"), text[start + 1] | 0x20 == UInt8(ascii: "n") else { return false }
        guard [0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "/")].contains(text[start - 1]) else { return false }
        // Within a tag: its beginning is no further than its end is.
        let before = text[..<start]
        guard let opening = before.lastIndex(of: UInt8(ascii: "<")) else { return false }
        return (before.lastIndex(of: UInt8(ascii: ">")) ?? -1) < opening
    }

    private static func isLetter(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Bool {
        guard text.indices.contains(place) else { return false }
        return text[place] | 0x20 >= 0x61 && text[place] | 0x20 <= 0x7A
    }
}
