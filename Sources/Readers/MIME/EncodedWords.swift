// SPDX-License-Identifier: Apache-2.0
import TextDecoding

/// Text of header fields: `=?charset?B?…?=` among plain words (RFC 2047), on one line.
///
/// Beyond the standard: words in quoted strings and within other words, blanks in words, characters cut in two by the end of
/// a word, language tags (RFC 2231, 5), and bytes beyond ASCII as they stand.
package enum EncodedWords {
    /// `charset` is what bytes beyond ASCII are taken for where they are not UTF-8.
    package static func decoded(_ value: UnsafeRawBufferPointer, charset: String? = nil) -> String {
        if isPlain(value) { return String(decoding: value, as: UTF8.self) }
        var out: [UInt8] = []
        out.reserveCapacity(value.count)
        var word: (charset: [UInt8], bytes: [UInt8], cut: [UInt8])?
        var plain = 0
        var index = 0
        func flush(_ out: inout [UInt8]) {
            if let word { out += text(word.bytes, String(decoding: word.charset, as: UTF8.self)) }
            word = nil
        }
        while let found = nextWord(value, from: index) {
            let between = value.part(plain..<found.start)
            // Blanks between two encoded words are none (RFC 2047, 6.2).
            if word == nil || !between.trimmed.isEmpty {
                flush(&out)
                unfold(between, &out, charset)
            }
            let name = Array(value.part(found.charset).prefix { $0 != UInt8(ascii: "*") }.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 })
            if word?.charset != name {
                flush(&out)
                word = (name, [], [])
            }
            // Base64 that was cut into words anywhere: the digits of an incomplete group go with the next word.
            let digits = (word?.cut ?? []) + value.part(found.text)
            let rest = found.isBase64 && digits.last != UInt8(ascii: "=") ? digits.count % 4 : 0
            let hasNext = rest > 0 && nextWord(value, from: found.end)?.isBase64 == true
            let whole = hasNext ? digits.dropLast(rest) : digits[...]
            word?.cut = Array(digits.dropFirst(whole.count))
            word?.bytes += whole.withUnsafeBytes { decodedWord($0, isBase64: found.isBase64) }
            plain = found.end
            index = found.end
        }
        flush(&out)
        unfold(value.from(plain), &out, charset)
        return shown(out)
    }

    /// Bytes in a named charset as UTF-8.
    package static func text(_ bytes: [UInt8], _ charset: String?) -> [UInt8] {
        if let text = SevenBitText.utf8(bytes, label: charset) { return text }
        return bytes.withUnsafeBufferPointer { bytes in
            let found = Charset(of: bytes, declared: charset)
            return found.utf8(UnsafeBufferPointer(rebasing: bytes.dropFirst(found.markLength))).text
        }
    }

    /// UTF-8 on one line, without control characters.
    package static func line(_ text: [UInt8]) -> String { shown(text) }

    private static func isPlain(_ value: UnsafeRawBufferPointer) -> Bool {
        var previous: UInt8 = 0
        for byte in value {
            if byte < 0x20 || byte >= 0x7F || byte == UInt8(ascii: "?") && previous == UInt8(ascii: "=") { return false }
            previous = byte
        }
        return true
    }

    private struct Word {
        var start, end: Int
        var charset, text: Range<Int>
        var isBase64: Bool
    }

    private static func nextWord(_ value: UnsafeRawBufferPointer, from: Int) -> Word? {
        let mark = UInt8(ascii: "?")
        var index = from
        while index + 1 < value.count {
            defer { index += 1 }
            guard value[index] == UInt8(ascii: "="), value[index + 1] == mark else { continue }
            var at = index + 2
            while at < value.count, at - index < 64, value[at] > 0x20, value[at] < 0x7F, value[at] != mark { at += 1 }
            guard at + 2 < value.count, value[at] == mark, value[at + 2] == mark, at > index + 2 else { continue }
            let encoding = value[at + 1] | 0x20
            guard encoding == UInt8(ascii: "b") || encoding == UInt8(ascii: "q") else { continue }
            let text = at + 3
            var end = text
            while end + 1 < value.count, value[end] != mark || value[end + 1] != UInt8(ascii: "=") { end += 1 }
            guard end + 1 < value.count else { return nil }
            return Word(start: index, end: end + 2, charset: (index + 2)..<at, text: text..<end, isBase64: encoding == UInt8(ascii: "b"))
        }
        return nil
    }

    private static func decodedWord(_ text: UnsafeRawBufferPointer, isBase64: Bool) -> [UInt8] {
        if isBase64 { return TransferEncoding.base64.decoded(text).bytes }
        var out: [UInt8] = []
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "="), index + 2 < text.count, let value = TransferEncoding.hexByte(text[index + 1], text[index + 2]) {
                out.append(value)
                index += 3
            } else {
                out.append(byte == UInt8(ascii: "_") ? 0x20 : byte)
                index += 1
            }
        }
        return out
    }

    /// Plain text between encoded words; line ends with the blanks behind them become one space.
    private static func unfold(_ bytes: UnsafeRawBufferPointer, _ out: inout [UInt8], _ charset: String?) {
        guard !bytes.isEmpty else { return }
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) {
            out.append(contentsOf: bytes)
        } else {
            out += text(Array(bytes), charset)
        }
    }

    /// Runs of blanks and line ends as one space, no other control characters.
    private static func shown(_ text: [UInt8]) -> String {
        var scalars = String.UnicodeScalarView()
        var wantsSpace = false
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            switch scalar.value {
            case 0x20, 0x09...0x0D: wantsSpace = true
            case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: continue
            default:
                if wantsSpace, !scalars.isEmpty { scalars.append(" ") }
                wantsSpace = false
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }
}
