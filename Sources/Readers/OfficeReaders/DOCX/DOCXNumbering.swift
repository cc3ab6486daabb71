// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

/// The numbering part (17.9) and the counters of one document.
struct DOCXNumbering {
    /// What a paragraph or style says: which list, which level.
    struct Reference {
        var number: String?
        var level: Int?

        init(_ properties: XMLElement) {
            number = properties.firstOrEmpty(.w_numId).value
            level = properties.firstOrEmpty(.w_ilvl).value.flatMap { Int($0) }
        }
    }

    struct Label {
        /// Paragraphs of one list count on; an id per abstract list.
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
        var format = "decimal", text = "", start = 1
        var isLegal = false
        var restart: Int?
    }

    private var lists: [String: [Int: Level]] = [:]
    private var styleLinks: [String: String] = [:]
    private var abstractOf: [String: String] = [:]
    private var overrides: [String: [Int: Level]] = [:]
    private var startOverrides: [String: [Int: Int]] = [:]
    private var counters: [String: [Int]] = [:]
    private var used: Set<String> = []

    init(_ tree: XMLTree?) {
        var links: [String: String] = [:]
        tree?.withRoot { root in
            for element in root.children {
                if element.known == .w_abstractNum, let id = element.attribute(.w_abstractNumId) {
                    lists[id] = Self.levels(element)
                    if let name = element.firstOrEmpty(.w_styleLink).value { styleLinks[name] = id }
                    if let name = element.firstOrEmpty(.w_numStyleLink).value { links[id] = name }
                } else if element.known == .w_num, let id = element.attribute(.w_numId) {
                    abstractOf[id] = element.firstOrEmpty(.w_abstractNumId).value
                    for over in element.children where over.known == .w_lvlOverride {
                        guard let level = over.attribute(.w_ilvl).flatMap({ Int($0) }) else { continue }
                        if let start = over.firstOrEmpty(.w_startOverride).value.flatMap({ Int($0) }) { startOverrides[id, default: [:]][level] = start }
                        if let own = over.first(.w_lvl) { overrides[id, default: [:]][level] = Self.level(own) }
                    }
                }
            }
        }
        for (id, name) in links { if let target = styleLinks[name] { lists[id] = lists[target] } }
    }

    private static func levels(_ element: XMLElement) -> [Int: Level] {
        var found: [Int: Level] = [:]
        for child in element.children where child.known == .w_lvl {
            if let number = child.attribute(.w_ilvl).flatMap({ Int($0) }), (0..<9).contains(number) { found[number] = level(child) }
        }
        return found
    }

    private static func level(_ element: XMLElement) -> Level {
        Level(
            format: element.firstOrEmpty(.w_numFmt).value ?? "decimal", text: element.firstOrEmpty(.w_lvlText).value ?? "",
            start: min(max(element.firstOrEmpty(.w_start).value.flatMap { Int($0) } ?? 1, 0), 1_000_000_000),
            isLegal: element.toggle(.w_isLgl) ?? false, restart: element.firstOrEmpty(.w_lvlRestart).value.flatMap { Int($0) })
    }

    /// Counts one paragraph; nil when it has no label.
    mutating func label(_ reference: Reference) -> Label? {
        guard let id = reference.number, id != "0", let abstract = abstractOf[id] else { return nil }
        let level = min(max(reference.level ?? 0, 0), 8)
        guard let format = format(id, abstract, level), format.format != "none" else {
            return nil
        }
        var counts = counters[abstract] ?? Array(repeating: Int.min, count: 9)
        if used.insert(id).inserted {
            for (level, start) in startOverrides[id] ?? [:] where (0..<9).contains(level) { counts[level] = start &- 1 }
        }
        counts[level] = counts[level] == .min ? format.start : min(counts[level], 1_000_000_000) &+ 1
        for upper in 0..<level where counts[upper] == .min { counts[upper] = self.format(id, abstract, upper)?.start ?? 1 }
        for lower in (level + 1)..<10 where lower < 9 {
            let restart = self.format(id, abstract, lower)?.restart
            if restart == nil || restart.map({ $0 > level }) == true { counts[lower] = .min }
        }
        counters[abstract] = counts
        let isBullet = format.format == "bullet"
        let text = isBullet ? "" : labelText(format, counts) { self.format(id, abstract, $0) }
        return Label(
            list: abstract + "/" + id, level: level, isBullet: isBullet, number: counts[level], text: text,
            isCompound: format.text.count(where: { $0 == "%" }) > 1)
    }

    private func format(_ id: String, _ abstract: String, _ level: Int) -> Level? { overrides[id]?[level] ?? lists[abstract]?[level] }

    private func labelText(_ format: Level, _ counts: [Int], _ level: (Int) -> Level?) -> String {
        var out = ""
        var isPercent = false
        for character in format.text {
            if isPercent, let digit = character.wholeNumberValue, (1...9).contains(digit) {
                let kind = format.isLegal ? "decimal" : level(digit - 1)?.format ?? "decimal"
                out += DOCXNumber.text(counts[digit - 1] == .min ? 1 : counts[digit - 1], kind)
                isPercent = false
            } else if character == "%" {
                isPercent = true
            } else {
                out.append(character)
                isPercent = false
            }
        }
        return out.trimmed
    }
}

/// Numbers as lists print them (17.18.59).
enum DOCXNumber {
    static func text(_ number: Int, _ format: String) -> String {
        switch format {
        case "lowerLetter": letters(number).lowercased()
        case "upperLetter": letters(number)
        case "lowerRoman": roman(number).lowercased()
        case "upperRoman": roman(number)
        case "decimalZero": number < 10 && number >= 0 ? "0\(number)" : "\(number)"
        default: "\(number)"
        }
    }

    private static func letters(_ number: Int) -> String {
        guard number > 0, number <= 26 * 20 else { return "\(number)" }
        return String(repeating: Character(Unicode.Scalar(UInt8(65 + (number - 1) % 26))), count: (number - 1) / 26 + 1)
    }

    private static func roman(_ number: Int) -> String {
        guard number > 0, number < 4_000 else { return "\(number)" }
        var rest = number, out = ""
        for (value, digits) in [(1_000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
            while rest >= value {
                out += digits
                rest -= value
            }
        }
        return out
    }
}
