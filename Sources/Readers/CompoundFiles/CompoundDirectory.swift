// SPDX-License-Identifier: Apache-2.0

/// A storage or stream of a compound file.
package struct CompoundEntry: Sendable {
    package enum Kind: Sendable { case root, storage, stream }

    /// Its place in the directory, and the storage it lies in; the root lies in itself.
    package let id: Int
    package let parent: Int
    /// As it is stored; names are compared without regard to the case of their letters.
    package let name: String
    package let kind: Kind
    /// Bytes of a stream, as the directory has it.
    package let size: Int
    /// The class of a storage as it lies in the file, all zero when it has none.
    package let classID: [UInt8]
    let firstSector: Int
}

/// The directory ([MS-CFB] 2.6): entries of 128 bytes, each storage's children in a search tree.
///
/// The trees are walked, not searched: a file whose trees are in no order, in circles or cut off still gives what it has.
struct CompoundDirectory {
    private(set) var entries: [CompoundEntry] = []
    /// A tree points outside of the directory or comes back to itself.
    private(set) var isDamaged = false
    private let table: AllocationTable
    private let header: CompoundHeader
    private static let mostDepth = 64
    private static let mostEntries = 1 << 20
    private static let none = 0xFFFF_FFFF

    init?(_ table: AllocationTable, _ header: CompoundHeader) {
        self.table = table
        self.header = header
        var bytes = slots(from: header.firstDirectorySector)
        if !Self.isRoot(bytes) {
            isDamaged = true
            guard let place = foundRoot() else { return nil }
            bytes = slots(from: place)
        }
        bytes.withUnsafeBytes { walk(LittleEndianBytes($0)) }
        if entries.isEmpty { return nil }
    }

    /// The whole directory: a chain of unknown length, which ends also where sectors cease to look like entries.
    private func slots(from first: Int) -> [UInt8] {
        var out: [UInt8] = []
        var sector = first
        var isGuess = false
        for _ in 0..<table.sectors {
            guard sector >= 0, sector < table.sectors, out.count < Self.mostEntries * 128 else { break }
            let contents = table.contents(sector)
            if isGuess, !Self.looksLikeEntries(contents) { break }
            out.append(contentsOf: contents.raw)
            switch table.step(after: sector) {
            case .sector(let following): sector = following
            case .end: return out
            case .unknown:
                isGuess = true
                sector += 1
            }
        }
        return out
    }

    private static func looksLikeEntries(_ sector: LittleEndianBytes) -> Bool {
        stride(from: 0, to: sector.count - 127, by: 128).allSatisfy { at in
            guard let kind = sector.byte(at + 66), let length = sector.short(at + 64) else { return false }
            return [0, 1, 2, 5].contains(kind) && length <= 64 && length & 1 == 0 && (kind == 0 || length > 2)
        } && sector.count >= 128
    }

    private static func isRoot(_ bytes: [UInt8]) -> Bool { bytes.count >= 128 && bytes[66] == 5 }

    /// Where the header leads nowhere: the sector that begins with the root's entry.
    private func foundRoot() -> Int? {
        let name = Array("Root Entry".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
        return (0..<table.sectors).first { sector in
            let contents = table.contents(sector)
            return contents.count >= 128 && contents.byte(66) == 5 && contents.raw.starts(with: name)
        }
    }

    private mutating func walk(_ bytes: LittleEndianBytes) {
        let count = bytes.count / 128
        guard count > 0 else { return }
        var seen = [Bool](repeating: false, count: count)
        seen[0] = true
        entries.append(entry(bytes, 0, parent: 0, name: "", .root))
        var todo: [(slot: Int, parent: Int, depth: Int)] = []
        func push(_ slot: Int?, _ parent: Int, _ depth: Int) { if let slot, slot != Self.none { todo.append((slot, parent, depth)) } }
        push(bytes.long(76), 0, 1)
        while let (slot, parent, depth) = todo.popLast() {
            guard slot < count, !seen[slot], depth <= Self.mostDepth else {
                isDamaged = true
                continue
            }
            seen[slot] = true
            let at = slot * 128
            push(bytes.long(at + 72), parent, depth)
            push(bytes.long(at + 68), parent, depth)
            guard let found = named(bytes, slot, parent: parent) else {
                isDamaged = true
                continue
            }
            entries.append(found)
            if found.kind == .storage { push(bytes.long(at + 76), entries.count - 1, depth + 1) }
        }
        guard isDamaged else { return }
        // What a broken tree no longer reaches lies in the root, as far as its names are new there.
        var names = Set(entries.filter { $0.parent == 0 }.map { $0.name.uppercased() })
        for slot in 0..<count where !seen[slot] {
            guard let found = named(bytes, slot, parent: 0), found.kind == .stream, names.insert(found.name.uppercased()).inserted else { continue }
            entries.append(found)
        }
    }

    private func named(_ bytes: LittleEndianBytes, _ slot: Int, parent: Int) -> CompoundEntry? {
        let at = slot * 128
        guard let kind = bytes.byte(at + 66), kind == 1 || kind == 2, let length = bytes.short(at + 64) else { return nil }
        let name = bytes.clipped(at, min(max(length - 2, 0), 62) & ~1).utf16BeforeNUL
        return name.isEmpty ? nil : entry(bytes, slot, parent: parent, name: name, kind == 1 ? .storage : .stream)
    }

    private func entry(_ bytes: LittleEndianBytes, _ slot: Int, parent: Int, name: String, _ kind: CompoundEntry.Kind) -> CompoundEntry {
        let at = slot * 128
        let long = bytes.long(at + 120) ?? 0
        let size = header.hasLongSizes ? Int(clamping: bytes.quad(at + 120) ?? 0) : long
        return CompoundEntry(
            id: entries.count, parent: parent, name: name, kind: kind, size: size, classID: Array(bytes.clipped(at + 80, 16).raw),
            firstSector: bytes.long(at + 116) ?? AllocationTable.end)
    }
}
