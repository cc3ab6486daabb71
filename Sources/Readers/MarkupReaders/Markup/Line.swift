// SPDX-License-Identifier: Apache-2.0

/// A line, or a piece of one, of clean UTF-8.
typealias Line = ArraySlice<UInt8>

extension ArraySlice<UInt8> {
    var text: String { String(decoding: self, as: UTF8.self) }
    var isBlank: Bool { allSatisfy { $0 == 0x20 || $0 == 0x09 } }

    /// Columns of white space at the start; a tab reaches to the next multiple of eight.
    var indent: Int {
        var columns = 0
        for byte in self {
            if byte == 0x20 { columns += 1 } else if byte == 0x09 { columns = (columns / 8 + 1) * 8 } else { break }
        }
        return columns
    }

    var trimmed: Line {
        let start = drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
        guard let last = start.lastIndex(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0A }) else { return start.prefix(0) }
        return start[...last]
    }

    /// Without its first `columns` columns of white space, or with less when it has less.
    func dedented(_ columns: Int) -> Line {
        var left = columns
        var rest = self
        while left > 0, let byte = rest.first {
            if byte == 0x20 { left -= 1 } else if byte == 0x09 { left -= Swift.min(left, 8) } else { break }
            rest = rest.dropFirst()
        }
        return rest
    }

    func hasPrefix(_ text: StaticString) -> Bool {
        starts(with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    func hasSuffix(_ text: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        return suffix(wanted.count).elementsEqual(wanted)
    }

    func equals(_ text: StaticString) -> Bool {
        elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// The first place of `wanted` at or behind `start`.
    func first(_ wanted: StaticString, from start: Int? = nil) -> Int? {
        let mark = UnsafeBufferPointer(start: wanted.utf8Start, count: wanted.utf8CodeUnitCount)
        guard let first = mark.first else { return nil }
        var at = start ?? startIndex
        while at + mark.count <= endIndex {
            guard let place = self[at...].firstIndex(of: first), place + mark.count <= endIndex else { return nil }
            if self[place..<(place + mark.count)].elementsEqual(mark) { return place }
            at = place + 1
        }
        return nil
    }
}

/// Classes of ASCII bytes; bytes of longer characters count as letters.
enum Letters {
    static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
    static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte >= 0x80 }
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A }
    static func isPunctuation(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F && !isLetter(byte) && !isDigit(byte) }
}
