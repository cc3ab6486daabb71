// SPDX-License-Identifier: Apache-2.0

/// Builds small compound files (version 3) from paths and bytes: `("ObjectPool/_1/Contents", …)`.
package enum CompoundMaker {
    private struct Entry {
        var name: String
        var kind: UInt8
        var bytes: [UInt8] = []
        var child = UInt32.max, right = UInt32.max, first: UInt32 = 0xFFFF_FFFE, size: UInt32 = 0
    }

    package static func file(_ streams: [(path: String, bytes: [UInt8])]) -> [UInt8] {
        var entries = [Entry(name: "Root Entry", kind: 5)]
        var places = ["": 0], last: [Int: Int] = [:]
        for (path, bytes) in streams {
            var folder = "", parent = 0
            let names = path.split(separator: "/").map(String.init)
            for (depth, name) in names.enumerated() {
                let here = folder + "/" + name
                let isLeaf = depth == names.count - 1
                if let known = places[here] { parent = known } else {
                    entries.append(Entry(name: name, kind: isLeaf ? 2 : 1, bytes: isLeaf ? bytes : []))
                    let place = entries.count - 1
                    if let before = last[parent] { entries[before].right = UInt32(place) } else { entries[parent].child = UInt32(place) }
                    last[parent] = place
                    places[here] = place
                    parent = place
                }
                folder = here
            }
        }
        return laidOut(&entries)
    }

    private static func laidOut(_ entries: inout [Entry]) -> [UInt8] {
        var sectors: [UInt8] = [], table: [UInt32] = [], mini: [UInt8] = [], miniTable: [UInt32] = []
        func chain(_ bytes: [UInt8], _ size: Int, _ into: inout [UInt8], _ table: inout [UInt32]) -> UInt32 {
            let first = table.count, count = (bytes.count + size - 1) / size
            into += bytes + [UInt8](repeating: 0, count: count * size - bytes.count)
            for index in 0..<count { table.append(index == count - 1 ? 0xFFFF_FFFE : UInt32(first + index + 1)) }
            return count == 0 ? 0xFFFF_FFFE : UInt32(first)
        }
        for index in entries.indices where entries[index].kind == 2 {
            entries[index].size = UInt32(entries[index].bytes.count)
            entries[index].first = entries[index].bytes.count < 4_096
                ? chain(entries[index].bytes, 64, &mini, &miniTable) : chain(entries[index].bytes, 512, &sectors, &table)
        }
        entries[0].first = chain(mini, 512, &sectors, &table)
        entries[0].size = UInt32(mini.count)
        let firstMini = chain(miniTable.flatMap(little), 512, &sectors, &table)
        let firstDirectory = chain(entries.flatMap(slot), 512, &sectors, &table)
        let tableSectors = (table.count + 126) / 127
        let firstTable = table.count
        table += [UInt32](repeating: 0xFFFF_FFFD, count: tableSectors)
        while table.count % 128 != 0 { table.append(.max) }
        var header: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 16)
        header += [0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0, 6, 0] + [UInt8](repeating: 0, count: 10)
        header += little(UInt32(tableSectors)) + little(firstDirectory) + little(0) + little(4_096)
        header += little(firstMini) + little(1) + little(0xFFFF_FFFE) + little(0)
        for index in 0..<109 { header += little(index < tableSectors ? UInt32(firstTable + index) : .max) }
        return header + sectors + table.flatMap(little)
    }

    private static func slot(_ entry: Entry) -> [UInt8] {
        let units = entry.name.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        var out = units + [UInt8](repeating: 0, count: 64 - units.count)
        out += [UInt8(units.count + 2), 0, entry.kind, 1] + little(.max) + little(entry.right) + little(entry.child)
        out += [UInt8](repeating: 0, count: 36) + little(entry.first) + little(entry.size) + little(0)
        return out
    }

    private static func little(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) } }
}
