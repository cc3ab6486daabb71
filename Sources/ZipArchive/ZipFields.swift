// SPDX-License-Identifier: Apache-2.0

/// Little-endian numbers out of a file; what lies outside of it is nil.
struct ZipFields {
    let bytes: UnsafeRawBufferPointer

    func short(_ at: Int) -> Int? { number(at, UInt16.self) }
    func long(_ at: Int) -> Int? { number(at, UInt32.self) }

    /// Only what fits into an Int; a larger one can be no offset of this file.
    func quad(_ at: Int) -> Int? {
        guard at >= 0, at <= bytes.count &- 8 else { return nil }
        return Int(exactly: UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)))
    }

    func slice(_ at: Int, _ count: Int) -> UnsafeRawBufferPointer? {
        guard at >= 0, count >= 0, at <= bytes.count, count <= bytes.count &- at else { return nil }
        return UnsafeRawBufferPointer(rebasing: bytes[at..<(at &+ count)])
    }

    private func number<N: FixedWidthInteger & UnsignedInteger>(_ at: Int, _: N.Type) -> Int? {
        guard at >= 0, at <= bytes.count &- MemoryLayout<N>.size else { return nil }
        return Int(N(littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: N.self)))
    }
}
