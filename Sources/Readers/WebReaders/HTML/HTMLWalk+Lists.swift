// SPDX-License-Identifier: Apache-2.0
import CGumbo
import DocumentTree

extension HTMLWalk {
    func enterList(_ node: HTMLNode, ordered: Bool) {
        guard let list = push(.list, for: node) else { return }
        if ordered { list.marker = .ordered(start: node.attribute("start")?.number(most: 999_999_999) ?? 1) }
    }

    func enterItem(_ node: HTMLNode) {
        let inList = if case .list = frame.kind { true } else { false }
        if inList { keepStray(frame) }
        _ = push(.item, for: node)
    }

    func completeItem(_ part: HTMLFrame) {
        let blocks = part.takeBlocks()
        guard !blocks.isEmpty || part.checked != nil else { return }
        frame.items.append(ListItem(blocks, checked: part.checked))
    }

    func completeList(_ part: HTMLFrame) {
        keepStray(part)
        if !part.items.isEmpty { frame.append(.list(List(part.marker, items: part.items))) }
    }

    /// What stands in a list but in no item: a list belongs to the item above it, anything else is an item.
    private func keepStray(_ list: HTMLFrame) {
        let blocks = list.takeBlocks()
        guard !blocks.isEmpty else { return }
        let onlyLists = blocks.allSatisfy { if case .list = $0 { true } else { false } }
        if onlyLists, let last = list.items.indices.last {
            list.items[last].blocks += blocks
        } else if onlyLists {
            // A list in a list and before any item is a list by itself, only further to the right.
            for block in blocks { if case .list(let inner) = block { list.items += inner.items } }
        } else {
            list.items.append(ListItem(blocks))
        }
    }

    func enterTerm(_ node: HTMLNode) {
        guard case .definitions = frame.kind else {
            frame.endParagraph()
            return descend(node, then: .paragraph)
        }
        keepStray(entries: frame)
        _ = push(.term, for: node)
    }

    func enterDescription(_ node: HTMLNode) {
        guard case .definitions = frame.kind else {
            frame.endParagraph()
            return descend(node, then: .paragraph)
        }
        keepStray(entries: frame)
        _ = push(.description, for: node)
    }

    func completeTerm(_ part: HTMLFrame) {
        let term = part.run.take()
        if !term.isEmpty { frame.entries.append(Definition(term: term, descriptions: [])) }
    }

    func completeDescription(_ part: HTMLFrame) {
        let blocks = part.takeBlocks()
        if !blocks.isEmpty { describe(blocks, in: frame) }
    }

    func completeDefinitions(_ part: HTMLFrame) {
        keepStray(entries: part)
        // Without a term it is an indentation.
        guard part.entries.contains(where: { !$0.term.isEmpty }) else {
            for block in part.entries.flatMap({ $0.descriptions.flatMap { $0 } }) { frame.append(block) }
            return
        }
        frame.append(.definitions(part.entries))
    }

    private func keepStray(entries list: HTMLFrame) {
        let blocks = list.takeBlocks()
        if !blocks.isEmpty { describe(blocks, in: list) }
    }

    private func describe(_ blocks: [Block], in list: HTMLFrame) {
        if let last = list.entries.indices.last {
            list.entries[last].descriptions.append(blocks)
        } else {
            list.entries.append(Definition(term: [], descriptions: [blocks]))
        }
    }
}
