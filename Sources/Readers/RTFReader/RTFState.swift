// SPDX-License-Identifier: Apache-2.0
import DocumentReading

/// Where the text of a group goes.
enum RTFDestination: UInt8 {
    case body
    case fontTable, styleSheet, listTable, levelText, listText, oldNumbering
    case info, fact, generator, moment
    case instruction
    case picture, objectBytes, shapeName, shapeValue, objectClass, bookmark, author
    /// Read, but its text is left out.
    case silent
}

/// What a group inherits from the one around it, and leaves as it was.
struct RTFState {
    var destination = RTFDestination.body
    var marks: TextMarks = []
    var isHidden = false
    var isDeleted = false
    var isCode = false
    /// The font's place in the table; below zero the document's own.
    var font = -1
    /// Characters to pass over behind `\u`.
    var fallback = 1
    /// The place of the link in the document's list of links.
    var link = -1
    /// Which fact of the document the text is.
    var fact = RTFWord.unknown
    var paragraph = RTFParagraph()
}

/// Properties of paragraphs.
struct RTFParagraph {
    enum OldNumbering: UInt8 { case none, bullet, number }

    var style = 0
    var outline: Int?
    var list = 0
    var level = 0
    /// Indents of the first line and of all, in twips.
    var firstIndent = 0
    var leftIndent = 0
    var isInTable = false
    var tableDepth = 0
    var old = OldNumbering.none
}
