// SPDX-License-Identifier: Apache-2.0

/// An address that stands in running text without marks.
enum BareAddress {
    /// The address that begins at `at`, without the punctuation of the sentence around it.
    static func find(_ text: Line, _ at: Int) -> Line? {
        let rest = text[at...]
        guard rest.hasPrefix("http://") || rest.hasPrefix("https://"), at == text.startIndex || !Letters.isWord(text[at - 1]) else { return nil }
        var link = rest.prefix { $0 > 0x20 && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "`") && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") }
        while let last = link.last, ".,;:!?)'*".utf8.contains(last) {
            if last == UInt8(ascii: ")"), link.contains(UInt8(ascii: "(")) { break }
            link = link.dropLast()
        }
        return link.count > 8 ? link : nil
    }
}
