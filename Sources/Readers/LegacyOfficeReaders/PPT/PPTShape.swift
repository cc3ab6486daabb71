// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading

/// One shape of a slide ([MS-PPT] 2.7, [MS-ODRAW] 2.2.14), or a group of shapes.
struct PPTShape {
    var members: [PPTShape] = []
    var isGroup = false
    var isTable = false
    var isHidden = false
    var hasObject = false
    /// 20: a line.
    var form = 0
    /// What it holds the place of ([MS-PPT] 2.13.22); nil for shapes of the slide's own.
    var placeholder: Int?
    var frame: ReadingFrame?
    var picture: Int?
    var alternative = ""
    var geometryText = ""
    var text: PPTTextBody?
    var outline: Int?
    var link: Int?
    var numberings: [PPTNumbering] = []

    var isTitle: Bool { placeholder.map { [13, 15, 17].contains($0) } ?? false }
    /// Date, number, footer, header; the picture of the slide on its notes.
    var isMargin: Bool { placeholder.map { (7...11).contains($0) } ?? false }

    private static let mostDepth = 32

    /// The shapes of a drawing.
    static func all(_ drawing: OfficeArtRecord?) -> [PPTShape] {
        guard let group = drawing?.first(OfficeArtType.drawing)?.first(OfficeArtType.group) else { return [] }
        // The first one stands for the drawing itself.
        return group.children.dropFirst().compactMap { PPTShape($0, depth: 0) }
    }

    private init?(_ record: OfficeArtRecord, depth: Int) {
        switch record.type {
        case OfficeArtType.shape: read(record)
        case OfficeArtType.group:
            guard depth < Self.mostDepth else { return nil }
            isGroup = true
            var isFirst = true
            for child in record.children {
                if isFirst, child.type == OfficeArtType.shape { read(child) } else if let member = PPTShape(child, depth: depth + 1) { members.append(member) }
                isFirst = false
            }
        default: return nil
        }
    }

    private mutating func read(_ record: OfficeArtRecord) {
        for child in record.children {
            switch child.type {
            case OfficeArtType.shapeFacts:
                form = child.instance
                if let flags = child.content.long(4), flags & 8 != 0 { isHidden = true }
            case OfficeArtType.options: read(OfficeArtOptions(child))
            case OfficeArtType.tertiaryOptions, OfficeArtType.secondaryOptions:
                if let table = OfficeArtOptions(child)[OfficeArtOptions.tableProperties], table & 1 != 0 { isTable = true }
            case OfficeArtType.clientAnchor: frame = Self.anchor(child.content)
            case OfficeArtType.childAnchor:
                let edges = (0..<4).map { Double(child.content.signedLong(4 * $0) ?? 0) }
                frame = Self.frame(left: edges[0], top: edges[1], right: edges[2], bottom: edges[3])
            case OfficeArtType.clientData: readData(child)
            case OfficeArtType.textBox: readText(child)
            default: break
            }
        }
    }

    private mutating func read(_ options: OfficeArtOptions) {
        picture = options[OfficeArtOptions.picture]
        alternative = options.alternative
        geometryText = options.text(OfficeArtOptions.geometryText) ?? ""
        if let table = options[OfficeArtOptions.tableProperties], table & 1 != 0 { isTable = true }
        if let flags = options[OfficeArtOptions.flags], flags & 0x2_0002 == 0x2_0002 { isHidden = true }
    }

    private mutating func readData(_ record: OfficeArtRecord) {
        for child in record.children {
            switch child.type {
            case PPTType.placeholder: placeholder = child.content.byte(4)
            case PPTType.objectReference: hasObject = true
            case PPTType.interactive: if child.instance == 0 { link = child.first(PPTType.interactiveAtom)?.content.long(4) }
            // Automatic numbers stand with the shape, not with its text.
            case PPTType.tags: numberings = PPTNumbering.all(Self.tag(child, PPTType.style9))
            default: break
            }
        }
    }

    private mutating func readText(_ record: OfficeArtRecord) {
        var reader = PPTTextReader()
        for child in record.children { reader.read(child) }
        outline = reader.outline
        text = reader.finish().last
    }

    /// A record that a newer version of PowerPoint put into the tags ([MS-PPT] 2.11.23).
    static func tag(_ tags: OfficeArtRecord, _ type: Int) -> OfficeArtRecord? {
        for binary in tags.children where binary.type == PPTType.binaryTag {
            if let found = binary.first(PPTType.binaryData)?.children.first(where: { $0.type == type }) { return found }
        }
        return nil
    }

    /// Edges as four numbers of two bytes or of four: top, left, right, bottom.
    private static func anchor(_ bytes: LittleEndianBytes) -> ReadingFrame? {
        let edges = bytes.count >= 16 ? (0..<4).map { bytes.signedLong(4 * $0) ?? 0 } : (0..<4).map { bytes.signedShort(2 * $0) ?? 0 }
        return frame(left: Double(edges[1]), top: Double(edges[0]), right: Double(edges[2]), bottom: Double(edges[3]))
    }

    /// 576 units an inch, as EMU.
    private static func frame(left: Double, top: Double, right: Double, bottom: Double) -> ReadingFrame {
        let unit = 914_400.0 / 576
        return ReadingFrame(x: left * unit, y: top * unit, width: (right - left) * unit, height: (bottom - top) * unit)
    }
}
