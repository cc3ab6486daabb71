// SPDX-License-Identifier: Apache-2.0
import Glibc

// Byte-wise comparisons: names and keywords of HTML are ASCII, whatever the text around them.
extension UnsafeBufferPointer<UInt8> {
    init(cString: UnsafePointer<CChar>?) {
        guard let cString else {
            self.init(start: nil, count: 0)
            return
        }
        let length = strlen(cString)
        self = cString.withMemoryRebound(to: UInt8.self, capacity: length) { Self(start: $0, count: length) }
    }

    static func == (slice: Self, name: StaticString) -> Bool {
        guard slice.count == name.utf8CodeUnitCount, let start = slice.baseAddress else { return slice.isEmpty && name.utf8CodeUnitCount == 0 }
        return memcmp(start, name.utf8Start, slice.count) == 0
    }

    /// Equal when ASCII letters of both are lowered; `name` is lower case.
    func isKeyword(_ name: StaticString) -> Bool {
        count == name.utf8CodeUnitCount && hasKeyword(name)
    }

    /// Starts with `name`, which is lower case.
    func hasKeyword(_ name: StaticString) -> Bool {
        guard count >= name.utf8CodeUnitCount else { return false }
        for index in 0..<name.utf8CodeUnitCount where Self.lower(self[index]) != name.utf8Start[index] { return false }
        return true
    }

    /// The place of the first occurrence of `name` (lower case) at or after `start`.
    func place(ofKeyword name: StaticString, from start: Int = 0) -> Int? {
        let length = name.utf8CodeUnitCount
        guard length > 0, count >= length, start <= count - length else { return nil }
        for index in start...(count - length) where self[slice: index..<(index + length)].hasKeyword(name) { return index }
        return nil
    }

    subscript(slice range: Range<Int>) -> Self { Self(rebasing: self[range]) }

    /// Without white space at both ends.
    var trimmed: Self {
        var start = 0
        var end = count
        while start < end, Self.isSpace(self[start]) { start += 1 }
        while end > start, Self.isSpace(self[end - 1]) { end -= 1 }
        return self[slice: start..<end]
    }

    /// Non-negative decimal digits at the start, at most `most`; nil without a digit.
    func number(most: Int) -> Int? {
        var value: Int?
        for byte in trimmed {
            guard byte >= 0x30, byte <= 0x39 else { break }
            value = Swift.min(most, (value ?? 0) * 10 + Int(byte - 0x30))
        }
        return value
    }

    var string: String { String(decoding: self, as: UTF8.self) }

    @inline(__always) static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D && byte != 0x0B) }
    @inline(__always) static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A }
    @inline(__always) static func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}
