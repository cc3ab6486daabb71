// SPDX-License-Identifier: Apache-2.0

/// What begins a list item: a bullet, or a number or letter with its punctuation.
package struct ListMarker: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        case bullet(UInt32)
        case decimal, lowerLetter, upperLetter, lowerRoman, upperRoman
    }

    package var kind: Kind
    /// Its place in the row of numbers; 0 for bullets.
    package var number = 0
    /// `.` `)` or `(` for both brackets.
    package var mark: UInt8 = 0
    /// Bytes of the marker and the white space behind it.
    package var length = 0
    /// nil, or whether a box is ticked.
    package var isChecked: Bool?

    /// The marker that a line's text begins with; nil without one, or without anything behind it unless `alone`.
    package init?(_ text: [UInt8], alone: Bool = false) {
        guard let first = text.first else { return nil }
        if first >= 0x80 || first == 0x2D || first == 0x2A || first == 0x6F {
            guard let bullet = Self.bullet(text) else { return nil }
            self = bullet
        } else {
            guard let number = Self.number(text) else { return nil }
            self = number
        }
        var end = length
        while end < text.count, text[end] == 0x20 { end += 1 }
        if end == text.count { guard alone else { return nil } } else if end == length, !isTight { return nil }
        length = end
    }

    package static func isMarkerAlone(_ text: [UInt8]) -> Bool {
        guard let marker = ListMarker(text, alone: true) else { return false }
        return marker.length == text.count
    }

    /// Bullets that text may follow without a space.
    private var isTight: Bool {
        if case .bullet(let c) = kind { return c > 0x2000 && c != 0x2013 && c != 0x2014 }
        return false
    }

    private static let bullets: Set<UInt32> = [
        0x2022, 0x2023, 0x2043, 0x204C, 0x204D, 0x2219, 0x25A0, 0x25A1, 0x25AA, 0x25AB, 0x25B6, 0x25B8, 0x25BA, 0x25C6, 0x25C7, 0x25CB, 0x25CF, 0x25E6,
        0x2713, 0x2714, 0x2756, 0x2794, 0x27A2, 0x27A4, 0x2B25, 0x2B29, 0x2B9A, 0x25FC, 0x25FB, 0x25FE, 0x25FD, 0x2605, 0x2610, 0x2611, 0x2612, 0xF0A7, 0xF0B7, 0xF0D8, 0xF0FC, 0xF0A8, 0xF076,
        0xF06C, 0xF06E, 0xF071, 0xF0E0, 0x2013, 0x2014, 0x2D, 0x2A, 0x6F, 0xB7, 0x2212, 0x2666, 0x2192, 0xFFED, 0x2B1D, 0x25AE, 0x25CA, 0xE00C, 0xF02D,
    ]

    private static func bullet(_ text: [UInt8]) -> ListMarker? {
        var decoder = Unicode.UTF8()
        var iterator = text.prefix(4).makeIterator()
        guard case .scalarValue(let scalar) = decoder.decode(&iterator), bullets.contains(scalar.value) else { return nil }
        var marker = ListMarker(kind: .bullet(scalar.value), length: UTF8.width(scalar))
        switch scalar.value {
        case 0x2610: marker.isChecked = false
        case 0x2611, 0x2612: marker.isChecked = true
        default: break
        }
        return marker
    }

    private init(kind: Kind, number: Int = 0, mark: UInt8 = 0, length: Int) {
        (self.kind, self.number, self.mark, self.length) = (kind, number, mark, length)
    }

    /// `1.` `1)` `(1)` `a.` `iv)` and the like.
    private static func number(_ text: [UInt8]) -> ListMarker? {
        let isBracketed = text[0] == 0x28
        let start = isBracketed ? 1 : 0
        var end = start
        while end < text.count, end - start < 5, text[end] < 0x80, (0x30...0x39).contains(text[end]) || (0x61...0x7A).contains(text[end] | 0x20) { end += 1 }
        guard end > start, end < text.count, text[end] == 0x2E && !isBracketed || text[end] == 0x29 else { return nil }
        let label = text[start..<end]
        let mark = isBracketed ? UInt8(0x28) : text[end]
        if label.allSatisfy({ (0x30...0x39).contains($0) }) {
            guard label.count <= 3 else { return nil }
            let value = label.reduce(0) { $0 * 10 + Int($1 & 15) }
            return ListMarker(kind: .decimal, number: value, mark: mark, length: end + 1)
        }
        let isUpper = label.first.map { $0 < 0x60 } ?? false
        guard label.allSatisfy({ ($0 < 0x60) == isUpper && ($0 | 0x20) >= 0x61 }) else { return nil }
        if label.count == 1, let c = label.first {
            // i, v and x alone are told by their neighbours.
            return ListMarker(kind: isUpper ? .upperLetter : .lowerLetter, number: Int((c | 0x20) - 0x60), mark: mark, length: end + 1)
        }
        guard let value = roman(label.map { $0 | 0x20 }) else { return nil }
        return ListMarker(kind: isUpper ? .upperRoman : .lowerRoman, number: value, mark: mark, length: end + 1)
    }

    static func roman(_ letters: [UInt8]) -> Int? {
        let values: [UInt8: Int] = [0x69: 1, 0x76: 5, 0x78: 10, 0x6C: 50, 0x63: 100]
        var total = 0, before = 0
        for letter in letters.reversed() {
            guard let value = values[letter] else { return nil }
            total += value < before ? -value : value
            before = max(before, value)
        }
        return total > 0 && total < 100 ? total : nil
    }

    /// The same marker as a roman number, when it can be one.
    package var asRoman: ListMarker? {
        guard kind == .lowerLetter || kind == .upperLetter, let value = Self.roman([UInt8(number) + 0x60]) else { return nil }
        var copy = self
        copy.kind = kind == .lowerLetter ? .lowerRoman : .upperRoman
        copy.number = value
        return copy
    }
}

/// A section's number at the start of a heading: `2`, `2.1`, `A.3`, `IV.`, `Chapter 7`, `第3章`.
package struct SectionNumber: Sendable, Hashable {
    /// How many numbers it has.
    package var depth: Int
    /// Bytes of the number.
    package var length: Int

    package init?(_ text: [UInt8]) {
        var at = 0
        var depth = 0
        while at < text.count {
            let start = at
            while at < text.count, (0x30...0x39).contains(text[at]) { at += 1 }
            if at == start, depth == 0, at + 1 < text.count, (0x41...0x5A).contains(text[at]), text[at + 1] == 0x2E { at += 1 }
            guard at > start, at - start <= 3 else { break }
            depth += 1
            guard at < text.count, text[at] == 0x2E else { break }
            at += 1
        }
        guard depth > 0, depth <= 6 else { return nil }
        guard at == text.count || text[at] == 0x20 || text[at] == 0x29 && depth == 1 else { return nil }
        self.depth = depth
        length = at
    }
}
