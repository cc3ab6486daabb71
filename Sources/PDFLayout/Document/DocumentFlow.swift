// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// Makes one document of page after page and sends it on, holding back no more pages than must be seen together.
///
///     page ─▶ held pages ─ running heads off, headings ranked ─▶ paragraphs and tables joined ─▶ lists ─▶ sink
///
/// Up to `window` pages are held: a document no longer than that is judged as a whole; of a longer one, the first pages
/// decide what its headings look like.
package struct DocumentFlow {
    package static let window = 160

    private var held: [PageLayout] = []
    private var heads = RunningHeads()
    private var styles = HeadingStyles()
    private var areLevelsSettled = false
    /// Pages sent on already.
    private var sent = 0
    private let pages: Int
    private var assembly = BlockAssembly()
    /// Losses of the layout, page by page.
    package private(set) var losses: [(code: String, message: String, page: Int)] = []

    /// `outline` are the document's own contents: titles and levels from 1; `pages` is how many pages will come.
    package init(outline: [(title: [UInt8], level: Int)] = [], pages: Int) {
        self.pages = pages
        for entry in outline {
            let title = HeadingStyles.title(entry.title)
            if title.count >= 2, styles.outline[title] == nil { styles.outline[title] = entry.level }
        }
    }

    package mutating func add(_ page: PageLayout, to sink: any DocumentSink) throws(SinkError) {
        heads.note(page)
        styles.learn(page)
        for loss in page.losses { losses.append((loss.code, loss.message, page.number)) }
        held.append(page)
        guard held.count >= Self.window + RunningHeads.reach else { return }
        try send(held.count - RunningHeads.reach, sink)
    }

    package mutating func finish(to sink: any DocumentSink) throws(SinkError) {
        try send(held.count, sink)
        try assembly.finish(sink)
    }

    private mutating func send(_ count: Int, _ sink: any DocumentSink) throws(SinkError) {
        for index in 0..<count {
            let (blocks, dropped) = kept(held[index])
            held[index].blocks = blocks
            for _ in 0..<dropped { losses.append(("running-head-dropped", "a running head, foot or page number was left out", held[index].number)) }
        }
        if !areLevelsSettled { settle(count) }
        for index in 0..<count {
            let page = held[index]
            try assembly.add(page, styles, sink)
            sent += 1
        }
        held.removeFirst(count)
    }

    /// A page's blocks without running heads, and how many those were.
    private func kept(_ page: PageLayout) -> (blocks: [LaidBlock], dropped: Int) {
        // What somebody noted at stays.
        let repeated = heads.repeated(on: page, pages: pages).filter { page.blocks[$0].remarks.isEmpty }
        var blocks = page.blocks.enumerated().filter { !repeated.contains($0.offset) }.map(\.element)
        // What is not repeated is the page's own: a title may stand at its edge.
        for index in blocks.indices where blocks[index].isMarginal && blocks[index].role != .paragraph && blocks[index].box.y1 < 0.3 * page.height { blocks[index].isMarginal = false }
        return (blocks, repeated.count)
    }

    /// Ranks what headings look like, from the first `count` pages.
    private mutating func settle(_ count: Int) {
        styles.settleBody()
        for page in held.prefix(count) {
            for (block, isHeading) in zip(page.blocks, styles.headings(in: page.blocks)) where isHeading { styles.learnHeading(block) }
        }
        styles.settleLevels()
        areLevelsSettled = true
    }
}
