// SPDX-License-Identifier: Apache-2.0

/// Bytes of a binary format; every read outside of them gives nil.
struct Octets {
    let bytes: UnsafeRawBufferPointer
    var count: Int { bytes.count }

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    func byte(_ at: Int) -> UInt8? { at >= 0 && at < bytes.count ? bytes[at] : nil }

    /// Bytes from `at` on, at most `count` of them; nil when `at` lies outside.
    func part(_ at: Int, _ count: Int = Int.max) -> Octets? {
        guard at >= 0, at <= bytes.count, count >= 0 else { return nil }
        return Octets(UnsafeRawBufferPointer(rebasing: bytes[at..<(at + min(count, bytes.count - at))]))
    }

    func starts(with text: StaticString, at: Int = 0) -> Bool {
        guard at >= 0, at + text.utf8CodeUnitCount <= bytes.count else { return false }
        return bytes[at..<(at + text.utf8CodeUnitCount)].elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    func u16(_ at: Int, big: Bool = true) -> Int? { number(at, UInt16.self, big) }
    func u32(_ at: Int, big: Bool = true) -> Int? { number(at, UInt32.self, big) }
    /// Values above `Int.max` are nil.
    func u64(_ at: Int, big: Bool = true) -> Int? { number(at, UInt64.self, big) }

    private func number<Value: FixedWidthInteger & UnsignedInteger>(_ at: Int, _: Value.Type, _ big: Bool) -> Int? {
        guard at >= 0, at <= bytes.count - MemoryLayout<Value>.size else { return nil }
        let value = bytes.loadUnaligned(fromByteOffset: at, as: Value.self)
        return Int(exactly: big ? Value(bigEndian: value) : Value(littleEndian: value))
    }

    func code(_ at: Int) -> String { part(at, 4)?.latin ?? "" }

    /// ISO 8859-1.
    var latin: String { String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })) }

    /// UTF-8 where it is valid, else ISO 8859-1; without what stands behind a NUL, control characters and white space at the ends.
    var text: String {
        let end = bytes.firstIndex(of: 0) ?? bytes.count
        let own = UnsafeRawBufferPointer(rebasing: bytes[..<end])
        return Self.clean(String(validating: own, as: UTF8.self) ?? Octets(own).latin)
    }

    func utf16(big: Bool) -> String {
        var units: [UInt16] = []
        var at = 0
        while let unit = u16(at, big: big), unit != 0 {
            units.append(UInt16(unit))
            at += 2
        }
        if units.first == 0xFEFF { units.removeFirst() }
        return Self.clean(String(decoding: units, as: UTF16.self))
    }

    static func clean(_ text: String) -> String {
        let scalars = text.unicodeScalars.filter { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) || $0 == "\n" || $0 == "\t" }
        var rest = Substring(String(String.UnicodeScalarView(scalars)))
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
