// SPDX-License-Identifier: Apache-2.0
import Sheets

/// Numbers and references as the parts of a workbook spell them.
enum XLSXNumber {
    /// At most 18 digits.
    static func integer(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        guard !bytes.isEmpty, bytes.count <= 18 else { return nil }
        var value = 0
        for byte in bytes {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value &* 10 &+ Int(byte &- 0x30)
        }
        return value
    }

    /// A decimal number; short ones without the C library's help, which is exact while both parts fit a double.
    static func double(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        var digits: UInt64 = 0
        var count = 0
        var scale = 0
        var isBehindPoint = false
        let isNegative = bytes.first == UInt8(ascii: "-")
        for byte in bytes.dropFirst(isNegative ? 1 : 0) {
            if byte >= 0x30, byte <= 0x39 {
                count += 1
                guard count <= 18 else { return slow(bytes) }
                digits = digits &* 10 &+ UInt64(byte &- 0x30)
                if isBehindPoint { scale += 1 }
            } else if byte == UInt8(ascii: "."), !isBehindPoint {
                isBehindPoint = true
            } else {
                return slow(bytes)
            }
        }
        guard count > 0, digits <= 1 << 53 else { return slow(bytes) }
        let value = Double(digits) / powers[scale]
        return isNegative ? -value : value
    }

    private static func slow(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
        var text = String(decoding: bytes, as: UTF8.self)[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return Double(text)
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    ]

    /// Whether a number's spelling is what the format General shows: no zeros too many, no exponent, 15 digits at the most.
    static func isGeneral(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let digits = bytes.dropFirst(bytes.first == UInt8(ascii: "-") ? 1 : 0)
        guard let first = digits.first, let last = digits.last, digits.count <= 15, first != UInt8(ascii: "."), last != UInt8(ascii: ".") else { return false }
        if first == 0x30, digits.count > 1, digits[digits.startIndex + 1] != UInt8(ascii: ".") { return false }
        var points = 0
        for byte in digits {
            if byte == UInt8(ascii: ".") { points += 1 } else if byte < 0x30 || byte > 0x39 { return false }
        }
        guard points <= 1 else { return false }
        // 0.0000012 is shown with an exponent, -0 without its sign.
        if points == 1 { return last != 0x30 && (first != 0x30 || !digits.dropFirst(2).starts(with: "0000".utf8)) }
        return first != 0x30 || bytes.count == 1
    }

    /// `AB12` with both counting from 0; what is missing is nil. `$` is passed over.
    static func cell(_ bytes: some Sequence<UInt8>) -> (row: Int?, column: Int?) {
        var column = 0
        var row = 0
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): column = column &* 26 &+ Int(byte &- 0x40)
            case UInt8(ascii: "a")...UInt8(ascii: "z"): column = column &* 26 &+ Int(byte &- 0x60)
            case 0x30...0x39: row = row &* 10 &+ Int(byte &- 0x30)
            case UInt8(ascii: "$"): continue
            default: return (nil, nil)
            }
            guard column <= mostColumns, row <= mostRows else { return (nil, nil) }
        }
        return (row > 0 ? row - 1 : nil, column > 0 ? column - 1 : nil)
    }

    /// `A1:B2`, or a single cell.
    static func area(_ reference: some StringProtocol) -> CellArea? {
        let ends = reference.split(separator: ":").map { cell($0.utf8) }
        guard let first = ends.first, let last = ends.last, let top = first.row, let left = first.column, let bottom = last.row, let right = last.column
        else { return nil }
        return CellArea(top: min(top, bottom), left: min(left, right), bottom: max(top, bottom), right: max(left, right))
    }

    /// What a sheet has room for (18.3.1.73; Excel's own limits).
    static let mostRows = 1_048_576
    static let mostColumns = 16_384
}
