// SPDX-License-Identifier: Apache-2.0

/// Builds tar archives (POSIX ustar) header by header, and wraps bytes as gzip does.
struct TarMaker {
    private(set) var bytes: [UInt8] = []

    /// `type` as in the header: `0` a file, `2` a link, `3` a device, `5` a directory.
    mutating func add(_ name: [UInt8], _ content: String = "", type: Character = "0", isPOSIX: Bool = true) {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ field: [UInt8], at place: Int) { header.replaceSubrange(place..<(place + field.count), with: field) }
        let size = content.utf8.count
        put(name, at: 0)
        put(Array("0000644\0".utf8), at: 100)
        put(Self.octal(size, 11), at: 124)
        put(Array("        ".utf8), at: 148)
        put(Array(String(type).utf8), at: 156)
        if type == "2" { put(Array("elsewhere".utf8), at: 157) }
        if isPOSIX { put(Array("ustar\u{0}00".utf8), at: 257) }
        put(Self.octal(header.reduce(0) { $0 + Int($1) }, 6) + [0], at: 148)
        bytes += header + Array(content.utf8) + [UInt8](repeating: 0, count: (512 - size % 512) % 512)
    }

    mutating func end() { bytes += [UInt8](repeating: 0, count: 1_024) }

    private static func octal(_ value: Int, _ digits: Int) -> [UInt8] {
        let text = String(value, radix: 8)
        return Array((String(repeating: "0", count: digits - text.count) + text).utf8)
    }

    /// Stored blocks (RFC 1951, 3.2.4) in a gzip wrapping (RFC 1952).
    static func gzip(_ content: [UInt8], name: String = "") -> [UInt8] {
        var out: [UInt8] = [0x1F, 0x8B, 8, name.isEmpty ? 0 : 8, 0, 0, 0, 0, 0, 3]
        if !name.isEmpty { out += Array(name.utf8) + [0] }
        let count = UInt16(content.count)
        out += [1, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
        return out + content + ZIPMaker.long(ZIPMaker.crc32(content)) + ZIPMaker.long(UInt32(content.count))
    }
}
