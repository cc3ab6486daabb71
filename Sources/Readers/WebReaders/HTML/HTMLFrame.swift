// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// A place in the tree that blocks are being collected for: the document, a list item, a cell, a heading.
final class HTMLFrame {
    enum Kind {
        case note(NoteID)
        case document, quote, item, list, cell, table, definitions, description, figure
        /// These hold one run of text; blocks inside them are set apart by a space.
        case heading(Int), caption, term, figureCaption

        var holdsOneRun: Bool {
            switch self {
            case .heading, .caption, .term, .figureCaption: true
            default: false
            }
        }
    }

    let kind: Kind
    let holdsOneRun: Bool
    var run = HTMLRun()
    var blocks: [Block] = []
    // Of a list.
    var marker = List.Marker.bullet
    /// A list's items; elsewhere items that stand outside of any list, until something else follows them.
    var items: [ListItem] = []
    // Of an item.
    var checked: Bool?
    // Of a table, a figure.
    var caption: [Inline] = []
    var rows = HTMLRows()
    // Of a cell.
    var cell = HTMLRows.Draft()
    // Of a definition list.
    var entries: [Definition] = []

    init(_ kind: Kind) {
        self.kind = kind
        holdsOneRun = kind.holdsOneRun
    }

    /// Ends the paragraph being collected.
    func endParagraph() {
        if holdsOneRun {
            run.addSpace()
            return
        }
        let inlines = run.take()
        if !inlines.isEmpty { append(.paragraph(inlines)) }
    }

    func append(_ block: Block) {
        endLooseList()
        blocks.append(block)
    }

    private func endLooseList() {
        if case .list = kind { return }
        guard !items.isEmpty else { return }
        blocks.append(.list(List(.bullet, items: items)))
        items = []
    }

    /// The blocks that nothing can join any more.
    func takeReady() -> [Block] {
        defer { blocks = [] }
        return blocks
    }

    /// Everything collected, the open paragraph included.
    func takeBlocks() -> [Block] {
        endParagraph()
        endLooseList()
        defer { blocks = [] }
        return blocks
    }
}
