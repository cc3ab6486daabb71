// SPDX-License-Identifier: Apache-2.0

/// What a field's instruction says (ECMA-376 part 1, 17.16): `HYPERLINK "address" \l "place"`.
package struct FieldInstruction: Sendable {
    package let words: [String]

    package init(_ text: String) { words = Self.words(text) }

    package var name: String { words.first?.uppercased() ?? "" }

    /// Its result is a number of a page, which means nothing without pages.
    package var isPageNumber: Bool { ["PAGE", "PAGEREF", "NUMPAGES", "SECTIONPAGES"].contains(name) }

    package var link: String? { link(keepsPlaces: false) }

    /// `HYPERLINK "address" \l "place"`, and `REF place \h`. Places that Word itself made begin with an underscore.
    package func link(keepsPlaces: Bool) -> String? {
        if keepsPlaces, name == "REF", words.count > 2, words.contains("\\h") { return "#" + words[1] }
        guard name == "HYPERLINK" else { return nil }
        var address = "", place = ""
        var at = 1
        while at < words.count {
            switch words[at].lowercased() {
            case "\\l":
                at += 1
                if at < words.count { place = words[at] }
            case "\\o", "\\t": at += 1
            case "\\n", "\\m", "\\h": break
            default: if address.isEmpty { address = words[at] }
            }
            at += 1
        }
        if !keepsPlaces, place.hasPrefix("_") { place = "" }
        let whole = place.isEmpty ? address : address + "#" + place
        return whole.isEmpty ? nil : whole
    }

    /// Words, and quoted words without their quotes; a backslash protects a quote or another backslash.
    private static func words(_ text: String) -> [String] {
        var out: [String] = [], word = "", isQuoted = false, isProtected = false
        for character in text {
            if isProtected {
                if character != "\\", character != "\"" { word.append("\\") }
                word.append(character)
                isProtected = false
            } else if character == "\\", isQuoted {
                isProtected = true
            } else if character == "\"" {
                isQuoted.toggle()
                if !isQuoted {
                    out.append(word)
                    word = ""
                }
            } else if character.isWhitespace, !isQuoted {
                if !word.isEmpty { out.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        if !word.isEmpty { out.append(word) }
        return out
    }
}
