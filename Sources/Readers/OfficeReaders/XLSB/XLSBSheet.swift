// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import Sheets

/// One sheet of a binary workbook ([MS-XLSB] 2.1.7.61).
struct XLSBSheet {
    private let book: XLSXBook
    private let sheet: XLSXBook.Sheet

    init(_ book: XLSXBook, _ sheet: XLSXBook.Sheet) {
        self.book = book
        self.sheet = sheet
    }

    func send(to sink: any DocumentSink) throws(ReadError) {
        guard sheet.type == "worksheet" || sheet.type == "chartsheet" else {
            return book.diagnostics.report("sheet-left-out", "a sheet of macros or dialogs was left out")
        }
        let output = XLSXOutput(book, sheet, try frame(), sink)
        guard let records = try XLSBRecords(sheet.part, in: book.package) else { return }
        try cells(records, output)
        records.report(&book.diagnostics)
        do throws(SinkError) { try output.finish() } catch { throw .sink(error) }
    }

    /// What comes behind the cells and is needed before them.
    private func frame() throws(ReadError) -> XLSXFrame {
        var frame = XLSXFrame()
        guard let records = try XLSBRecords(sheet.part, in: book.package) else { return frame }
        while let record = try records.next() {
            var fields = record.fields
            switch record.kind {
            case .mergedCell: if let area = fields.area(), frame.merged.count < 1_000_000 { frame.merged.append(area) }
            case .link: if let area = fields.area(), frame.links.count < 1_000_000 { frame.links.append(XLSXFrame.Link(area: area, relationship: fields.string())) }
            case .drawing: frame.drawing = fields.string()
            case .tablePart: if let id = fields.string(), frame.tables.count < 10_000 { frame.tables.append(id) }
            default: continue
            }
        }
        return frame
    }

    private func cells(_ records: XLSBRecords, _ output: XLSXOutput) throws(ReadError) {
        func send(_ row: Int, isHidden: Bool, _ cells: [SheetCell]) throws(ReadError) {
            do throws(SinkError) { try output.row(row, isHidden: isHidden, cells) } catch { throw .sink(error) }
        }
        var row = -1
        var column = -1
        var isHidden = false
        var cells: [SheetCell] = []
        while let record = try records.next() {
            var fields = record.fields
            switch record.kind {
            case .rowHeader:
                if row >= 0 { try send(row, isHidden: isHidden, cells) }
                cells.removeAll(keepingCapacity: true)
                let next = fields.long() ?? row + 1
                if next <= row { output.report("rows-out-of-order", "rows that do not rise were read as the next ones") }
                row = min(next > row ? next : row + 1, XLSXNumber.mostRows)
                column = -1
                fields.skip(7)
                isHidden = (fields.byte() ?? 0) & 0x10 != 0
            case .columns:
                if let first = fields.long(), let last = fields.long() {
                    fields.skip(8)
                    if (fields.byte() ?? 0) & 1 != 0 { output.hideColumns(first, last) }
                }
            case let kind?:
                guard row >= 0, kind.rawValue <= XLSBRecord.Kind.shortShared.rawValue || kind == .cellRich else { continue }
                let isShort = kind.rawValue >= XLSBRecord.Kind.shortBlank.rawValue && kind != .cellRich
                let place = isShort ? column + 1 : fields.long() ?? column + 1
                let style = (fields.long() ?? 0) & 0xFF_FFFF
                guard place > column, place < XLSXNumber.mostColumns else {
                    output.report("cells-out-of-order", "cells that do not rise were left out")
                    continue
                }
                column = place
                if let cell = Self.cell(kind, fields, column, style, output) { cells.append(cell) }
            case nil: continue
            }
        }
        if row >= 0 { try send(row, isHidden: isHidden, cells) }
    }

    private static func cell(_ kind: XLSBRecord.Kind, _ fields: XLSBFields, _ column: Int, _ style: Int, _ output: XLSXOutput) -> SheetCell? {
        var fields = fields
        switch kind {
        case .cellRk, .shortRk: return fields.rk().flatMap { output.number($0, column, style) }
        case .cellReal, .shortReal, .formulaNumber: return fields.double().flatMap { output.number($0, column, style) }
        case .cellTruth, .shortTruth, .formulaTruth: return fields.byte().flatMap { output.truth($0 != 0, column, style) }
        case .cellError, .shortError, .formulaError: return output.error(fields.byte().map(error) ?? "", column, style)
        case .cellString, .shortString, .formulaString: return fields.string().flatMap { output.text($0, nil, column, style) }
        case .cellRich: return fields.richString().flatMap { output.text($0, nil, column, style) }
        case .cellShared, .shortShared: return output.shared(fields.long(), column, style)
        default: return nil
        }
    }

    /// Error values by their code (2.5.97.2).
    private static func error(_ code: UInt8) -> String {
        switch code {
        case 0x00: "#NULL!"
        case 0x07: "#DIV/0!"
        case 0x0F: "#VALUE!"
        case 0x17: "#REF!"
        case 0x1D: "#NAME?"
        case 0x24: "#NUM!"
        case 0x2A: "#N/A"
        case 0x2B: "#GETTING_DATA"
        default: "#ERROR!"
        }
    }
}

extension XLSBFields {
    /// Rows, then columns (2.5.153).
    mutating func area() -> CellArea? {
        guard let top = long(), let bottom = long(), let left = long(), let right = long(), top <= bottom, left <= right,
            bottom < XLSXNumber.mostRows, right < XLSXNumber.mostColumns
        else { return nil }
        return CellArea(top: top, left: left, bottom: bottom, right: right)
    }
}
