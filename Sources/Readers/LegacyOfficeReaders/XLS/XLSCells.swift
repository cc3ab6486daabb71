// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentTree
import NumberFormats
import Sheets

/// Makes cells of a sheet's records ([MS-XLS] 2.1.7.20.5).
struct XLSCells {
    private let book: XLSBook
    private var at: Int
    private var isOver = false
    /// The cells of a record that has several, waiting; last first.
    private var waiting: [(row: Int, cell: SheetCell)] = []

    init(_ book: XLSBook, from start: Int) {
        self.book = book
        at = start
    }

    mutating func next() -> (row: Int, cell: SheetCell)? {
        if let cell = waiting.popLast() { return cell }
        while !isOver, let record = XLSRecord(book.stream, at: at) {
            at = record.next
            if record.type == XLSType.end { break }
            if record.type == XLSType.beginning {
                at = XLSChart.skip(book.stream, from: at)
                continue
            }
            guard let row = record.content.short(0), let column = record.content.short(2), let style = record.content.short(4) else { continue }
            if record.type == XLSType.packedRow {
                packed(record.content, row, column)
                if let cell = waiting.popLast() { return cell }
            } else if let cell = cell(record, column, style) {
                return (row, cell)
            }
        }
        isOver = true
        return nil
    }

    private mutating func cell(_ record: XLSRecord, _ column: Int, _ style: Int) -> SheetCell? {
        let content = record.content
        switch record.type {
        case XLSType.sharedLabel:
            guard let place = content.long(6), book.strings.indices.contains(place) else {
                book.diagnostics.report("string-missing", "a cell's text is not among the shared strings")
                return nil
            }
            return text(book.strings[place], column, style)
        case XLSType.label, XLSType.richLabel: return text(book.text(content.clipped(6, content.count), lengthSize: 2), column, style)
        case XLSType.number: return content.double(6).flatMap { number($0, column, style) }
        case XLSType.packed: return content.long(6).flatMap { number(Self.unpacked($0), column, style) }
        case XLSType.formula: return formula(content, column, style)
        case XLSType.truthOrError:
            guard let value = content.byte(6) else { return nil }
            return content.byte(7) == 0 ? truth(value != 0, column, style) : error(value, column, style)
        default: return nil
        }
    }

    private mutating func packed(_ content: LittleEndianBytes, _ row: Int, _ first: Int) {
        for index in (0..<max(0, (content.count - 6) / 6)).reversed() {
            guard let style = content.short(4 + 6 * index), let value = content.long(6 + 6 * index) else { continue }
            if let cell = number(Self.unpacked(value), first + index, style) { waiting.append((row, cell)) }
        }
    }

    /// [MS-XLS] 2.5.217: thirty bits of an integer or of a double, perhaps a hundredfold.
    static func unpacked(_ value: Int) -> Double {
        let bits = UInt32(truncatingIfNeeded: value)
        let number = bits & 2 != 0 ? Double(Int32(bitPattern: bits) >> 2) : Double(bitPattern: UInt64(bits & ~3) << 32)
        return bits & 1 != 0 ? number / 100 : number
    }

    private mutating func formula(_ content: LittleEndianBytes, _ column: Int, _ style: Int) -> SheetCell? {
        guard content.short(12) == 0xFFFF else { return content.double(6).flatMap { number($0, column, style) } }
        switch content.byte(6) {
        case 0: return formulaText().flatMap { text($0, column, style) }
        case 1: return truth(content.byte(8) != 0, column, style)
        case 2: return error(content.byte(8) ?? 0, column, style)
        default: return nil
        }
    }

    /// The text that a formula gave: its record follows, perhaps behind those of a shared formula.
    private mutating func formulaText() -> String? {
        for _ in 0..<4 {
            guard let record = XLSRecord(book.stream, at: at), ![XLSType.formula, XLSType.end].contains(record.type) else { return nil }
            at = record.next
            guard record.type == XLSType.formulaText else { continue }
            if book.isOld { return book.text(record.content, lengthSize: 2) }
            let (parts, next) = XLSRecord.continued(book.stream, record)
            at = next
            var reader = XLSStringReader(parts)
            guard let count = reader.short(), let flags = reader.byte() else { return nil }
            return reader.letters(count, isWide: flags & 1 != 0)
        }
        return nil
    }

    private func text(_ text: String, _ column: Int, _ style: Int) -> SheetCell? {
        guard text.utf8.contains(where: { $0 > 0x20 }) else { return nil }
        let shown = book.format(style)?.text(for: text) ?? text
        return shown.isEmpty ? hidden() : SheetCell(column: column, kind: .text, style: style, text: shown)
    }

    private func number(_ value: Double, _ column: Int, _ style: Int) -> SheetCell? {
        let text = book.format(style)?.text(for: value, date1904: book.date1904) ?? GeneralNumber.text(value)
        if text.isEmpty { return value == 0 ? nil : hidden() }
        return SheetCell(column: column, kind: .number, style: style, text: text)
    }

    private func truth(_ value: Bool, _ column: Int, _ style: Int) -> SheetCell {
        SheetCell(column: column, kind: .other, style: style, text: value ? "TRUE" : "FALSE")
    }

    private func error(_ code: Int, _ column: Int, _ style: Int) -> SheetCell {
        SheetCell(column: column, kind: .other, style: style, text: Self.errors[code] ?? "#N/A")
    }

    private func hidden() -> SheetCell? {
        book.diagnostics.report("value-hidden", "a value that its format does not show was left out")
        return nil
    }

    private static let errors = [0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"]
}
