// SPDX-License-Identifier: Apache-2.0

/// An address that may stand in a rendition: nothing that would run when it is followed.
package struct LinkTarget {
    let address: String

    /// Nil for addresses that are empty or run code.
    init?(_ address: String) {
        guard address.utf8.contains(where: { $0 > 0x20 && $0 != 0x7F }), !Self.runsCode(address) else { return nil }
        self.address = address
    }

    /// Whether a browser could run something by following it. Browsers pass over white space and controls wherever they stand
    /// in a scheme (WHATWG URL, 4.4), so does this.
    package static func runsCode(_ address: String) -> Bool {
        let visible = address.utf8.lazy.filter { $0 > 0x20 && $0 != 0x7F }
        // Most addresses are told by their first letter.
        guard let first = visible.first, [0x6A, 0x76, 0x64].contains(first | 0x20) else { return false }
        let scheme = String(decoding: visible.prefix(32), as: UTF8.self).lowercased()
        return active.contains { scheme.hasPrefix($0) }
    }

    private static let active = ["javascript:", "vbscript:", "data:text", "data:application"]

    /// As a Markdown link destination (CommonMark 6.3): no spaces, no lone brackets, none at all where a title follows.
    func append(to out: inout [UInt8], isInTable: Bool, isBeforeTitle: Bool = false) {
        var depth = 0
        var isBalanced = true
        for byte in address.utf8 {
            if byte == UInt8(ascii: "(") { depth += 1 }
            if byte == UInt8(ascii: ")") { depth -= 1 }
            if depth < 0 || depth > 30 { isBalanced = false }
        }
        isBalanced = isBalanced && depth == 0 && !isBeforeTitle
        let bytes = Array(address.utf8)
        for (place, byte) in bytes.enumerated() {
            switch byte {
            // An entity would be decoded (CommonMark 2.5), and could spell another address.
            case UInt8(ascii: "&"): out.append(contentsOf: bytes.withUnsafeBufferPointer { MarkdownText.isEntity($0, place) } ? "&amp;".utf8 : "&".utf8)
            case ...0x20, 0x7F, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\\"), UInt8(ascii: "`"): percent(byte, &out)
            case UInt8(ascii: "("), UInt8(ascii: ")"):
                if isBalanced { out.append(byte) } else { percent(byte, &out) }
            case UInt8(ascii: "|"):
                if isInTable { percent(byte, &out) } else { out.append(byte) }
            default: out.append(byte)
            }
        }
    }

    private func percent(_ byte: UInt8, _ out: inout [UInt8]) {
        guard byte >= 0x20 else { return }
        let digits = Array("0123456789ABCDEF".utf8)
        out += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
}
