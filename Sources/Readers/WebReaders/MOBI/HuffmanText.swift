// SPDX-License-Identifier: Apache-2.0

/// The packing of long books: codes of a Huffman tree for phrases, which may be packed themselves (MobileRead wiki, *MOBI*,
/// HUFF and CDIC records).
struct HuffmanText {
    /// What the first eight bits of a code say: its length and, where that is all, the greatest code of that length.
    private struct Start {
        let length: Int
        let isWhole: Bool
        let most: Int
    }

    private var starts: [Start] = []
    /// By length: the least and the greatest code, at the top of 32 bits.
    private var least = [Int](repeating: 0, count: 33)
    private var most = [Int](repeating: 0, count: 33)
    private var phrases: [(bytes: UnsafeRawBufferPointer, isPlain: Bool)] = []
    /// Phrases that were packed, once they are known; those on their way are empty.
    private var unpacked: [Int: [UInt8]] = [:]

    /// Bytes of one record, and of one phrase.
    private static let mostBytes = 1 << 17
    private static let deepest = 24

    /// `first` is the record of the codes; those of the phrases follow. Nil when they are none.
    init?(_ database: PalmDatabase, first: Int, count: Int) {
        guard let codes = database[first], codes.begins(with: "HUFF"), let starts = codes.long(8), let lengths = codes.long(12) else { return nil }
        for index in 0..<256 {
            guard let value = codes.long(starts + index * 4) else { return nil }
            let length = value & 0x1F
            self.starts.append(Start(length: length, isWhole: value & 0x80 != 0, most: Self.top(value >> 8, length)))
        }
        for length in 1...32 {
            guard let low = codes.long(lengths + (length - 1) * 8), let high = codes.long(lengths + (length - 1) * 8 + 4) else { return nil }
            least[length] = low << (32 - length)
            most[length] = Self.top(high, length)
        }
        for number in 1..<max(1, min(count, 1_000)) {
            guard let record = database[first + number], record.begins(with: "CDIC"), let all = record.long(8), let bits = record.long(12), bits <= 24 else { break }
            for index in 0..<max(0, min(1 << bits, all - phrases.count)) {
                guard let offset = record.word(16 + index * 2), let size = record.word(16 + offset) else { break }
                phrases.append((record.slice((18 + offset)..<(18 + offset + size & 0x7FFF)).bytes, size & 0x8000 != 0))
            }
        }
        guard !phrases.isEmpty else { return nil }
    }

    /// The last code that begins with `code`, at the top of 32 bits.
    private static func top(_ code: Int, _ length: Int) -> Int { (code + 1) << (32 - length) &- 1 }

    /// Unpacks one record. Damage ends it.
    mutating func unpack(_ packed: UnsafeRawBufferPointer, to text: inout [UInt8]) { unpack(packed, to: &text, depth: 0) }

    private mutating func unpack(_ packed: UnsafeRawBufferPointer, to text: inout [UInt8], depth: Int) {
        let start = text.count
        var bit = 0
        while text.count - start < Self.mostBytes {
            let code = Self.bits(packed, bit)
            let first = starts[code >> 24]
            var length = first.length
            var last = first.most
            if !first.isWhole {
                while length <= 32, code < least[length] { length += 1 }
                guard length <= 32 else { return }
                last = most[length]
            }
            bit += length
            guard length > 0, bit <= packed.count * 8, last >= code else { return }
            let index = (last - code) >> (32 - length)
            guard phrases.indices.contains(index) else { return }
            if phrases[index].isPlain {
                text.append(contentsOf: phrases[index].bytes)
            } else if let known = unpacked[index] {
                text.append(contentsOf: known)
            } else {
                guard depth < Self.deepest else { return }
                unpacked[index] = []
                var phrase: [UInt8] = []
                unpack(phrases[index].bytes, to: &phrase, depth: depth + 1)
                unpacked[index] = phrase
                text.append(contentsOf: phrase)
            }
        }
    }

    /// The 32 bits from `bit` on, zeros behind the end.
    private static func bits(_ bytes: UnsafeRawBufferPointer, _ bit: Int) -> Int {
        var value = 0
        for index in 0..<5 {
            let place = bit / 8 + index
            value = value << 8 | (place < bytes.count ? Int(bytes[place]) : 0)
        }
        return value >> (8 - bit % 8) & 0xFFFF_FFFF
    }
}
