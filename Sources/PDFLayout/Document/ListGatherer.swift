// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Items one after the other as nested lists.
struct ListGatherer {
    private struct Level {
        var x: Float
        var list: List
        var kind: ListMarker.Kind
        var next: Int
    }

    private var levels: [Level] = []
    /// Lists that are done.
    private(set) var finished: [Block] = []

    var isOpen: Bool { !levels.isEmpty }
    private static let mostLevels = 8

    /// Adds an item whose marker stands at `x`.
    mutating func add(_ blocks: [Block], _ marker: ListMarker, x: Float, size: Float) {
        let slack = 0.55 * size
        while let last = levels.last, last.x > x + slack, levels.count > 1 { close() ; _ = last }
        let isOrdered = marker.kind == .decimal
        let item = ListItem(blocks, checked: marker.isChecked)
        if let last = levels.last, x <= last.x + slack || levels.count >= Self.mostLevels {
            if Self.isAlike(last, marker) {
                levels[levels.count - 1].list.items.append(item)
                levels[levels.count - 1].next = marker.number + 1
                return
            }
            close()
        }
        let list = List(isOrdered ? .ordered(start: marker.number) : .bullet, items: [item])
        levels.append(Level(x: x, list: list, kind: marker.kind, next: marker.number + 1))
    }

    /// A paragraph within the last item.
    mutating func continueItem(_ block: Block) {
        guard let place = levels.indices.last, let item = levels[place].list.items.indices.last else { return }
        levels[place].list.items[item].blocks.append(block)
    }

    /// x of the innermost open item's marker.
    var markerX: Float? { levels.last?.x }

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
        if let place = levels.indices.last, let item = levels[place].list.items.indices.last, levels[place].x < last.x {
            levels[place].list.items[item].blocks.append(block)
        } else {
            finished.append(block)
        }
    }

    /// All lists so far; none are open then.
    mutating func take() -> [Block] {
        while !levels.isEmpty { close() }
        defer { finished = [] }
        return finished
    }
}
