// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// The headers of cpio archives (cpio(5), "New ASCII Format"), looked at before libarchive believes them: it makes room
/// for a name of the length they say, up to 4 GiB.
enum CPIOHeaders {
    private static let size = 110
    private static let longestName = 64 << 10

    /// The archive up to the first header whose name is longer than any is.
    static func sound(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var at = 0
        while let place = ByteSearch.first(Array("07070".utf8), in: bytes, from: at), place + size <= bytes.count {
            at = place + 1
            guard bytes[place + 5] == UInt8(ascii: "1") || bytes[place + 5] == UInt8(ascii: "2"),
                let name = hexadecimal(bytes[(place + 94)..<(place + 102)])
            else { continue }
            if name > longestName { return UnsafeRawBufferPointer(rebasing: bytes.prefix(place)) }
        }
        return bytes
    }

    private static func hexadecimal(_ digits: Slice<UnsafeRawBufferPointer>) -> Int? {
        var value = 0
        for digit in digits {
            switch digit {
            case 0x30...0x39: value = value << 4 | Int(digit &- 0x30)
            case 0x41...0x46, 0x61...0x66: value = value << 4 | Int((digit | 0x20) &- 0x57)
            default: return nil
            }
        }
        return value
    }
}
