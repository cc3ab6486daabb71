// SPDX-License-Identifier: Apache-2.0

/// Commands that a text defines for itself.
struct TeXMacros {
    struct Macro {
        var parameters: Int
        var fallback: Line?
        var text: Line

        /// The text with its arguments, taken from the scan.
        func body(with scan: inout TeXScan) -> [UInt8] {
            var arguments: [Line] = []
            if let fallback { arguments.append(scan.option() ?? fallback) }
            while arguments.count < parameters { arguments.append(scan.group()) }
            guard parameters > 0 else { return Array(text) }
            var out: [UInt8] = []
            var at = text.startIndex
            while at < text.endIndex {
                if text[at] == UInt8(ascii: "#"), at + 1 < text.endIndex, Letters.isDigit(text[at + 1]) {
                    let number = Int(text[at + 1]) - 0x31
                    if arguments.indices.contains(number), out.count < 1_000_000 { out += arguments[number] }
                    at += 2
                } else {
                    out.append(text[at])
                    at += 1
                }
            }
            return out
        }
    }

    private var table: [String: Macro] = [:]

    subscript(_ name: String) -> Macro? { table[name] }

    /// `\newcommand{\name}[count][default]{text}`, behind the command.
    mutating func define(_ scan: inout TeXScan) {
        _ = scan.skipSpace()
        if scan.peek == UInt8(ascii: "*") { scan.at += 1 }
        let name = Self.name(scan.group())
        let count = scan.option().flatMap { Int($0.trimmed.text) } ?? 0
        let fallback = scan.option()
        put(name, Macro(parameters: min(max(count, 0), 9), fallback: fallback, text: scan.group()))
    }

    /// `\def\name#1#2{text}`, behind the command; anything between the parameters is not understood and drops it.
    mutating func defineByTeX(_ scan: inout TeXScan) {
        guard scan.peek == UInt8(ascii: "\\") else { return }
        let name = scan.name()
        var count = 0
        var isPlain = true
        while let byte = scan.peek, byte != UInt8(ascii: "{") {
            if byte == UInt8(ascii: "#") { count += 1 } else if !Letters.isDigit(byte) { isPlain = false }
            scan.at += 1
        }
        let text = scan.group()
        if isPlain { put(name, Macro(parameters: min(count, 9), fallback: nil, text: text)) }
    }

    /// `\DeclareMathOperator{\name}{text}`.
    mutating func defineOperator(_ scan: inout TeXScan) {
        let name = Self.name(scan.group())
        let text = scan.group()
        put(name, Macro(parameters: 0, fallback: nil, text: Array("\\operatorname{".utf8)[...] + text + [UInt8(ascii: "}")]))
    }

    private static func name(_ group: Line) -> String { group.trimmed.drop { $0 == UInt8(ascii: "\\") }.text }

    /// What only places its argument says nothing of the text; its definition is TeX's own business.
    private static let layout: Set<String> = ["pandocbounded", "passthrough", "tightlist", "maxwidth", "maxheight"]

    private mutating func put(_ name: String, _ macro: Macro) {
        if !name.isEmpty, !Self.layout.contains(name), table.count < 2_000 { table[name] = macro }
    }

    /// A formula with the commands of the text's own replaced, some levels deep.
    func expanded(_ text: Line, _ budget: inout Int) -> Line {
        guard !table.isEmpty else { return text }
        var text = text
        for _ in 0..<6 {
            var scan = TeXScan(text)
            var out: [UInt8] = []
            var hasChanged = false
            while let byte = scan.peek {
                guard byte == UInt8(ascii: "\\") else {
                    out.append(byte)
                    scan.at += 1
                    continue
                }
                let start = scan.at
                let name = scan.rest.dropFirst().prefix(while: Letters.isLetter)
                if let macro = name.isEmpty ? nil : table[name.text], budget > 0 {
                    scan.at = name.endIndex
                    let body = macro.body(with: &scan)
                    budget -= body.count + 20
                    out += body
                    // A letter behind the command must not become part of the last one in its text.
                    if let next = scan.peek, Letters.isLetter(next), let last = body.last, Letters.isLetter(last) { out.append(0x20) }
                    hasChanged = true
                } else {
                    scan.at = min(max(name.endIndex, start + 2), text.endIndex)
                    out += text[start..<scan.at]
                }
            }
            if !hasChanged { return text }
            text = out[...]
        }
        return text
    }
}
