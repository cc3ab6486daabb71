// SPDX-License-Identifier: Apache-2.0
import CZ
import Mutations
import ZipArchive

/// The members of a seed that is a ZIP package, and the package put together again around changed ones.
struct Archive {
    private let members: [(name: [UInt8], bytes: [UInt8])]
    /// Members worth changing, the text of markup more often than pictures.
    private let chances: [Int]

    /// Nil when `bytes` are no archive whose members can be read.
    init?(_ bytes: [UInt8]) {
        guard bytes.starts(with: [0x50, 0x4B]) else { return nil }
        let read: [(name: [UInt8], bytes: [UInt8])]? = bytes.withUnsafeBytes { raw in
            guard let file = try? ZipFile(raw) else { return nil }
            return file.entries.compactMap { entry in (try? file.contents(of: entry)).map { (entry.nameBytes, $0.bytes) } }
        }
        guard let read, !read.isEmpty else { return nil }
        members = read
        chances = read.indices.flatMap { place in
            let isMarkup = [".xml", ".rels", "html", ".opf", ".bin"].contains { read[place].name.suffix($0.utf8.count).elementsEqual($0.utf8) }
            return Array(repeating: place, count: isMarkup ? 6 : 1)
        }
    }

    /// The package with one or two members changed; stored, with right sizes and checksums.
    func mutant(_ number: Int, _ dice: inout Dice) -> [UInt8] {
        var changed = members
        for _ in 0...dice.below(2) {
            let place = chances[dice.below(chances.count)]
            // A member's first 63 mutants are truncations too, which every change may be.
            let kind = dice.below(8) == 0 ? dice.below(Mutation.truncations) : Mutation.truncations
            changed[place].bytes = Mutation.mutant(changed[place].bytes, number: kind, &dice)
        }
        return Self.stored(changed)
    }

    private static func stored(_ members: [(name: [UInt8], bytes: [UInt8])]) -> [UInt8] {
        var out: [UInt8] = [], directory: [UInt8] = []
        for member in members {
            let size = little(UInt32(clamping: member.bytes.count))
            let facts = little(UInt16(20)) + little(UInt32(0x800)) + [0, 0, 0, 0] + little(UInt32(truncatingIfNeeded: crc32(0, member.bytes, UInt32(member.bytes.count)))) + size + size
            let name = little(UInt16(clamping: member.name.count)) + [0, 0]
            directory += [0x50, 0x4B, 1, 2, 20, 0] + facts + name + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + little(UInt32(clamping: out.count)) + member.name
            out += [0x50, 0x4B, 3, 4] + facts + name + member.name + member.bytes
        }
        let count = little(UInt16(clamping: members.count))
        return out + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + little(UInt32(clamping: directory.count))
            + little(UInt32(clamping: out.count)) + [0, 0]
    }

    private static func little(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
}
