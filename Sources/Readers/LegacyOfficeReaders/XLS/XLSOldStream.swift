// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import Decryption
import DocumentReading
import DocumentTree

/// A workbook of Excel 2, 3 or 4, whose file is its stream, as Excel 5 would have written it: sheets behind globals, cells of one form.
///
/// In those versions ("BIFF2" to "BIFF4") a file is one sheet, or since Excel 4 several with their names between them; Excel 2 has shorter
/// fields. Charts are left out.
struct XLSOldStream {
    private struct Sheet {
        var name: [UInt8]
        var records: [UInt8] = []
    }

    private let version: Int
    private var globals: [UInt8] = []
    private var formats = 0
    private var sheets: [Sheet] = []
    /// The next sheet's name.
    private var name: [UInt8]?
    /// Beginnings that are open.
    private var depth = 0
    private var isLeftOut = false
    private var charts = 0

    /// nil when the stream is none of theirs.
    static func modern(_ stream: LittleEndianBytes, _ diagnostics: inout Diagnostics) throws(ReadError) -> [UInt8]? {
        guard let first = XLSRecord(stream, at: 0), let version = versions[first.type] else { return nil }
        var book = XLSOldStream(version)
        var at = 0
        while let record = XLSRecord(stream, at: at) {
            if record.type == XLSType.filePass { throw .encrypted(Passwords.unreadable("the workbook")) }
            book.take(record)
            at = record.next
        }
        if at > stream.count { diagnostics.report("file-damaged", "the file is damaged; text may be missing or wrong") }
        if book.charts > 0 { diagnostics.report("chart-left-out", "charts of Excel 4 and older were left out", count: book.charts) }
        return book.finished()
    }

    /// By the type of the record that a stream begins with.
    private static let versions = [0x09: 2, 0x209: 3, 0x409: 4]

    private init(_ version: Int) {
        self.version = version
        // A cell of Excel 2 names its format itself.
        if version == 2 { for format in 0..<64 { style(format) } }
    }

    private mutating func take(_ record: XLSRecord) {
        let content = record.content
        switch record.type {
        case 0x09, 0x209, 0x409: begin(content.short(2) ?? 0x10)
        case XLSType.end: depth = max(0, depth - 1)
        case 0x8F: name = Array(content.clipped(5, content.byte(4) ?? 0).raw)
        case XLSType.codePage: globals += Self.record(XLSType.codePage, Self.short(Self.codePages[content.short(0) ?? 0] ?? content.short(0) ?? 1_252))
        case XLSType.dateMode: globals += Self.record(XLSType.dateMode, content)
        case 0x1E, XLSType.format:
            let start = record.type == 0x1E ? 0 : 2
            globals += Self.record(XLSType.format, Self.short(formats) + Array(content.clipped(start, 1 + (content.byte(start) ?? 0)).raw))
            formats += 1
        case 0x243, 0x443: style(content.byte(1) ?? 0)
        default: if depth == 1, !isLeftOut { cell(record) }
        }
    }

    /// More than any reader wants.
    private static let mostSheets = 10_000

    /// The marks for Apple's letters and for those of Windows.
    private static let codePages = [0x8000: 10_000, 0x8001: 1_252]

    private mutating func begin(_ kind: Int) {
        // What sheets have in common.
        guard kind != 0x100 else { return }
        depth += 1
        guard depth == 1 else { return }
        if kind == 0x20 { charts += 1 }
        isLeftOut = kind == 0x20 || sheets.count >= Self.mostSheets
        guard !isLeftOut else { return }
        sheets.append(Sheet(name: name ?? Array("Sheet\(sheets.count + 1)".utf8)))
        name = nil
    }

    private mutating func style(_ format: Int) { globals += Self.record(XLSType.extendedFormat, Self.short(0) + Self.short(format)) }

    private mutating func cell(_ record: XLSRecord) {
        let content = record.content
        guard version == 2 else {
            switch record.type {
            case 0x206, 0x406: put(XLSType.formula, Array(content.raw))
            case XLSType.number, XLSType.label, XLSType.truthOrError, XLSType.formulaText, XLSType.packed, XLSType.row, XLSType.column, XLSType.note:
                put(record.type, Array(content.raw))
            default: break
            }
            return
        }
        // Row, column, and three bytes of looks; the second of them has the format.
        let head = Array(content.clipped(0, 4).raw) + Self.short((content.byte(5) ?? 0) & 0x3F)
        func rest(_ at: Int, _ count: Int) -> [UInt8] { Array(content.clipped(at, count).raw) }
        switch record.type {
        case 0x02: put(XLSType.number, head + withUnsafeBytes(of: Double(content.short(7) ?? 0).bitPattern.littleEndian) { Array($0) })
        case 0x03: put(XLSType.number, head + rest(7, 8))
        case 0x04: put(XLSType.label, head + Self.short(content.byte(7) ?? 0) + rest(8, content.byte(7) ?? 0))
        case 0x05: put(XLSType.truthOrError, head + rest(7, 2))
        case 0x06: put(XLSType.formula, head + rest(7, content.count))
        case 0x07: put(XLSType.formulaText, Self.short(content.byte(0) ?? 0) + rest(1, content.byte(0) ?? 0))
        case XLSType.note: put(XLSType.note, Array(content.raw))
        default: break
        }
    }

    private mutating func put(_ type: Int, _ content: [UInt8]) { sheets[sheets.count - 1].records += Self.record(type, content) }

    private func finished() -> [UInt8] {
        let end = Self.record(XLSType.end, [])
        var out = Self.beginning(5) + globals
        // Each sheet's entry: its head, an offset, state and kind, the name.
        var offset = out.count + end.count + sheets.reduce(0) { $0 + 4 + 7 + min($1.name.count, 255) }
        for sheet in sheets {
            out += Self.record(XLSType.sheet, Self.short(offset) + Self.short(offset >> 16) + [0, 0, UInt8(min(sheet.name.count, 255))] + sheet.name.prefix(255))
            offset += Self.beginning(0x10).count + sheet.records.count + end.count
        }
        out += end
        for sheet in sheets { out += Self.beginning(0x10) + sheet.records + end }
        return out
    }

    private static func beginning(_ kind: Int) -> [UInt8] { record(XLSType.beginning, short(0x500) + short(kind) + [0, 0, 0, 0]) }
    private static func record(_ type: Int, _ content: LittleEndianBytes) -> [UInt8] { record(type, Array(content.raw)) }
    private static func record(_ type: Int, _ content: [UInt8]) -> [UInt8] { short(type) + short(content.count) + content }
    private static func short(_ value: Int) -> [UInt8] { [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)] }
}
