// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

/// The numbering part (17.9) and the counters of one document.
struct DOCXNumbering {
    /// What a paragraph or style says: which list, which level.
    struct Reference {
        var number: String?
        var level: Int?
        /// The style that says it: its level is the one that names the style (17.9.23).
        var style: String?

        init(_ properties: XMLElement, style: String? = nil) {
            number = properties.firstOrEmpty(.w_numId).value
            level = properties.firstOrEmpty(.w_ilvl).value.flatMap { Int($0) }
            self.style = style
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
        /// The bullet is a ballot box: empty or ticked.
        var checked: Bool?
        /// A bullet that is not seen: the paragraph goes on with the item above.
        var isSilent = false
    }

    private struct Level {
        var format = "decimal", text = "", start = 1
        var isLegal = false
        var restart: Int?
        var style: String?
        var hasPicture = false
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
            isLegal: element.toggle(.w_isLgl) ?? false, restart: element.firstOrEmpty(.w_lvlRestart).value.flatMap { Int($0) },
            style: element.firstOrEmpty(.w_pStyle).value, hasPicture: element.first(.w_lvlPicBulletId) != nil)
    }

    /// Counts one paragraph; nil when it has no label.
    mutating func label(_ reference: Reference) -> Label? {
        guard let id = reference.number, id != "0", let abstract = abstractOf[id] else { return nil }
        let level = level(of: reference, abstract)
        guard let format = format(id, abstract, level), format.format != "none" else { return nil }
        guard format.format != "bullet" else { return bullet(format, level) }
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
        return Label(
            list: abstract + "/" + id, level: level, isBullet: false, number: counts[level],
            text: labelText(format, counts) { self.format(id, abstract, $0) }, isCompound: format.text.count(where: { $0 == "%" }) > 1)
    }

    private func level(of reference: Reference, _ abstract: String) -> Int {
        if let style = reference.style, let levels = lists[abstract], let named = levels.first(where: { $0.value.style == style }) { return named.key }
        return min(max(reference.level ?? 0, 0), 8)
    }

    /// Bullets of neighbouring lists look like one list, so they are one.
    private func bullet(_ format: Level, _ level: Int) -> Label {
        let sign = format.text.trimmed
        let checked: Bool? = sign == "☐" ? false : sign == "☑" || sign == "☒" ? true : nil
        return Label(
            list: "", level: level, isBullet: true, number: 0, text: "", isCompound: false, checked: checked, isSilent: sign.isEmpty && !format.hasPicture)
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
