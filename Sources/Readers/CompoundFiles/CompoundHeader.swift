// SPDX-License-Identifier: Apache-2.0

/// The first sector of a compound file ([MS-CFB] 2.2), with what is out of range put right.
struct CompoundHeader {
    static let magic: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    let sectorShift: Int
    /// Version 3 keeps stream sizes in 32 bits; the upper half may be anything.
    let hasLongSizes: Bool
    let miniCutoff: Int
    let firstDirectorySector: Int
    let firstMiniTableSector: Int
    let firstIndirectSector: Int
    /// Sectors of the allocation table: the first 109.
    let tableSectors: [Int]

    init?(_ bytes: LittleEndianBytes) {
        guard bytes.count >= 512, bytes.raw.starts(with: Self.magic) else { return nil }
        let major = bytes.short(26) ?? 3
        let shift = bytes.short(30) ?? 9
        sectorShift = shift == 9 || shift == 12 ? shift : major == 4 ? 12 : 9
        hasLongSizes = major == 4
        let cutoff = bytes.long(56) ?? 4_096
        miniCutoff = (64...65_536).contains(cutoff) ? cutoff : 4_096
        firstDirectorySector = bytes.long(48) ?? 0
        firstMiniTableSector = bytes.long(60) ?? AllocationTable.end
        firstIndirectSector = bytes.long(68) ?? AllocationTable.end
        tableSectors = (0..<109).compactMap { bytes.long(76 + 4 * $0) }
    }
}
