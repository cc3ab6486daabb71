// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Lines of bytes, ended by CRLF, LF or a lone CR, one kind or all of them mixed.
package struct ByteLines: Sequence, IteratorProtocol {
    /// The line without its end; where it begins; where the next one begins.
    package struct Line {
        package let bytes: UnsafeRawBufferPointer
        package let start: Int
        package let next: Int
    }

    private let bytes: UnsafeRawBufferPointer
    private var at: Int
    /// Where the next lone CR may be; searching for it again for each line would be quadratic.
    private var nextReturn: Int

    package init(_ bytes: UnsafeRawBufferPointer, from start: Int = 0) {
        self.bytes = bytes
        at = start
        nextReturn = start
        nextReturn = Self.place(of: 0x0D, in: bytes, from: start)
    }

    package mutating func next() -> Line? {
        guard at < bytes.count else { return nil }
        let start = at
        let newline = Self.place(of: 0x0A, in: bytes, from: start)
        if nextReturn < start { nextReturn = Self.place(of: 0x0D, in: bytes, from: start) }
        var end = newline
        if nextReturn < newline {
            end = nextReturn
            at = nextReturn + 1 == newline ? newline + 1 : nextReturn + 1
        } else {
            at = newline + 1
        }
        if end >= bytes.count { at = bytes.count }
        return Line(bytes: UnsafeRawBufferPointer(rebasing: bytes[start..<Swift.min(end, bytes.count)]), start: start, next: at)
    }

    /// The end of the bytes where there is none.
    private static func place(of byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        guard let base = bytes.baseAddress, start < bytes.count,
            let hit = memchr(base + start, Int32(byte), bytes.count - start)
        else { return bytes.count }
        return UnsafeRawPointer(hit) - base
    }
}

extension UnsafeRawBufferPointer {
    package func part(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        let low = Swift.max(0, Swift.min(range.lowerBound, count))
        return UnsafeRawBufferPointer(rebasing: self[low..<Swift.max(low, Swift.min(range.upperBound, count))])
    }

    package func from(_ start: Int) -> UnsafeRawBufferPointer { part(start..<Swift.max(start, count)) }

    /// Without spaces, tabs and line ends around it.
    package var trimmed: UnsafeRawBufferPointer {
        var low = 0
        var high = count
        while low < high, Self.isSpace(self[low]) { low += 1 }
        while high > low, Self.isSpace(self[high - 1]) { high -= 1 }
        return part(low..<high)
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }

    /// Whether it begins with this ASCII word in any case.
    package func hasKeyword(_ word: StaticString, at start: Int = 0) -> Bool {
        guard start >= 0, start + word.utf8CodeUnitCount <= count else { return false }
        for index in 0..<word.utf8CodeUnitCount where self[start + index] | 0x20 != word.utf8Start[index] | 0x20 { return false }
        return true
    }
}
