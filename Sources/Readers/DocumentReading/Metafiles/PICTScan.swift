// SPDX-License-Identifier: Apache-2.0
import TextDecoding

/// Walks the operations of a Macintosh picture of the second version for those that draw text (Apple, "Inside Macintosh: Imaging with
/// QuickDraw", appendix A).
struct PICTScan {
    private let fields: MetafileFields
    private(set) var drawing = MetafileDrawing()
    private(set) var size = (width: 0, height: 0)
    private(set) var isCut = false
    /// Where the last text began.
    private var pen = (x: 0, y: 0)
    private static let mostOperations = 4_000_000

    init(_ fields: MetafileFields) { self.fields = fields }

    static func matches(_ fields: MetafileFields) -> Bool { start(fields) != nil }

    /// A file has an empty header before the picture, which begins with its size, its frame and its version.
    private static func start(_ fields: MetafileFields) -> Int? {
        [512, 0].first { fields.big($0 + 10) == 0x0011 && fields.big($0 + 12) == 0x02FF && fields.big($0 + 14) == 0x0C00 }
    }

    mutating func read() {
        guard let start = Self.start(fields) else { return }
        if let top = signed(start + 2), let left = signed(start + 4), let bottom = signed(start + 6), let right = signed(start + 8) {
            size = (abs(right - left), abs(bottom - top))
        }
        var at = start + 14
        for _ in 0..<Self.mostOperations {
            guard let code = fields.big(at), code != 0xFF else {
                isCut = at >= fields.count
                return
            }
            take(code, at + 2)
            guard let length = length(of: code, at + 2), length >= 0, at + 2 + length <= fields.count else {
                isCut = true
                return
            }
            at += 2 + length + length & 1
        }
    }

    // MARK: Text

    private mutating func take(_ code: Int, _ at: Int) {
        switch code {
        case 0x0D: if let size = fields.big(at), size > 0 { drawing.state.font.height = Double(size) }
        case 0x28:
            pen = (signed(at + 2) ?? 0, signed(at) ?? 0)
            text(at + 4)
        case 0x29:
            pen.x += fields.byte(at) ?? 0
            text(at + 1)
        case 0x2A:
            pen.y += fields.byte(at) ?? 0
            text(at + 1)
        case 0x2B:
            pen.x += fields.byte(at) ?? 0
            pen.y += fields.byte(at + 1) ?? 0
            text(at + 2)
        default: break
        }
    }

    private mutating func text(_ at: Int) {
        guard let count = fields.byte(at), let letters = fields.slice(at + 1, count) else { return }
        drawing.put(CodePage(10_000).text(letters.bytes), pen.x, pen.y, nil)
    }

    private func signed(_ at: Int) -> Int? { fields.big(at).map { Int(Int16(truncatingIfNeeded: $0)) } }

    // MARK: Lengths

    /// Bytes behind an operation's code; nil where they are not there or not known.
    private func length(of code: Int, _ at: Int) -> Int? {
        switch code {
        case 0x00, 0x17...0x19, 0x1C, 0x1E, 0x38...0x3F, 0x48...0x4F, 0x58...0x5F, 0x78...0x7F, 0x88...0x8F, 0xB0...0xCF, 0x8000...0x80FF: 0
        case 0x04: 1
        case 0x03, 0x05, 0x08, 0x0D, 0x11, 0x15, 0x16, 0x23, 0xA0: 2
        case 0x06, 0x07, 0x0B, 0x0C, 0x0E, 0x0F, 0x21, 0x68...0x6F: 4
        case 0x1A, 0x1B, 0x1D, 0x1F, 0x22: 6
        case 0x02, 0x09, 0x0A, 0x10, 0x20, 0x30...0x37, 0x40...0x47, 0x50...0x57: 8
        case 0x60...0x67: 12
        case 0x01, 0x70...0x77, 0x80...0x87: fields.big(at).map { max($0, 2) }
        case 0x28: fields.byte(at + 4).map { 5 + $0 }
        case 0x29, 0x2A: fields.byte(at + 1).map { 2 + $0 }
        case 0x2B: fields.byte(at + 2).map { 3 + $0 }
        case 0x24...0x27, 0x2C...0x2F, 0x92...0x97, 0x9C...0x9F, 0xA2...0xAF: fields.big(at).map { 2 + $0 }
        case 0xA1: fields.big(at + 2).map { 4 + $0 }
        case 0x90, 0x91, 0x98...0x9B: bitmapLength(code, at)
        case 0xD0...0xFE, 0x8100...0xFFFF: long(at).map { 4 + $0 }
        case 0x100...0x7FFF: 2 * (code >> 8)
        default: nil
        }
    }

    private func long(_ at: Int) -> Int? {
        guard let high = fields.big(at), let low = fields.big(at + 2) else { return nil }
        return high << 16 | low
    }

    /// A bitmap or a pixel map with what says where it is drawn, and its rows, packed or not.
    private func bitmapLength(_ code: Int, _ start: Int) -> Int? {
        let isDirect = code >= 0x9A
        var at = start + (isDirect ? 4 : 0)
        guard let first = fields.big(at), let top = signed(at + 2), let bottom = signed(at + 6), bottom >= top else { return nil }
        let width = first & 0x3FFF, rows = bottom - top
        var packing = code >= 0x98 ? 0 : 1
        at += 10
        if isDirect || first & 0x8000 != 0 {
            guard let kind = fields.big(at + 2) else { return nil }
            if isDirect { packing = kind }
            at += 36
            if !isDirect {
                guard let colours = fields.big(at + 6) else { return nil }
                at += 8 + 8 * (colours + 1)
            }
        }
        at += 18
        if code & 1 != 0 {
            guard let region = fields.big(at) else { return nil }
            at += region
        }
        if width < 8 || packing == 1 { return at + width * rows - start }
        if packing == 2 { return at + width * 3 / 4 * rows - start }
        for _ in 0..<rows {
            guard let count = width > 250 ? fields.big(at) : fields.byte(at) else { return nil }
            at += count + (width > 250 ? 2 : 1)
        }
        return at - start
    }
}

extension MetafileFields {
    /// Two bytes, the higher one first.
    func big(_ at: Int) -> Int? { short(at).map { ($0 & 0xFF) << 8 | $0 >> 8 } }
}
