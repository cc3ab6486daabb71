// SPDX-License-Identifier: Apache-2.0

/// An index of a Kindle book (MobileRead wiki, *MOBI*, INDX and TAGX): entries of a name and tagged numbers.
struct MOBIIndex {
    struct Entry {
        var name: String
        var values: [Int: [Int]]
    }

    private(set) var entries: [Entry] = []

    private struct Tag {
        let number: Int
        let width: Int
        let mask: UInt8
        let isEnd: Bool
    }

    /// Nil when the records are no index.
    init?(_ database: PalmDatabase, at first: Int) {
        guard let head = database[first], head.begins(with: "INDX"), let length = head.long(4), let records = head.long(24),
            head.begins(with: "TAGX", at: length), let tagsEnd = head.long(length + 4), let controls = head.long(length + 8), controls <= 8
        else { return nil }
        var tags: [Tag] = []
        for at in stride(from: length + 12, to: min(length + tagsEnd, head.count - 3), by: 4) {
            tags.append(Tag(number: Int(head.bytes[at]), width: Int(head.bytes[at + 1]), mask: head.bytes[at + 2], isEnd: head.bytes[at + 3] == 1))
        }
        // Entries may claim the same bytes.
        var numbers = 0
        for number in 0..<min(records, 10_000) {
            guard let record = database[first + 1 + number], record.begins(with: "INDX"), let table = record.long(20), let count = record.long(24) else { break }
            for index in 0..<min(count, 100_000) {
                guard let start = record.word(table + 4 + index * 2), start < table else { break }
                let end = index + 1 < count ? record.word(table + 4 + (index + 1) * 2) ?? table : table
                guard start < end, entries.count < Self.most, numbers < Self.most * 8 else { continue }
                guard let entry = Self.entry(record.slice(start..<end), tags, controls) else { continue }
                numbers += entry.values.values.reduce(1) { $0 + $1.count }
                entries.append(entry)
            }
        }
    }

    private static let most = 200_000

    private static func entry(_ record: PalmRecord, _ tags: [Tag], _ controls: Int) -> Entry? {
        guard let length = record.bytes.first.map(Int.init), 1 + length + controls <= record.count else { return nil }
        var at = 1 + length + controls
        var control = 1 + length
        /// Numbers of a tag: how many, or how many bytes they take.
        var wanted: [(tag: Int, count: Int?, bytes: Int)] = []
        for tag in tags {
            if tag.isEnd {
                control += 1
                continue
            }
            guard control < 1 + length + controls else { break }
            let value = record.bytes[control] & tag.mask
            guard value != 0 else { continue }
            if value == tag.mask, tag.mask.nonzeroBitCount > 1 {
                guard let bytes = number(record, &at) else { return nil }
                wanted.append((tag.number, nil, bytes))
            } else {
                wanted.append((tag.number, Int(value >> UInt8(tag.mask.trailingZeroBitCount)) * tag.width, 0))
            }
        }
        var entry = Entry(name: String(decoding: record.bytes[1..<(1 + length)], as: UTF8.self), values: [:])
        for (tag, count, bytes) in wanted {
            let end = at + bytes
            var values: [Int] = []
            while count.map({ values.count < $0 }) ?? (at < end), let value = number(record, &at) { values.append(value) }
            entry.values[tag] = values
        }
        return entry
    }

    /// Seven bits a byte; the last byte has the high bit.
    private static func number(_ record: PalmRecord, _ at: inout Int) -> Int? {
        var value = 0
        for _ in 0..<5 {
            guard at < record.count else { return nil }
            let byte = record.bytes[at]
            at += 1
            value = value << 7 | Int(byte & 0x7F)
            if byte & 0x80 != 0 { return value }
        }
        return nil
    }
}
