// SPDX-License-Identifier: Apache-2.0

/// Charsets of mail that put letters into bytes of ASCII: UTF-7 (RFC 2152) and HZ (RFC 1843). Nothing but mail may be read in
/// them: a page that could name them would hide markup from whoever looks at its bytes.
package enum SevenBitText {
    /// The text as UTF-8; nil when the label names neither charset.
    package static func utf8(_ bytes: [UInt8], label: String?) -> [UInt8]? {
        switch label?.lowercased() {
        case "utf-7", "utf7", "unicode-1-1-utf-7", "x-unicode-2-0-utf-7", "csunicode11utf7": fromUTF7(bytes)
        case "hz-gb-2312", "hz-gb2312", "hz": fromHZ(bytes)
        default: nil
        }
    }

    /// `Hi Mom -+Jjo--!`: base64 of UTF-16 between `+` and the first byte that is no digit of it, which is taken where it is `-`.
    private static func fromUTF7(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            guard bytes[at] == UInt8(ascii: "+") else {
                out.append(bytes[at])
                at += 1
                continue
            }
            at += 1
            let start = at
            while at < bytes.count, Base64Text.digit(bytes[at]) != nil { at += 1 }
            let pairs = Base64Text.bytes(bytes[start..<at])
            let units = stride(from: 0, to: pairs.count - pairs.count % 2, by: 2).map { UInt16(pairs[$0]) << 8 | UInt16(pairs[$0 + 1]) }
            out += String(decoding: units, as: UTF16.self).utf8
            if at < bytes.count, bytes[at] == UInt8(ascii: "-") {
                if at == start { out.append(UInt8(ascii: "+")) }
                at += 1
            }
        }
        return out
    }

    /// `~{<:Ky2;~}`: GB 2312 without its high bits between `~{` and `~}`; `~~` is one tilde, `~` before a line's end none.
    private static func fromHZ(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var isChinese = false
        var at = 0
        while at < bytes.count {
            let byte = bytes[at]
            let next = at + 1 < bytes.count ? bytes[at + 1] : 0
            if byte == UInt8(ascii: "~"), let length = escape(next, &isChinese) {
                if next == UInt8(ascii: "~") { out.append(byte) }
                at += length
            } else if isChinese, (0x21...0x77).contains(byte), (0x21...0x7E).contains(next) {
                out += [byte | 0x80, next | 0x80]
                at += 2
            } else {
                // A line's end ends the Chinese, whatever was forgotten.
                if byte == 0x0A { isChinese = false }
                out.append(byte)
                at += 1
            }
        }
        return out.withUnsafeBufferPointer { Charset(named: "GB18030").utf8($0).text }
    }

    private static func escape(_ next: UInt8, _ isChinese: inout Bool) -> Int? {
        switch next {
        case UInt8(ascii: "{"): isChinese = true
        case UInt8(ascii: "}"): isChinese = false
        case UInt8(ascii: "~"), 0x0A: break
        default: return nil
        }
        return 2
    }
}
