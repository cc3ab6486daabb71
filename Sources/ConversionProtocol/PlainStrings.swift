// SPDX-License-Identifier: Apache-2.0

/// Strings that a worker may say: what a compromised one puts into them must not hurt a terminal, a log or a path.
package enum PlainStrings {
    /// A file name that stays where it is put: 1…255 bytes, no `/` or `\`, no leading dot, no control characters.
    package static func isAssetName(_ name: String) -> Bool {
        guard (1...255).contains(name.utf8.count), name.utf8.first != UInt8(ascii: ".") else { return false }
        return name.unicodeScalars.allSatisfy { $0 != "/" && $0 != "\\" && !isControl($0) }
    }

    /// A relative path of 1…16 plain file names, held apart by `/`: 1…1024 bytes in all.
    package static func isPartName(_ name: String) -> Bool {
        let names = name.split(separator: "/", omittingEmptySubsequences: false)
        return name.utf8.count <= 1_024 && (1...16).contains(names.count) && names.allSatisfy { isAssetName(String($0)) }
    }

    /// `type/subtype` in printable ASCII without spaces, at most 127 bytes; or empty.
    package static func isMediaType(_ type: String) -> Bool {
        type.utf8.count <= 127 && type.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    }

    /// A stable code: lower case letters, digits and hyphens, 1…64 of them.
    package static func isCode(_ code: String) -> Bool {
        (1...64).contains(code.utf8.count)
            && code.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// The string without control characters; tab and newline stay when it may have several lines, else they become spaces.
    package static func clean(_ string: String, lines: Bool = false) -> String {
        if string.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return string }
        var out = String.UnicodeScalarView()
        for scalar in string.unicodeScalars {
            switch scalar {
            case "\n", "\t": out.append(lines ? scalar : " ")
            default: if !isControl(scalar) { out.append(scalar) }
            }
        }
        return String(out)
    }

    /// The string with what steers a terminal or misleads a reader made visible, as JSON writes it (`\\u001b`): controls but tab
    /// and newline, line and paragraph separators, and the marks that turn the direction of writing. JSON stays the same JSON.
    package static func visible(_ string: String) -> String {
        if string.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || $0 == 0x0A || $0 == 0x09 }) { return string }
        var out = String.UnicodeScalarView()
        for scalar in string.unicodeScalars {
            guard scalar != "\n", scalar != "\t", isControl(scalar) || turns(scalar) else {
                out.append(scalar)
                continue
            }
            let digits = String(scalar.value, radix: 16)
            out.append(contentsOf: "\\u\(String(repeating: "0", count: 4 - digits.count))\(digits)".unicodeScalars)
        }
        return String(out)
    }

    /// Separators of lines and paragraphs, embeddings, overrides and isolates (UAX 9).
    private static func turns(_ scalar: Unicode.Scalar) -> Bool {
        (0x2028...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }
}
