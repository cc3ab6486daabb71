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

    /// Adds to the last item of a list above `level`; false when none is open there.
    package mutating func extend(_ block: Block, below level: Int) -> Bool {
        while let last = open.last, last.level >= level { close(to: open.count - 1) }
        guard let top = open.indices.last, let item = open[top].list.items.indices.last else { return false }
        open[top].list.items[item].blocks.append(block)
        return true
    }

    package mutating func finish() -> [Block] {
        close(to: 0)
        defer { blocks = [] }
        return Blocks.joined(blocks)
    }

    private mutating func close(to depth: Int) {
        while open.count > depth, let last = open.popLast() {
            if let above = open.indices.last, let item = open[above].list.items.indices.last {
                open[above].list.items[item].blocks.append(.list(TypedNumbers.read(last.list)))
            } else {
                blocks.append(.list(TypedNumbers.read(last.list)))
            }
        }
    }
}

/// Numbers that somebody typed behind the bullets of a list.
enum TypedNumbers {
    /// The list as a numbered one where each item begins with the number that follows the one before it, as in `1. ` or `1) `.
    static func read(_ list: List) -> List {
        guard case .bullet = list.marker, list.items.count > 1, let first = list.items.first.flatMap(number(of:)), first.value < 1_000_000 else { return list }
        var items: [ListItem] = []
        for (place, item) in list.items.enumerated() {
            guard let found = number(of: item), found.value == first.value + place, found.mark == first.mark else { return list }
            var item = item
            item.blocks[0] = .paragraph(found.rest)
            items.append(item)
        }
        return List(.ordered(start: first.value), items: items)
    }

    private static func number(of item: ListItem) -> (value: Int, mark: UInt8, rest: [Inline])? {
        guard item.checked == nil, case .paragraph(let inlines)? = item.blocks.first, case .text(let text)? = inlines.first else { return nil }
        let digits = text.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }
        let behind = text.utf8[digits.endIndex...]
        guard (1...6).contains(digits.count), let value = Int(String(digits) ?? ""), let mark = behind.first, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")") else { return nil }
        let rest = behind.dropFirst()
        let content = rest.drop { $0 == 0x20 || $0 == 0x09 }
        guard content.count < rest.count, !content.isEmpty || inlines.count > 1 else { return nil }
        return (value, mark, (content.isEmpty ? [] : [.text(String(content) ?? "")]) + inlines.dropFirst())
    }
}
