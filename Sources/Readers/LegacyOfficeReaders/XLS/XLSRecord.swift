// SPDX-License-Identifier: Apache-2.0
import CompoundFiles

/// One record of a workbook's stream ([MS-XLS] 2.1.4): a type, a length, content.
struct XLSRecord {
    let type: Int
    let content: LittleEndianBytes
    /// Offset of the next record.
    let next: Int

    init?(_ stream: LittleEndianBytes, at: Int) {
        guard let type = stream.short(at), let length = stream.short(at + 2) else { return nil }
        self.type = type
        content = stream.clipped(at + 4, length)
        next = at + 4 + length
    }

    /// The record with those that continue it, and where they end.
    static func continued(_ stream: LittleEndianBytes, _ record: XLSRecord, by types: Set<Int> = [XLSType.continuation]) -> (parts: [LittleEndianBytes], next: Int) {
        var parts = [record.content]
        var next = record.next
        while let more = XLSRecord(stream, at: next), types.contains(more.type) {
            parts.append(more.content)
            next = more.next
        }
        return (parts, next)
    }
}

/// Types of records ([MS-XLS] 2.3.1).
enum XLSType {
    static let beginning = 0x809, end = 0x0A, continuation = 0x3C
    static let codePage = 0x42, dateMode = 0x22, filePass = 0x2F, sheet = 0x85, format = 0x41E, extendedFormat = 0xE0, strings = 0xFC, drawingGroup = 0xEB
    static let row = 0x208, column = 0x7D, merged = 0xE5, link = 0x1B8, note = 0x1C, object = 0x5D, text = 0x1B6, drawing = 0xEC
    static let sharedLabel = 0xFD, label = 0x204, richLabel = 0xD6, number = 0x203, packed = 0x27E, packedRow = 0xBD, formula = 0x06, formulaText = 0x207
    static let truthOrError = 0x205
    static let chartSeries = 0x1003, chartText = 0x100D, chartLink = 0x1027, chartData = 0x1065, chartReference = 0x1051
}

/// Reads strings across the ends of records ([MS-XLS] 2.5.293): each continuation says anew how wide its letters are.
struct XLSStringReader {
    private let parts: [LittleEndianBytes]
    private var part = 0
    private var at = 0

    init(_ parts: [LittleEndianBytes]) { self.parts = parts }

    var isAtEnd: Bool { part >= parts.count || part == parts.count - 1 && at >= parts[part].count }

    private mutating func settle() {
        while part < parts.count - 1, at >= parts[part].count {
            at -= parts[part].count
            part += 1
        }
    }

    mutating func byte() -> Int? {
        settle()
        guard part < parts.count, let value = parts[part].byte(at) else { return nil }
        at += 1
        return value
    }

    mutating func short() -> Int? {
        guard let low = byte(), let high = byte() else { return nil }
        return low | high << 8
    }

    mutating func long() -> Int? {
        guard let low = short(), let high = short() else { return nil }
        return low | high << 16
    }

    mutating func skip(_ count: Int) {
        at += count
        settle()
    }

    /// A string with its length in front; what belongs to its look is passed over.
    mutating func rich() -> String? {
        guard let count = short(), let flags = byte() else { return nil }
        let runs = flags & 8 != 0 ? short() ?? 0 : 0
        let extra = flags & 4 != 0 ? long() ?? 0 : 0
        let text = letters(count, isWide: flags & 1 != 0)
        skip(4 * runs + extra)
        return text
    }

    /// Letters that begin exactly where a record ends begin behind the width that the continuation says, as those do that are cut.
    mutating func letters(_ count: Int, isWide: Bool) -> String {
        guard part < parts.count else { return "" }
        let size = isWide ? 2 : 1
        if let whole = parts[part].slice(at, count * size) {
            at += count * size
            return Self.text(whole, isWide: isWide)
        }
        var out = "", left = count, isWide = isWide
        while left > 0, part < parts.count {
            let size = isWide ? 2 : 1
            let here = min(left, (parts[part].count - at) / size)
            if here > 0 { out += Self.text(parts[part].clipped(at, here * size), isWide: isWide) }
            left -= max(here, 0)
            guard left > 0 else {
                at += here * size
                break
            }
            part += 1
            at = 1
            isWide = part < parts.count && (parts[part].byte(0) ?? 0) & 1 != 0
        }
        return out
    }

    /// Letters of two bytes, or the lower bytes of such.
    static func text(_ bytes: LittleEndianBytes, isWide: Bool) -> String {
        if isWide { return bytes.utf16 }
        if bytes.raw.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes.raw, as: UTF8.self) }
        return bytes.latin
    }
}
