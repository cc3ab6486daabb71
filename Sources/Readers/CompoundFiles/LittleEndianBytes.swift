// SPDX-License-Identifier: Apache-2.0

/// Little-endian numbers out of bytes that come from a file; what lies outside of them is nil.
///
/// The bytes must outlive it.
package struct LittleEndianBytes {
    package let raw: UnsafeRawBufferPointer

    package init(_ raw: UnsafeRawBufferPointer) { self.raw = raw }

    package var count: Int { raw.count }

    @inlinable package func byte(_ at: Int) -> Int? { at >= 0 && at < raw.count ? Int(raw[at]) : nil }
    @inlinable package func short(_ at: Int) -> Int? { number(at, UInt16.self).map { Int($0) } }
    @inlinable package func signedShort(_ at: Int) -> Int? { number(at, Int16.self).map { Int($0) } }
    @inlinable package func long(_ at: Int) -> Int? { number(at, UInt32.self).map { Int($0) } }
    @inlinable package func signedLong(_ at: Int) -> Int? { number(at, Int32.self).map { Int($0) } }
    @inlinable package func quad(_ at: Int) -> UInt64? { number(at, UInt64.self) }
    @inlinable package func double(_ at: Int) -> Double? { number(at, UInt64.self).map { Double(bitPattern: $0) } }

    /// Exactly these bytes, or nil when some of them lie outside.
    @inlinable package func slice(_ at: Int, _ count: Int) -> LittleEndianBytes? {
        guard at >= 0, count >= 0, at <= raw.count, count <= raw.count &- at else { return nil }
        return LittleEndianBytes(UnsafeRawBufferPointer(rebasing: raw[at..<(at &+ count)]))
    }

    /// As many of these bytes as there are.
    @inlinable package func clipped(_ at: Int, _ count: Int) -> LittleEndianBytes {
        let start = min(max(at, 0), raw.count)
        return LittleEndianBytes(UnsafeRawBufferPointer(rebasing: raw[start..<(start &+ min(max(count, 0), raw.count &- start))]))
    }

    @inlinable func number<N: FixedWidthInteger>(_ at: Int, _: N.Type) -> N? {
        guard at >= 0, at <= raw.count &- MemoryLayout<N>.size else { return nil }
        return N(littleEndian: raw.loadUnaligned(fromByteOffset: at, as: N.self))
    }
}
