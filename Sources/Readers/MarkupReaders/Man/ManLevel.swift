// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// A part of a manual page that holds blocks: the page, a term's meaning, an item, what is set in by `.RS`.
///
/// Terms and items that follow each other are gathered into one list.
struct ManLevel {
    enum Kind { case page, meaning([Inline]), item(isNumbered: Bool, start: Int), indented }

    let kind: Kind
    private var blocks: [Block] = []
    private var definitions: [Definition] = []
    private var list: List?

    init(_ kind: Kind) { self.kind = kind }

    var isEmpty: Bool { blocks.isEmpty && definitions.isEmpty && list == nil }

    mutating func append(_ block: Block) {
        endGathering()
        blocks.append(block)
    }

    /// Terms without a meaning share the next one's.
    mutating func add(_ definition: Definition) {
        if list != nil { endGathering() }
        if let last = definitions.indices.last, definitions[last].descriptions.isEmpty {
            definitions[last].term += [.text(", ")] + definition.term
            definitions[last].descriptions = definition.descriptions
        } else {
            definitions.append(definition)
        }
    }

    /// A first item, or one of another kind, begins a list of its own.
    mutating func add(_ item: ListItem, isNumbered: Bool, start: Int) {
        let goesOn = list.map { ($0.marker == .bullet) != isNumbered && (!isNumbered || start > 1) } ?? false
        if goesOn {
            list?.items.append(item)
        } else {
            endGathering()
            list = List(isNumbered ? .ordered(start: start) : .bullet, items: [item])
        }
    }

    mutating func take() -> [Block] {
        endGathering()
        defer { blocks = [] }
        return blocks
    }

    private mutating func endGathering() {
        if !definitions.isEmpty { blocks.append(.definitions(definitions)) }
        if let list { blocks.append(.list(list)) }
        (definitions, list) = ([], nil)
    }
}
