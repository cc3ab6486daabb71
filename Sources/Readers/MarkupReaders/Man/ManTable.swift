// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// A table between `.TS` and `.TE` (tbl(1)): options, formats of lines, then lines of cells.
struct ManTable {
    private enum Part { case start, formats, rows }
    private var part = Part.start
    private var separator = UInt8(ascii: "\t")
    private var formats: [[Column]] = []
    private var rows: [[[UInt8]]] = []
    /// How many rows stand above the first rule.
    private var ruledAfter: Int?
    /// The text of a cell that goes over several lines.
    private var openCell: [UInt8]?

    private struct Column {
        var key: UInt8
        var isBold: Bool
    }

    mutating func take(_ line: Line) {
        switch part {
        case .start where line.trimmed.last == UInt8(ascii: ";"):
            if let tab = line.first("tab(") ?? line.first("tab ("), let open = line[tab...].firstIndex(of: UInt8(ascii: "(")), open + 1 < line.endIndex { separator = line[open + 1] }
            part = .formats
        case .start, .formats:
            part = .formats
            var text = line.trimmed
            let isLast = text.last == UInt8(ascii: ".")
            if isLast { text = text.dropLast() }
            for row in text.split(separator: UInt8(ascii: ",")) where formats.count < 1_000 { formats.append(Self.columns(row)) }
            if isLast { part = .rows }
        case .rows: takeRow(line)
        }
    }

    private static func columns(_ text: Line) -> [Column] {
        var columns: [Column] = []
        var isInside = 0
        var afterFont = false
        for byte in text {
            if byte == UInt8(ascii: "(") { isInside += 1 } else if byte == UInt8(ascii: ")") { isInside -= 1 }
            guard isInside == 0 else { continue }
            let letter = byte | 0x20
            if afterFont {
                if letter == UInt8(ascii: "b"), let last = columns.indices.last { columns[last].isBold = true }
                afterFont = letter == UInt8(ascii: " ")
            } else if "lrcnas".utf8.contains(letter) || "^_=".utf8.contains(byte) {
                if columns.count < 1_000 { columns.append(Column(key: letter, isBold: false)) }
            } else if letter == UInt8(ascii: "b"), let last = columns.indices.last {
                columns[last].isBold = true
            } else if letter == UInt8(ascii: "f") {
                afterFont = true
            }
        }
        return columns
    }

    private mutating func takeRow(_ line: Line) {
        if var cell = openCell {
            if line.hasPrefix("T}") {
                finishCell(cell)
                openCell = nil
                let rest = line.dropFirst(2)
                if rest.first == separator { addCells(rest.dropFirst()) }
            } else if line.first == UInt8(ascii: ".") {
                let arguments = ManArguments.split(line.dropFirst())
                for argument in arguments.dropFirst() { cell += [0x20] + argument }
                openCell = cell
            } else {
                cell += cell.isEmpty ? Array(line) : [0x20] + line
                openCell = cell
            }
            return
        }
        let text = line.trimmed
        if text.equals("_") || text.equals("=") {
            if ruledAfter == nil, !rows.isEmpty { ruledAfter = rows.count }
            return
        }
        guard !text.isEmpty else { return }
        if text.hasPrefix(".T&") {
            // New formats follow; the cells tell the shape as well.
            part = .formats
            return
        }
        guard text.first != UInt8(ascii: ".") || text.count < 3 || !Letters.isLetter(text[text.startIndex + 1]) else { return }
        guard rows.count < 100_000 else { return }
        rows.append([])
        addCells(line)
    }

    private mutating func addCells(_ line: Line) {
        for piece in line.split(separator: separator, omittingEmptySubsequences: false) {
            if piece.trimmed.equals("T{") {
                openCell = []
            } else {
                finishCell(Array(piece.trimmed))
            }
        }
    }

    private mutating func finishCell(_ bytes: [UInt8]) {
        guard let last = rows.indices.last, rows[last].count < 1_000 else { return }
        rows[last].append(bytes)
    }

    /// Nothing for a table without cells.
    func block(_ strings: [String: Line]) -> Block? {
        var built: [Row] = []
        for (index, row) in rows.enumerated() {
            let format = formats.isEmpty ? [] : formats[min(index, formats.count - 1)]
            var cells: [Cell] = []
            for (column, bytes) in row.enumerated() {
                let key = column < format.count ? format[column].key : UInt8(ascii: "l")
                if key == UInt8(ascii: "s"), !cells.isEmpty, bytes.isEmpty {
                    cells[cells.count - 1].columns += 1
                    continue
                }
                var run = ManRun()
                if !(bytes == [UInt8(ascii: "\\"), UInt8(ascii: "^")]) { run.add(bytes[...], strings) }
                let content = run.take()
                cells.append(Cell(content.isEmpty ? [] : [.paragraph(content)]))
            }
            // Cells that the format spans need not be written.
            if format.count > row.count, format.dropFirst(row.count).allSatisfy({ $0.key == UInt8(ascii: "s") }), let last = cells.indices.last { cells[last].columns += format.count - row.count }
            built.append(Row(cells))
        }
        guard built.contains(where: { !$0.cells.isEmpty }) else { return nil }
        let isHead = ruledAfter == 1 || formats.count > 1 && formats[0].contains { $0.isBold } && !(formats.last?.contains { $0.isBold } ?? false)
        return .table(isHead ? Table(head: TableHead(rows: Array(built.prefix(1))), rows: Array(built.dropFirst())) : Table(rows: built))
    }
}
