// SPDX-License-Identifier: Apache-2.0

/// Builds ZIP archives of stored members, byte by byte, so that each field can be wrong.
struct ZIPMaker {
    struct Entry {
        var name: [UInt8]
        var bytes: [UInt8]
        var flags: UInt16 = 0
        var method: UInt16 = 0
        var mode: UInt32 = 0o100644
    }

    var entries: [Entry] = []
    var hasDirectory = true

    init(_ members: [(String, String)] = []) {
        entries = members.map { Entry(name: Array($0.0.utf8), bytes: Array($0.1.utf8)) }
    }

    func bytes() -> [UInt8] {
        var out: [UInt8] = []
        var directory: [UInt8] = []
        for entry in entries {
            let offset = UInt32(out.count)
            let sizes = Self.long(Self.crc32(entry.bytes)) + Self.long(UInt32(entry.bytes.count)) + Self.long(UInt32(entry.bytes.count))
            let start = Self.short(20) + Self.short(entry.flags) + Self.short(entry.method) + Self.long(0) + sizes + Self.short(UInt16(entry.name.count))
            out += Self.long(0x0403_4B50) + start + Self.short(0) + entry.name + entry.bytes
            directory += Self.long(0x0201_4B50) + Self.short(3 << 8 | 20) + start + Self.short(0) + Self.short(0) + Self.short(0) + Self.short(0)
            directory += Self.long(entry.mode << 16) + Self.long(offset) + entry.name
        }
        guard hasDirectory else { return out }
        let count = Self.short(UInt16(entries.count))
        return out + directory + Self.long(0x0605_4B50) + Self.long(0) + count + count + Self.long(UInt32(directory.count)) + Self.long(UInt32(out.count)) + Self.short(0)
    }

    private static func short(_ value: UInt16) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }
    static func long(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * $0) & 255) } }

    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(~0) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
    }
}
