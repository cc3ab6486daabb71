// SPDX-License-Identifier: Apache-2.0

/// Ties captions to the pictures and tables that they stand by, wherever the cutting of the page has put them.
///
///     ┌─────────┐
///     │ picture │  labelled text beside it
///     └─────────┘
///     labelled text, or short text in smaller or slanted type, within the picture's width
///
/// A picture's caption, and a table's that stands above it, become part of it; one below a table comes right behind the table.
struct CaptionFinder {
    /// Size of the page's text.
    let size: Float

    private enum Side { case above, below, beside }
    private struct Tie {
        var caption: Int
        var object: Int
        var side: Side
        var distance: Float
    }

    private static let mostCharacters = 2_000
    /// Pictures and tables of a page, and labelled texts: each is held against all of the others.
    private static let most = 200

    func tie(_ blocks: inout [LaidBlock]) {
        var labels: [Int: CaptionLabel] = [:]
        for index in blocks.indices {
            guard blocks[index].role != .diagram, let line = blocks[index].lines.first, let label = CaptionLabel(line.text), label.isSure, blocks[index].characters <= Self.mostCharacters else { continue }
            labels[index] = label
            // What goes on in another column is text that happens to begin so.
            if blocks[index].role == nil { blocks[index].role = .caption }
        }
        let objects = blocks.indices.filter { index in
            switch blocks[index].content {
            case .picture(let picture): picture.name != nil
            case .table: true
            case .text: blocks[index].role == .diagram
            case .code: false
            }
        }
        guard !objects.isEmpty, objects.count <= Self.most, labels.count <= Self.most else { return }
        var ties: [Tie] = []
        for (index, label) in labels { if let tie = nearest(index, label, objects, blocks) { ties.append(tie) } }
        var tied = Set(ties.map(\.object))
        for object in objects where !tied.contains(object) {
            guard case .picture = blocks[object].content, let caption = unlabelled(object, blocks), labels[caption] == nil else { continue }
            ties.append(Tie(caption: caption, object: object, side: .below, distance: 0))
        }
        guard !ties.isEmpty else { return }
        tied = []
        var taken: Set<Int> = []
        var behind: [Int: Int] = [:]
        for tie in ties.sorted(by: { ($0.distance, $0.caption) < ($1.distance, $1.caption) }) where !taken.contains(tie.caption) && tied.insert(tie.object).inserted {
            taken.insert(tie.caption)
            var caption = blocks[tie.caption]
            caption.role = .caption
            caption.isOpen = false
            if case .table = blocks[tie.object].content, tie.side != .above {
                caption.region = blocks[tie.object].region
                blocks[tie.caption] = caption
                behind[tie.object] = tie.caption
            } else {
                blocks[tie.object].captions = [caption]
            }
        }
        var out: [LaidBlock] = []
        out.reserveCapacity(blocks.count)
        for index in blocks.indices where !taken.contains(index) {
            out.append(blocks[index])
            if let caption = behind[index] { out.append(blocks[caption]) }
        }
        blocks = out
    }

    /// What a labelled text is the caption of: the nearest of its kind, of several beside each other the last.
    private func nearest(_ caption: Int, _ label: CaptionLabel, _ objects: [Int], _ blocks: [LaidBlock]) -> Tie? {
        let box = blocks[caption].box
        var best: Tie?
        for object in objects {
            let isTable = if case .table = blocks[object].content { true } else { false }
            guard isTable == label.isOfTable || label.isOfTable && !isTable, let (side, distance) = side(box, blocks[object].box) else { continue }
            let tie = Tie(caption: caption, object: object, side: side, distance: distance)
            if best.map({ distance < $0.distance + (side == $0.side ? 2 : 0) }) ?? true { best = tie }
        }
        guard let best, !isParted(caption, best, blocks) else { return nil }
        return best
    }

    private func side(_ caption: Box, _ object: Box) -> (Side, Float)? {
        if caption.overlapX(object) > 0.5 * min(caption.width, object.width) {
            let below = caption.y0 - object.y1, above = object.y0 - caption.y1
            if below > -size, below < 4 * size { return (.below, max(0, below)) }
            if above > -size, above < 4 * size { return (.above, max(0, above)) }
            return nil
        }
        guard caption.overlapY(object) > 0.8 * caption.height, caption.overlapX(object) > -3 * size else { return nil }
        return (.beside, max(0, -caption.overlapX(object)))
    }

    /// Whether other text stands between both.
    private func isParted(_ caption: Int, _ tie: Tie, _ blocks: [LaidBlock]) -> Bool {
        let (one, other) = (blocks[caption].box, blocks[tie.object].box)
        let between = tie.side == .below ? Box(one.x0, min(other.y1, one.y0), one.x1, one.y0) : tie.side == .above ? Box(one.x0, one.y1, one.x1, max(one.y1, other.y0)) : one
        guard tie.side != .beside else { return false }
        return blocks.indices.contains { index in
            guard index != caption, index != tie.object, case .text = blocks[index].content else { return false }
            return blocks[index].box.overlapX(between) > 0 && blocks[index].box.midY > between.y0 && blocks[index].box.midY < between.y1
        }
    }

    /// A short text right below a picture, within its width and in smaller or slanted type.
    private func unlabelled(_ object: Int, _ blocks: [LaidBlock]) -> Int? {
        let picture = blocks[object].box
        var best: (index: Int, gap: Float)?
        for index in blocks.indices {
            let block = blocks[index]
            let gap = block.box.y0 - picture.y1
            guard gap > -0.5 * size, gap < 2 * size, block.box.overlapX(picture) > 0 else { continue }
            if best.map({ gap < $0.gap }) ?? true { best = (index, gap) }
        }
        guard let (index, _) = best else { return nil }
        let block = blocks[index]
        guard case .text(let lines) = block.content, !block.isMarginal, block.marker == nil, lines.count <= 4, block.characters <= 300, block.characters > 2,
            block.size < 0.95 * size || block.isItalic || block.role == .caption, block.box.x0 > picture.x0 - size, block.box.x1 < picture.x1 + size,
            !(lines.first?.spans.first?.look.contains(.raised) ?? false)
        else { return nil }
        if case .heading? = block.role { return nil }
        // Text in the type of what follows it is that text's beginning.
        return blocks.indices.contains { other in
            other != index && blocks[other].captions.isEmpty && abs(blocks[other].size - block.size) < 0.2 && blocks[other].isItalic == block.isItalic && blocks[other].box.y0 > block.box.y0
                && blocks[other].box.y0 - block.box.y1 < 1.2 * size && blocks[other].box.overlapX(block.box) > 0.5 * block.box.width
        } ? nil : index
    }
}
