// SPDX-License-Identifier: Apache-2.0
import CompoundFiles

/// Types of records ([MS-PPT] 2.13.24).
enum PPTType {
    static let document = 0x3E8, slide = 0x3EE, slideAtom = 0x3EF, notes = 0x3F0, environment = 0x3F2, slidePersist = 0x3F3, master = 0x3F8
    static let slideInfo = 0x3F9, externalObjects = 0x409, drawingGroup = 0x40B, drawing = 0x40C, slideList = 0xFF0
    static let fonts = 0x7D5, font = 0xFB7, string = 0xFBA
    static let outlineReference = 0xF9E, textHeader = 0xF9F, characters = 0xFA0, style = 0xFA1, masterStyle = 0xFA3, bytes = 0xFA8
    static let interactive = 0xFF2, interactiveAtom = 0xFF3, textLink = 0xFDF, hyperlink = 0xFD7, hyperlinkAtom = 0xFD3
    static let slideNumber = 0xFD8, date = 0xFF7, header = 0xFF9, footer = 0xFFA, genericDate = 0xFF8, formattedDate = 0x1015
    static let userEdit = 0xFF5, persistDirectory = 0x1772, session = 0x2F14
    static let objectStorage = 0x1011, placeholder = 0xBC3, objectReference = 0xBC1
    static let tags = 0x1388, binaryTag = 0x138A, binaryData = 0x138B, style9 = 0xFAC, documentTags = 0x7D0, outlineStyles9 = 0xFAE, outlineHeader9 = 0xFAF, comment = 0x2EE0
}

/// Numbers one behind the other.
struct PPTCursor {
    let bytes: OfficeArtRecord
    var at = 0

    init(_ record: OfficeArtRecord) { bytes = record }

    var isAtEnd: Bool { at >= bytes.content.count }

    mutating func short() -> Int? {
        defer { at += 2 }
        return bytes.content.short(at)
    }

    mutating func long() -> Int? {
        defer { at += 4 }
        return bytes.content.long(at)
    }
}
