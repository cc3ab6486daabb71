// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import NumberFormats
import Sheets
import XMLTree

/// Makes the cells of one sheet out of stored values, and sends them with what lies on and above them.
final class XLSXOutput {
    private let book: XLSXBook
    private let sink: any DocumentSink
    private let stream: SheetStream
    private var overlay: CellOverlay

    init(_ book: XLSXBook, _ sheet: XLSXBook.Sheet, _ frame: XLSXFrame, _ sink: any DocumentSink) {
        self.book = book
        self.sink = sink
        let relationships = book.package.relationships(of: sheet.part, &book.diagnostics)
        let tables = frame.tables.compactMap { id in relationships[id].flatMap { XLSXTable.area($0.target, book) } }
        stream = SheetStream(name: sheet.name, sheet.visibility, tables: tables, labels: book.labels, into: sink)
        overlay = CellOverlay(merged: frame.merged, links: Self.links(frame, relationships), comments: XLSXComments.read(book, sheet: sheet.part))
        takeObjects(frame, relationships)
        if let part = frame.drawing.flatMap({ relationships[$0] }) {
            let controls = XLSXControls.signs(frame.controls, relationships, book)
            for object in XLSXDrawing(book, part: part.target, controls: controls).objects() { stream.place(object.blocks, row: object.row, column: object.column) }
        }
    }

    /// The sheet's embedded objects, in the order of their links; what has none is a control.
    private func takeObjects(_ frame: XLSXFrame, _ relationships: [String: OOXMLPackage.Relationship]) {
        let found = relationships.filter { ["oleObject", "package"].contains($0.value.type) }.sorted { ($0.key.utf8.count, $0.key) < ($1.key.utf8.count, $1.key) }
        for (_, link) in found { OOXMLObject.take(link, program: nil, book.package, into: book.objects, &book.diagnostics) }
        if found.isEmpty, frame.objects > 0 { book.diagnostics.report("object-embedded", "an embedded object was left out", count: frame.objects) }
    }

    private static func links(_ frame: XLSXFrame, _ relationships: [String: OOXMLPackage.Relationship]) -> [Int: String] {
        var links: [Int: String] = [:]
        var room = 1_000_000
        for link in frame.links where room > 0 {
            // Links within the workbook lead to cells, which have no place to lead to in a text.
            guard let target = link.relationship.flatMap({ relationships[$0] }), target.isExternal else { continue }
            for row in link.area.top...min(link.area.bottom, link.area.top + 255) {
                for column in link.area.left...min(link.area.right, link.area.left + 255) {
                    links[CellOverlay.key(row: row, column: column)] = target.target
                    room -= 1
                }
            }
        }
        return links
    }

    func report(_ code: String, _ message: String) { book.diagnostics.report(code, message) }

    func hideColumns(_ first: Int, _ last: Int) {
        if first >= 0, first <= last { stream.hideColumns(first...min(last, XLSXNumber.mostColumns)) }
    }

    // MARK: Cells

    func text(_ text: String, _ content: [Inline]?, _ column: Int, _ style: Int) -> SheetCell? {
        guard text.utf8.contains(where: { $0 > 0x20 }) else { return nil }
        var shown = text
        if content == nil, let format = book.styles[style] { shown = format.text(for: text) }
        if shown.isEmpty { return hidden() }
        return SheetCell(column: column, kind: .text, style: style, text: shown, content: content)
    }

    func shared(_ index: Int?, _ column: Int, _ style: Int) -> SheetCell? {
        guard let index, let text = book.strings.text(index) else {
            report("string-missing", "a cell's text is not among the shared strings")
            return nil
        }
        return self.text(text, book.strings.content(index), column, style)
    }

    func number(_ raw: UnsafeBufferPointer<UInt8>, _ column: Int, _ style: Int) -> SheetCell? {
        if book.styles[style] == nil, XLSXNumber.isGeneral(raw) {
            return SheetCell(column: column, kind: .number, style: style, text: String(decoding: raw, as: UTF8.self))
        }
        guard let value = XLSXNumber.double(raw) else {
            report("number-damaged", "a cell's number cannot be read; it was taken as text")
            return text(XMLText.decode(raw), nil, column, style)
        }
        return number(value, column, style)
    }

    func number(_ value: Double, _ column: Int, _ style: Int) -> SheetCell? {
        let text = book.styles[style]?.text(for: value, date1904: book.date1904) ?? GeneralNumber.text(value)
        if text.isEmpty { return value == 0 ? nil : hidden() }
        return SheetCell(column: column, kind: .number, style: style, text: text)
    }

    func truth(_ value: Bool, _ column: Int, _ style: Int) -> SheetCell? {
        SheetCell(column: column, kind: .other, style: style, text: value ? "TRUE" : "FALSE")
    }

    func error(_ text: String, _ column: Int, _ style: Int) -> SheetCell? {
        text.isEmpty ? nil : SheetCell(column: column, kind: .other, style: style, text: text)
    }

    /// A formula that was stored without its value: better read than nothing.
    func formula(_ text: String?, _ column: Int, _ style: Int) -> SheetCell? {
        report("formula-uncalculated", "a formula was stored without its value")
        return text.map { SheetCell(column: column, kind: .other, style: style, text: $0) }
    }

    private func hidden() -> SheetCell? {
        report("value-hidden", "a value that its format does not show was left out")
        return nil
    }

    // MARK: Rows

    func row(_ index: Int, isHidden: Bool, _ cells: [SheetCell]) throws(SinkError) {
        for row in overlay.rows(before: index) { try stream.append(row) }
        var cells = cells
        overlay.put(on: &cells, row: index)
        try stream.append(SheetRow(index, isHidden: isHidden, cells))
    }

    func finish() throws(SinkError) {
        for row in overlay.rows(before: Int.max) { try stream.append(row) }
        for media in book.media.release() { try sink.append(media) }
        try stream.finish(&book.diagnostics)
        for note in overlay.notes { try sink.append(note) }
    }
}
