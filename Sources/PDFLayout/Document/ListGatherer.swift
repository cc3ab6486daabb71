// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Items one after the other as nested lists.
struct ListGatherer {
    private struct Level {
        var x: Float
        var list: List
        var kind: ListMarker.Kind
        var next: Int
        var places: [SourcePosition]
    }

    private var levels: [Level] = []
    /// Lists that are done.
    private(set) var finished: [(block: Block, places: [SourcePosition])] = []

    var isOpen: Bool { !levels.isEmpty }
    private static let mostLevels = 8

    /// Adds an item whose marker stands at `x`.
    mutating func add(_ blocks: [Block], _ marker: ListMarker, x: Float, size: Float, places: [SourcePosition]) {
        let slack = 0.55 * size
        while let last = levels.last, last.x > x + slack, levels.count > 1 { close() }
        // Items that stand at one place but have other bullets: those of a list around them, or of one within.
        if levels.dropLast().contains(where: { $0.kind == marker.kind && abs($0.x - x) <= slack }) {
            while let last = levels.last, last.kind != marker.kind { close() }
        }
        let isInner = levels.last.map { abs($0.x - x) <= slack && Self.isDeeper($0.kind, marker.kind) } ?? false
        let isOrdered = marker.kind == .decimal
        let item = ListItem(blocks, checked: marker.isChecked)
        if let last = levels.last, x <= last.x + slack && !isInner || levels.count >= Self.mostLevels {
            if Self.isAlike(last, marker) {
                levels[levels.count - 1].list.items.append(item)
                levels[levels.count - 1].next = marker.number + 1
                SourcePosition.extend(&levels[levels.count - 1].places, by: places)
                return
            }
            close()
        }
        let list = List(isOrdered ? .ordered(start: marker.number) : .bullet, items: [item])
        levels.append(Level(x: x, list: list, kind: marker.kind, next: marker.number + 1, places: places))
    }

    /// A paragraph within the last item.
    mutating func continueItem(_ block: Block, places: [SourcePosition]) {
        guard let place = levels.indices.last, let item = levels[place].list.items.indices.last else { return }
        levels[place].list.items[item].blocks.append(block)
        SourcePosition.extend(&levels[place].places, by: places)
    }

    /// Whether `inner` is a bullet that word processors and browsers give to lists within one of `outer`.
    private static func isDeeper(_ outer: ListMarker.Kind, _ inner: ListMarker.Kind) -> Bool {
        guard case .bullet(let a) = outer, case .bullet(let b) = inner, let depth = bullets.firstIndex(of: a) else { return false }
        return bullets.dropFirst(depth + 1).contains(b)
    }

    /// A disc, a circle, a square, by their depth.
    private static let bullets: [UInt32] = [0x2022, 0x25E6, 0x25AA]

    private static func isAlike(_ level: Level, _ marker: ListMarker) -> Bool {
        switch (level.kind, marker.kind) {
        case (.bullet, .bullet): return true
        case (.bullet, _), (_, .bullet): return false
        case (.decimal, .decimal): return marker.number == level.next || marker.number > 1
        case (.decimal, _), (_, .decimal): return false
        default: return true
        }
    }

    /// Ends the innermost list: it goes into the item around it.
    private mutating func close() {
        guard let last = levels.popLast() else { return }
        let block = Block.list(last.list)
        if let place = levels.indices.last, let item = levels[place].list.items.indices.last, levels[place].x < last.x || Self.isDeeper(levels[place].kind, last.kind) {
            levels[place].list.items[item].blocks.append(block)
            SourcePosition.extend(&levels[place].places, by: last.places)
        } else {
            finished.append((block, last.places))
        }
    }

    /// All lists so far; none are open then.
    mutating func take() -> [(block: Block, places: [SourcePosition])] {
        while !levels.isEmpty { close() }
        defer { finished = [] }
        return finished
    }
}
