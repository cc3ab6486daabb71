// SPDX-License-Identifier: Apache-2.0

/// Why bytes are no compound file.
package struct CompoundFileError: Error, Sendable, Hashable {
    package var reason: String
}

/// A compound file ([MS-CFB], "OLE2") in memory: storages and streams, as folders and files.
///
/// `bytes` must outlive it. Opening reads the allocation table and the directory only, so it also serves to tell what kind
/// of document a file is. Damage is worked around as far as it goes: see `isDamaged` and each stream's fault. Chains that
/// come back to themselves end at the stream's stated size, and all streams together at eight times the file's.
package final class CompoundFile {
    /// The root first, each storage before what lies in it.
    package let entries: [CompoundEntry]
    /// The allocation table or the directory is damaged; streams may be missing or wrong.
    package let isDamaged: Bool
    package var root: CompoundEntry { entries[0] }
    private let table: AllocationTable
    private let header: CompoundHeader
    private let childrenOf: [Int: [Int]]
    private lazy var mini = MiniStream(table, header, root)
    private lazy var places = Dictionary(
        entries.dropFirst().map { (Place(parent: $0.parent, name: $0.name.uppercased()), $0.id) }, uniquingKeysWith: { first, _ in first })
    private var spent = 0

    package init(_ bytes: UnsafeRawBufferPointer) throws(CompoundFileError) {
        let fields = LittleEndianBytes(bytes)
        guard let header = CompoundHeader(fields) else { throw CompoundFileError(reason: "it has no compound file header") }
        let table = AllocationTable(fields, header)
        let directory = CompoundDirectory(table, header)
        guard let entries = directory?.entries ?? CompoundSalvage.entries(table, header) else {
            throw CompoundFileError(reason: "its compound file directory is missing")
        }
        self.header = header
        self.table = table
        self.entries = entries
        isDamaged = table.isDamaged || directory?.isDamaged ?? true
        childrenOf = Dictionary(grouping: entries.indices.dropFirst()) { entries[$0].parent }
    }

    package func children(of storage: CompoundEntry) -> [CompoundEntry] { (childrenOf[storage.id] ?? []).map { entries[$0] } }

    /// The entry of this name in a storage; the case of letters does not count ([MS-CFB] 2.6.4).
    package func entry(named name: String, in storage: CompoundEntry? = nil) -> CompoundEntry? {
        places[Place(parent: storage?.id ?? 0, name: name.uppercased())].map { entries[$0] }
    }

    private struct Place: Hashable { var parent: Int, name: String }

    /// The entry at a path of names from the root, `ObjectPool/_1234/Contents`.
    package func entry(at path: String) -> CompoundEntry? {
        var here = root
        for name in path.split(separator: "/") {
            guard let next = entry(named: String(name), in: here) else { return nil }
            here = next
        }
        return here
    }

    /// The names from the root down to the entry, with slashes between; empty for the root.
    package func path(of entry: CompoundEntry) -> String {
        var names: [String] = []
        var here = entry
        while here.id != 0 {
            names.append(here.name)
            here = entries[here.parent]
        }
        return names.reversed().joined(separator: "/")
    }

    /// The bytes of a stream, all in one piece; none for a storage.
    package func contents(of entry: CompoundEntry) -> CompoundContents {
        guard entry.kind == .stream, entry.size > 0 else { return CompoundContents(bytes: [], fault: nil) }
        let room = 8 * table.bytes.count - spent
        guard room > 0 else { return CompoundContents(bytes: [], fault: .cut) }
        var found = entry.size < header.miniCutoff
            ? mini.chain(from: entry.firstSector, size: entry.size) : table.chain(from: entry.firstSector, size: min(entry.size, room))
        if found.bytes.count < entry.size { found.fault = .cut }
        spent += found.bytes.count
        return found
    }

    /// The bytes of the stream at a path; nil when there is no such stream.
    package func contents(at path: String) -> CompoundContents? {
        guard let entry = entry(at: path), entry.kind == .stream else { return nil }
        return contents(of: entry)
    }
}

/// Streams below 4,096 bytes lie in sectors of 64, all in one stream that is the root's ([MS-CFB] 2.4).
private struct MiniStream {
    private let bytes: [UInt8]
    private let next: [UInt8]

    init(_ table: AllocationTable, _ header: CompoundHeader, _ root: CompoundEntry) {
        bytes = table.chain(from: root.firstSector, size: root.size).bytes
        // Four bytes for each mini sector.
        next = bytes.isEmpty ? [] : table.chain(from: header.firstMiniTableSector, size: (bytes.count + 63) / 64 * 4).bytes
    }

    func chain(from first: Int, size: Int) -> CompoundContents {
        var out: [UInt8] = []
        out.reserveCapacity(size)
        var sector = first
        var isGuessed = false
        while out.count < size {
            guard sector >= 0, sector < AllocationTable.largest, sector * 64 < bytes.count else { break }
            out.append(contentsOf: bytes[(sector * 64)..<min(sector * 64 + 64, bytes.count, sector * 64 + size - out.count)])
            guard out.count < size else { break }
            let following = next.withUnsafeBytes { LittleEndianBytes($0).long(4 * sector) }
            if following == AllocationTable.end { break }
            if let following, following < AllocationTable.largest { sector = following } else {
                isGuessed = true
                sector += 1
            }
        }
        return CompoundContents(bytes: out, fault: out.count < size ? .cut : isGuessed ? .guessed : nil)
    }
}
