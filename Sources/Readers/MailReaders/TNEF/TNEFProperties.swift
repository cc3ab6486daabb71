// SPDX-License-Identifier: Apache-2.0

/// Lists of properties within an attribute ([MS-OXTNEF] 2.1.3.4); of several values of one property the first is kept.
enum TNEFProperties {
    static func read(_ data: [UInt8], _ charset: String?) -> MAPIProperties {
        var scan = Scan(data)
        return list(&scan, charset)
    }

    /// One list for each recipient.
    static func rows(_ data: [UInt8], _ charset: String?) -> [MAPIProperties] {
        var scan = Scan(data)
        let count = scan.long() ?? 0
        var rows: [MAPIProperties] = []
        while rows.count < min(count, mostRows), !scan.isAtEnd { rows.append(list(&scan, charset)) }
        return rows
    }

    private static let mostRows = 10_000
    private static let mostProperties = 10_000

    private static func list(_ scan: inout Scan, _ charset: String?) -> MAPIProperties {
        var values: [Int: [UInt8]] = [:]
        let count = scan.long() ?? 0
        for _ in 0..<min(count, mostProperties) {
            guard let type = scan.short(), let id = scan.short() else { break }
            if id >= 0x8000, !scan.skipName() { break }
            guard let value = scan.value(type & 0xFFF, isMany: type & 0x1000 != 0) else { break }
            values[id << 16 | type] = value
        }
        return MAPIProperties(charset: charset) { id, type in values[id << 16 | type] }
    }

    private struct Scan {
        private let bytes: [UInt8]
        private var at = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { at >= bytes.count }

        mutating func short() -> Int? { take(2).map { Int($0[$0.startIndex]) | Int($0[$0.startIndex + 1]) << 8 } }
        mutating func long() -> Int? { take(4)?.reversed().reduce(0) { $0 << 8 | Int($1) } }

        private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
            guard count >= 0, count <= bytes.count - at else { return nil }
            defer { at += count }
            return bytes[at..<(at + count)]
        }

        /// A set's identifier, then a number or a name.
        mutating func skipName() -> Bool {
            guard take(16) != nil, let kind = long() else { return false }
            if kind == 0 { return long() != nil }
            guard let length = long() else { return false }
            return take((length + 3) & ~3) != nil
        }

        mutating func value(_ type: Int, isMany: Bool) -> [UInt8]? {
            let isVariable = [0x1E, 0x1F, 0x102, 0xD].contains(type)
            let count = isMany || isVariable ? long() ?? -1 : 1
            guard count >= 0, count <= bytes.count - at else { return nil }
            var first: [UInt8]?
            for _ in 0..<count {
                let size: Int
                if isVariable {
                    guard let length = long() else { return nil }
                    size = length
                } else {
                    size = [0x5, 0x6, 0x7, 0x14, 0x40].contains(type) ? 8 : type == 0x48 ? 16 : 4
                }
                // What fills up the last four bytes may be missing at the end.
                guard let value = take(size) else { return nil }
                _ = take((4 - size & 3) & 3)
                first = first ?? Array(value)
            }
            return first ?? []
        }
    }
}
