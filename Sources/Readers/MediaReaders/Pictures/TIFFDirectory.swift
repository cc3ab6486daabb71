// SPDX-License-Identifier: Apache-2.0

/// One directory of a TIFF file or an EXIF block (TIFF 6.0, section 2): tags with their values.
struct TIFFDirectory {
    struct Entry {
        var type: Int
        var count: Int
        /// Where the values lie.
        var at: Int
    }

    let octets: Octets
    let isBig: Bool
    private(set) var entries: [Int: Entry] = [:]
    private(set) var next = 0
    private static let sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8]
    private static let mostEntries = 1_000

    init?(_ octets: Octets, at: Int, big isBig: Bool) {
        guard let count = octets.u16(at, big: isBig), count > 0 else { return nil }
        self.octets = octets
        self.isBig = isBig
        for index in 0..<min(count, Self.mostEntries) {
            let place = at + 2 + index * 12
            guard let tag = octets.u16(place, big: isBig), let type = octets.u16(place + 2, big: isBig),
                let count = octets.u32(place + 4, big: isBig), let value = octets.u32(place + 8, big: isBig)
            else { break }
            guard type > 0, type < Self.sizes.count else { continue }
            entries[tag] = Entry(type: type, count: count, at: count * Self.sizes[type] <= 4 ? place + 8 : value)
        }
        next = octets.u32(at + 2 + count * 12, big: isBig) ?? 0
    }

    func octets(_ tag: Int) -> Octets? {
        guard let entry = entries[tag] else { return nil }
        return octets.part(entry.at, entry.count * Self.sizes[entry.type])
    }

    func number(_ tag: Int, _ index: Int = 0) -> Int? {
        guard let entry = entries[tag], index < entry.count else { return nil }
        switch entry.type {
        case 1, 6, 7: return octets.byte(entry.at + index).map { Int($0) }
        case 3, 8: return octets.u16(entry.at + index * 2, big: isBig)
        case 4, 9: return octets.u32(entry.at + index * 4, big: isBig)
        default: return nil
        }
    }

    func ratio(_ tag: Int, _ index: Int = 0) -> Double? {
        guard let entry = entries[tag], index < entry.count, entry.type == 5 || entry.type == 10 else { return number(tag, index).map(Double.init) }
        guard let top = octets.u32(entry.at + index * 8, big: isBig), let bottom = octets.u32(entry.at + index * 8 + 4, big: isBig), bottom != 0 else { return nil }
        // A signed ratio has both halves in two's complement.
        if entry.type == 10 { return Double(Int32(truncatingIfNeeded: top)) / Double(Int32(truncatingIfNeeded: bottom)) }
        return Double(top) / Double(bottom)
    }

    func text(_ tag: Int) -> String { octets(tag)?.text ?? "" }
}
