// SPDX-License-Identifier: Apache-2.0
import XMLTree

/// A list style or the outline's numbering (16.30, 16.34): how each of ten levels is labelled.
struct ODFListStyle {
    struct Level {
        enum Kind { case bullet, number, none }

        var kind = Kind.bullet
        var format = "1", prefix = "", suffix = ""
        var start = 1
        /// How many levels the label shows: `1.2.3` is three.
        var shown = 1
    }

    private var levels: [Int: Level] = [:]

    init() {}

    init(_ element: XMLElement) {
        for child in element.children {
            let number = child.count(.text_level, usual: 0, most: 100)
            guard (1...10).contains(number) else { continue }
            var level = Level()
            switch child.known {
            case .text_listLevelStyleNumber, .text_outlineLevelStyle:
                level.format = child.attribute(.style_numFormat) ?? ""
                level.prefix = child.attribute(.style_numPrefix) ?? ""
                level.suffix = child.attribute(.style_numSuffix) ?? ""
                level.kind = level.format.isEmpty ? .none : .number
                level.start = child.count(.text_startValue, usual: 1, most: 1_000_000_000)
                level.shown = max(1, child.count(.text_displayLevels, usual: 1, most: 10))
            case .text_listLevelStyleBullet:
                level.kind = child.attribute(.text_bulletChar).map { $0.allSatisfy(\.isWhitespace) && !$0.isEmpty } == true ? .none : .bullet
            case .text_listLevelStyleImage: level.kind = .bullet
            default: continue
            }
            levels[number] = level
        }
    }

    /// nil where the style says nothing of the level.
    subscript(level: Int) -> Level? { levels[min(max(level, 1), 10)] }

    /// The label of a level with these counts, level 1 first: `1.2`, `b)`.
    func label(_ level: Int, _ counts: [Int]) -> String {
        guard let own = self[level], own.kind == .number else { return "" }
        let first = max(1, level - own.shown + 1)
        let parts: [String] = (first...level).compactMap { at in
            guard let format = self[at], format.kind == .number, at <= counts.count else { return nil }
            return ODFNumber.text(counts[at - 1], format.format)
        }
        return own.prefix + parts.joined(separator: ".") + own.suffix
    }
}

/// Numbers as labels print them (20.322).
enum ODFNumber {
    static func text(_ number: Int, _ format: String) -> String {
        switch format {
        case "a": letters(number).lowercased()
        case "A": letters(number)
        case "i": roman(number).lowercased()
        case "I": roman(number)
        default: String(number)
        }
    }

    /// a … z, aa, ab …
    private static func letters(_ number: Int) -> String {
        guard number > 0, number < 1_000_000 else { return String(number) }
        var rest = number, out: [Character] = []
        while rest > 0 {
            rest -= 1
            out.append(Character(Unicode.Scalar(UInt8(65 + rest % 26))))
            rest /= 26
        }
        return String(out.reversed())
    }

    private static func roman(_ number: Int) -> String {
        guard number > 0, number < 4_000 else { return String(number) }
        let digits = [["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"], ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"],
            ["", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM"], ["", "M", "MM", "MMM"]]
        return digits[3][number / 1_000] + digits[2][number / 100 % 10] + digits[1][number / 10 % 10] + digits[0][number % 10]
    }
}
