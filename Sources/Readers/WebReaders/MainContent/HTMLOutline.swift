// SPDX-License-Identifier: Apache-2.0
import CGumbo

/// The elements of a page in document order, each with how much text stands below it and how much of that is links.
struct HTMLOutline {
    struct Entry {
        let node: HTMLNode
        /// -1 for the outermost.
        let parent: Int
        /// Behind the last element below this one.
        var end = 0
        /// Bytes of text below, white space aside, and those within links.
        var text = 0
        var linked = 0
        /// The same for what stands in the element itself and in no block within it.
        var ownText = 0
        var ownLinked = 0
        /// Headings below, and those that lead elsewhere.
        var headings = 0
        var linkedHeadings = 0
        let isBlock: Bool
    }

    private(set) var entries: [Entry] = []

    init(_ root: HTMLNode) {
        var steps: [(entry: Int, next: Int, isLink: Bool, block: Int)] = []
        open(root, parent: -1, isLink: false, block: 0, &steps)
        while let top = steps.indices.last {
            let children = entries[steps[top].entry].node.children
            guard steps[top].next < children.count else {
                close(steps.removeLast().entry)
                continue
            }
            let child = children[steps[top].next]
            steps[top].next += 1
            guard let child else { continue }
            let step = steps[top]
            if let text = child.text {
                let count = Self.size(text)
                guard count > 0 else { continue }
                entries[step.entry].text += count
                entries[step.block].ownText += count
                if step.isLink {
                    entries[step.entry].linked += count
                    entries[step.block].ownLinked += count
                }
            } else if child.isElement, HTMLRole.of(child) != .dropped {
                open(child, parent: step.entry, isLink: step.isLink || HTMLRole.of(child) == .link, block: step.block, &steps)
            }
        }
    }

    private mutating func open(
        _ node: HTMLNode, parent: Int, isLink: Bool, block: Int, _ steps: inout [(entry: Int, next: Int, isLink: Bool, block: Int)]
    ) {
        let isBlock = switch HTMLRole.of(node) {
        case .transparent, .emphasis, .strong, .strikethrough, .underline, .superscript, .subscript, .code, .link, .quotation, .ruby,
            .lineBreak, .image, .button, .math: false
        default: true
        }
        let place = entries.count
        entries.append(Entry(node: node, parent: parent, isBlock: isBlock))
        steps.append((place, 0, isLink, isBlock ? place : block))
    }

    private mutating func close(_ place: Int) {
        entries[place].end = entries.count
        if HTMLRole.of(entries[place].node) == .heading, entries[place].text > 0 {
            entries[place].headings = 1
            entries[place].linkedHeadings = entries[place].linked * 5 > entries[place].text * 4 ? 1 : 0
        }
        let parent = entries[place].parent
        guard parent >= 0 else { return }
        entries[parent].text += entries[place].text
        entries[parent].linked += entries[place].linked
        entries[parent].headings += entries[place].headings
        entries[parent].linkedHeadings += entries[place].linkedHeadings
    }

    private static func size(_ text: ByteSlice) -> Int {
        var count = 0
        var isSpace = true
        for byte in text {
            if ByteSlice.isSpace(byte) {
                isSpace = true
            } else {
                // A run of white space counts as one.
                count += isSpace && count > 0 ? 2 : 1
                isSpace = false
            }
        }
        return count
    }
}
