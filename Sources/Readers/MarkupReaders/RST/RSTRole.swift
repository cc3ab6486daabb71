// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// What interpreted text means, by its role.
enum RSTRole {
    static func inline(_ role: String, _ phrase: Line) -> Inline {
        let name = (role.split(separator: ":").last.map(String.init) ?? role).lowercased()
        let text = RSTSpans.unescaped(phrase)
        switch name {
        case "math": return .math(phrase.text)
        case "sub", "subscript": return .subscript([.text(text)])
        case "sup", "superscript": return .superscript([.text(text)])
        case "strong", "guilabel", "command", "dfn": return .strong([.text(text)])
        case "emphasis", "title", "t", "title-reference": return .emphasis([.text(text)])
        case "pep": return .link(to: "https://peps.python.org/pep-\(String(repeating: "0", count: max(0, 4 - phrase.count)))\(phrase.text)", title: nil, [.text("PEP \(phrase.text)")])
        case "rfc": return .link(to: "https://www.rfc-editor.org/rfc/rfc\(phrase.text)", title: nil, [.text("RFC \(phrase.text)")])
        default: break
        }
        // `Title <target>`: the title is what is read.
        if let open = phrase.lastIndex(of: UInt8(ascii: "<")), phrase.last == UInt8(ascii: ">"), open > phrase.startIndex {
            let title = phrase[..<open].trimmed.text
            let target = phrase[(open + 1)...].dropLast()
            return target.hasPrefix("http") ? .link(to: target.text, title: nil, [.text(title)]) : .text(title)
        }
        if ["ref", "doc", "term", "numref", "any", "abbr", "ab", "abbreviation", "ac", "acronym", "menuselection", "cite", "keyword"].contains(name) {
            return .text(text)
        }
        // `~package.name` is shown as `name`.
        if phrase.first == UInt8(ascii: "~"), let dot = phrase.lastIndex(of: UInt8(ascii: ".")) { return .code(phrase[(dot + 1)...].text) }
        return .code((phrase.first == UInt8(ascii: "!") ? phrase.dropFirst() : phrase).text)
    }

    /// `0xA9`, `U+00A9` and text, parted by spaces.
    static func unicode(_ text: Line) -> String {
        text.split(separator: 0x20).map { part in
            let word = part.text
            for prefix in ["0x", "U+", "u", "\\u", "x"] where word.hasPrefix(prefix) {
                if let code = UInt32(word.dropFirst(prefix.count), radix: 16), let scalar = Unicode.Scalar(code) { return String(Character(scalar)) }
            }
            return word
        }.joined(separator: "")
    }
}
