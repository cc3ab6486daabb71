// SPDX-License-Identifier: Apache-2.0

/// Reads the list of members from the end of the file (APPNOTE 4.3.12–4.3.16).
struct ZipDirectory {
    let fields: ZipFields
    let limits: ZipLimits

    /// nil when there is no directory or it is damaged.
    func entries() throws(ZipError) -> [ZipEntry]? {
        guard let end = endRecord(), var at = place(of: end) else { return nil }
        guard end.count <= limits.members else { throw .limit("the archive has more than \(limits.members) members") }
        let shift = shift(at, end)
        var found: [ZipEntry] = []
        found.reserveCapacity(end.count)
        // The count may lie, and is cut to 16 bits in large archives of old programs: what is there counts.
        while at < end.at, let (entry, next) = entry(at: at, shift: shift) {
            guard found.count < limits.members else { throw .limit("the archive has more than \(limits.members) members") }
            found.append(entry)
            at = next
        }
        guard found.count >= end.count, arePlaced(found) else { return nil }
        try checkOverlaps(found)
        return found
    }

    private struct End {
        var at, count, size, offset: Int
    }

    private func endRecord() -> End? {
        let total = fields.bytes.count
        guard total >= 22 else { return nil }
        var at = total &- 22
        let least = max(0, at &- 65_535)
        while at >= least {
            if fields.bytes[at] == 0x50, fields.long(at) == 0x0605_4B50 {
                guard let count = fields.short(at &+ 10), let size = fields.long(at &+ 12), let offset = fields.long(at &+ 16) else { return nil }
                var end = End(at: at, count: count, size: size, offset: offset)
                if count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF, let large = end64(before: at) { end = large }
                return end
            }
            at &-= 1
        }
        return nil
    }

    /// The ZIP64 end record through its locator (APPNOTE 4.3.14, 4.3.15).
    private func end64(before at: Int) -> End? {
        guard fields.long(at &- 20) == 0x0706_4B50, let record = fields.quad(at &- 12), fields.long(record) == 0x0606_4B50,
            let count = fields.quad(record &+ 32), let size = fields.quad(record &+ 40), let offset = fields.quad(record &+ 48)
        else { return nil }
        return End(at: record, count: count, size: size, offset: offset)
    }

    /// Where the first entry is; something may stand before the archive, so the size is believed before the offset.
    private func place(of end: End) -> Int? {
        let computed = end.at.subtractingReportingOverflow(end.size)
        if !computed.overflow, fields.long(computed.partialValue) == 0x0201_4B50 { return computed.partialValue }
        if fields.long(end.offset) == 0x0201_4B50 { return end.offset }
        // An archive without members is nothing but its end.
        return end.count == 0 && fields.long(0) != 0x0403_4B50 ? end.at : nil
    }

    /// Bytes that stand before the archive proper, where the first entry's offset shows that they were not counted.
    private func shift(_ start: Int, _ end: End) -> Int {
        let shift = start.subtractingReportingOverflow(end.offset)
        guard !shift.overflow, shift.partialValue > 0, let first = entry(at: start, shift: 0)?.0.headerOffset else { return 0 }
        let shifted = first.addingReportingOverflow(shift.partialValue)
        return fields.long(first) != 0x0403_4B50 && !shifted.overflow && fields.long(shifted.partialValue) == 0x0403_4B50 ? shift.partialValue : 0
    }

    /// Whether the offsets of at least half of the entries lead to their members: else the directory is damaged.
    private func arePlaced(_ entries: [ZipEntry]) -> Bool {
        let placed = entries.count { entry in
            fields.long(entry.headerOffset) == 0x0403_4B50
                || fields.slice(entry.headerOffset &+ 30, entry.nameBytes.count).map { $0.elementsEqual(entry.nameBytes) } == true
        }
        return placed * 2 >= entries.count
    }

    private func entry(at: Int, shift: Int) -> (ZipEntry, next: Int)? {
        guard fields.long(at) == 0x0201_4B50, let flags = fields.short(at &+ 8), let method = fields.short(at &+ 10),
            let checksum = fields.long(at &+ 16), var packed = fields.long(at &+ 20), var unpacked = fields.long(at &+ 24),
            let nameLength = fields.short(at &+ 28), let extraLength = fields.short(at &+ 30), let commentLength = fields.short(at &+ 32),
            var offset = fields.long(at &+ 42), let name = fields.slice(at &+ 46, nameLength)
        else { return nil }
        if packed == 0xFFFF_FFFF || unpacked == 0xFFFF_FFFF || offset == 0xFFFF_FFFF {
            large(at &+ 46 &+ nameLength, extraLength, &unpacked, &packed, &offset)
        }
        offset = offset.addingReportingOverflow(shift).partialValue
        var entry = ZipEntry(
            nameBytes: Array(name), isUTF8: flags & 0x800 != 0, method: method, isEncrypted: flags & 1 != 0,
            checksum: UInt32(truncatingIfNeeded: checksum), packedSize: packed, unpackedSize: unpacked, headerOffset: offset)
        // 4.4.2.2: made by Unix or macOS; the mode is in the upper half of the external attributes.
        if let madeBy = fields.short(at &+ 4), [3, 19].contains(madeBy >> 8) { entry.unixMode = fields.long(at &+ 38).map { $0 >> 16 } }
        return (entry, at &+ 46 &+ nameLength &+ extraLength &+ commentLength)
    }

    /// ZIP64 extra field (4.5.3): only the numbers that did not fit, in this order.
    private func large(_ start: Int, _ length: Int, _ unpacked: inout Int, _ packed: inout Int, _ offset: inout Int) {
        var at = start
        while at &+ 4 <= start &+ length, let id = fields.short(at), let size = fields.short(at &+ 2) {
            if id == 1 {
                var field = at &+ 4
                func take(_ value: inout Int) {
                    guard value == 0xFFFF_FFFF, field &+ 8 <= at &+ 4 &+ size, let number = fields.quad(field) else { return }
                    value = number
                    field &+= 8
                }
                take(&unpacked)
                take(&packed)
                take(&offset)
                return
            }
            at &+= 4 &+ size
        }
    }

    /// Members that share packed bytes are how small files become petabytes (D. Fifield, "A better zip bomb").
    private func checkOverlaps(_ entries: [ZipEntry]) throws(ZipError) {
        let spans = entries.lazy.map { ($0.headerOffset, $0.packedSize, $0.nameBytes.count) }.sorted { $0.0 < $1.0 }
        var reached = 0
        for (offset, packed, name) in spans {
            guard offset >= reached else { throw .malformed("its members overlap") }
            let (end, overflow) = (offset &+ 30 &+ name).addingReportingOverflow(packed)
            reached = overflow ? Int.max : end
        }
    }
}
