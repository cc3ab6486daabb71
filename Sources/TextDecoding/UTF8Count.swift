// SPDX-License-Identifier: Apache-2.0

/// How much of a text is UTF-8 (RFC 3629).
package enum UTF8Count {
    /// Characters beyond ASCII, and bytes that belong to none; in a part of a text, a character cut off by its end is neither.
    package static func count(_ bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> (multibyte: Int, invalid: Int) {
        let raw = UnsafeRawBufferPointer(bytes)
        var multibyte = 0
        var invalid = 0
        var index = 0
        while index < bytes.count {
            if bytes[index] < 0x80 {
                while index + 8 <= bytes.count, raw.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
                    index += 8
                }
                while index < bytes.count, bytes[index] < 0x80 { index += 1 }
                continue
            }
            let length = length(of: bytes, at: index)
            if length > 0 {
                multibyte += 1
                index += length
            } else if length < 0 {
                return (multibyte, invalid + (isWhole ? 1 : 0))
            } else {
                invalid += 1
                index += 1
            }
        }
        return (multibyte, invalid)
    }

    /// Bytes of the character at `index`; 0 when there is none, -1 when the text ends within it.
    static func length(of bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
        let first = bytes[index]
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
        guard first >= 0xC2, first <= 0xF4 else { return 0 }
        let low: UInt8 = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80
        let high: UInt8 = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF
        for offset in 1..<length {
            guard index + offset < bytes.count else { return -1 }
            let byte = bytes[index + offset]
            guard byte >= (offset == 1 ? low : 0x80), byte <= (offset == 1 ? high : 0xBF) else { return 0 }
        }
        return length
    }
}
