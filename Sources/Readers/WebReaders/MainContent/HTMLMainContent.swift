// SPDX-License-Identifier: Apache-2.0
import CGumbo

/// What a page is about, and what around and within it is not.
///
/// Running text weighs by its length, the less the more of it is links, and short pieces next to nothing. The content is what
/// says that it is, by `HTMLContentMark`, where that holds a good part of this weight; else the smallest element that holds most
/// of it. The page's title joins it where it stands outside. Within, elements that call themselves navigation, sharing,
/// advertisements and the like go, and so do cards that lead to other pages. After the ideas of Kohlschütter et al., *Boilerplate
/// detection using shallow text features* (WSDM 2010), of the readability bookmarklet (Arc90, 2009) and of Barbaresi,
/// *Trafilatura* (ACL 2021). Linear in the page but for its marks of content.
struct HTMLMainContent {
    /// To be read, in this order.
    private(set) var parts: [HTMLNode] = []
    /// Elements within the parts to be passed over.
    private(set) var dropped: Set<UnsafePointer<GumboNode>> = []
    /// Elements left out anywhere on the page, by what they are.
    private(set) var counts: [HTMLClutter: Int] = [:]
    /// Blocks with text outside of the content, the named clutter aside.
    private(set) var outside = 0

    private let outline: HTMLOutline
    private var clutter: HTMLPageClutter

    /// Nil when nothing on the page stands out: then all of it is content.
    init?(_ root: HTMLNode) {
        outline = HTMLOutline(root)
        clutter = HTMLPageClutter(outline)
        let weights = clutter.weights(outline)
        guard let all = weights.first, all >= 140 else { return nil }
        let place = marked(weights) ?? heaviest(weights)
        let range = place..<outline.entries[place].end
        clutter.markCards(in: range, outline)
        clutter.markLinks(in: range, outline, weights)
        if let title = title(outside: range) { parts.append(outline.entries[title].node) }
        parts.append(outline.entries[place].node)
        count(around: range)
    }

    // MARK: What says that it is the content

    private func marked(_ weights: [Int]) -> Int? {
        var candidates: [HTMLContentMark: [Int]] = [:]
        var ends: [HTMLContentMark: Int] = [:]
        var index = 0
        while index < outline.entries.count {
            let entry = outline.entries[index]
            guard clutter.kinds[index] == nil else {
                index = entry.end
                continue
            }
            if weights[index] > 0, let mark = HTMLContentMark.of(entry.node), index >= ends[mark] ?? 0 {
                candidates[mark, default: []].append(index)
                ends[mark] = entry.end
            }
            index += 1
        }
        for mark in HTMLContentMark.allCases.reversed() {
            guard let places = candidates[mark], let best = places.max(by: { weights[$0] < weights[$1] }) else { continue }
            let sum = places.reduce(0) { $0 + weights[$1] }
            let isOne = weights[best] * 10 >= sum * 6
            guard (isOne ? weights[best] : sum) * 10 >= weights[0] * Self.leastShare(of: mark) else { continue }
            let place = isOne ? best : around(places.filter { weights[$0] * 20 >= weights[best] })
            return mark >= .article ? widened(place, weights) : narrowed(place, weights)
        }
        return nil
    }

    /// The share of the page's weight that a marked element must hold, in tenths.
    private static func leastShare(of mark: HTMLContentMark) -> Int {
        switch mark {
        case .body: 3
        case .article: 4
        case .main: 5
        case .named: 6
        }
    }

    /// The smallest element around all of these, which stand in the order of the page.
    private func around(_ places: [Int]) -> Int {
        guard let first = places.first, let last = places.last else { return 0 }
        var place = first
        while place > 0, outline.entries[place].end <= last { place = outline.entries[place].parent }
        return max(place, 0)
    }

    /// The article or `main` around, where it holds little more: what belongs to the text, such as its headline and lead.
    private func widened(_ place: Int, _ weights: [Int]) -> Int {
        var result = place
        var around = outline.entries[place].parent
        while around > 0, weights[around] * 10 <= weights[place] * 12 {
            if let mark = HTMLContentMark.of(outline.entries[around].node), mark == .article || mark == .main { result = around }
            around = outline.entries[around].parent
        }
        return result
    }

    /// The one element below that holds nearly all of the text, where what stands beside it is links for the most part.
    private func narrowed(_ place: Int, _ weights: [Int]) -> Int {
        let entries = outline.entries
        var place = place
        while true {
            guard let next = child(of: place, weights, holding: weights[place] * 9 / 10), entries[next].isBlock, !isParagraph(next) else { return place }
            let rest = entries[place].text - entries[next].text
            guard (entries[place].linked - entries[next].linked) * 2 >= rest, !hasTwin(next, in: place, weights) else { return place }
            place = next
        }
    }

    private func child(of place: Int, _ weights: [Int], holding least: Int) -> Int? {
        var child = place + 1
        var found: Int?
        while child < outline.entries[place].end {
            if weights[child] > 0, weights[child] >= least { found = child }
            child = outline.entries[child].end
        }
        return found
    }

    // MARK: What holds most of the text

    /// The share of the weight that the content must hold, in tenths.
    private static let share = 7

    private func heaviest(_ weights: [Int]) -> Int {
        var place = 0
        while let next = child(of: place, weights, holding: weights[0] * Self.share / 10), outline.entries[next].isBlock, !isParagraph(next),
            !hasTwin(next, in: place, weights)
        {
            place = next
        }
        return place
    }

    /// Whether an element of the same kind with text of its own stands beside: chapters of one text, of which none is all.
    private func hasTwin(_ place: Int, in parent: Int, _ weights: [Int]) -> Bool {
        let node = outline.entries[place].node
        guard let name = node.attribute("class"), !name.isEmpty else { return false }
        var child = parent + 1
        while child < outline.entries[parent].end {
            let other = outline.entries[child]
            if child != place, weights[child] * 50 >= weights[place], other.node.tag == node.tag, other.node.attribute("class").map({ $0.elementsEqual(name) }) ?? false { return true }
            child = other.end
        }
        return false
    }

    private func isParagraph(_ index: Int) -> Bool {
        switch HTMLRole.of(outline.entries[index].node) {
        case .block: outline.entries[index].node.tag == GUMBO_TAG_P
        case .table, .rowGroup, .row, .cell, .figure: false
        default: true
        }
    }

    /// The last `h1` before the content, where the content has none of its own.
    private func title(outside content: Range<Int>) -> Int? {
        let headings = outline.entries.indices.filter { index in
            let entry = outline.entries[index]
            return entry.node.isHTML && entry.node.tag == GUMBO_TAG_H1 && entry.text > 0
        }
        guard !headings.contains(where: content.contains) else { return nil }
        return headings.last { $0 < content.lowerBound }
    }

    // MARK: What is left out

    private mutating func count(around content: Range<Int>) {
        var skipTo = 0
        for (index, entry) in outline.entries.enumerated() {
            guard index >= skipTo else { continue }
            if let kind = clutter.kinds[index] {
                skipTo = entry.end
                if entry.text > 0 { counts[kind, default: 0] += 1 }
                if content.contains(index) { dropped.insert(entry.node.pointer) }
            } else if entry.ownText > 0, !content.contains(index) {
                outside += 1
            }
        }
    }
}
