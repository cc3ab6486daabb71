// SPDX-License-Identifier: Apache-2.0

/// Packed files whose first bytes are no mark but numbers that make sense.
enum PackedSignature {
    static func kind(of bytes: UnsafeRawBufferPointer) -> String? {
        if isLZMA(bytes) { return "lzma" }
        if isSkippedZstandard(bytes) { return "zst" }
        return isBinaryCPIO(bytes) ? "cpio" : nil
    }

    /// A byte of properties, the dictionary's size (two to some power, or one and a half times that), and the text's size or
    /// all ones (the LZMA SDK's lzma-file-format.txt); sizes above 256 GiB are other data.
    private static func isLZMA(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 18, bytes[0] < 225 else { return false }
        let dictionary = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 1, as: UInt32.self))
        let size = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 5, as: UInt64.self))
        guard dictionary >= 4_096, size == .max || size > 0 && size < 1 << 38, bytes[13] == 0 else { return false }
        return dictionary.nonzeroBitCount == 1 || dictionary % 3 == 0 && (dictionary / 3).nonzeroBitCount == 1 || dictionary == .max
    }

    /// Frames that are to be passed over, and one of Zstandard behind them (RFC 8878, 3.1.2).
    private static func isSkippedZstandard(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var at = 0
        for _ in 0..<16 {
            guard at <= bytes.count - 8 else { return false }
            let mark = UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self))
            if mark == 0xFD2F_B528 { return at > 0 }
            guard mark & 0xFFFF_FFF0 == 0x184D_2A50 else { return false }
            at += 8 + Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self)))
        }
        return false
    }

    /// The header of cpio's first kind, of either byte order: its mark, and a name that ends where it says (cpio(5), "Old Binary Format").
    private static func isBinaryCPIO(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count >= 28 else { return false }
        let isLittle = bytes[0] == 0xC7 && bytes[1] == 0x71
        guard isLittle || bytes[0] == 0x71 && bytes[1] == 0xC7 else { return false }
        let length = isLittle ? Int(bytes[20]) | Int(bytes[21]) << 8 : Int(bytes[20]) << 8 | Int(bytes[21])
        guard length > 1, length <= 4_096, 26 + length <= bytes.count else { return false }
        return bytes[26 + length - 1] == 0 && bytes[26] != 0
    }
}
