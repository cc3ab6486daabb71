// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import Sheets
import XMLTree

/// Turns a spreadsheet's content, part by part, into sheets (9.1).
final class ODSSheets {
    private let document: ODFDocument
    private let sink: any DocumentSink
    private var stream: SheetStream?
    private var cells: ODSCells
    private(set) var count = 0
    private var row = 0
    private var column = 0
    /// How many groups that hide their rows or columns are open.
    private var groups: [Bool] = []
    /// Elements that are open of which nothing is content: linked and cached tables.
    private var ignored = 0
    /// Objects that lie on the page or on cells; they follow the cells.
    private var objects: [Block] = []

    init(_ document: ODFDocument, _ sink: any DocumentSink) {
        self.document = document
        self.sink = sink
        cells = ODSCells(document)
    }

    func take(_ part: XMLParts.Part) throws(SinkError) {
        switch part {
        case .begin(let element): try begin(element)
        case .end(let number): try end(ODFName(rawValue: number))
        case .whole(let element):
            switch element.known {
            case .office_automaticStyles: document.styles.take(element)
            case .table_tableRow: if ignored == 0 { try row(element) }
            case .table_shapes:
                guard ignored == 0, stream != nil else { return }
                for shape in element.children { objects += ODFBody(document).blocks(of: shape) }
            case .office_forms: document.forms.take(element)
            default: return
            }
        }
    }

    private func begin(_ element: XMLElement) throws(SinkError) {
        if ignored > 0 { return ignored += 1 }
        switch element.known {
        case .table_table:
            guard stream == nil else { return ignored = 1 }
            let name = element.attribute(.table_name) ?? ""
            // What other files' sheets held when they were last seen.
            if name.hasPrefix("'file:") || element.isTrue(.table_isExternal) { return ignored = 1 }
            guard count < document.limits.members else {
                document.diagnostics.report("sheets-left-out", "sheets after the first \(count) were left out")
                return ignored = 1
            }
            count += 1
            let isHidden = document.styles.style("table", element.attribute(.table_styleName)).isHidden
            stream = SheetStream(name: name, isHidden ? .hidden : .visible, labels: document.limits.labels, into: sink)
            row = 0
            column = 0
            objects = []
        case .table_ddeLinks: ignored = 1
        case .table_tableRowGroup, .table_tableColumnGroup: groups.append(element.attribute(.table_display) == "false")
        case .table_tableColumn:
            let times = max(1, element.count(.table_numberColumnsRepeated, usual: 1, most: ODFTable.mostColumns))
            if isHidden(element), times <= 1_024 { stream?.hideColumns(column...(column + times - 1)) }
            column += times
        default: return
        }
    }

    private func isHidden(_ element: XMLElement) -> Bool {
        let visibility = element.attribute(.table_visibility)
        return visibility == "collapse" || visibility == "filter" || groups.contains(true)
    }

    private func end(_ name: ODFName?) throws(SinkError) {
        if ignored > 0 { return ignored -= 1 }
        switch name {
        case .table_tableRowGroup, .table_tableColumnGroup: _ = groups.popLast()
        case .table_table: try endSheet()
        default: return
        }
    }

    private func endSheet() throws(SinkError) {
        guard let stream else { return }
        self.stream = nil
        groups = []
        stream.place(objects, row: Int.max - 1, column: 0)
        try stream.finish(&document.diagnostics)
        for media in document.takeMedia() { try sink.append(media) }
        for note in document.takeNotes() { try sink.append(note) }
    }

    private func row(_ element: XMLElement) throws(SinkError) {
        guard let stream else { return }
        let times = max(1, element.count(.table_numberRowsRepeated, usual: 1, most: 10_000_000))
        let found = cells.row(element)
        objects += cells.takeObjects()
        let shown = found.isEmpty ? 0 : min(times, cells.allowed(times, of: found.count))
        for offset in 0..<shown { try stream.append(SheetRow(row + offset, isHidden: isHidden(element), found)) }
        row += times
    }
}
