// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// The list tables and the counters of their lists (RTF 1.9.1, "List Tables").
struct RTFLists {
    struct Label {
        /// Paragraphs of one list count on.
        var list: String
        var level: Int
        /// nil for bullets.
        var number: Int?
        /// The label shows more than its own number: Markdown cannot count it.
        var isCompound = false
    }

    private struct Level {
        var format = 0, start = 1
        /// How many levels the label shows.
        var shown = 0
        var hasText = false
    }

    private struct Override {
        var list = 0
        var starts: [Int: Int] = [:]
        var levels: [Int: Level] = [:]
    }

    private var lists: [Int: [Level]] = [:]
    private var overrides: [Int: Override] = [:]
    private var counters: [Int: [Int?]] = [:]
    private var used: Set<Int> = []
    // What is being read.
    private var levels: [Level] = []
    private var override = Override()
    private var isInOverride = false
    private var overrideLevel = -1
    private static let most = 10_000

    mutating func word(_ word: RTFWord, _ parameter: Int?) {
        switch word {
        case .list:
            levels = []
            isInOverride = false
        case .listlevel:
            guard levels.count < 9 else { return }
            levels.append(Level())
        case .levelnfc, .levelnfcn: change { $0.format = parameter ?? 0 }
        case .levelstartat: change { $0.start = min(max(parameter ?? 1, 0), 1_000_000_000) }
        case .listid:
            if isInOverride { override.list = parameter ?? 0 } else if lists.count < Self.most { lists[parameter ?? 0] = levels }
        case .listoverride:
            isInOverride = true
            override = Override()
            overrideLevel = -1
            levels = []
        case .lfolevel:
            overrideLevel += 1
            levels = []
        case .listoverridestartat:
            // A level within overrides all of the level, its start too.
            if (0..<9).contains(overrideLevel) { override.starts[overrideLevel] = -1 }
        case .ls:
            guard isInOverride, let parameter, overrides.count < Self.most else { return }
            overrides[parameter] = override
        default: break
        }
        if isInOverride, (0..<9).contains(overrideLevel) {
            if word == .levelstartat, override.starts[overrideLevel] != nil { override.starts[overrideLevel] = min(max(parameter ?? 1, 0), 1_000_000_000) }
            if let level = levels.last { override.levels[overrideLevel] = level }
        }
    }

    /// The text of a label: bytes below 9 stand for the numbers of levels, the first byte is the length.
    mutating func levelText(_ bytes: [UInt8]) {
        change { level in
            level.shown = bytes.dropFirst().count { $0 < 9 }
            level.hasText = bytes.count > 1
        }
        if isInOverride, (0..<9).contains(overrideLevel), let level = levels.last { override.levels[overrideLevel] = level }
    }

    private mutating func change(_ body: (inout Level) -> Void) {
        guard let last = levels.indices.last else { return }
        body(&levels[last])
    }

    /// Counts one paragraph; nil when it has no label, or its list is not known.
    mutating func label(_ number: Int, _ level: Int) -> Label? {
        guard let override = overrides[number] else { return nil }
        let level = min(max(level, 0), 8)
        func format(_ at: Int) -> Level? { override.levels[at] ?? lists[override.list].flatMap { at < $0.count ? $0[at] : nil } }
        guard let own = format(level), own.format != 255 else { return nil }
        var counts = counters[override.list] ?? Array(repeating: nil, count: 9)
        if used.insert(number).inserted {
            for (level, start) in override.starts where start >= 0 { counts[level] = start - 1 }
        }
        let count = counts[level].map { min($0, 1_000_000_000) + 1 } ?? own.start
        counts[level] = count
        for below in (level + 1)..<10 where below < 9 { counts[below] = nil }
        counters[override.list] = counts
        return Label(list: "\(number)", level: level, number: own.format == 23 ? nil : count, isCompound: own.shown > 1)
    }

    /// What a label says that is only there as text: `2.`, `b)`, or a bullet.
    static func label(text: String) -> (number: Int?, isCompound: Bool)? {
        let text = text.trimmed
        guard let first = text.unicodeScalars.first else { return nil }
        let digits = text.utf8.drop { $0 == UInt8(ascii: "(") }.prefix { $0 >= 0x30 && $0 <= 0x39 }
        if let number = Int(String(digits) ?? ""), number < 1_000_000_000 {
            let rest = text.utf8.drop { $0 == UInt8(ascii: "(") }.dropFirst(digits.count)
            return (number, rest.count > 1 && rest.first == UInt8(ascii: ".") && rest.dropFirst().contains { $0 >= 0x30 && $0 <= 0x39 })
        }
        guard first.isASCII, RTFTokenizer.isLetter(UInt8(first.value)), text.utf8.count <= 8, text.utf8.count > 1 else { return (nil, false) }
        let end = text.utf8.last
        guard end == UInt8(ascii: ".") || end == UInt8(ascii: ")") else { return (nil, false) }
        let letters = text.lowercased().dropLast()
        if letters.utf8.count == 1, let letter = letters.utf8.first, letter != UInt8(ascii: "i") { return (Int(letter) - 0x60, false) }
        return (roman(letters), false)
    }

    private static func roman(_ text: Substring) -> Int? {
        let values: [Character: Int] = ["i": 1, "v": 5, "x": 10, "l": 50, "c": 100]
        var sum = 0, last = 0
        for character in text.reversed() {
            guard let value = values[character] else { return nil }
            sum += value < last ? -value : value
            last = max(last, value)
        }
        return sum > 0 ? sum : nil
    }
}
