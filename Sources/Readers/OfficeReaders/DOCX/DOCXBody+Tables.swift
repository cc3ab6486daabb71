// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import XMLTree

extension DOCXBody {
    /// A table (17.4); one of a single cell is a frame, and its content stands on its own.
    func table(_ element: XMLElement) -> [Block] {
        var grid = DOCXGrid()
        rows(element, &grid)
        let rows = grid.finish()
        if rows.count == 1, rows[0].cells.count == 1 { return rows[0].cells[0].blocks }
        guard rows.contains(where: { !$0.cells.isEmpty }) else { return [] }
        var headers = grid.headers
        if headers == 0, rows.count > 1, Self.looksFirst(element.firstOrEmpty(.w_tblPr)) { headers = 1 }
        // A header cell that reaches into the body would tear the table apart.
        while headers > 0, headers < rows.count, DOCXGrid.reaches(rows, beyond: headers) { headers = 0 }
        if headers == rows.count { headers = 0 }
        return [.table(Table(head: TableHead(rows: Array(rows.prefix(headers))), rows: Array(rows.dropFirst(headers))))]
    }

    /// The table's style treats the first row apart (17.4.56).
    private static func looksFirst(_ properties: XMLElement) -> Bool {
        let look = properties.firstOrEmpty(.w_tblLook)
        if let first = look.attribute(.w_firstRow) { return first == "1" || first == "true" }
        return look.value.flatMap { Int($0, radix: 16) }.map { $0 & 0x20 != 0 } ?? false
    }

    private func rows(_ element: XMLElement, _ grid: inout DOCXGrid) {
        for child in element.children {
            switch child.known {
            case .w_tr: row(child, &grid)
            case .w_sdt: rows(child.firstOrEmpty(.w_sdtContent), &grid)
            case .w_customXml, .w_ins, .w_moveTo: rows(child, &grid)
            case .mc_AlternateContent: rows(OOXMLCompatibility.choice(child), &grid)
            default: continue
            }
        }
    }

    private func row(_ element: XMLElement, _ grid: inout DOCXGrid) {
        let properties = element.firstOrEmpty(.w_trPr)
        // A deleted row (17.13.5.12).
        guard properties.first(.w_del) == nil else { return }
        grid.begin(isHeader: properties.toggle(.w_tblHeader) ?? false, skipped: Self.count(properties.firstOrEmpty(.w_gridBefore)))
        pages?.beginRow()
        cells(element, &grid)
        pages?.endRow()
        grid.end(skipped: Self.count(properties.firstOrEmpty(.w_gridAfter)))
    }

    private func cells(_ element: XMLElement, _ grid: inout DOCXGrid) {
        for child in element.children {
            switch child.known {
            case .w_tc:
                let properties = child.firstOrEmpty(.w_tcPr)
                // A deleted cell (17.13.5.1).
                if properties.first(.w_cellDel) != nil { continue }
                let merge = properties.first(.w_vMerge).map { $0.value ?? "continue" }
                let span = max(1, Self.count(properties.firstOrEmpty(.w_gridSpan)))
                let inner = blocks(child)
                if properties.first(.w_hMerge).map({ $0.value ?? "continue" }) == "continue" {
                    grid.widen(by: span)
                } else {
                    grid.add(inner, columns: span, continues: merge == "continue", restarts: merge == "restart")
                }
            case .w_sdt: cells(child.firstOrEmpty(.w_sdtContent), &grid)
            case .w_customXml, .w_ins, .w_moveTo: cells(child, &grid)
            case .mc_AlternateContent: cells(OOXMLCompatibility.choice(child), &grid)
            default: continue
            }
        }
    }

    private static func count(_ element: XMLElement) -> Int { min(max(element.value.flatMap { Int($0) } ?? 0, 0), 1_000) }
}

/// Places cells on the table's grid and joins those that are merged downwards.
struct DOCXGrid {
    private struct Placed {
        var cell: Cell
        var column: Int
    }

    private var rows: [[Placed]] = []
    /// For each column the row of the cell that may be continued below.
    private var above: [Int: Int] = [:]
    private var column = 0
    private(set) var headers = 0
    private var isInHeader = true

    mutating func begin(isHeader: Bool, skipped: Int) {
        if isHeader, isInHeader { headers += 1 } else { isInHeader = false }
        rows.append([])
        column = 0
        pad(skipped)
    }

    mutating func add(_ blocks: [Block], columns: Int, continues: Bool, restarts: Bool) {
        let here = rows.count - 1
        guard here >= 0 else { return }
        if continues, let row = above[column], let place = rows[row].firstIndex(where: { $0.column == column }) {
            rows[row][place].cell.rows = here - row + 1
            rows[row][place].cell.blocks += blocks
        } else {
            rows[here].append(Placed(cell: Cell(blocks, columns: columns), column: column))
            above[column] = restarts || continues ? here : nil
        }
        column += columns
    }

    /// A cell merged into the one to its left.
    mutating func widen(by columns: Int) {
        if let last = rows.indices.last, let place = rows[last].indices.last { rows[last][place].cell.columns += columns }
        column += columns
    }

    mutating func end(skipped: Int) { pad(skipped) }

    private mutating func pad(_ count: Int) {
        for _ in 0..<count { add([], columns: 1, continues: false, restarts: false) }
    }

    func finish() -> [Row] { rows.map { Row($0.map(\.cell)) } }

    static func reaches(_ rows: [Row], beyond headers: Int) -> Bool {
        rows.prefix(headers).enumerated().contains { at, row in row.cells.contains { at + $0.rows > headers } }
    }
}
