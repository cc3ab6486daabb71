// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A charset of one byte per character as a table, asked of iconv once.
///
/// Kept instead of an open converter: each of glibc's modules is five mappings, and every fork of a warm worker copies
/// them all. 512 bytes, and faster than iconv besides.
struct ByteTable: Sendable {
    /// The scalar of each byte, all of them below U+10000; `none` where a byte means nothing.
    private let scalars: [UInt16]
    private static let none: UInt16 = 0xFFFF

    /// Nil where a byte is not one character by itself: charsets of several bytes, and those that compose (CP1255, CP1258).
    init?(of name: String) {
        let converter = iconv_open("UTF-16LE", name)
        guard Int(bitPattern: converter) != -1 else { return nil }
        defer { iconv_close(converter) }
        var scalars = [UInt16](repeating: Self.none, count: 256)
        for byte in 0..<256 {
            var source = CChar(truncatingIfNeeded: byte)
            var units: (UInt16, UInt16, UInt16, UInt16) = (0, 0, 0, 0)
            let (reason, isHeldBack, left): (Int32?, Bool, Int) = withUnsafeMutablePointer(to: &source) { source in
                withUnsafeMutableBytes(of: &units) { units in
                    var input: UnsafeMutablePointer<CChar>? = source
                    var inputLeft = 1
                    var output = units.baseAddress?.assumingMemoryBound(to: CChar.self)
                    var outputLeft = units.count
                    let status = iconv(converter, &input, &inputLeft, &output, &outputLeft)
                    let reason = status == -1 ? errno : nil
                    let before = outputLeft
                    iconv(converter, nil, nil, &output, &outputLeft)
                    return (reason, before != outputLeft, outputLeft)
                }
            }
            iconv(converter, nil, nil, nil, nil)
            if let reason {
                // Anything else is the first byte of several.
                guard reason == EILSEQ else { return nil }
                continue
            }
            guard !isHeldBack, left == 6, units.0 != Self.none, !(0xD800...0xDFFF).contains(units.0) else { return nil }
            scalars[byte] = units.0
        }
        self.scalars = scalars
    }

    /// The bytes as UTF-8, and how many had no meaning and became U+FFFD.
    func utf8(_ bytes: UnsafeBufferPointer<UInt8>) -> (text: [UInt8], replaced: Int) {
        var replaced = 0
        let text = scalars.withUnsafeBufferPointer { scalars in
            [UInt8](unsafeUninitializedCapacity: 3 * bytes.count) { room, count in
                for byte in bytes {
                    var scalar = scalars[Int(byte)]
                    if scalar == Self.none {
                        replaced += 1
                        scalar = 0xFFFD
                    }
                    if scalar < 0x80 {
                        room[count] = UInt8(scalar)
                        count += 1
                    } else if scalar < 0x800 {
                        room[count] = 0xC0 | UInt8(scalar >> 6)
                        room[count + 1] = 0x80 | UInt8(scalar & 0x3F)
                        count += 2
                    } else {
                        room[count] = 0xE0 | UInt8(scalar >> 12)
                        room[count + 1] = 0x80 | UInt8(scalar >> 6 & 0x3F)
                        room[count + 2] = 0x80 | UInt8(scalar & 0x3F)
                        count += 3
                    }
                }
            }
        }
        return (text, replaced)
    }
}
