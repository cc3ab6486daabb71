// SPDX-License-Identifier: Apache-2.0
import CGumbo

/// What a page is about, and what around and within it is not.
///
/// Running text weighs by its length, the less the more of it is links, and short pieces next to nothing. The content is the
/// smallest element that holds most of this weight, widened to the `article` or `main` around it; the page's title joins it
/// where it stands outside. Within, elements that call themselves navigation, sharing, advertisements and the like go, unless
/// they hold a good part of the text: then the name means something else. After the ideas of Kohlschütter et al., *Boilerplate
/// detection using shallow text features* (WSDM 2010), and of the readability bookmarklet (Arc90, 2009). Linear in the page.
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
    private var clutter: [HTMLClutter?]

    /// Nil when nothing on the page stands out: then all of it is content.
    init?(_ root: HTMLNode) {
        outline = HTMLOutline(root)
        clutter = [HTMLClutter?](repeating: nil, count: outline.entries.count)
        markClutter()
        guard let place = content() else { return nil }
        let range = place..<outline.entries[place].end
        if let title = title(outside: range) { parts.append(outline.entries[title].node) }
        parts.append(outline.entries[place].node)
        count(around: range)
    }

    // MARK: Clutter

    private mutating func markClutter() {
        let entries = outline.entries
        guard let all = entries.first?.text, all > 0 else { return }
        var index = 0
        while index < entries.count {
            let entry = entries[index]
            // Nothing that holds a good part of the page is beside the point.
            if entry.isBlock, entry.text * 5 < all * 2, let kind = kind(at: index) {
                clutter[index] = kind
                index = entry.end
            } else {
                index += 1
            }
        }
    }

    private func kind(at index: Int) -> HTMLClutter? {
        let entry = outline.entries[index]
        switch HTMLRole.of(entry.node) {
        case .heading, .preformatted, .cell, .row, .rowGroup: return nil
        default: break
        }
        if let kind = HTMLClutter.declared(entry.node) {
            // The header of an article is its title and author, its footer often its notes.
            if kind == .banner || kind == .footer, entry.node.attribute("role") == nil, isWithinArticle(index) {
                return kind == .footer && isMostlyLinks(entry) ? .footer : nil
            }
            if kind == .sidebar, isWithinArticle(index), !isMostlyLinks(entry), HTMLClutter.named(entry.node) == nil { return nil }
            return kind
        }
        guard let kind = HTMLClutter.named(entry.node), entry.node.tag != GUMBO_TAG_BODY else { return nil }
        switch kind {
        case .notice, .advertisement, .sidebar, .comments, .form, .banner, .footer: return kind
        // These words have other meanings as well; what they name here is made of links, or next to nothing.
        case .navigation, .sharing, .related: return isMostlyLinks(entry) || entry.text < 80 ? kind : nil
        }
    }

    private func isMostlyLinks(_ entry: HTMLOutline.Entry) -> Bool { entry.linked * 2 > entry.text }

    private func isWithinArticle(_ index: Int) -> Bool {
        var place = outline.entries[index].parent
        while place >= 0 {
            let node = outline.entries[place].node
            if node.isHTML, [GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN, GUMBO_TAG_SECTION, GUMBO_TAG_BLOCKQUOTE].contains(node.tag) { return true }
            place = outline.entries[place].parent
        }
        return false
    }

    // MARK: Content

    /// The share of the weight that the content must hold, in tenths.
    private static let share = 7

    private func content() -> Int? {
        let entries = outline.entries
        var weights = [Int](repeating: 0, count: entries.count)
        var skipTo = 0
        for (index, entry) in entries.enumerated() {
            if clutter[index] != nil { skipTo = max(skipTo, entry.end) }
            guard index >= skipTo, entry.ownText >= 25 else { continue }
            let plain = entry.ownText - entry.ownLinked
            let weight = plain * plain / entry.ownText
            weights[index] = entry.ownText >= 80 ? weight : weight / 4
        }
        for index in entries.indices.reversed() where entries[index].parent >= 0 { weights[entries[index].parent] += weights[index] }
        guard let all = weights.first, all >= 140 else { return nil }
        var place = 0
        while true {
            var child = place + 1
            var next: Int?
            while child < entries[place].end {
                if weights[child] * 10 >= all * Self.share { next = child }
                child = entries[child].end
            }
            guard let next, entries[next].isBlock, !isParagraph(next) else { break }
            place = next
        }
        return widened(place)
    }

    private func isParagraph(_ index: Int) -> Bool {
        switch HTMLRole.of(outline.entries[index].node) {
        case .block: outline.entries[index].node.tag == GUMBO_TAG_P
        case .table, .rowGroup, .row, .cell, .figure: false
        default: true
        }
    }

    /// The `article` or `main` around, where there is one.
    private func widened(_ place: Int) -> Int {
        var around = place
        while around > 0 {
            let node = outline.entries[around].node
            let role = node.attribute("role")
            let isDeclared = node.isHTML && (node.tag == GUMBO_TAG_ARTICLE || node.tag == GUMBO_TAG_MAIN)
            if isDeclared || role?.isKeyword("main") == true || role?.isKeyword("article") == true { return around }
            around = outline.entries[around].parent
        }
        return place
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
            if let kind = clutter[index] {
                skipTo = entry.end
                if entry.text > 0 { counts[kind, default: 0] += 1 }
                if content.contains(index) { dropped.insert(entry.node.pointer) }
            } else if entry.ownText > 0, !content.contains(index) {
                outside += 1
            }
        }
    }
}
