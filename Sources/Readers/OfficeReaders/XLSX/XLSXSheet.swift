// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import Sheets
import XMLTree

/// One sheet of a workbook: a worksheet's part (18.3.1.99), or a chart's (18.3.1.12).
struct XLSXSheet {
    private let book: XLSXBook
    private let sheet: XLSXBook.Sheet

    init(_ book: XLSXBook, _ sheet: XLSXBook.Sheet) {
        self.book = book
        self.sheet = sheet
    }

    func send(to sink: any DocumentSink) throws(ReadError) {
        switch sheet.type {
        case "worksheet": try worksheet(sink)
        case "chartsheet": try chartsheet(sink)
        default: book.diagnostics.report("sheet-left-out", "a sheet of macros or dialogs was left out")
        }
    }

    private func worksheet(_ sink: any DocumentSink) throws(ReadError) {
        guard let pieces = try OOXMLPieces(sheet.part, in: book.package, &book.diagnostics) else { return }
        let output = XLSXOutput(book, sheet, try frame(pieces), sink)
        let rows = XLSXRows(output)
        while let piece = try pieces.next(&book.diagnostics) {
            do throws(SinkError) { try rows.read(piece) } catch { throw .sink(error) }
        }
        do throws(SinkError) {
            try rows.finish()
            try output.finish()
        } catch { throw .sink(error) }
    }

    private func chartsheet(_ sink: any DocumentSink) throws(ReadError) {
        guard let tree = try book.package.tree(sheet.part, &book.diagnostics) else { return }
        var frame = XLSXFrame()
        frame.drawing = tree.withRoot { $0.firstOrEmpty(.x_drawing).attribute(.r_id) }
        let output = XLSXOutput(book, sheet, frame, sink)
        do throws(SinkError) { try output.finish() } catch { throw .sink(error) }
    }

    /// What the part says behind its cells, which is needed before them.
    private func frame(_ whole: OOXMLPieces) throws(ReadError) -> XLSXFrame {
        var frame = XLSXFrame()
        if let all = whole.all {
            frame.take(all[(XLSXFrame.end(ofCellsIn: all) ?? 0)...])
            return frame
        }
        // Looked through once without looking at the cells.
        var isBehindCells = false
        var ignored = Diagnostics()
        guard let pieces = try OOXMLPieces(sheet.part, in: book.package, &ignored) else { return frame }
        while let piece = try pieces.next(&ignored) {
            if isBehindCells {
                frame.take(piece[...])
            } else if let end = XLSXFrame.end(ofCellsIn: piece) {
                isBehindCells = true
                frame.take(piece[end...])
            }
        }
        return frame
    }
}
