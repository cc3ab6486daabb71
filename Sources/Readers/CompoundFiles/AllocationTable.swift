// SPDX-License-Identifier: Apache-2.0

/// The file allocation table: which sector follows which ([MS-CFB] 2.3), and the sectors themselves.
///
/// Where the table says nothing usable about a sector, its chain is taken to go on in the next one: writers lay streams
/// down in one run, and a damaged table then costs nothing.
struct AllocationTable {
    static let end = 0xFFFF_FFFE
    /// Larger numbers are marks, not sectors.
    static let largest = 0xFFFF_FFFA

    let bytes: LittleEndianBytes
    let shift: Int
    /// Sectors of the file, the cut-off last one included.
    let sectors: Int
    private let next: [UInt32]
    /// A part of the table itself is missing.
    let isDamaged: Bool

    init(_ bytes: LittleEndianBytes, _ header: CompoundHeader) {
        self.bytes = bytes
        shift = header.sectorShift
        let size = 1 << header.sectorShift
        let sectors = max(0, bytes.count &- size &+ size &- 1) >> header.sectorShift
        self.sectors = sectors
        var places = header.tableSectors.prefix { $0 < Self.largest }[...].map { $0 }
        var isDamaged = places.isEmpty
        let perSector = size / 4
        // Each sector of the table describes so many others; more of them than the file needs are a lie.
        let most = sectors / perSector + 1
        var indirect = header.firstIndirectSector
        var steps = 0
        while indirect < sectors, places.count < most, steps <= most {
            guard let sector = bytes.slice((indirect &+ 1) << header.sectorShift, size) else { break }
            for entry in 0..<(perSector - 1) {
                guard let place = sector.long(4 * entry), place < Self.largest else { continue }
                places.append(place)
            }
            indirect = sector.long(size - 4) ?? Self.end
            steps += 1
        }
        var next: [UInt32] = []
        next.reserveCapacity(min(places.count, most) * perSector)
        for place in places.prefix(most) {
            let sector = bytes.clipped((place &+ 1) << header.sectorShift, size)
            if place >= sectors || sector.count < size { isDamaged = true }
            for entry in 0..<perSector {
                next.append(UInt32(truncatingIfNeeded: sector.long(4 * entry) ?? 0xFFFF_FFFF))
            }
        }
        self.next = next
        self.isDamaged = isDamaged
    }

    enum Step {
        case sector(Int)
        case end
        /// The table does not say; the next sector is as good a guess as any.
        case unknown
    }

    func step(after sector: Int) -> Step {
        guard sector >= 0, sector < next.count else { return .unknown }
        let value = Int(next[sector])
        if value == Self.end { return .end }
        return value < sectors ? .sector(value) : .unknown
    }

    /// One sector, cut off where the file ends.
    func contents(_ sector: Int) -> LittleEndianBytes { bytes.clipped((sector &+ 1) << shift, 1 << shift) }

    /// The first `size` bytes of the chain that begins at `first`, at most the file's own length.
    func chain(from first: Int, size: Int) -> CompoundContents {
        var out: [UInt8] = []
        let wanted = min(size, sectors << shift)
        out.reserveCapacity(wanted)
        var isWhole = wanted == size
        var isGuessed = false
        var sector = first
        var run = (start: first, count: 0)
        var left = wanted
        func copy(_ out: inout [UInt8]) {
            let room = wanted - out.count
            out.append(contentsOf: bytes.clipped((run.start &+ 1) << shift, min(run.count << shift, room)).raw)
        }
        while left > 0 {
            guard sector >= 0, sector < sectors else {
                isWhole = false
                break
            }
            if sector == run.start &+ run.count { run.count += 1 } else {
                copy(&out)
                run = (sector, 1)
            }
            left -= 1 << shift
            guard left > 0 else { break }
            switch step(after: sector) {
            case .sector(let following): sector = following
            case .unknown:
                isGuessed = true
                sector += 1
            case .end: sector = -1
            }
        }
        copy(&out)
        return CompoundContents(bytes: out, fault: !isWhole || out.count < wanted ? .cut : isGuessed ? .guessed : nil)
    }
}

/// The bytes of one stream.
package struct CompoundContents: Sendable {
    package enum Fault: Sendable {
        /// Fewer bytes than the directory promises.
        case cut
        /// The allocation table is damaged; the bytes were taken to lie one behind the other.
        case guessed
    }

    package var bytes: [UInt8]
    package var fault: Fault?
}
