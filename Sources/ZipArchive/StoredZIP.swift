// SPDX-License-Identifier: Apache-2.0
import CDeflate

/// A ZIP archive put together in memory, its members as they are (APPNOTE 4.3; less than 4 GiB in all).
package struct StoredZIP {
    private var out: [UInt8] = []
    private var directory: [UInt8] = []
    private var count = 0

    package init() {}

    package mutating func add(_ name: [UInt8], _ bytes: [UInt8]) {
        guard count < 65_535, out.count + bytes.count < 0xFFFF_0000, name.count < 65_536 else { return }
        let checksum = bytes.withUnsafeBytes { libdeflate_crc32(0, $0.baseAddress, $0.count) }
        // Flags (names in UTF-8), method, time, date, checksum, sizes, length of the name, no extra field.
        let facts = Self.short(0x800) + Self.short(0) + Self.short(0) + Self.short(0x21) + Self.long(Int(checksum)) + Self.long(bytes.count)
            + Self.long(bytes.count) + Self.short(name.count) + Self.short(0)
        directory += Self.long(0x0201_4B50) + Self.short(20) + Self.short(20) + facts + Self.short(0) + Self.short(0) + Self.short(0) + Self.long(0) + Self.long(out.count) + name
        out += Self.long(0x0403_4B50) + Self.short(20) + facts + name
        out += bytes
        count += 1
    }

    package consuming func finished() -> [UInt8] {
        let start = out.count
        out += directory
        out += Self.long(0x0605_4B50) + Self.long(0) + Self.short(count) + Self.short(count) + Self.long(directory.count) + Self.long(start) + Self.short(0)
        return out
    }

    private static func short(_ value: Int) -> [UInt8] { [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)] }
    private static func long(_ value: Int) -> [UInt8] { short(value) + short(value >> 16) }
}

/// Deflate data without an archive around it.
package enum PackedBytes {
    /// nil when it unpacks to more than `most` bytes; a damaged one gives its beginning.
    package static func inflated(_ bytes: UnsafeRawBufferPointer, most: Int) -> [UInt8]? { Inflate.steps(bytes, limit: most)?.bytes }

    /// What so many packed bytes may unpack to.
    package static func room(for packed: Int, ratio: Int) -> Int {
        let (product, overflow) = packed.multipliedReportingOverflow(by: ratio)
        return overflow || product > Int.max - 1 << 20 ? Int.max : product + 1 << 20
    }
}
