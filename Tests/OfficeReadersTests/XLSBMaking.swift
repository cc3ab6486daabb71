// SPDX-License-Identifier: Apache-2.0

/// Builds small binary workbooks from records ([MS-XLSB] 2.1.4): one sheet, shared strings and a style of dates.
protocol XLSBMaking {}

extension XLSBMaking {
    func number(_ value: Int, _ bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
    func string(_ text: String) -> [UInt8] { number(text.utf16.count, 4) + text.utf16.flatMap { number(Int($0), 2) } }
    func cell(_ column: Int, style: Int = 0) -> [UInt8] { number(column, 4) + number(style, 4) }
    func double(_ value: Double) -> [UInt8] { number(Int(truncatingIfNeeded: value.bitPattern), 8) }
    func area(_ top: Int, _ bottom: Int, _ left: Int, _ right: Int) -> [UInt8] { [top, bottom, left, right].flatMap { number($0, 4) } }

    func record(_ type: Int, _ bytes: [UInt8] = []) -> [UInt8] {
        func coded(_ value: Int) -> [UInt8] { value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F | 0x80)] + coded(value >> 7) }
        return coded(type) + coded(bytes.count) + bytes
    }

    func row(_ index: Int, isHidden: Bool = false) -> [UInt8] {
        record(0, number(index, 4) + number(0, 4) + number(300, 2) + [0, isHidden ? 0x10 : 0, 0] + number(0, 4))
    }

    func package(_ sheet: [UInt8], _ parts: [(String, [UInt8])] = []) -> [UInt8] {
        let book = record(153, number(0, 4)) + record(156, number(0, 4) + number(1, 4) + string("r1") + string("S"))
        let styles = record(44, number(164, 2) + string("yyyy\\-mm")) + record(626) + record(47, number(0, 2) + number(9, 2)) + record(627)
            + record(617) + record(47, number(0, 2) + number(0, 2)) + record(47, number(0, 2) + number(164, 2)) + record(618)
        let links = [("r1", "worksheet", "worksheets/sheet1.bin"), ("r2", "styles", "styles.bin"), ("r3", "sharedStrings", "sharedStrings.bin")]
        let strings = record(19, [0] + string("shared ä")) + record(19, [1] + string("rich") + number(1, 4) + number(0, 4))
        return DOCXMaker.archive(bytes: [
            ("xl/workbook.bin", book), ("xl/_rels/workbook.bin.rels", Array(XLSXMaker.relationships(links).utf8)), ("xl/styles.bin", styles),
            ("xl/sharedStrings.bin", strings), ("xl/worksheets/sheet1.bin", sheet),
        ] + parts)
    }
}
