// SPDX-License-Identifier: Apache-2.0

/// The text of a book's records, joined.
enum PalmDOCText {
    /// Unpacks PalmDOC's form of LZ77 (MobileRead wiki, *PalmDOC*): one record of text.
    ///
    /// A byte is itself, a count of bytes that follow as they are, a space with a character, or with the next one a distance
    /// back of 11 bits and a length of 3 to 10. Damage ends the record.
    static func unpack(_ packed: UnsafeRawBufferPointer, to text: inout [UInt8]) {
        let start = text.count
        var at = 0
        while at < packed.count {
            let byte = packed[at]
            at += 1
            switch byte {
            case 0, 0x09...0x7F: text.append(byte)
            case 0x01...0x08:
                let end = min(at + Int(byte), packed.count)
                text.append(contentsOf: packed[at..<end])
                at = end
            case 0xC0...0xFF:
                text.append(0x20)
                text.append(byte ^ 0x80)
            default:
                guard at < packed.count else { return }
                let pair = (Int(byte) << 8 | Int(packed[at])) & 0x3FFF
                at += 1
                let distance = pair >> 3
                guard distance > 0, distance <= text.count - start else { return }
                for _ in 0..<((pair & 7) + 3) { text.append(text[text.count - distance]) }
            }
        }
    }

    /// A record without what stands behind its text: indexing entries, then the bytes of a character that goes on in the next.
    static func body(of record: PalmRecord, trailers: Int) -> UnsafeRawBufferPointer {
        var count = record.count
        var bits = trailers >> 1
        while bits != 0 {
            if bits & 1 != 0 { count -= min(count, trailingSize(record.bytes, count)) }
            bits >>= 1
        }
        if trailers & 1 != 0, count > 0 { count -= min(count, Int(record.bytes[count - 1] & 3) + 1) }
        return UnsafeRawBufferPointer(rebasing: record.bytes[0..<count])
    }

    /// A number at the end, seven bits a byte, whose first byte has the high bit; at most four bytes.
    private static func trailingSize(_ bytes: UnsafeRawBufferPointer, _ count: Int) -> Int {
        var size = 0
        for byte in bytes[max(0, count - 4)..<count] {
            if byte & 0x80 != 0 { size = 0 }
            size = size << 7 | Int(byte & 0x7F)
        }
        return size
    }
}
