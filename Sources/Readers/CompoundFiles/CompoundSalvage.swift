// SPDX-License-Identifier: Apache-2.0

/// What is left of a compound file whose directory is lost, as of one that was cut off: a stream that begins as those of Word, Excel and PowerPoint do.
///
/// It is taken to go on to where the allocation table, or the file, ends it.
enum CompoundSalvage {
    /// The root and the stream; nil when no sector begins as one.
    static func entries(_ table: AllocationTable, _ header: CompoundHeader) -> [CompoundEntry]? {
        for sector in 0..<table.sectors {
            let contents = table.contents(sector)
            guard let known = beginnings.first(where: { contents.raw.starts(with: $0.bytes) }) else { continue }
            // Streams below the cutoff lie elsewhere.
            let size = max(header.miniCutoff, table.bytes.count - (sector + 1) << header.sectorShift)
            return [entry(0, "", .root, size: 0, first: AllocationTable.end), entry(1, known.name, .stream, size: size, first: sector)]
        }
        return nil
    }

    /// A document's header by its mark and the version of Word 97 and of Word 6 ([MS-DOC] 2.5.2); a workbook's first record with its version
    /// and kind ([MS-XLS] 2.4.21); the head of a presentation's document ([MS-PPT] 2.4.1).
    private static let beginnings: [(name: String, bytes: [UInt8])] = [
        ("WordDocument", [0xEC, 0xA5, 0xC1, 0x00]), ("WordDocument", [0xDC, 0xA5, 0x65, 0x00]), ("WordDocument", [0xDC, 0xA5, 0x68, 0x00]),
        ("Workbook", [0x09, 0x08, 0x10, 0x00, 0x00, 0x06, 0x05, 0x00]), ("Workbook", [0x09, 0x08, 0x08, 0x00, 0x00, 0x06, 0x05, 0x00]),
        ("Book", [0x09, 0x08, 0x08, 0x00, 0x00, 0x05, 0x05, 0x00]),
        ("PowerPoint Document", [0x0F, 0x00, 0xE8, 0x03]),
    ]

    private static func entry(_ id: Int, _ name: String, _ kind: CompoundEntry.Kind, size: Int, first: Int) -> CompoundEntry {
        CompoundEntry(id: id, parent: 0, name: name, kind: kind, size: size, classID: [UInt8](repeating: 0, count: 16), firstSector: first)
    }
}
