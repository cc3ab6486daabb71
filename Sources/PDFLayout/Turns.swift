// SPDX-License-Identifier: Apache-2.0

/// A page's glyphs by the direction that they are written in, the page turned so that most of them stand upright.
struct Turns {
    var content: PageContent
    /// Quarter turns that the page was turned by, and those of each of `others`.
    private let turn: Int
    private var otherTurns: [Int] = []
    private let width: Float
    private let height: Float
    /// Places of glyphs that are upright now.
    var upright: [Int32] = []
    /// Text in other directions, each turned upright.
    var others: [PageContent] = []
    /// The same text as it stands on a page that was not turned itself.
    var sideways: [PageContent] = []
    /// Glyphs at an angle.
    var skewed = 0

    init(_ page: PageContent) {
        var counts = [Int](repeating: 0, count: 5)
        for glyph in page.glyphs { counts[min(Int(glyph.turn), 4)] += 1 }
        skewed = counts[4]
        (width, height) = (page.width, page.height)
        let main = (0..<4).max { (counts[$0], -$0) < (counts[$1], -$1) } ?? 0
        turn = main
        content = main == 0 ? page : Self.turned(page, by: main)
        upright.reserveCapacity(counts[main])
        for place in page.glyphs.indices where Int(page.glyphs[place].turn) == main { upright.append(Int32(place)) }
        for turn in [1, 3, 0, 2] where turn != main && counts[turn] > 1 {
            var part = page
            part.glyphs.removeAll { Int($0.turn) != turn }
            (part.rules, part.fills, part.pictures, part.sketches, part.tags) = ([], [], [], [], nil)
            others.append(Self.turned(part, by: turn))
            otherTurns.append(turn)
            if main == 0, turn != 2 { sideways.append(part) }
        }
    }

    /// Takes text that a table has taken out of what is left to be read.
    mutating func remove(_ taken: [TurnedText]) {
        for (other, texts) in Dictionary(grouping: taken, by: \.other) {
            let gone = Set(texts.flatMap(\.glyphs))
            others[other].glyphs = others[other].glyphs.enumerated().filter { !gone.contains(Int32($0.offset)) }.map(\.element)
        }
    }

    /// A box of `content`, or of one of `others`, on the page as it is shown.
    func shown(_ box: Box, other: Int? = nil) -> Box {
        let turn = other.map { otherTurns[$0] } ?? turn
        guard turn != 0 else { return box }
        return Self.turned(box, by: 4 - turn, width: turn == 2 ? width : height, height: turn == 2 ? height : width)
    }

    private static func turned(_ box: Box, by turn: Int, width: Float, height: Float) -> Box {
        switch turn {
        case 1: Box(box.y0, width - box.x0, box.y1, width - box.x1)
        case 2: Box(width - box.x0, height - box.y0, width - box.x1, height - box.y1)
        default: Box(height - box.y0, box.x0, height - box.y1, box.x1)
        }
    }

    /// The page as it looks when text that was written at `turn` quarter turns clockwise stands upright.
    static func turned(_ page: PageContent, by turn: Int) -> PageContent {
        guard turn != 0 else { return page }
        let (width, height) = (page.width, page.height)
        func box(_ box: Box) -> Box { turned(box, by: turn, width: width, height: height) }
        var out = page
        if turn != 2 { (out.width, out.height) = (height, width) }
        for index in out.glyphs.indices {
            // A turned glyph's baseline is an x of the page.
            let baseline = out.glyphs[index].baseline
            let turned = box(out.glyphs[index].box)
            out.glyphs[index].baseline = switch turn {
            case 1: width - baseline
            case 2: height - baseline
            default: baseline
            }
            out.glyphs[index].box = turned
        }
        out.rules = page.rules.map { rule in
            let turned = box(rule.box)
            return rule.isHorizontal == (turn == 2)
                ? Rule(horizontal: turned.y0, from: turned.x0, to: turned.x1) : Rule(vertical: turned.x0, from: turned.y0, to: turned.y1)
        }
        out.fills = page.fills.map(box)
        out.sketches = page.sketches.map { Sketch(box: box($0.box), isCurve: $0.isCurve) }
        for index in out.pictures.indices { out.pictures[index].box = box(out.pictures[index].box) }
        for index in out.links.indices { out.links[index].box = box(out.links[index].box) }
        return out
    }
}
