// SPDX-License-Identifier: Apache-2.0
import CompoundFiles

/// A row of property changes ([MS-DOC] 2.2.5.1, "grpprl"): a code and an operand each.
///
/// Codes of Word 6 are turned into those of Word 97 where they matter here.
struct DOCProperties {
    let bytes: LittleEndianBytes
    let isOld: Bool
    /// One code alone, whose operand is all of `bytes`.
    private let single: Int?

    init(bytes: LittleEndianBytes, isOld: Bool) {
        self.bytes = bytes
        self.isOld = isOld
        single = nil
    }

    init?(oldCode: Int, operand: LittleEndianBytes) {
        guard let code = DOCOldProperties.codes[oldCode] else { return nil }
        bytes = operand
        isOld = true
        single = code
    }

    /// The codes that are looked at ([MS-DOC] 2.6).
    enum Code {
        static let style = 0x4600, isInTable = 0x2416, isRowEnd = 0x2417, depth = 0x6649, depthChange = 0x664A
        static let isInnerCellEnd = 0x244B, isInnerRowEnd = 0x244C, listLevel = 0x260A, list = 0x460B, outline = 0x2640
        static let huge = 0x6646, hugeOld = 0x6645, incrementLevel = 0x2602
        static let deleted = 0x0800, fieldHidden = 0x0802, isData = 0x0806, isSpecial = 0x0855, isObject = 0x0856, isOLE = 0x080A
        static let characterStyle = 0x4A30, plain = 0x2A33, defaults = 0x2A32
        static let bold = 0x0835, italic = 0x0836, strike = 0x0837, hidden = 0x083C, doubleStrike = 0x2A53, vertical = 0x2A48
        static let font = 0x4A4F, picture = 0x6A03, symbol = 0x6A09
        static let table = 0xD608, tableHeader = 0x3404, tableLook = 0x740A, merge = 0x5624, verticalMerge = 0xD62B
        static let rowDeleted = 0x5622
        /// What tells a table from the one before it (2.4.3): page of a frameset, style, direction, position and wrapping.
        static let tableMarks: Set<Int> = [0x7469, 0x563A, 0x560B, 0x5664, 0x360D, 0x3465, 0x940E, 0x940F, 0x9410, 0x9411, 0x941E, 0x941F]
        /// Word 6 only; its codes behind all of Word 97's.
        static let numbering = 0x1_000C, numberLevel = 0x1_000D, oldPicture = 0x1_0044
    }

    func forEach(_ take: (_ code: Int, _ operand: LittleEndianBytes) -> Void) {
        if let single { return take(single, bytes) }
        if isOld { return forEachOld(take) }
        var at = 0
        while let code = bytes.short(at) {
            var start = at + 2
            let size: Int
            switch code >> 13 {
            case 0, 1: size = 1
            case 2, 4, 5: size = 2
            case 3: size = 4
            case 7: size = 3
            default:
                if code == Code.table || code == 0xD606 {
                    // 2.9.316: the count includes one of its own bytes.
                    guard let count = bytes.short(start), count > 0 else { return }
                    start += 2
                    size = count - 1
                } else if code == 0xC615, bytes.byte(start) == 255 {
                    // 2.6.2: deleted stops of four bytes each, then added ones of three.
                    guard let deleted = bytes.byte(start + 1), let added = bytes.byte(start + 2 + 4 * deleted) else { return }
                    size = 3 + 4 * deleted + 3 * added
                } else {
                    guard let count = bytes.byte(start) else { return }
                    start += 1
                    size = count
                }
            }
            guard let operand = bytes.slice(start, size) else { return }
            take(code, operand)
            at = start + size
        }
    }

    private func forEachOld(_ take: (Int, LittleEndianBytes) -> Void) {
        var at = 0
        while let code = bytes.byte(at) {
            var start = at + 1
            let size: Int
            switch DOCOldProperties.sizes[code] ?? -3 {
            case -1:
                guard let count = bytes.byte(start) else { return }
                if code == 23, count == 255 {
                    guard let deleted = bytes.byte(start + 1), let added = bytes.byte(start + 2 + 4 * deleted) else { return }
                    size = 3 + 4 * deleted + 3 * added
                } else {
                    start += 1
                    size = count
                }
            case -2:
                guard let count = bytes.short(start), count > 0 else { return }
                start += 2
                size = count - 1
            // Without its length nothing behind it can be read.
            case -3: return
            case let fixed: size = fixed
            }
            guard let operand = bytes.slice(start, size) else { return }
            if let known = DOCOldProperties.codes[code] { take(known, operand) }
            at = start + size
        }
    }
}

/// The properties of Word 6 and 95, which are one byte.
enum DOCOldProperties {
    private typealias Code = DOCProperties.Code

    static let codes: [Int: Int] = [
        2: Code.style, 12: Code.numbering, 13: Code.numberLevel, 24: Code.isInTable, 25: Code.isRowEnd,
        65: Code.deleted, 67: Code.fieldHidden, 68: Code.oldPicture, 71: Code.isData, 74: Code.symbol, 75: Code.isOLE, 80: Code.characterStyle,
        82: Code.defaults, 83: Code.plain, 85: Code.bold, 86: Code.italic, 87: Code.strike, 92: Code.hidden, 93: Code.font, 104: Code.vertical,
        117: Code.isSpecial, 118: Code.isObject, 186: Code.tableHeader, 190: Code.table, 192: Code.tableLook, 197: Code.merge,
    ]

    /// Bytes of each operand: -1 says so in its first byte, -2 in its first two.
    static let sizes: [Int: Int] = {
        var sizes: [Int: Int] = [:]
        func set(_ size: Int, _ codes: Int...) { for code in codes { sizes[code] = size } }
        func set(_ size: Int, _ codes: ClosedRange<Int>) { for code in codes { sizes[code] = size } }
        set(0, 0, 83)
        set(1, 4...11); set(1, 13, 14, 24, 25, 29, 37, 44, 50, 51)
        set(2, 2, 16, 17, 18, 19, 21, 22, 26, 27, 28); set(2, 30...36); set(2, 38...43); set(2, 45...49)
        set(4, 20)
        set(-1, 3, 12, 15, 23, 52)
        set(1, 65, 66, 67, 71, 75, 94, 98, 99, 100, 101, 102, 104); set(1, 85...92); set(1, 117...119)
        set(2, 69, 72, 80, 93, 96, 97, 107, 109, 110, 121, 122, 123, 124)
        set(3, 73, 95)
        set(4, 70)
        set(-1, 68, 74, 81, 82, 103, 105, 106, 108)
        set(12, 120, 187)
        set(1, 131, 132, 137, 138, 142, 143, 146, 147, 150, 151, 152, 153, 158, 162, 185, 186)
        set(2, 140, 141, 144, 145, 148, 149, 154, 155, 156, 157, 159, 160, 161); set(2, 164...171)
        set(3, 136, 139)
        set(-1, 133)
        set(2, 182, 183, 184, 189, 195, 197, 198)
        set(4, 192, 194, 196, 200)
        set(5, 193, 199)
        set(-1, 188, 191)
        set(-2, 190)
        return sizes
    }()
}
