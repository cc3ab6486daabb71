// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Turns a row of labelled paragraphs into nested lists; any other block ends them.
struct OOXMLLists {
    private(set) var blocks: [Block] = []
    private var open: [Open] = []

    private struct Open {
        var list: List
        var name: String
        var level: Int
        /// The number the next item must have to belong here.
        var next: Int?
    }

    mutating func append(_ block: Block) {
        closeAll()
        blocks.append(block)
    }

    mutating func append(_ item: ListItem, name: String, level: Int, number: Int?) {
        while let last = open.last, last.level > level { closeLast() }
        if let last = open.last, last.level == level, last.name != name || last.next != number { closeLast() }
        if open.last?.level != level {
            open.append(Open(list: List(number.map { .ordered(start: $0) } ?? .bullet, items: []), name: name, level: level, next: number))
        }
        let top = open.count - 1
        open[top].list.items.append(item)
        open[top].next = number.map { $0 &+ 1 }
    }

    /// Adds to the last item of a list above `level`; false when none is open there.
    mutating func extend(_ block: Block, below level: Int) -> Bool {
        while let last = open.last, last.level >= level { closeLast() }
        guard let top = open.indices.last, let item = open[top].list.items.indices.last else { return false }
        open[top].list.items[item].blocks.append(block)
        return true
    }

    mutating func finish() -> [Block] {
        closeAll()
        defer { blocks = [] }
        return blocks
    }

    private mutating func closeAll() { while !open.isEmpty { closeLast() } }

    private mutating func closeLast() {
        guard let last = open.popLast() else { return }
        if let above = open.indices.last, let item = open[above].list.items.indices.last {
            open[above].list.items[item].blocks.append(.list(last.list))
        } else {
            blocks.append(.list(last.list))
        }
    }
}
