// SPDX-License-Identifier: Apache-2.0
import XMLTree

/// The counters of lists and headings.
struct ODFNumbering {
    /// The counts of ten levels; nil where a level has not begun.
    typealias Counts = [Int?]

    private var ended: [String: Counts] = [:]
    private var named: [String: Counts] = [:]
    private var outlineCounts: Counts = Array(repeating: nil, count: 10)

    static let none: Counts = Array(repeating: nil, count: 10)

    /// What a list at the top starts from (5.3.1): nothing, the last list of its style, or the list it names.
    func begin(_ element: XMLElement, style: String) -> Counts {
        if let name = element.attribute(.text_continueList) ?? element.attribute(.text_listId), let counts = named[name] { return counts }
        if element.isTrue(.text_continueNumbering), let counts = ended[style] { return counts }
        return Self.none
    }

    mutating func end(_ counts: Counts, _ id: String?, style: String) {
        ended[style] = counts
        if let id { named[id] = counts }
    }

    /// Counts one item of a level from 1 on, and forgets the levels below.
    static func count(_ counts: inout Counts, _ level: Int, start: Int?, usual: Int) -> Int {
        let place = min(max(level, 1), 10) - 1
        let number = start ?? counts[place].map { min($0, 1_000_000_000) + 1 } ?? usual
        counts[place] = number
        for below in (place + 1)..<10 where below < 10 { counts[below] = nil }
        return number
    }

    /// The number of a heading by the outline's numbering (16.34); empty where it has none.
    mutating func outline(_ level: Int, _ element: XMLElement, _ style: ODFListStyle) -> String {
        guard let own = style[level] else { return "" }
        let start = element.has(.text_startValue) ? element.count(.text_startValue, most: 1_000_000_000) : nil
        _ = Self.count(&outlineCounts, level, start: start ?? (element.isTrue(.text_restartNumbering) ? own.start : nil), usual: own.start)
        return style.label(level, outlineCounts.enumerated().map { $1 ?? style[$0 + 1]?.start ?? 1 })
    }
}
