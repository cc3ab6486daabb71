// SPDX-License-Identifier: Apache-2.0

/// A place in LaTeX, and the pieces that begin there.
struct TeXScan {
    let text: Line
    var at: Int

    init(_ text: Line) {
        self.text = text
        at = text.startIndex
    }

    var peek: UInt8? { at < text.endIndex ? text[at] : nil }
    var rest: Line { text[min(at, text.endIndex)...] }

    /// Behind the line's end, and the white space of the next line.
    mutating func skipComment() {
        at = text[at...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.endIndex
        while at < text.endIndex, text[at] == 0x20 || text[at] == 0x09 { at += 1 }
    }

    /// Behind white space and comments; gives how many line ends were in it.
    mutating func skipSpace() -> Int {
        var ends = 0
        while let byte = peek {
            if byte == 0x0A { ends += 1 } else if byte == UInt8(ascii: "%"), ends < 2 {
                skipComment()
                continue
            } else if byte != 0x20, byte != 0x09 { break }
            at += 1
        }
        return ends
    }

    /// The command's name behind its backslash: letters, or one other character.
    mutating func name() -> String {
        at += 1
        let letters = rest.prefix { Letters.isLetter($0) || $0 == UInt8(ascii: "@") }
        if letters.isEmpty {
            guard let byte = peek else { return "" }
            at += 1
            return byte < 0x80 ? String(Unicode.Scalar(byte)) : ""
        }
        at = letters.endIndex
        if peek == UInt8(ascii: "*") { at += 1 }
        let end = at
        // A space behind a name ends it; a blank line stays.
        if skipSpace() > 1 { at = end }
        return letters.text
    }

    /// What stands between braces, or the next character or command alone.
    mutating func group() -> Line {
        _ = skipSpace()
        guard let first = peek else { return text[text.endIndex...] }
        guard first == UInt8(ascii: "{") else {
            let start = at
            if first == UInt8(ascii: "\\") { _ = name() } else {
                at += 1
                while at < text.endIndex, text[at] & 0xC0 == 0x80 { at += 1 }
            }
            return text[start..<at]
        }
        let start = at + 1
        at = Self.close(text, at, open: UInt8(ascii: "{"), close: UInt8(ascii: "}"))
        defer { at = min(at + 1, text.endIndex) }
        return text[min(start, at)..<at]
    }

    /// What stands between brackets right here.
    mutating func option() -> Line? {
        let before = at
        _ = skipSpace()
        guard peek == UInt8(ascii: "[") else {
            at = before
            return nil
        }
        let start = at + 1
        at = Self.close(text, at, open: UInt8(ascii: "["), close: UInt8(ascii: "]"))
        defer { at = min(at + 1, text.endIndex) }
        return text[min(start, at)..<at]
    }

    /// The place of the closing mark; the end when there is none.
    private static func close(_ text: Line, _ start: Int, open: UInt8, close: UInt8) -> Int {
        var level = 0
        var braces = 0
        var at = start
        while at < text.endIndex {
            let byte = text[at]
            if byte == UInt8(ascii: "\\") { at += 2; continue }
            if byte == UInt8(ascii: "%") {
                at = text[at...].firstIndex(of: 0x0A) ?? text.endIndex
                continue
            }
            if open != UInt8(ascii: "{") {
                if byte == UInt8(ascii: "{") { braces += 1 } else if byte == UInt8(ascii: "}") { braces -= 1 }
                if braces > 0 { at += 1; continue }
                if braces < 0 { return at }
            }
            if byte == open { level += 1 } else if byte == close {
                level -= 1
                if level == 0 { return at }
            }
            at += 1
        }
        return text.endIndex
    }

    /// The body of the environment that begins here, behind `\begin{name}`; the rest when it does not end.
    mutating func body(of name: String) -> Line {
        let begin = Array("\\begin{\(name)}".utf8)
        let end = Array("\\end{\(name)}".utf8)
        let start = at
        var level = 1
        while let place = text[at...].firstIndex(of: UInt8(ascii: "\\")) {
            let here = text[place...]
            if here.starts(with: end) {
                level -= 1
                at = place + end.count
                if level == 0 { return text[start..<place] }
            } else if here.starts(with: begin) {
                level += 1
                at = place + begin.count
            } else {
                at = min(place + 2, text.endIndex)
            }
        }
        at = text.endIndex
        return text[start...]
    }

    /// A body that is not LaTeX: up to the very next `\end{name}`.
    mutating func verbatim(of name: String) -> Line {
        let end = Array("\\end{\(name)}".utf8)
        let start = at
        var from = at
        while let place = text[from...].firstIndex(of: UInt8(ascii: "\\")) {
            if text[place...].starts(with: end) {
                at = place + end.count
                return text[start..<place]
            }
            from = place + 1
        }
        at = text.endIndex
        return text[start...]
    }

    /// Cuts a body where `cut` says so, but not within braces or environments.
    static func pieces(_ text: Line, _ cut: (inout TeXScan) -> Bool) -> [Line] {
        var scan = TeXScan(text)
        var pieces: [Line] = []
        var start = text.startIndex
        var level = 0
        while let byte = scan.peek {
            let here = scan.at
            if level == 0, cut(&scan) {
                pieces.append(text[start..<here])
                start = scan.at
                continue
            }
            switch byte {
            case UInt8(ascii: "\\"):
                if scan.rest.hasPrefix("\\begin{") { level += 1 } else if scan.rest.hasPrefix("\\end{") { level -= 1 }
                scan.at = min(scan.at + 2, text.endIndex)
            case UInt8(ascii: "{"):
                level += 1
                scan.at += 1
            case UInt8(ascii: "}"):
                level -= 1
                scan.at += 1
            case UInt8(ascii: "%"): scan.at = text[scan.at...].firstIndex(of: 0x0A) ?? text.endIndex
            default: scan.at += 1
            }
        }
        pieces.append(text[start...])
        return pieces
    }
}
