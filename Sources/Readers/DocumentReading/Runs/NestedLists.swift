// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// Turns a row of labelled paragraphs into nested lists; any other block ends them.
package struct NestedLists: Sendable {
    package private(set) var blocks: [Block] = []
    private var open: [Open] = []

    private struct Open: Sendable {
        var list: List
        var name: String
        var level: Int
        /// The number the next item must have to belong here.
        var next: Int?
    }

    package init() {}

    package var isEmpty: Bool { blocks.isEmpty && open.isEmpty }

    package mutating func append(_ block: Block) {
        close(to: 0)
        blocks.append(block)
    }

    /// Adds an item; a `number` of nil makes it a bullet's.
    package mutating func append(_ item: ListItem, name: String, level: Int, number: Int?) {
        while let last = open.last, last.level > level { close(to: open.count - 1) }
        if let last = open.last, last.level == level, last.name != name || last.next != number { close(to: open.count - 1) }
        if open.last?.level != level {
            open.append(Open(list: List(number.map { .ordered(start: $0) } ?? .bullet, items: []), name: name, level: level, next: number))
        }
        let top = open.count - 1
        open[top].list.items.append(item)
        open[top].next = number.map { $0 &+ 1 }
    }

    package mutating func finish() -> [Block] {
        close(to: 0)
        defer { blocks = [] }
        return Blocks.joined(blocks)
    }

    private mutating func close(to depth: Int) {
        while open.count > depth, let last = open.popLast() {
            if let above = open.indices.last, let item = open[above].list.items.indices.last {
                open[above].list.items[item].blocks.append(.list(last.list))
            } else {
                blocks.append(.list(last.list))
            }
        }
    }
}
