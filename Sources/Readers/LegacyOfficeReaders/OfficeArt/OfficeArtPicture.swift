// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import ZipArchive

/// A picture as Office keeps it ([MS-ODRAW] 2.2.23 to 2.2.31), made a file again.
struct OfficeArtPicture {
    var bytes: [UInt8]
    var mediaType: String
    var nameExtension: String

    /// Nil for metafiles that cannot be unpacked.
    init?(_ record: OfficeArtRecord) {
        if let kind = Self.metafiles[record.type] {
            guard let unpacked = Self.metafile(record, isTwice: record.instance == kind.twice) else { return nil }
            let isMacintosh = kind.nameExtension == "pict"
            bytes = isMacintosh ? PictureType.macintoshFile(unpacked) : unpacked
            mediaType = isMacintosh ? "image/x-pict" : "image/" + kind.nameExtension
            nameExtension = kind.nameExtension
            return
        }
        guard let known = Self.kinds[record.type] else { return nil }
        // One digest or two before the picture, and a byte of no use.
        let data = record.content.clipped(Self.hasTwoDigests(record.type, instance: record.instance) ? 33 : 17, record.content.count)
        guard data.count > 0 else { return nil }
        mediaType = known.mediaType
        nameExtension = known.nameExtension
        bytes = record.type == 0xF01F ? Self.bitmap(data) : Array(data.raw)
    }

    /// The picture in a row of records: itself, or within the entry of a store.
    static func first(in records: OfficeArtRecords) -> (picture: OfficeArtPicture?, isFound: Bool) {
        for record in records.prefix(1_000) {
            if types.contains(record.type) { return (OfficeArtPicture(record), true) }
            if record.type == OfficeArtType.storeEntry, let inner = embedded(record) { return (OfficeArtPicture(inner), true) }
        }
        return (nil, false)
    }

    /// The picture within a store's entry ([MS-ODRAW] 2.2.32), and where it lies if it is elsewhere.
    static func embedded(_ entry: OfficeArtRecord) -> OfficeArtRecord? {
        OfficeArtRecord(entry.content, at: 36 + (entry.content.byte(33) ?? 0))
    }

    static func offset(_ entry: OfficeArtRecord) -> Int? { entry.content.long(28).flatMap { $0 == 0xFFFF_FFFF ? nil : $0 } }

    /// Types of records that hold a picture.
    static let types = 0xF018...0xF117

    static func isMetafile(_ type: Int) -> Bool { (0xF01A...0xF01C).contains(type) }

    /// Whether a digest of what the picture was made from stands behind its own.
    static func hasTwoDigests(_ type: Int, instance: Int) -> Bool {
        kinds[type]?.twice.contains(instance) ?? (isMetafile(type) && [0x3D5, 0x217, 0x543].contains(instance))
    }

    private static let kinds: [Int: (twice: [Int], mediaType: String, nameExtension: String)] = [
        0xF01D: ([0x46B, 0x6E3], "image/jpeg", "jpg"), 0xF02A: ([0x46B, 0x6E3], "image/jpeg", "jpg"), 0xF01E: ([0x6E1], "image/png", "png"),
        0xF01F: ([0x7A9], "image/bmp", "bmp"), 0xF029: ([0x6E5], "image/tiff", "tiff"),
    ]

    private static let metafiles: [Int: (twice: Int, nameExtension: String)] = [0xF01A: (0x3D5, "emf"), 0xF01B: (0x217, "wmf"), 0xF01C: (0x543, "pict")]
    private static let mostMetafile = 64 << 20

    /// A metafile ([MS-ODRAW] 2.2.31): one digest or two, a head of 34 bytes, and the drawing, packed or not.
    private static func metafile(_ record: OfficeArtRecord, isTwice: Bool) -> [UInt8]? {
        let head = record.content.clipped(isTwice ? 32 : 16, 34)
        let data = record.content.clipped(isTwice ? 66 : 50, record.content.count)
        guard head.count == 34, data.count > 2 else { return nil }
        if head.byte(32) != 0 { return Array(data.raw) }
        // Behind the two bytes of zlib's head (RFC 1950).
        let packed = data.clipped(2, data.count).raw
        let unpacked = PackedBytes.inflated(packed, most: min(mostMetafile, PackedBytes.room(for: packed.count, ratio: 1_000)))
        return unpacked?.isEmpty == false ? unpacked : nil
    }

    /// A bitmap of Windows' memory gets the head that one in a file has.
    private static func bitmap(_ data: LittleEndianBytes) -> [UInt8] {
        let head = data.long(0) ?? 40, depth = data.short(14) ?? 24
        let colours = depth <= 8 ? (data.long(32).flatMap { (1...256).contains($0) ? $0 : nil } ?? 1 << depth) : 0
        let size = UInt32(truncatingIfNeeded: data.count + 14), start = UInt32(truncatingIfNeeded: 14 + head + 4 * colours)
        var out: [UInt8] = [0x42, 0x4D]
        for number in [size, 0, start] { for shift in stride(from: UInt32(0), to: 32, by: 8) { out.append(UInt8(truncatingIfNeeded: number >> shift)) } }
        out.append(contentsOf: data.raw)
        return out
    }
}
