// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// The blocks of a RAR archive, by their sizes: libarchive takes one that breaks off within a header for one that has ended.
enum RARBlocks {
    /// Whether an archive of the fourth or fifth version ends before the last of its blocks does; false for anything else.
    static func isCut(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if bytes.starts(with: [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x01, 0x00]) { return walk(bytes, from: 8, fifth) }
        if bytes.starts(with: [0x52, 0x61, 0x72, 0x21, 0x1A, 0x07, 0x00]) { return walk(bytes, from: 7, fourth) }
        return false
    }

    private enum Step {
        case next(Int)
        /// The end, or headers that are encrypted.
        case end
        case cut
    }

    private static let mostBlocks = 1_000_000

    private static func walk(_ bytes: UnsafeRawBufferPointer, from start: Int, _ step: (UnsafeRawBufferPointer, Int) -> Step) -> Bool {
        var at = start
        for _ in 0..<mostBlocks {
            // The fourth version needs no last block.
            if at == bytes.count { return start == 8 }
            switch step(bytes, at) {
            case .next(let next) where next > at && next <= bytes.count: at = next
            case .next, .cut: return true
            case .end: return false
            }
        }
        return false
    }

    /// Sum, type, flags, size, perhaps the size of what follows.
    private static func fourth(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Step {
        guard at + 7 <= bytes.count else { return .cut }
        let flags = Int(bytes[at + 3]) | Int(bytes[at + 4]) << 8
        let size = Int(bytes[at + 5]) | Int(bytes[at + 6]) << 8
        if bytes[at + 2] == 0x7B || bytes[at + 2] == 0x73 && flags & 0x80 != 0 { return .end }
        guard size >= 7 else { return .end }
        guard flags & 0x8000 != 0 || bytes[at + 2] == 0x74 else { return .next(at + size) }
        let high = bytes[at + 2] == 0x74 && flags & 0x100 != 0
        guard at + (high ? 36 : 11) <= bytes.count else { return .cut }
        func long(_ place: Int) -> Int { Int(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))) }
        return .next(at + size + long(at + 7) + (high ? (long(at + 32) & 0xFFFF) << 32 : 0))
    }

    /// Sum, size, type, flags, size of the extra area, size of what follows; numbers of seven bits a byte.
    private static func fifth(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> Step {
        var place = at + 4
        func number() -> Int? {
            var value = 0
            for shift in stride(from: 0, to: 49, by: 7) {
                guard place < bytes.count else { return nil }
                defer { place += 1 }
                value |= Int(bytes[place] & 0x7F) << shift
                if bytes[place] & 0x80 == 0 { return value }
            }
            return nil
        }
        guard let size = number() else { return .cut }
        let start = place
        guard let type = number(), let flags = number() else { return .cut }
        if type == 5 || type == 4 { return .end }
        if flags & 1 != 0, number() == nil { return .cut }
        var following = 0
        if flags & 2 != 0 {
            guard let size = number() else { return .cut }
            following = size
        }
        return .next(start + size + following)
    }
}
