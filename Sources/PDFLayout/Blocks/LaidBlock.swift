// SPDX-License-Identifier: Apache-2.0
package import DocumentTree

/// A paragraph, heading, list item, table or picture of one page, before it is known what its neighbours make of it.
package struct LaidBlock: Sendable {
    package enum Content: Sendable {
        case text([Line])
        /// Lines of a fixed pitch, as they stand.
        case code([[UInt8]])
        case table(Table)
        case picture(Picture)
    }

    /// What a tagged page or the layout says it is.
    package enum Role: Sendable, Hashable {
        case heading(Int)
        case paragraph
        case caption
        /// Words of a drawing.
        case diagram
        case quote
        case note
        /// A list's item; the depth counts from 0 and is known in tagged pages only.
        case item(depth: Int)
    }

    package var content: Content
    package var box: Box
    /// White between it and the block above it in its column; nil for the first.
    package var gap: Float?
    /// Columns are read one after the other: which one this is.
    package var region = 0
    /// The column's own extent.
    package var column: Box
    package var isMarginal = false
    package var role: Role?
    package var marker: ListMarker?
    /// Where lines end before the column does: places in `lines` of which the text stays on lines of its own.
    package var breaks: Set<Int> = []
    /// Whether it reaches the column's end without the end of a sentence: the next column may go on with it.
    package var isOpen = false
    package var isCentered = false
    package var isBesideBar = false
    /// The page's links, which spans point to.
    package var links: [String] = []
    /// Notes of its page, by the raised text that refers to them.
    package var notes: [[UInt8]: NoteID] = [:]
    /// What people noted at its lines.
    package var remarks: [RemarkAnchor] = []
    /// Columns of a table, for a table that goes on: their x places.
    package var columns: [Float] = []
    /// Characters of a table by their size in half points.
    var sizes: [Int: Int] = [:]
    /// The caption of a picture or table; one at most.
    package var captions: [LaidBlock] = []
    /// Where it stands on its page as that is shown; several when it goes on in another column or on another page.
    package var places: [SourcePosition] = []

    package init(_ content: Content, box: Box, column: Box) {
        self.content = content
        self.box = box
        self.column = column
    }

    package var lines: [Line] { if case .text(let lines) = content { lines } else { [] } }
    package var size: Float { lines.max { $0.box.width < $1.box.width }?.size ?? 0 }
    /// What stands apart from the text that flows around it.
    var isFloating: Bool { role == .caption || role == .diagram }
    package var text: [UInt8] { lines.reduce(into: []) { $0 += ($0.isEmpty ? [] : [0x20]) + $1.text } }
    package var characters: Int { lines.reduce(0) { $0 + $1.spans.reduce(0) { $0 + $1.text.count } } }
    /// All of it bold.
    package var isBold: Bool { !lines.isEmpty && lines.allSatisfy { $0.bold > 0.85 } }
    package var isItalic: Bool { !lines.isEmpty && lines.allSatisfy { $0.italic > 0.85 } }

    /// Notes where it stands; `shown` brings boxes of the layout to the page as it is shown.
    mutating func place(on page: Int, _ shown: (Box) -> Box) {
        var boxes = [box]
        // Text of a tagged page may run through several columns: it then goes up again.
        if case .text(let lines) = content, zip(lines, lines.dropFirst()).contains(where: { $1.box.y1 < $0.box.y0 }) {
            boxes = []
            var last: Line?
            for line in lines {
                if let last, line.box.y1 >= last.box.y0 { boxes[boxes.count - 1].grow(line.box) } else { boxes.append(line.box) }
                last = line
            }
        }
        places = boxes.map { SourcePosition(page: page, shown($0)) }
        for caption in captions {
            let place = SourcePosition(page: page, shown(caption.box))
            if caption.box.y0 < box.y0 { places = [place] + places } else { places.append(place) }
        }
    }
}

extension SourcePosition {
    init(page: Int, _ box: Box) { self.init(page: page, left: box.x0, top: box.y0, right: box.x1, bottom: box.y1) }
}

/// A page taken apart, its blocks in reading order.
package struct PageLayout: Sendable {
    package var number: Int
    /// As the page was turned to be read, which blocks' boxes go by.
    package var width: Float
    package var height: Float
    /// What the document calls the page, where that is not its number.
    package var label: String?
    /// The page as it is shown.
    package var place: SourcePosition
    package var blocks: [LaidBlock] = []
    /// Losses of this page: a code and a message each.
    package var losses: [(code: String, message: String)] = []
    /// For drawing: what was found on the way.
    package var trace: LayoutTrace?

    package init(number: Int, width: Float, height: Float) {
        self.number = number
        self.width = width
        self.height = height
        place = SourcePosition(page: number, Box(0, 0, width, height))
    }
}

/// The layout's layers of one page, for a drawing of them.
package struct LayoutTrace: Sendable {
    package var words: [Box] = []
    package var lines: [Box] = []
    package var regions: [Box] = []
    package var cells: [Box] = []
    package var rules: [Rule] = []

    package init() {}
}
