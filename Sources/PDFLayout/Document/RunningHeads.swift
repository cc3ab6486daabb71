// SPDX-License-Identifier: Apache-2.0

/// Tells what stands at the edges of page after page: running heads, feet and page numbers.
///
/// A page is judged by the pages around it, so they must have been seen: `reach` pages on both sides.
struct RunningHeads: Sendable {
    static let reach = 6
    /// How high a page's number may stand at its foot, and how low the line that holds it at its head, of the page's height from above.
    static let highestNumber: Float = 0.78
    static let lowestHead: Float = 0.17
    /// Pages are judged when they are sent on, which is long after they were seen.
    private static let kept = DocumentFlow.window + 3 * reach

    /// What stands at one page's edges.
    struct Mark: Sendable {
        var page: Int
        var block: Int
        var isTop: Bool
        var y: Float
        var size: Float
        /// The text with each number as one sign, without spaces.
        var shape: [UInt8]
        /// The same of all that stands on its line.
        var line: [UInt8]
        var number: Int?
        /// Whether more white parts it from the text than parts the text's lines, or it looks otherwise.
        var isApart: Bool
    }

    private var marks: [Int: [Mark]] = [:]

    /// Notes a page's edges.
    mutating func note(_ page: PageLayout) {
        marks[page.number] = Self.marks(page)
        if marks.count > Self.kept + 4 * Self.reach { marks = marks.filter { $0.key > page.number - Self.kept } }
    }

    /// Places of a page's blocks that are running heads or feet.
    func repeated(on page: PageLayout, pages: Int) -> Set<Int> {
        let own = marks[page.number] ?? []
        var out: Set<Int> = []
        let others = (page.number - Self.reach...page.number + Self.reach).flatMap { $0 == page.number ? [] : marks[$0] ?? [] }
        var places: [(y: Float, isTop: Bool, size: Float)] = []
        for mark in own {
            let isAlone = mark.shape.allSatisfy { $0 == 0x23 || !Self.isWord($0) }
            let alike = others.filter { $0.isTop == mark.isTop && ($0.shape == mark.shape || $0.line == mark.line) && abs($0.y - mark.y) < (isAlone ? 30 : 12) }
            let count = Set(alike.map(\.page)).count
            let isRepeated: Bool
            if isAlone || mark.shape.contains(0x23) {
                // A number that counts with the pages.
                let counts = alike.contains { other in other.number != nil && other.number.map { $0 - other.page } == mark.number.map { $0 - page.number } }
                isRepeated = counts || count >= 2 && !isAlone || alike.contains { $0.number == mark.number && !isAlone }
                    || isAlone && (mark.number == page.number && (pages > 1 || !mark.isTop)) || Self.isPageOf(mark.shape)
            } else if !mark.isApart {
                isRepeated = false
            } else {
                isRepeated = count >= (pages > 3 ? 2 : 1)
            }
            if isRepeated {
                out.insert(mark.block)
                places.append((mark.y, mark.isTop, mark.size))
            }
        }
        // Beside a running head on the same line, a chapter's title that is not repeated nearby; a slide's is larger.
        for mark in own where !out.contains(mark.block) {
            let isHere = places.contains { abs($0.y - mark.y) < 3 && $0.isTop == mark.isTop && mark.size < 1.15 * $0.size }
            let isThere = others.filter { $0.isTop == mark.isTop && abs($0.y - mark.y) < 2 && abs($0.size - mark.size) < 0.3 }.count
            if isHere || isThere >= Self.reach && isThere * 3 >= 4 * min(pages - 1, Self.reach), page.blocks[mark.block].isMarginal, page.number > 1 { out.insert(mark.block) }
        }
        return pages == 1 ? out.union(Self.ofExcerpt(own, page)) : out
    }

    /// More short texts at a page's edges than running heads have.
    private static let mostMarks = 200

