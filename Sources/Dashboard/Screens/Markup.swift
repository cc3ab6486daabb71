// SPDX-License-Identifier: Apache-2.0

/// A piece of a page. What is put into it is escaped; only this code's own literals, and other pieces, are taken as they are.
///
///     let row: Markup = #"<td title="\(path)">\(name)</td>"#
///
/// Attributes are always written in double quotes. Addresses are made by `Address`, never out of a document's words.
package struct Markup: Sendable, Equatable, ExpressibleByStringInterpolation {
    package private(set) var text: String

    package init(stringLiteral value: String) { text = value }

    package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    /// Words of anybody's, made harmless.
    package init(escaping words: some StringProtocol) {
        text = ""
        Self.escape(words, into: &text)
    }

    package static func + (left: Markup, right: Markup) -> Markup {
        var sum = left
        sum.text += right.text
        return sum
    }

    package static func += (left: inout Markup, right: Markup) { left.text += right.text }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + 24 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) { text += literal }
        package mutating func appendInterpolation(_ words: String) { Markup.escape(words, into: &text) }
        package mutating func appendInterpolation(_ words: Substring) { Markup.escape(words, into: &text) }
        package mutating func appendInterpolation(_ number: Int) { text += String(number) }
        package mutating func appendInterpolation(_ piece: Markup) { text += piece.text }
        package mutating func appendInterpolation(_ pieces: [Markup]) { for piece in pieces { text += piece.text } }
        package mutating func appendInterpolation(if holds: Bool, _ piece: @autoclosure () -> Markup) { if holds { text += piece().text } }
    }

    private static func escape(_ words: some StringProtocol, into text: inout String) {
        guard words.utf8.contains(where: { $0 < 0x40 && isSpecial($0) }) else {
            text += words
            return
        }
        for scalar in words.unicodeScalars {
            switch scalar {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            case "'": text += "&#39;"
            case "\0": text += "\u{FFFD}"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch byte {
        case 0, UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
        default: false
        }
    }
}

/// Addresses within the page, percent-encoded (RFC 3986, section 2).
enum Address {
    static func encode(_ words: String) -> String {
        var text = ""
        for byte in words.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
            }
        }
        return text
    }

    /// The path with those of the fields that say something.
    static func of(_ path: String, _ fields: [(String, String?)]) -> String {
        let query = fields.compactMap { name, value in value.flatMap { $0.isEmpty ? nil : "\(name)=\(encode($0))" } }
        return query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))"
    }

    static func job(_ id: String) -> String { "/jobs/\(encode(id))" }
}
