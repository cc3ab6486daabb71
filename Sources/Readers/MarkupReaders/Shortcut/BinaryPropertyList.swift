// SPDX-License-Identifier: Apache-2.0

/// A property list in Apple's binary form (CoreFoundation, CFBinaryPList.c): the texts of its outermost dictionary.
struct BinaryPropertyList {
    private let bytes: UnsafeRawBufferPointer
    private let offsetSize: Int
    private let referenceSize: Int
    private let count: Int
    private let top: Int
    private let table: Int
    private static let mostEntries = 1_000

    static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool { bytes.starts(with: "bplist00".utf8) }

    /// nil for anything else.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard Self.begins(bytes), bytes.count >= 40 else { return nil }
        self.bytes = bytes
        let trailer = bytes.count - 32
        offsetSize = Int(bytes[trailer + 6])
        referenceSize = Int(bytes[trailer + 7])
        guard let count = Self.number(bytes, trailer + 8, 8), let top = Self.number(bytes, trailer + 16, 8), let table = Self.number(bytes, trailer + 24, 8) else { return nil }
        (self.count, self.top, self.table) = (count, top, table)
    }

    func string(named name: String) -> String? {
        guard let place = offset(of: top), bytes[place] >> 4 == 0xD, let (entries, start) = length(at: place), entries <= Self.mostEntries else { return nil }
        for index in 0..<entries {
            guard let key = reference(start + index * referenceSize), text(of: key) == name else { continue }
            return reference(start + (entries + index) * referenceSize).flatMap(text)
        }
        return nil
    }

    private func reference(_ at: Int) -> Int? { Self.number(bytes, at, referenceSize) }

    /// Where an object stands.
    private func offset(of object: Int) -> Int? {
        guard object < count, object < bytes.count, table < bytes.count, let place = Self.number(bytes, table + object * offsetSize, offsetSize), place < bytes.count else { return nil }
        return place
    }

    /// How many things an object holds, and where they begin.
    private func length(at place: Int) -> (Int, start: Int)? {
        let short = Int(bytes[place] & 15)
        guard short == 15 else { return (short, place + 1) }
        guard place + 1 < bytes.count, bytes[place + 1] >> 4 == 1 else { return nil }
        let size = 1 << Int(bytes[place + 1] & 7)
        return Self.number(bytes, place + 2, size).map { ($0, place + 2 + size) }
    }

    private func text(of object: Int) -> String? {
        guard let place = offset(of: object), let (count, start) = length(at: place), start <= bytes.count, count <= bytes.count - start else { return nil }
        switch bytes[place] >> 4 {
        case 5: return String(decoding: bytes[start..<(start + count)], as: UTF8.self)
        case 6 where count <= (bytes.count - start) / 2:
            return String(decoding: (0..<count).map { UInt16(bytes[start + 2 * $0]) << 8 | UInt16(bytes[start + 2 * $0 + 1]) }, as: UTF16.self)
        default: return nil
        }
    }

    /// A big-endian number of so many bytes; nil where it does not fit.
    private static func number(_ bytes: UnsafeRawBufferPointer, _ at: Int, _ size: Int) -> Int? {
        guard (1...8).contains(size), at >= 0, at <= bytes.count - size else { return nil }
        return Int(exactly: bytes[at..<(at + size)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
    }
}
