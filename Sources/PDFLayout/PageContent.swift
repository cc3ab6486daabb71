// SPDX-License-Identifier: Apache-2.0

/// How glyphs look: what one text object of the page says about all of its own.
package struct TextStyle: Sendable, Hashable {
    /// Em size on the page, in points.
    package var size: Float
    package var isBold = false
    package var isItalic = false
    package var isMono = false
    /// A font of signs, whose letters are none.
    package var isSymbol = false
    /// A number for the font's name, the same within a document.
    package var font: Int = 0

    package init(size: Float, isBold: Bool = false, isItalic: Bool = false, isMono: Bool = false, font: Int = 0) {
        self.size = size
        self.isBold = isBold
        self.isItalic = isItalic
        self.isMono = isMono
        self.font = font
    }
}

/// One character where it stands.
package struct Glyph: Sendable {
    package var scalar: UInt32
    /// Place in `PageContent.styles`.
    package var style: UInt16
    /// Quarter turns clockwise of the writing direction; `Glyph.skew` for any other angle.
    package var turn: UInt8
    /// Whether the place before it looks like a space to the library that read the page, which knows how wide the font's characters are: boxes
    /// hold what hangs over, as an f does.
    package var beginsWord = false
    /// From the pen's place to the pen's next place, from the font's descent to its ascent.
    package var box: Box
    package var baseline: Float
    /// The marked content it is part of; -1 for none.
    package var tag: Int32 = -1

    package init(_ scalar: UInt32, style: Int = 0, turn: UInt8 = 0, box: Box, baseline: Float, tag: Int32 = -1) {
        self.scalar = scalar
        self.style = UInt16(clamping: style)
        self.turn = turn
        self.box = box
        self.baseline = baseline
        self.tag = tag
    }

    package static let skew: UInt8 = 4
    package var isSpace: Bool { scalar == 0x20 || scalar == 0xA0 || scalar == 0x09 || (0x2000...0x200A).contains(scalar) || scalar == 0x3000 }
}

/// A picture's place, and its name once it is carried over.
package struct Picture: Sendable {
    package var box: Box
    /// The media's name; nil when the picture is not carried over.
    package var name: String?
    package var alternative = ""
    package var tag: Int32 = -1

    package init(box: Box, name: String? = nil, alternative: String = "", tag: Int32 = -1) {
        self.box = box
        self.name = name
        self.alternative = alternative
        self.tag = tag
    }
}

/// A drawn line along an axis, or a thin filled bar.
package struct Rule: Sendable, Hashable {
    package var isHorizontal: Bool
    /// Its y when it is horizontal, else its x.
    package var at: Float
    package var from: Float
    package var to: Float
    /// Whether it is no line but the edge of a filled box.
    package var isEdge = false

    package init(horizontal y: Float, from: Float, to: Float) { (isHorizontal, at, self.from, self.to) = (true, y, min(from, to), max(from, to)) }
    package init(vertical x: Float, from: Float, to: Float) { (isHorizontal, at, self.from, self.to) = (false, x, min(from, to), max(from, to)) }

    package var length: Float { to - from }
    package var box: Box { isHorizontal ? Box(from, at, to, at) : Box(at, from, at, to) }
}

/// A drawn curve or a slanted line: its extent.
package struct Sketch: Sendable {
    package var box: Box
    package var isCurve: Bool

    package init(box: Box, isCurve: Bool) {
        self.box = box
        self.isCurve = isCurve
    }
}

/// A link's area.
package struct LinkArea: Sendable {
    package var box: Box
    package var address: String

    package init(box: Box, address: String) {
        self.box = box
        self.address = address
    }
}

/// What somebody noted on the page, at or over its text (ISO 32000-1, 12.5.6).
package struct Remark: Sendable {
    package var box: Box
    package var author: String
    package var text: String

    package init(box: Box, author: String, text: String) {
        self.box = box
        self.author = author
        self.text = text
    }
}

/// What stands on one page, as found: the only thing that the layout looks at.
package struct PageContent: Sendable {
    package var number: Int
    package var width: Float
    package var height: Float
    package var glyphs: [Glyph] = []
    /// What the document calls the page, where that is not its number.
    package var label: String?
    package var styles: [TextStyle] = []
    package var rules: [Rule] = []
    /// Filled boxes that are neither lines nor the page's own background.
    package var fills: [Box] = []
    package var pictures: [Picture] = []
    /// Drawn curves and slanted lines, which tables do not have.
    package var sketches: [Sketch] = []
    package var links: [LinkArea] = []
    /// On the page as it is shown, however it is turned to be read.
    package var remarks: [Remark] = []
    /// The structure of a tagged page; nil when it has none.
    package var tags: TagNode?
    /// Whether its text is what OCR read in its pictures.
    package var isRecognized = false
    /// Whether spaces at the ends of lines are written; see `HangulLines`.
    var spacesEndLines = false
    /// Whether it is written in a fixed pitch for the most part, which then says nothing of code.
    var isTypewritten = false

    package init(number: Int, width: Float, height: Float) {
        self.number = number
        self.width = width
        self.height = height
    }

    package var box: Box { Box(0, 0, width, height) }

    /// Whether curves or slanted lines stand in a box: the words there are those of a diagram.
    func isSketched(_ box: Box) -> Bool {
        var count = 0
        for sketch in sketches where sketch.box.width < 0.8 * box.width && sketch.box.overlapArea(box) > 0.3 * sketch.box.area {
            count += 1
            if count == 2 { return true }
        }
        return false
    }
}

/// An element of a tagged page's structure (ISO 32000-1, 14.7), with the content of this page only.
package struct TagNode: Sendable {
    package enum Child: Sendable {
        case node(TagNode)
        case content(Int32)
    }

    /// The standard type's name: `P`, `H1`, `Table`.
    package var type: String
    package var children: [Child]
    package var alternative = ""
    package var columns = 1
    package var rows = 1

    package init(_ type: String, _ children: [Child] = [], alternative: String = "", columns: Int = 1, rows: Int = 1) {
        self.type = type
        self.children = children
        self.alternative = alternative
        self.columns = columns
        self.rows = rows
    }
}
