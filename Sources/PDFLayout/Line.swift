// SPDX-License-Identifier: Apache-2.0

/// Running text of one look.
package struct Span: Sendable, Hashable {
    package struct Look: OptionSet, Sendable, Hashable {
        package let rawValue: UInt8
        package init(rawValue: UInt8) { self.rawValue = rawValue }
        package static let bold = Look(rawValue: 1)
        package static let italic = Look(rawValue: 2)
        package static let mono = Look(rawValue: 4)
        package static let raised = Look(rawValue: 8)
        package static let lowered = Look(rawValue: 16)
    }

    package var text: [UInt8]
    package var look: Look
    /// Place in the page's links.
    package var link: Int?

    package init(_ text: [UInt8], look: Look = [], link: Int? = nil) {
        self.text = text
        self.look = look
        self.link = link
    }
}

/// One line of text in reading order.
package struct Line: Sendable {
    package var box: Box
    package var baseline: Float
    package var size: Float
    package var spans: [Span]
    /// Width of its first word, which would have had to fit on the line before.
    package var firstWord: Float
    package var words: Int
    /// How much of it is bold, italic, of a fixed pitch: 0…1.
    package var bold: Float
    package var italic: Float
    package var mono: Float
    package var isRightToLeft = false
    /// Font of its first glyph.
    package var font = 0
    /// Width of a glyph of a fixed pitch; 0 elsewhere.
    package var pitch: Float = 0
    /// Dots lead from a title to a page's number.
    package var hasLeader = false
    /// Begins within a word that the line before ended in, without a hyphen.
    package var isWithinWord = false
    /// x of what stands behind a list marker and a gap; nil without one.
    package var bodyX: Float?

    package var text: [UInt8] { spans.count == 1 ? spans[0].text : spans.reduce(into: []) { $0 += $1.text } }
    package var first: UInt8 { spans.first { !$0.text.isEmpty }?.text.first ?? 0 }
    package var last: UInt8 { spans.last { !$0.text.isEmpty }?.text.last ?? 0 }
    package var isEmpty: Bool { spans.allSatisfy { $0.text.isEmpty } }
}
