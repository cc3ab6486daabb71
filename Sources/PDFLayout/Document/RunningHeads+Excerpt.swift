// SPDX-License-Identifier: Apache-2.0

extension RunningHeads {
    /// Running heads and feet of a page that comes alone, so that nothing repeats them: it says its number, which is not the first.
    ///
    ///     164      B. Writer and C. Author         ◀ what stands on the number's line
    ///                                              ◀ and what is no larger than the text, at either edge, with white before the text
    ///     … text …
    ///     Annual Report 2012 | 17                  ◀ or the number behind a stroke
    ///
    /// A first page has its own head: the title's, a letter's. Notes at the foot stay.
    static func ofExcerpt(_ marks: [Mark], _ page: PageLayout) -> Set<Int> {
        let edges = marks.filter { page.blocks[$0.block].isMarginal }
        let body = BodyExtent(page)
        var out: Set<Int> = []
        for mark in edges where body.isBeyond(page.blocks[mark.block].box, isTop: mark.isTop, white: 0.6) {
            let beside = edges.filter { $0.isTop == mark.isTop && abs($0.y - mark.y) < 3 }
            // Several numbers on a line are a table's.
            let isLone = isNumberAlone(mark) && !beside.contains { $0.block != mark.block && isNumberAlone($0) }
            let said = said(page.blocks[mark.block].text)
            guard isLone || said != nil || isPageOf(mark.shape) || isPiped(page.blocks[mark.block].text), said ?? number(mark, page) > 1 else { continue }
            for other in beside where other.size < 1.15 * body.size { out.insert(other.block) }
        }
        guard !out.isEmpty else { return [] }
        for mark in edges where !out.contains(mark.block) && mark.size < 1.06 * body.size {
            let block = page.blocks[mark.block]
            guard block.lines.count == 1, mark.isTop || !isNote(block), body.isBeyond(block.box, isTop: mark.isTop, white: 1.3) else { continue }
            out.insert(mark.block)
        }
        return out
    }

    /// `17`, `– 17 –`, `17/30`; `111:17` is a page of an article's.
    private static func isNumberAlone(_ mark: Mark) -> Bool {
        guard mark.number != nil, mark.shape.count <= 8, !mark.shape.contains(where: { isWord($0) && $0 < 0x80 }) else { return false }
        return mark.shape.count { $0 == 0x23 } == 1 || mark.shape == Array("#/#".utf8) || mark.shape == Array("#:#".utf8)
    }

    /// The number that stands last where a stroke parts it from what stands before, the first otherwise.
    private static func number(_ mark: Mark, _ page: PageLayout) -> Int {
        let text = page.blocks[mark.block].text
        guard isPiped(text), let last = text.split(separator: 0x7C).last, let number = shape(Array(last)).number else { return mark.number ?? 0 }
        return text.first.map { (0x30...0x39).contains($0) } ?? false ? mark.number ?? 0 : number
    }

    /// `17 | Annual Report`, `Annual Report | 17`.
    private static func isPiped(_ text: [UInt8]) -> Bool {
        let parts = text.split(separator: 0x7C).map { shape(Array($0)).shape }
        return parts.count == 2 && parts.contains { $0 == [0x23] || isPageOf($0) }
    }

    /// The number that follows the word for a page, at either end: `Writer Page 17`, `Page 17 of 30, revised`.
    private static func said(_ text: [UInt8]) -> Int? {
        let words = text.split(separator: 0x20).map { shape(Array($0)) }
        func isPage(_ place: Int) -> Bool { place >= 0 && words.indices.contains(place + 1) && words[place].shape.elementsEqual("page".utf8) && words[place + 1].shape == [0x23] }
        let last = words.count - 2
        guard let place = [0, last, last - 2].first(where: isPage) else { return nil }
        return words[place + 1].number
    }

    /// Begins as a note does: with a sign or number that the text refers to.
    private static func isNote(_ block: LaidBlock) -> Bool {
        guard block.role != .note, block.marker == nil, let first = block.text.first(where: { $0 != 0x20 }) else { return true }
        return first == 0x2A || (0x30...0x39).contains(first) || block.text.starts(with: "†".utf8) || block.text.starts(with: "‡".utf8) || block.text.starts(with: "§".utf8)
    }
}

/// Where a page's text, tables and pictures begin and end, and its most frequent size.
private struct BodyExtent {
    let size: Float
    private let top: Float
    private let bottom: Float
    /// Whether a table stands at the page's head or foot: its first or last row may stand apart.
    private let isTableTop: Bool
    private let isTableBottom: Bool

    init(_ page: PageLayout) {
        let blocks = page.blocks.filter { !$0.isMarginal }
        var bySize: [Int: Int] = [:]
        for line in blocks.lazy.flatMap(\.lines) { bySize[Int((2 * line.size).rounded()), default: 0] += line.text.count }
        size = bySize.max { ($0.value, -$0.key) < ($1.value, -$1.key) }.map { Float($0.key) / 2 } ?? 10
        func isTable(_ block: LaidBlock?) -> Bool { if case .table = block?.content { true } else { false } }
        let first = blocks.min { $0.box.y0 < $1.box.y0 }, last = blocks.max { $0.box.y1 < $1.box.y1 }
        (top, bottom) = (first?.box.y0 ?? page.height, last?.box.y1 ?? 0)
        (isTableTop, isTableBottom) = (isTable(first), isTable(last))
    }

    /// Whether at least `white` times the text's size parts a box at the page's edge from all of it.
    func isBeyond(_ box: Box, isTop: Bool, white: Float) -> Bool {
        let least = (isTop ? isTableTop : isTableBottom) ? max(white, 2) : white
        return isTop ? top - box.y1 > least * size : box.y0 - bottom > least * size
    }
}
