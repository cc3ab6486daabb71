// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading

/// What a run of characters looks like, as far as a reader of text cares.
struct DOCFormatting {
    var marks: TextMarks = []
    var font: Int?
    var isHidden = false
    var isDeleted = false
    /// Control characters mean something here.
    var isSpecial = false
    /// A form field's or an object's data, not a picture's.
    var isData = false
    var isObject = false
    /// Offset of a picture or of a form field's data.
    var picture: Int?
    var symbol: (font: Int, code: Int)?

    /// Applies changes on top of what the style says; `characterStyle` gives a style's changes.
    mutating func apply(_ properties: DOCProperties, style: DOCFormatting, characterStyle: (Int) -> [DOCProperties]) {
        var changed = self
        properties.forEach { code, operand in changed.apply(code, operand, style: style, characterStyle) }
        self = changed
    }

    mutating func apply(_ code: Int, _ operand: LittleEndianBytes, style: DOCFormatting, _ characterStyle: (Int) -> [DOCProperties]) {
        typealias Code = DOCProperties.Code
        let value = operand.byte(0) ?? 0
        switch code {
        case Code.bold: toggle(.bold, value, style)
        case Code.italic: toggle(.italic, value, style)
        case Code.strike, Code.doubleStrike: toggle(.strike, value, style)
        case Code.hidden: isHidden = Self.toggled(value, style.isHidden)
        case Code.deleted: isDeleted = value & 1 != 0
        case Code.isSpecial: isSpecial = value != 0
        case Code.isData: isData = value != 0
        case Code.isObject, Code.isOLE: isObject = value != 0
        case Code.vertical:
            marks.subtract([.superscript, .subscript])
            if value == 1 { marks.insert(.superscript) } else if value == 2 { marks.insert(.subscript) }
        case Code.font: font = operand.short(0)
        case Code.picture:
            picture = operand.long(0)
            isSpecial = true
        case Code.oldPicture:
            picture = operand.long(0)
            isSpecial = true
        case Code.symbol:
            symbol = (operand.short(0) ?? 0, operand.short(2) ?? operand.byte(2) ?? 0)
            isSpecial = true
        case Code.characterStyle:
            for properties in characterStyle(operand.short(0) ?? 0) {
                properties.forEach { code, operand in apply(code, operand, style: style) { _ in [] } }
            }
        case Code.plain, Code.defaults:
            let isSpecial = isSpecial
            self = style
            self.isSpecial = isSpecial
        default: break
        }
    }

    private mutating func toggle(_ mark: TextMarks, _ value: Int, _ style: DOCFormatting) {
        if Self.toggled(value, style.marks.contains(mark)) { marks.insert(mark) } else { marks.remove(mark) }
    }

    /// [MS-DOC] 2.9.327: on, off, as the style has it, or the other way round.
    private static func toggled(_ value: Int, _ style: Bool) -> Bool {
        switch value {
        case 0x80: style
        case 0x81: !style
        default: value & 1 != 0
        }
    }
}

/// What a paragraph says about itself.
struct DOCParagraph {
    var style = 0
    /// How many tables it is in.
    var depth = 0
    var isRowEnd = false
    var isInnerCellEnd = false
    var isInnerRowEnd = false
    var level: Int?
    /// A list's override, counted from 1; nil and 0 for none.
    var list: Int?
    var outline: Int?
    /// Word 6: 1 to 9 numbered at that level, 10 numbered, 11 a bullet.
    var oldLevel = 0
    var oldNumbering: LittleEndianBytes?
    var row = DOCRowProperties()
    /// Bytes of changes that were taken from the stream of data.
    private(set) var hugeBytes = 0

    mutating func apply(_ properties: DOCProperties, data: LittleEndianBytes, nesting: Int = 0) {
        var changed = self
        properties.forEach { code, operand in changed.apply(code, operand, properties.isOld, data, nesting) }
        self = changed
    }

    private mutating func apply(_ code: Int, _ operand: LittleEndianBytes, _ isOld: Bool, _ data: LittleEndianBytes, _ nesting: Int) {
        typealias Code = DOCProperties.Code
        switch code {
        case Code.style: style = operand.short(0) ?? 0
        case Code.isInTable: depth = operand.byte(0) == 0 ? 0 : max(depth, 1)
        case Code.isRowEnd: isRowEnd = operand.byte(0) != 0
        case Code.depth: depth = min(max(operand.signedLong(0) ?? 0, 0), 32)
        case Code.depthChange: depth = min(max(depth + min(max(operand.signedLong(0) ?? 0, -32), 32), 0), 32)
        case Code.isInnerCellEnd: isInnerCellEnd = operand.byte(0) != 0
        case Code.isInnerRowEnd: isInnerRowEnd = operand.byte(0) != 0
        case Code.listLevel: level = operand.byte(0)
        case Code.list: list = operand.short(0)
        case Code.outline: outline = operand.byte(0)
        case Code.numberLevel: oldLevel = operand.byte(0) ?? 0
        case Code.numbering: oldNumbering = operand
        case Code.huge, Code.hugeOld:
            // 2.6.2: the changes lie in the stream of data.
            guard nesting == 0, let place = operand.long(0), let count = data.short(place), let bytes = data.slice(place + 2, count) else { return }
            hugeBytes += count
            apply(DOCProperties(bytes: bytes, isOld: isOld), data: data, nesting: 1)
        default: row.apply(code, operand, isOld: isOld)
        }
    }
}
