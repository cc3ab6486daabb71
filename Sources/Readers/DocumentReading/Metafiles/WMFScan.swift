// SPDX-License-Identifier: Apache-2.0

/// Walks the records of a Windows metafile ([MS-WMF] 2.3) for those that draw text, and for what says where.
struct WMFScan {
    private let fields: MetafileFields
    private(set) var drawing = MetafileDrawing()
    private(set) var size = (width: 0, height: 0)
    private(set) var isCut = false
    /// Objects by number; only fonts are kept, the others hold their places.
    private var objects: [MetafileFont?] = []
    private var isTaken: [Bool] = []
    private static let mostRecords = 4_000_000
    private static let mostObjects = 256

    init(_ fields: MetafileFields) { self.fields = fields }

    private static let placeableMark = 0x9AC6_CDD7

    /// A placeable file's mark, or a header that makes sense ([MS-WMF] 2.3.2.2): kind, size of the header, version.
    static func matches(_ fields: MetafileFields) -> Bool {
        if fields.long(0) == placeableMark { return true }
        guard let kind = fields.short(0), let version = fields.short(4) else { return false }
        return (kind == 1 || kind == 2) && fields.short(2) == 9 && (version == 0x100 || version == 0x300) && fields.count >= 24
    }

    mutating func read() {
        var at = 0
        if fields.long(0) == Self.placeableMark {
            if let left = fields.signedShort(6), let top = fields.signedShort(8), let right = fields.signedShort(10), let bottom = fields.signedShort(12) {
                size = (abs(right - left), abs(bottom - top))
            }
            at = 22
        }
        at += 18
        for _ in 0..<Self.mostRecords {
            // Sizes count words.
            guard at < fields.count else { break }
            guard let words = fields.long(at), words >= 3, let function = fields.short(at + 4), let record = fields.slice(at + 6, 2 * words - 6) else {
                isCut = true
                break
            }
            if function == 0 { break }
            take(function, record)
            at += 2 * words
        }
        if size.width == 0 || size.height == 0 { size = (Int(abs(drawing.state.windowExtent.x)), Int(abs(drawing.state.windowExtent.y))) }
    }

    private mutating func take(_ function: Int, _ record: MetafileFields) {
        switch function {
        case 0x001E: drawing.save()
        case 0x0127: drawing.restore(record.signedShort(0) ?? -1)
        case 0x012E: drawing.state.goesOn = (record.short(0) ?? 0) & 1 != 0
        case 0x020B: point(record) { $0.windowOrigin = $1 }
        case 0x020C: point(record) { $0.windowExtent = $1; $0.viewExtent = (Double(abs(Int($1.x))), Double(abs(Int($1.y)))) }
        case 0x0214: point(record) { $0.current = $1 }
        case 0x012D: if let number = record.short(0), objects.indices.contains(number), let font = objects[number] { drawing.state.font = font }
        case 0x01F0: if let number = record.short(0), objects.indices.contains(number) { isTaken[number] = false }
        case 0x02FB: create(font(record))
        case 0x02FA, 0x02FC, 0x00F7, 0x0142, 0x01F9, 0x06FF: create(nil)
        case 0x0521: textOut(record)
        case 0x0A32: extendedTextOut(record)
        default: break
        }
    }

    /// The lower number comes last in the records: y, then x.
    private mutating func point(_ record: MetafileFields, _ set: (inout MetafileState, (x: Double, y: Double)) -> Void) {
        if let y = record.signedShort(0), let x = record.signedShort(2) { set(&drawing.state, (Double(x), Double(y))) }
    }

    /// A new object takes the lowest number that is free ([MS-WMF] 3.1.4.1).
    private mutating func create(_ font: MetafileFont?) {
        if let free = isTaken.firstIndex(of: false) {
            objects[free] = font
            isTaken[free] = true
        } else if objects.count < Self.mostObjects {
            objects.append(font)
            isTaken.append(true)
        }
    }

    /// Font ([MS-WMF] 2.2.1.2).
    private func font(_ record: MetafileFields) -> MetafileFont {
        let height = abs(record.signedShort(0) ?? 0)
        let name = record.slice(18, min(32, max(0, record.count - 18)))?.bytes.prefix { $0 != 0 }.filter { $0 < 0x80 } ?? []
        return MetafileFont(height: height == 0 ? 12 : Double(height), charset: record.byte(13) ?? 1, name: String(decoding: name, as: UTF8.self))
    }

    private mutating func textOut(_ record: MetafileFields) {
        guard let count = record.short(0), let letters = record.slice(2, count) else { return }
        let behind = 2 + count + count & 1
        guard let y = record.signedShort(behind), let x = record.signedShort(behind + 2) else { return }
        drawing.put(drawing.state.text(letters), x, y, nil)
    }

    private mutating func extendedTextOut(_ record: MetafileFields) {
        guard let y = record.signedShort(0), let x = record.signedShort(2), let count = record.short(4), let options = record.short(6) else { return }
        guard options & 0x10 == 0 else {
            drawing.hasGlyphs = true
            return
        }
        // A rectangle stands before the text when it is filled or cut to.
        let start = options & 6 != 0 ? 16 : 8
        guard let letters = record.slice(start, count) else { return }
        let widths = record.slice(start + count + count & 1, 2 * count)
        drawing.put(drawing.state.text(letters), x, y, widths.map { widths in (0..<count).reduce(0.0) { $0 + Double(widths.signedShort(2 * $1) ?? 0) } })
    }
}