    private static func marks(_ page: PageLayout) -> [Mark] {
        let edges: [(block: Int, isTop: Bool)] = page.blocks.enumerated().compactMap { index, block in
            guard case .text(let lines) = block.content, lines.count <= 2, block.characters <= 160, !block.text.isEmpty else { return nil }
            if block.box.y1 < (block.isMarginal ? lowestHead : 0.1) * page.height { return (index, true) }
            return block.box.y0 > (block.isMarginal ? highestNumber : 0.91) * page.height ? (index, false) : nil
        }
        guard edges.count <= mostMarks else { return [] }
        let body = BodyLines(page)
        var marks = edges.map { index, isTop in
            let block = page.blocks[index]
            let (shape, number) = shape(block.text)
            return Mark(
                page: page.number, block: index, isTop: isTop, y: isTop ? block.box.y0 : block.box.y1, size: block.size, shape: shape, line: shape, number: number,
                isApart: body.isApart(block, isTop: isTop))
        }
        // Parts of a line stand one after the other in one page and as one block in the next.
        for place in marks.indices {
            let beside = marks.filter { $0.isTop == marks[place].isTop && abs($0.y - marks[place].y) < 3 }
            if beside.count > 1 { marks[place].line = beside.flatMap(\.shape) }
        }
        return marks
    }

    static func isWord(_ byte: UInt8) -> Bool { byte >= 0x80 || (0x61...0x7A).contains(byte | 0x20) }

    static func isPageOf(_ shape: [UInt8]) -> Bool {
        ["page#of#", "page#/#", "#of#", "page#", "seite#von#", "seite#", "page#sur#", "página#de#", "pagina#di#", "pagina#van#", "第#页共#页", "第#页", "#ページ"].contains { shape.elementsEqual($0.utf8) }
    }

    /// Lower case, without spaces, each number as `#`; and the first number. A roman number alone counts too.
    static func shape(_ text: [UInt8]) -> (shape: [UInt8], number: Int?) {
        var shape: [UInt8] = []
        var number: Int?
        var at = 0
        while at < text.count {
            let byte = text[at]
            if (0x30...0x39).contains(byte) {
                var value = 0
                while at < text.count, (0x30...0x39).contains(text[at]) {
                    value = min(value * 10 + Int(text[at] & 15), 1_000_000)
                    at += 1
                }
                if number == nil { number = value }
                shape.append(0x23)
                continue
            }
            if byte != 0x20 { shape.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte) }
            at += 1
        }
        if shape.count <= 6, let roman = ListMarker.roman(shape) { return ([0x23], roman) }
        return (shape, number)
    }
}

/// How a page's text is set, which a running head stands apart from.
private struct BodyLines {
    private let blocks: [LaidBlock]
    /// Most of the distances of lines within paragraphs; nil without such.
    private let pitch: Float?

    init(_ page: PageLayout) {
        blocks = page.blocks
        var pitches: [Float] = []
        for block in blocks where block.lines.count > 1 {
            for (line, next) in zip(block.lines, block.lines.dropFirst()) where next.baseline > line.baseline { pitches.append(next.baseline - line.baseline) }
        }
        pitch = pitches.median
    }

    func isApart(_ block: LaidBlock, isTop: Bool) -> Bool {
        guard let pitch, let first = block.lines.first, let last = block.lines.last else { return true }
        var nearest: (distance: Float, line: Line)?
        for other in blocks {
            guard let line = isTop ? other.lines.first : other.lines.last, other.box.overlapX(block.box) > 0 else { continue }
            let distance = isTop ? line.baseline - last.baseline : first.baseline - line.baseline
            if distance > 0.1, nearest.map({ distance < $0.distance }) ?? true { nearest = (distance, line) }
        }
        guard let nearest else { return true }
        if nearest.distance > 1.15 * pitch { return true }
        let line = nearest.line
        return abs(line.size - first.size) > 0.3 || (line.bold > 0.5) != (first.bold > 0.5) || (line.italic > 0.5) != (first.italic > 0.5) || line.font != first.font
    }
}
