// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Finds members by their local headers (APPNOTE 4.3.7), for archives whose directory is lost.
struct ZipSalvage {
    let fields: ZipFields
    let limits: ZipLimits

    func entries() -> [ZipEntry] {
        var found: [ZipEntry] = []
        var at = nextHeader(from: 0)
        while let here = at, found.count < limits.members {
            guard let (entry, after) = entry(at: here) else {
                at = nextHeader(from: here &+ 4)
                continue
            }
            found.append(entry)
            at = nextHeader(from: after)
        }
        return found
    }

    private func nextHeader(from start: Int) -> Int? {
        guard let base = fields.bytes.baseAddress, start >= 0 else { return nil }
        var at = start
        while at < fields.bytes.count, let hit = memchr(base + at, 0x50, fields.bytes.count &- at) {
            at = UnsafeRawPointer(hit) - base
            if fields.long(at) == 0x0403_4B50 { return at }
            at &+= 1
        }
        return nil
    }

    private func entry(at: Int) -> (ZipEntry, after: Int)? {
        guard let flags = fields.short(at &+ 6), let method = fields.short(at &+ 8), method == 0 || method == 8,
            let checksum = fields.long(at &+ 14), let packed = fields.long(at &+ 18), let unpacked = fields.long(at &+ 22),
            let nameLength = fields.short(at &+ 26), nameLength > 0, let extraLength = fields.short(at &+ 28),
            let name = fields.slice(at &+ 30, nameLength), !name.contains(0)
        else { return nil }
        let data = at &+ 30 &+ nameLength &+ extraLength
        guard data <= fields.bytes.count else { return nil }
        let room = fields.bytes.count &- data
        let isKnown = flags & 8 == 0 && packed != 0xFFFF_FFFF
        let end = isKnown ? data &+ min(packed, room) : nextHeader(from: data) ?? fields.bytes.count
        let entry = ZipEntry(
            nameBytes: Array(name), isUTF8: flags & 0x800 != 0, method: method, isEncrypted: flags & 1 != 0,
            checksum: isKnown ? UInt32(truncatingIfNeeded: checksum) : 0, packedSize: end &- data,
            unpackedSize: isKnown && packed <= room ? unpacked : nil, headerOffset: at)
        return (entry, end)
    }
}
