// SPDX-License-Identifier: Apache-2.0

/// Walks the records of an enhanced metafile ([MS-EMF] 2.3) for those that draw text, and for what says where.
struct EMFScan {
    private let fields: MetafileFields
    private(set) var drawing = MetafileDrawing()
    private(set) var size = (width: 0, height: 0)
    private(set) var isCut = false
    private var fonts: [Int: MetafileFont] = [:]
    private var plus = EMFPlusScan()
    /// Bytes of letters that may still be read: texts of one record may lie over each other, but no honest file says more than it holds.
    private var letters: Int
    private static let mostRecords = 4_000_000

    init(_ fields: MetafileFields) {
        self.fields = fields
        letters = fields.count
    }

    /// The header is the first record, with its mark ([MS-EMF] 2.2.9).
    static func matches(_ fields: MetafileFields) -> Bool { fields.long(0) == 1 && fields.long(40) == 0x464D_4520 }

    /// Whether a picture's beginning has no text before a bitmap that leaves no room for any behind it.
    static func isPixels(_ beginning: MetafileFields, of size: Int) -> Bool {
        guard matches(beginning) else { return false }
        var at = 0
        while let type = beginning.long(at), let length = beginning.long(at + 4), length >= 8 {
            if texts.contains(type) { return false }
            at += length
            if bitmaps.contains(type), at > beginning.count { return at <= size && size - at < leastText }
        }
        return false
    }

    /// Records of text, and comments, which may hold some for GDI+ ([MS-EMF] 2.1.1).
    private static let texts: Set<Int> = [70, 83, 84, 96, 97, 108]
    /// Records that end in the pixels of a picture.
    private static let bitmaps: Set<Int> = [76, 77, 78, 79, 80, 81, 114, 116]
    /// No record of text is shorter than the smallest one's head.
    private static let leastText = 36

    mutating func read() {
        // Bounds in pixels, both ends within.
        if let left = fields.signedLong(8), let top = fields.signedLong(12), let right = fields.signedLong(16), let bottom = fields.signedLong(20) {
            size = (max(0, right - left + 1), max(0, bottom - top + 1))
        }
        var at = 0
        for _ in 0..<Self.mostRecords {
            guard at < fields.count else { break }
            guard let type = fields.long(at), let length = fields.long(at + 4), length >= 8, let record = fields.slice(at, length) else {
                isCut = true
                break
            }
            if type == 14 { break }
            take(type, record)
            at += length
        }
        drawing.hasGlyphs = drawing.hasGlyphs || plus.hasGlyphs
        // A file for both kinds of programs says everything twice.
        if plus.isDual, !plus.pieces.isEmpty { drawing.pieces.removeAll() }
        drawing.pieces.add(plus.pieces)
    }

    private mutating func take(_ type: Int, _ record: MetafileFields) {
        switch type {
        case 9: point(record) { $0.windowExtent = $1 }
        case 10: point(record) { $0.windowOrigin = $1 }
        case 11: point(record) { $0.viewExtent = $1 }
        case 12: point(record) { $0.viewOrigin = $1 }
        case 22: drawing.state.goesOn = (record.long(8) ?? 0) & 1 != 0
        case 27: point(record) { $0.current = $1 }
        case 33: drawing.save()
        case 34: drawing.restore(record.signedLong(8) ?? -1)
        case 35: if let space = MetafileSpace(record, at: 8) { drawing.state.world = space }
        case 36: modifyWorld(record)
        case 37: if let font = record.long(8).flatMap({ fonts[$0] }) { drawing.state.font = font }
        case 40: if let number = record.long(8) { fonts[number] = nil }
        case 70: if record.long(12) == 0x2B46_4D45, let length = record.long(8), let data = record.slice(16, max(0, length - 4)) { plus.read(data) }
        case 82: font(record)
        case 83: text(record, at: 36, isWide: false)
        case 84: text(record, at: 36, isWide: true)
        case 96, 97: for index in 0..<min(record.long(36) ?? 0, record.count / 40) { text(record, at: 40 + 40 * index, isWide: type == 97) }
        case 108: small(record)
        default: break
        }
    }

    private mutating func point(_ record: MetafileFields, _ set: (inout MetafileState, (x: Double, y: Double)) -> Void) {
        if let x = record.signedLong(8), let y = record.signedLong(12) { set(&drawing.state, (Double(x), Double(y))) }
    }

    private mutating func modifyWorld(_ record: MetafileFields) {
        guard let space = MetafileSpace(record, at: 8) else { return }
        switch record.long(32) {
        case 1: drawing.state.world = .identity
        case 2: drawing.state.world = space.then(drawing.state.world)
        case 3: drawing.state.world = drawing.state.world.then(space)
        case 4: drawing.state.world = space
        default: break
        }
    }

    /// LOGFONT ([MS-EMF] 2.2.13).
    private mutating func font(_ record: MetafileFields) {
        guard let number = record.long(8), let height = record.signedLong(12), fonts.count < 10_000 else { return }
        let name = record.slice(40, min(64, max(0, record.count - 40))).map { MetafileState().wide($0) } ?? ""
        fonts[number] = MetafileFont(height: height == 0 ? 12 : Double(abs(height)), charset: record.byte(35) ?? 1, name: String(name.prefix { $0 != "\0" }))
    }

    /// EmrText ([MS-EMF] 2.2.5): its string and the widths of its letters lie anywhere in the record.
    private mutating func text(_ record: MetafileFields, at: Int, isWide: Bool) {
        guard let x = record.signedLong(at), let y = record.signedLong(at + 4), let count = record.long(at + 8), let start = record.long(at + 12),
            let options = record.long(at + 16)
        else { return }
        guard options & 0x10 == 0 else {
            drawing.hasGlyphs = true
            return
        }
        guard let text = record.slice(start, isWide ? 2 * count : count) else { return }
        guard text.count <= letters else {
            isCut = true
            return
        }
        letters -= text.count
        let widths = record.long(at + 36).flatMap { $0 > 0 ? record.slice($0, 4 * count) : nil }
        let width = widths.map { widths in (0..<count).reduce(0.0) { $0 + Double(widths.long(4 * $1) ?? 0) } }
        drawing.put(isWide ? drawing.state.wide(text) : drawing.state.text(text), x, y, width)
    }

    /// EMR_SMALLTEXTOUT ([MS-EMF] 2.3.5.37).
    private mutating func small(_ record: MetafileFields) {
        guard let x = record.signedLong(8), let y = record.signedLong(12), let count = record.long(16), let options = record.long(20) else { return }
        guard options & 0x10 == 0 else {
            drawing.hasGlyphs = true
            return
        }
        let start = options & 0x100 != 0 ? 36 : 52
        let isSmall = options & 0x200 != 0
        guard let letters = record.slice(start, isSmall ? count : 2 * count) else { return }
        // Small letters are the lower bytes of UTF-16.
        drawing.put(isSmall ? String(String.UnicodeScalarView(letters.bytes.map { Unicode.Scalar($0) })) : drawing.state.wide(letters), x, y, nil)
    }
}
