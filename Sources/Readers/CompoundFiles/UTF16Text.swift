// SPDX-License-Identifier: Apache-2.0

/// UTF-16 as text; a lone surrogate becomes U+FFFD. The standard library's own way is many times slower for short texts.
package enum UTF16Text {
    package static func string(_ units: [UInt16]) -> String { units.withUnsafeBufferPointer { string(count: $0.count, $0) } }
    package static func string(_ units: ArraySlice<UInt16>) -> String { units.withUnsafeBufferPointer { string(count: $0.count, $0) } }

    private static func string(count: Int, _ units: UnsafeBufferPointer<UInt16>) -> String {
        string(count: count) { units[$0] }
    }

    @inline(__always) static func string(count: Int, _ unit: (Int) -> UInt16) -> String {
        String(unsafeUninitializedCapacity: count &* 3) { out in
            var length = 0
            var at = 0
            func put(_ byte: UInt32) {
                out[length] = UInt8(truncatingIfNeeded: byte)
                length &+= 1
            }
            while at < count {
                var code = UInt32(unit(at))
                at &+= 1
                if code & 0xFC00 == 0xD800, at < count, unit(at) & 0xFC00 == 0xDC00 {
                    code = 0x10000 &+ (code & 0x3FF) << 10 | UInt32(unit(at) & 0x3FF)
                    at &+= 1
                    put(0xF0 | code >> 18)
                    put(0x80 | code >> 12 & 0x3F)
                    put(0x80 | code >> 6 & 0x3F)
                    put(0x80 | code & 0x3F)
                    continue
                }
                if code & 0xF800 == 0xD800 { code = 0xFFFD }
                switch code {
                case ..<0x80: put(code)
                case ..<0x800:
                    put(0xC0 | code >> 6)
                    put(0x80 | code & 0x3F)
                default:
                    put(0xE0 | code >> 12)
                    put(0x80 | code >> 6 & 0x3F)
                    put(0x80 | code & 0x3F)
                }
            }
            return length
        }
    }
}

extension LittleEndianBytes {
    /// All of these bytes as UTF-16.
    package var utf16: String { UTF16Text.string(count: count / 2) { UInt16(littleEndian: raw.loadUnaligned(fromByteOffset: 2 &* $0, as: UInt16.self)) } }

    /// The UTF-16 up to its first NUL.
    package var utf16BeforeNUL: String {
        var end = 0
        while end &+ 1 < count, raw[end] != 0 || raw[end &+ 1] != 0 { end &+= 2 }
        return clipped(0, end).utf16
    }

    /// One byte a letter: the lower bytes of UTF-16.
    package var latin: String { UTF16Text.string(count: count) { UInt16(raw[$0]) } }
}
