// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Definitions as a list: Markdown has no other form that shows which description belongs to which term.
enum MarkdownDefinitions {
    /// Terms are strong items, their descriptions items below them; definitions within a description are further items there.
    static func list(_ definitions: [Definition]) -> List {
        List(.bullet, items: definitions.flatMap { definition -> [ListItem] in
            let descriptions = definition.descriptions.flatMap(items)
            guard !definition.term.isEmpty else { return descriptions }
            let term = Block.paragraph([.strong(definition.term)])
            return [ListItem(descriptions.isEmpty ? [term] : [term, .list(List(.bullet, items: descriptions))])]
        })
    }

    private static func items(_ blocks: [Block]) -> [ListItem] {
        if blocks.count == 1, case .definitions(let inner) = blocks[0] { return list(inner).items }
        return [ListItem(blocks)]
    }
}
