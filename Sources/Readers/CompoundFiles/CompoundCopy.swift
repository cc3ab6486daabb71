// SPDX-License-Identifier: Apache-2.0

extension CompoundFile {
    /// A storage with everything in it as a compound file of its own, so that a document within another one can be read by itself.
    ///
    /// Version 3 ([MS-CFB]), with one chain after the other; nil when it would be larger than 1 GiB.
    package func copy(of storage: CompoundEntry) -> [UInt8]? {
        var copy = CompoundCopy(self, storage)
        return copy.file()
    }
}

/// Lays a storage out as a file.
private struct CompoundCopy {
    private struct Slot {
        var entry: CompoundEntry
        var child = CompoundCopy.none, right = CompoundCopy.none
        var first = CompoundCopy.end, size = 0
    }

    private static let none = 0xFFFF_FFFF
    private static let end = 0xFFFF_FFFE
    private static let sector = 512
    private static let miniSector = 64
    /// Shorter streams lie in the mini stream; our own cutoff, the least a header may give.
    private static let cutoff = 64
    private static let most = 1 << 30
    private static let mostSlots = 10_000

    private var slots: [Slot] = []
    private var bytes: [UInt8] = []
    private var table: [Int] = []
    private var mini: [UInt8] = []
    private var miniTable: [Int] = []
    private var isTooLarge = false

    init(_ file: CompoundFile, _ storage: CompoundEntry) {
        slots.append(Slot(entry: storage))
        var at = 0
        while at < slots.count {
            if at == 0 || slots[at].entry.kind != .stream { addChildren(file, of: at) } else { addContents(file, at) }
            at += 1
        }
    }

    /// The children of a storage as a tree that leans to the right: it is walked, not searched.
    private mutating func addChildren(_ file: CompoundFile, of place: Int) {
        var last: Int?
        for child in file.children(of: slots[place].entry) where slots.count < Self.mostSlots {
            slots.append(Slot(entry: child))
            if let last { slots[last].right = slots.count - 1 } else { slots[place].child = slots.count - 1 }
            last = slots.count - 1
        }
    }

    private mutating func addContents(_ file: CompoundFile, _ place: Int) {
        let contents = file.contents(of: slots[place].entry).bytes
        slots[place].size = contents.count
        guard bytes.count + contents.count < Self.most else { return isTooLarge = true }
        slots[place].first = contents.count < Self.cutoff
            ? Self.chain(contents, Self.miniSector, &mini, &miniTable) : Self.chain(contents, Self.sector, &bytes, &table)
    }

    private static func chain(_ contents: [UInt8], _ size: Int, _ bytes: inout [UInt8], _ table: inout [Int]) -> Int {
        let first = table.count, count = (contents.count + size - 1) / size
        guard count > 0 else { return end }
        bytes += contents
        bytes += [UInt8](repeating: 0, count: count * size - contents.count)
        for index in 1...count { table.append(index == count ? end : first + index) }
        return first
    }

    mutating func file() -> [UInt8]? {
        guard !isTooLarge else { return nil }
        slots[0].size = mini.count
        slots[0].first = Self.chain(mini, Self.sector, &bytes, &table)
        let firstMini = Self.chain(miniTable.flatMap(Self.long), Self.sector, &bytes, &table)
        let directory = slots.enumerated().flatMap { Self.bytes(of: $1, isRoot: $0 == 0) }
        let firstDirectory = Self.chain(directory, Self.sector, &bytes, &table)
        return laidOut(firstMini: firstMini, firstDirectory: firstDirectory)
    }

    /// The header, the sectors, and the allocation table behind them ([MS-CFB] 2.2, 2.3, 2.5).
    private mutating func laidOut(firstMini: Int, firstDirectory: Int) -> [UInt8] {
        var tableSectors = 0, indirectSectors = 0
        while true {
            let needed = (table.count + tableSectors + indirectSectors + 127) / 128
            let indirect = max(0, needed - 109 + 126) / 127
            if needed == tableSectors, indirect == indirectSectors { break }
            (tableSectors, indirectSectors) = (needed, indirect)
        }
        let firstTable = table.count
        let places = (0..<tableSectors).map { firstTable + $0 }
        table += [Int](repeating: 0xFFFF_FFFD, count: tableSectors) + [Int](repeating: 0xFFFF_FFFC, count: indirectSectors)
        table += [Int](repeating: Self.none, count: (128 - table.count % 128) % 128)
        let rest = Array(places.dropFirst(109))
        var indirect: [Int] = []
        for index in 0..<indirectSectors {
            let part = Array(rest.dropFirst(127 * index).prefix(127))
            let isLast = index == indirectSectors - 1
            indirect += part + [Int](repeating: Self.none, count: 127 - part.count) + [isLast ? Self.end : firstTable + tableSectors + index + 1]
        }
        var out = CompoundHeader.magic + [UInt8](repeating: 0, count: 16)
        for value in [0x3E, 3, 0xFFFE, 9, 6] { out += Self.long(value).prefix(2) }
        out += [UInt8](repeating: 0, count: 10)
        for value in [tableSectors, firstDirectory, 0, Self.cutoff, firstMini, firstMini == Self.end ? 0 : 1] { out += Self.long(value) }
        for value in [indirectSectors > 0 ? firstTable + tableSectors : Self.end, indirectSectors] { out += Self.long(value) }
        for index in 0..<109 { out += Self.long(index < places.count ? places[index] : Self.none) }
        out += bytes
        out += table.flatMap(Self.long)
        out += indirect.flatMap(Self.long)
        return out
    }

    /// One entry of 128 bytes ([MS-CFB] 2.6.1).
    private static func bytes(of slot: Slot, isRoot: Bool) -> [UInt8] {
        let name = (isRoot ? "Root Entry" : slot.entry.name).utf16.prefix(31).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
        let kind: UInt8 = isRoot ? 5 : slot.entry.kind == .stream ? 2 : 1
        var out = name + [UInt8](repeating: 0, count: 64 - name.count)
        out += [UInt8(name.count + 2), 0, kind, 1] + long(none) + long(slot.right) + long(slot.child)
        out += slot.entry.classID.count == 16 ? slot.entry.classID : [UInt8](repeating: 0, count: 16)
        out += [UInt8](repeating: 0, count: 20) + long(slot.first) + long(slot.size) + long(0)
        return out
    }

    private static func long(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}
