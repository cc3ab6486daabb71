// SPDX-License-Identifier: Apache-2.0

/// The children of an element with the text between them, in order: for mixed content.
package struct XMLContent: Sequence, IteratorProtocol {
    package enum Piece {
        case element(XMLElement)
        /// Its references decoded; white space as it stands.
        case text(String)
    }

    let tree: UnsafePointer<XMLTreeView>?
    var at: Int
    let end: Int

    @inline(__always)
    package mutating func next() -> Piece? {
        guard let tree, at < end else { return nil }
        let here = at
        at = Int(tree.pointee.nodes[here].end)
        return tree.pointee.nodes[here].isText ? .text(tree.pointee.text(here)) : .element(XMLElement(tree: tree, index: here))
    }
}

extension XMLElement {
    package var content: XMLContent {
        guard let view = tree?.pointee else { return XMLContent(tree: nil, at: 0, end: 0) }
        return XMLContent(tree: tree, at: index &+ 1, end: Int(view.nodes[index].end))
    }

    /// Whether any elements are below.
    package var hasChildren: Bool {
        var children = children
        return children.next() != nil
    }
}
