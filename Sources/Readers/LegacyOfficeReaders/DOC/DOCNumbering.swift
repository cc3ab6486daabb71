// SPDX-License-Identifier: Apache-2.0
import CompoundFiles

/// Lists ([MS-DOC] 2.9.131, 2.9.147, 2.9.150) and their counters.
struct DOCNumbering {
    struct Label {
        /// Paragraphs of one list count on.
        var list: String
        var level: Int
        var isBullet: Bool
        var number: Int
        /// The label as it is printed, `1.2`; empty for bullets.
        var text: String
        /// The label shows more than its own number: Markdown cannot count it.
        var isCompound: Bool
    }

    private struct Level {
        var start = 1, format = 0
        var isLegal = false
        /// Levels above this one start this level anew; all of them when nil, none when 0.
        var restart: Int?
        /// Letters; below 9 the number of that level.
        var text: [UInt16] = []
    }

    private struct Abstract {
        var levels: [Level] = []
        /// Styles of the levels; 0xFFF for none.
        var styles: [Int] = []
    }

    private struct Override {
        var list: Int
        var starts: [Int: Int] = [:]
        var levels: [Int: Level] = [:]
    }

    private var lists: [Int: Abstract] = [:]
    private var overrides: [Override] = []
    private var counters: [Int: [Int]] = [:]
    private var used: Set<Int> = []

    init(lists table: LittleEndianBytes, following: LittleEndianBytes, overrides bytes: LittleEndianBytes) {
        readLists(table, following)
        readOverrides(bytes)
    }

    private mutating func readLists(_ table: LittleEndianBytes, _ following: LittleEndianBytes) {
        let count = min(table.short(0) ?? 0, table.count / 28)
        var at = 0
        for index in 0..<count {
            let entry = table.clipped(2 + 28 * index, 28)
            var list = Abstract(styles: (0..<9).map { entry.short(8 + 2 * $0) ?? 0xFFF })
            for _ in 0..<((entry.byte(26) ?? 0) & 1 != 0 ? 1 : 9) {
                guard let level = Self.level(following, &at) else { break }
                list.levels.append(level)
            }
            lists[entry.signedLong(0) ?? 0] = list
        }
    }

    private mutating func readOverrides(_ bytes: LittleEndianBytes) {
        let count = min(bytes.long(0) ?? 0, bytes.count / 16)
        var at = 4 + 16 * count
        for index in 0..<count {
            let entry = bytes.clipped(4 + 16 * index, 16)
            var override = Override(list: entry.signedLong(0) ?? 0)
            at += 4
            for _ in 0..<min(entry.byte(12) ?? 0, 9) {
                guard let start = bytes.signedLong(at), let flags = bytes.long(at + 4) else { break }
                at += 8
                let level = flags & 0xF
                if flags & 0x10 != 0 { override.starts[level] = start }
                if flags & 0x20 != 0, let own = Self.level(bytes, &at) { override.levels[level] = own }
            }
            overrides.append(override)
        }
    }

    private static func level(_ bytes: LittleEndianBytes, _ at: inout Int) -> Level? {
        guard let start = bytes.signedLong(at), let format = bytes.byte(at + 4), let flags = bytes.byte(at + 5),
            let characters = bytes.byte(at + 24), let paragraph = bytes.byte(at + 25)
        else { return nil }
        var level = Level(start: min(max(start, 0), 1_000_000), format: format, isLegal: flags & 4 != 0)
        if flags & 8 != 0 { level.restart = bytes.byte(at + 26) }
        at += 28 + characters + paragraph
        let length = min(bytes.short(at) ?? 0, 256)
        for index in 0..<length { level.text.append(UInt16(truncatingIfNeeded: bytes.short(at + 2 + 2 * index) ?? 0)) }
        at += 2 + 2 * (bytes.short(at) ?? 0)
        return level
    }

    /// Counts one paragraph; nil when it has no label.
    mutating func label(_ place: Int, level given: Int?, style: Int) -> Label? {
        // 0 and everything beyond the table: no list ([MS-DOC] 2.6.2).
        guard place > 0, place <= overrides.count else { return nil }
        let override = overrides[place - 1]
        guard let list = lists[override.list] else { return nil }
        let linked = style == 0xFFF ? nil : list.styles.firstIndex(of: style)
        let level = min(max(given ?? linked ?? 0, 0), 8)
        guard let format = self.level(place, level), format.format != 255 else { return nil }
        var counts = counters[override.list] ?? Array(repeating: Int.min, count: 9)
        if used.insert(place).inserted {
            for (level, start) in override.starts where (0..<9).contains(level) { counts[level] = min(max(start, 0), 1_000_000) - 1 }
        }
        counts[level] = counts[level] == .min ? format.start : counts[level] &+ 1
        for upper in 0..<level where counts[upper] == .min { counts[upper] = self.level(place, upper)?.start ?? 1 }
        for lower in (level + 1)..<10 where lower < 9 {
            if self.level(place, lower)?.restart.map({ $0 > level }) ?? true { counts[lower] = .min }
        }
        counters[override.list] = counts
        let isBullet = format.format == 23
        return Label(
            list: "\(override.list)/\(place)", level: level, isBullet: isBullet, number: counts[level],
            text: isBullet ? "" : text(format, counts, place), isCompound: format.text.count { $0 < 9 } > 1)
    }

    private func level(_ place: Int, _ level: Int) -> Level? {
        let override = overrides[place - 1]
        if let own = override.levels[level] { return own }
        guard let levels = lists[override.list]?.levels else { return nil }
        return levels.indices.contains(level) ? levels[level] : levels.count == 1 ? levels[0] : nil
    }

    private func text(_ format: Level, _ counts: [Int], _ place: Int) -> String {
        var out: [UInt16] = []
        for unit in format.text {
            if unit < 9 {
                let level = Int(unit)
                let kind = format.isLegal ? 0 : self.level(place, level)?.format ?? 0
                out += DOCNumber.text(counts[level] == .min ? 1 : counts[level], kind).utf16
            } else if unit >= 0x20 {
                out.append(unit)
            }
        }
        while out.first == 0x20 { out.removeFirst() }
        while out.last == 0x20 { out.removeLast() }
        return UTF16Text.string(out)
    }
}

/// Numbers as lists print them ([MS-OSHARED] 2.2.1.3).
enum DOCNumber {
    static func text(_ number: Int, _ format: Int) -> String {
        switch format {
        case 1: roman(number)
        case 2: roman(number).lowercased()
        case 3: letters(number)
        case 4: letters(number).lowercased()
        case 5: "\(number)" + ordinal(number)
        case 22: (0..<10).contains(number) ? "0\(number)" : "\(number)"
        default: "\(number)"
        }
    }

    private static func ordinal(_ number: Int) -> String {
        if (11...13).contains(number % 100) { return "th" }
        return [1: "st", 2: "nd", 3: "rd"][number % 10] ?? "th"
    }

    private static func letters(_ number: Int) -> String {
        guard number > 0, number <= 26 * 20 else { return "\(number)" }
        return String(repeating: Character(Unicode.Scalar(UInt8(65 + (number - 1) % 26))), count: (number - 1) / 26 + 1)
    }

    private static func roman(_ number: Int) -> String {
        guard number > 0, number < 4_000 else { return "\(number)" }
        var rest = number, out = ""
        for (value, digits) in zip([1_000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1], ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"]) {
            while rest >= value {
                out += digits
                rest -= value
            }
        }
        return out
    }
}
