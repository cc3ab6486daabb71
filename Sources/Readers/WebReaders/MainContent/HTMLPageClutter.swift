// SPDX-License-Identifier: Apache-2.0
import CGumbo

/// Which elements of a page are beside the point, by their place in its outline; what is below a marked one is not looked at.
struct HTMLPageClutter {
    private(set) var kinds: [HTMLClutter?]

    init(_ outline: HTMLOutline) {
        kinds = [HTMLClutter?](repeating: nil, count: outline.entries.count)
        markSmall(outline)
        clearMisnamed(outline)
        markLarge(outline)
    }

    /// Marks what says so and holds no good part of the page.
    private mutating func markSmall(_ outline: HTMLOutline) {
        guard let all = outline.entries.first?.text, all > 0 else { return }
        var index = 0
        while index < outline.entries.count {
            let entry = outline.entries[index]
            if entry.isBlock, !Self.isLarge(entry, all), let kind = Self.kind(at: index, outline) {
                kinds[index] = kind
                index = entry.end
            } else {
                index += 1
            }
        }
    }

    /// A word that names a good part of the page, piece by piece, means something else here.
    private mutating func clearMisnamed(_ outline: HTMLOutline) {
        guard let all = outline.entries.first.map({ $0.text - $0.linked }), all > 0 else { return }
        var named: [HTMLClutter: [Int]] = [:]
        for (index, kind) in kinds.enumerated() {
            if let kind, kind != .comments, HTMLClutter.declared(outline.entries[index].node) == nil { named[kind, default: []].append(index) }
        }
        for places in named.values where places.reduce(0, { $0 + outline.entries[$1].text - outline.entries[$1].linked }) * 5 >= all * 2 {
            for place in places { kinds[place] = nil }
        }
    }

    private static func isLarge(_ entry: HTMLOutline.Entry, _ all: Int) -> Bool { entry.text * 5 >= all * 2 }

    /// What says so and holds a good part of the page is beside the point only where enough text is left without it: discussions
    /// longer than what they are about.
    private mutating func markLarge(_ outline: HTMLOutline) {
        guard let all = outline.entries.first?.text, all > 0 else { return }
        let weights = weights(outline)
        for (index, entry) in outline.entries.enumerated() where entry.isBlock && Self.isLarge(entry, all) {
            guard let kind = HTMLClutter.named(entry.node) ?? HTMLClutter.declared(entry.node), !HTMLClutter.isLayout(entry.node) else { continue }
            switch kind {
            case .comments, .related, .sidebar, .notice, .footer: break
            default: continue
            }
            guard entry.node.tag != GUMBO_TAG_BODY, entry.node.tag != GUMBO_TAG_HTML, HTMLContentMark.of(entry.node) == nil else { continue }
            guard weights[0] - weights[index] >= Self.enough else { continue }
            kinds[index] = kind
            return
        }
    }

    /// Bytes of running text that make a page of their own.
    private static let enough = 400

    private static func kind(at index: Int, _ outline: HTMLOutline) -> HTMLClutter? {
        let entry = outline.entries[index]
        switch HTMLRole.of(entry.node) {
        case .heading, .preformatted, .cell, .row, .rowGroup: return nil
        default: break
        }
        if let kind = HTMLClutter.declared(entry.node) {
            // The header of an article is its title and author, its footer often its notes.
            if kind == .banner || kind == .footer, entry.node.attribute("role") == nil, isWithinArticle(index, outline) {
                return kind == .footer && isMostlyLinks(entry) ? .footer : nil
            }
            if kind == .sidebar, isWithinArticle(index, outline), !isMostlyLinks(entry), HTMLClutter.named(entry.node) == nil { return nil }
            return kind
        }
        guard let kind = HTMLClutter.named(entry.node), entry.node.tag != GUMBO_TAG_BODY else { return nil }
        guard HTMLContentMark.of(entry.node) == nil || !HTMLClutter.isLayout(entry.node) else { return nil }
        switch kind {
        case .notice, .advertisement, .sidebar, .comments, .form, .banner, .footer: return kind
        // These words have other meanings as well; what they name here is made of links, or next to nothing.
        case .navigation, .sharing: return isMostlyLinks(entry) || entry.text < 80 ? kind : nil
        case .related: return isMostlyLinks(entry) || entry.text < 80 || entry.linkedHeadings > 0 ? kind : nil
        }
    }

    private static func isMostlyLinks(_ entry: HTMLOutline.Entry) -> Bool { entry.linked * 2 > entry.text }

    private static func isWithinArticle(_ index: Int, _ outline: HTMLOutline) -> Bool {
        var place = outline.entries[index].parent
        while place >= 0 {
            let node = outline.entries[place].node
            if node.isHTML, [GUMBO_TAG_ARTICLE, GUMBO_TAG_MAIN, GUMBO_TAG_SECTION, GUMBO_TAG_BLOCKQUOTE].contains(node.tag) { return true }
            place = outline.entries[place].parent
        }
        return false
    }

    // MARK: Weights

    /// The running text in and below each element, what is marked aside.
    func weights(_ outline: HTMLOutline) -> [Int] {
        let entries = outline.entries
        var weights = [Int](repeating: 0, count: entries.count)
        var skipTo = 0
        for (index, entry) in entries.enumerated() {
            if kinds[index] != nil { skipTo = max(skipTo, entry.end) }
            guard index >= skipTo, entry.ownText >= 25 else { continue }
            let plain = entry.ownText - entry.ownLinked
            let weight = plain * plain / entry.ownText
            weights[index] = entry.ownText >= 80 ? weight : weight / 4
        }
        for index in entries.indices.reversed() where entries[index].parent >= 0 { weights[entries[index].parent] += weights[index] }
        return weights
    }

    // MARK: Cards

    /// Marks groups of teasers: three headings and more, each of which leads elsewhere, unless the page is made of them.
    mutating func markCards(in content: Range<Int>, _ outline: HTMLOutline) {
        let whole = outline.entries[content.lowerBound]
        var index = content.lowerBound + 1
        while index < content.upperBound {
            let entry = outline.entries[index]
            if kinds[index] != nil {
                index = entry.end
            } else if entry.isBlock, entry.headings >= 3, entry.linkedHeadings == entry.headings, entry.text * 5 < whole.text * 2 {
                kinds[index] = .related
                index = entry.end
            } else {
                index += 1
            }
        }
    }

    /// Marks groups of links within running text: tags, neighbours, what others read. Lists and tables stay.
    mutating func markLinks(in content: Range<Int>, _ outline: HTMLOutline, _ weights: [Int]) {
        let whole = outline.entries[content.lowerBound]
        guard weights[content.lowerBound] * 2 >= whole.text else { return }
        var index = content.lowerBound + 1
        while index < content.upperBound {
            let entry = outline.entries[index]
            if kinds[index] != nil {
                index = entry.end
            } else if Self.isDivision(entry.node), entry.linked * 10 >= entry.text * 8, entry.text >= 100, weights[index] == 0, entry.text * 5 < whole.text {
                kinds[index] = .navigation
                index = entry.end
            } else {
                index += 1
            }
        }
    }

    private static func isDivision(_ node: HTMLNode) -> Bool {
        node.isHTML && (node.tag == GUMBO_TAG_DIV || node.tag == GUMBO_TAG_SECTION || node.tag == GUMBO_TAG_FORM)
    }
}
