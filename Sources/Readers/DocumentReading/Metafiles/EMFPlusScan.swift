// SPDX-License-Identifier: Apache-2.0

/// Walks the records for GDI+ that lie in an enhanced metafile's comments ([MS-EMFPLUS] 2.3) for those that draw text.
struct EMFPlusScan {
    private(set) var pieces = MetafilePieces()
    private(set) var hasGlyphs = false
    /// The same picture is in the metafile's own records too ([MS-EMFPLUS] 2.3.3.3).
    private(set) var isDual = false
    private var world = MetafileSpace.identity
    private var saved: [Int: MetafileSpace] = [:]
    /// Heights of fonts by the number of their object.
    private var fonts: [Int: Double] = [:]
    private var page = 1.0

    /// The records of one comment.
    mutating func read(_ fields: MetafileFields) {
        var at = 0
        while let type = fields.short(at), let flags = fields.short(at + 2), let length = fields.long(at + 4), length >= 12, let record = fields.slice(at, length) {
            take(type, flags, record)
            at += length
        }
    }

    private mutating func take(_ type: Int, _ flags: Int, _ record: MetafileFields) {
        // Behind type, flags, size and the data's size.
        let data = 12
        switch type {
        case 0x4001: isDual = flags & 1 != 0
        // An object of type 6 is a font: version, size, unit.
        case 0x4008: if flags >> 8 & 0x7F == 6, let size = record.real(data + 4), fonts.count <= 64 { fonts[flags & 0xFF] = abs(size) }
        case 0x4025: if let number = record.long(data), saved.count < 1_000 { saved[number] = world }
        case 0x4026: if let space = record.long(data).flatMap({ saved[$0] }) { world = space }
        case 0x402A: if let space = MetafileSpace(record, at: data) { world = space }
        case 0x402B: world = .identity
        case 0x402C: if let space = MetafileSpace(record, at: data) { change(space, flags) }
        case 0x402D: if let x = record.real(data), let y = record.real(data + 4) { change(MetafileSpace(scaleX: 1, scaleY: 1, dx: x, dy: y), flags) }
        case 0x402E: if let x = record.real(data), let y = record.real(data + 4) { change(MetafileSpace(scaleX: x, scaleY: y, dx: 0, dy: 0), flags) }
        case 0x4030: if let scale = record.real(data), scale > 0 { page = scale }
        case 0x401C: string(flags, record, data)
        case 0x4036: glyphs(flags, record, data)
        default: break
        }
    }

    /// Bit 13 puts the change behind what was there.
    private mutating func change(_ space: MetafileSpace, _ flags: Int) {
        world = flags & 0x2000 != 0 ? world.then(space) : space.then(world)
    }

    private var space: MetafileSpace { world.then(MetafileSpace(scaleX: page, scaleY: page, dx: 0, dy: 0)) }

    private func height(_ flags: Int) -> Double { fonts[flags & 0xFF].map { max($0, 0.001) } ?? 12 }

    /// EmfPlusDrawString ([MS-EMFPLUS] 2.3.4.14): brush, format, length, layout rectangle, text.
    private mutating func string(_ flags: Int, _ record: MetafileFields, _ data: Int) {
        guard let count = record.long(data + 8), let x = record.real(data + 12), let y = record.real(data + 16), let letters = record.slice(data + 28, 2 * count) else { return }
        // What the text itself breaks is lines of their own.
        let high = height(flags)
        for (number, line) in MetafileState().wide(letters).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).prefix(10_000).enumerated() {
            pieces.add(String(line), x: x, y: y + Double(number) * high * 1.2, width: nil, height: high, space)
        }
    }

    /// EmfPlusDrawDriverString ([MS-EMFPLUS] 2.3.4.6): brush, options, matrix or not, count, glyphs, places.
    private mutating func glyphs(_ flags: Int, _ record: MetafileFields, _ data: Int) {
        guard let options = record.long(data + 4), let hasMatrix = record.long(data + 8), let count = record.long(data + 12),
            let letters = record.slice(data + 16, 2 * count), let places = record.slice(data + 16 + (2 * count + 3) & ~3, 8)
        else { return }
        // Bit 0: the numbers are letters; else they are shapes of the font.
        guard options & 1 != 0 else {
            hasGlyphs = true
            return
        }
        guard let x = places.real(0), let y = places.real(4) else { return }
        let all = record.slice(data + 16 + (2 * count + 3) & ~3, options & 4 != 0 ? 8 : 8 * count)
        let last = all.flatMap { $0.real($0.count - 8) } ?? x
        let matrix = hasMatrix != 0 ? all.flatMap { MetafileSpace(record, at: data + 16 + (2 * count + 3) & ~3 + $0.count) } : nil
        let high = height(flags)
        pieces.add(MetafileState().wide(letters), x: x, y: y, width: last > x ? last - x + high / 2 : nil, height: high, (matrix ?? .identity).then(space))
    }
}
