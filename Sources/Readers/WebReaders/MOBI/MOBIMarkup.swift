// SPDX-License-Identifier: Apache-2.0

/// Mobipocket's own marks among its HTML, as HTML.
enum MOBIMarkup {
    /// Page breaks become ends of paragraphs; pictures, known by the number of their record, get an address.
    static func page(_ text: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count + text.count / 16)
        var at = 0
        while at < text.count {
            if text[at] == UInt8(ascii: "<") {
                let rest = text[at...].prefix(12)
                if rest.starts(with: "<mbp:".utf8) || rest.starts(with: "</mbp:".utf8) {
                    out.append(contentsOf: "<p></p>".utf8)
                    at = text[at...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? text.count
                    continue
                }
            } else if text[at] == UInt8(ascii: "r") || text[at] == UInt8(ascii: "R"), let value = pictureNumber(text, at) {
                out.append(contentsOf: "src=\"recindex:".utf8)
                out.append(contentsOf: text[value])
                out.append(UInt8(ascii: "\""))
                at = value.upperBound < text.count && text[value.upperBound] != UInt8(ascii: ">") && text[value.upperBound] > 0x20 ? value.upperBound + 1 : value.upperBound
                continue
            }
            out.append(text[at])
            at += 1
        }
        return out
    }

    /// The digits of `recindex="00012"`, which stands within a tag.
    private static func pictureNumber(_ text: [UInt8], _ at: Int) -> Range<Int>? {
        let name = "recindex=".utf8
        guard at > 0, text[at - 1] <= 0x20, at + name.count < text.count else { return nil }
        guard zip(text[at..<(at + name.count)], name).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) else { return nil }
        var start = at + name.count
        if text[start] == UInt8(ascii: "\"") || text[start] == UInt8(ascii: "'") { start += 1 }
        let digits = text[start...].prefix(12).prefix { $0 >= 0x30 && $0 <= 0x39 }
        return digits.isEmpty ? nil : digits.startIndex..<digits.endIndex
    }
}
