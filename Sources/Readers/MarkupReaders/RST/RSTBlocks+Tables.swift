// SPDX-License-Identifier: Apache-2.0
import DocumentTree

// Tables: drawn ones, and those of directives.

extension RSTBlocks {
    /// A table drawn with `+---+`, or one between lines of `===`.
    mutating func table(_ line: Line) -> Bool {
        if line.hasPrefix("+-") || line.hasPrefix("+=") {
            let start = at
            var end = at
            while end < lines.count, let first = lines[end].first, first == UInt8(ascii: "+") || first == UInt8(ascii: "|") { end += 1 }
            guard end - start >= 3, var grid = RSTGrid(lines[start..<end]), let drawn = grid.read() else { return false }
            at = end
            blocks.append(.table(Table(head: TableHead(rows: drawn.head.map(row)), rows: drawn.rows.map(row))))
            return true
        }
        guard let columns = RSTSimpleTable.columns(line) else { return false }
        var borders = [at]
        var end = at + 1
        // The table ends with a border that no text follows.
        while end < lines.count {
            if RSTSimpleTable.isBorder(lines[end]) {
                borders.append(end)
                if end + 1 == lines.count || lines[end + 1].isBlank { break }
            }
            end += 1
        }
        guard end < lines.count, borders.count >= 2 else { return false }
        let header = borders.count > 2 ? RSTSimpleTable.rows(lines[(at + 1)..<borders[1]], columns) : []
        let body = RSTSimpleTable.rows(lines[(borders[borders.count > 2 ? 1 : 0] + 1)..<end], columns)
        at = end + 1
        blocks.append(.table(Table(head: TableHead(rows: header.map(row)), rows: body.map(row))))
        return true
    }

    private func row(_ cells: [RSTCell]) -> Row {
        Row(cells.map { Cell(inner($0.lines), columns: $0.columns, rows: $0.rows) })
    }

    mutating func table(_ directive: RSTDirective) {
        let title = spans(directive.argument)
        let heads = directive.options["header-rows"].flatMap { Int($0.text) }.map { max($0, 0) } ?? 0
        var rows: [Row] = []
        switch directive.name {
        case "csv-table":
            if directive.options["file"] != nil || directive.options["url"] != nil { parsing.diagnostics.report("include-not-read", "files that the text includes are not read") }
            let mark = directive.options["delim"].flatMap { $0.equals("tab") ? 0x09 : $0.equals("space") ? 0x20 : $0.first } ?? UInt8(ascii: ",")
            var head: [Row] = []
            if let header = directive.options["header"] { head = RSTCSV.rows(header, mark).map { Row($0.map { Cell(inner($0)) }) } }
            rows = RSTCSV.rows(Array(directive.content.joined(separator: [0x0A]))[...], mark).map { Row($0.map { Cell(inner($0)) }) }
            blocks.append(.table(Table(head: TableHead(caption: title, rows: head + rows.prefix(heads)), rows: Array(rows.dropFirst(heads)))))
        case "list-table":
            for block in inner(directive.content) {
                guard case .list(let list) = block else { continue }
                rows += list.items.map { item in
                    guard case .list(let cells) = item.blocks.first else { return Row([Cell(item.blocks)]) }
                    return Row(cells.items.map { Cell($0.blocks) })
                }
            }
            blocks.append(.table(Table(head: TableHead(caption: title, rows: Array(rows.prefix(heads))), rows: Array(rows.dropFirst(heads)))))
        default:
            var content = inner(directive.content)
            if case .table(var table) = content.first, !title.isEmpty {
                table.head.caption = title
                content[0] = .table(table)
            }
            blocks += content
        }
    }
}

struct RSTCell {
    var lines: [Line]
    var columns = 1
    var rows = 1
}

/// Tables between lines of `===`: columns as wide as those lines, spans by lines of `---` (Docutils, "Simple Tables").
enum RSTSimpleTable {
    static func isBorder(_ line: Line) -> Bool { columns(line) != nil }

    /// Where the columns begin and end; at least two of them.
    static func columns(_ line: Line, mark: UInt8 = UInt8(ascii: "=")) -> [Range<Int>]? {
        guard line.first == mark else { return nil }
        var columns: [Range<Int>] = []
        var start: Int?
        for (place, byte) in line.enumerated() {
            if byte == mark { start = start ?? place } else if byte == 0x20 {
                if let first = start { columns.append(first..<place) }
                start = nil
            } else {
                return nil
            }
        }
        if let first = start { columns.append(first..<line.count) }
        return columns.count > 1 && columns.allSatisfy { $0.count > 1 || columns.count > 2 } ? columns : nil
    }

    static func rows(_ lines: ArraySlice<Line>, _ columns: [Range<Int>]) -> [[RSTCell]] {
        var rows: [[RSTCell]] = []
        var open: [Line] = []
        func close(_ spans: [Range<Int>]) {
            let row = cells(open, spans, columns)
            if row.contains(where: { $0.lines.contains { !$0.isBlank } }) { rows.append(row) }
            open = []
        }
        for line in lines {
            if line.isBlank {
                // Blank lines part rows; within a cell of several lines they are its own.
                if !open.isEmpty { open.append([]) }
            } else if let spans = Self.columns(line, mark: UInt8(ascii: "-")) ?? single(line) {
                // The row above spans what the dashes join.
                close(spans)
            } else {
                if !cut(line, columns)[0].isBlank { close(columns) }
                open.append(line)
            }
        }
        close(columns)
        return rows
    }

    /// The lines of a row, cut where its cells begin.
    private static func cells(_ lines: [Line], _ spans: [Range<Int>], _ columns: [Range<Int>]) -> [RSTCell] {
        let parts = lines.map { cut($0, spans) }
        return spans.indices.map { index in
            let covered = columns.count { $0.lowerBound >= spans[index].lowerBound && $0.lowerBound < spans[index].upperBound }
            return RSTCell(lines: parts.map { $0[index] }, columns: max(1, covered))
        }
    }

    private static func single(_ line: Line) -> [Range<Int>]? {
        line.count > 3 && line.trimmed.allSatisfy { $0 == UInt8(ascii: "-") } ? [0..<line.count] : nil
    }

    /// The last column takes all that is left. Columns count characters.
    private static func cut(_ line: Line, _ columns: [Range<Int>]) -> [Line] {
        var places: [Int] = []
        for index in line.indices where line[index] & 0xC0 != 0x80 { places.append(index) }
        func place(_ column: Int) -> Int { column < places.count ? places[column] : line.endIndex }
        return columns.indices.map { index in
            let start = place(columns[index].lowerBound)
            let end = index + 1 < columns.count ? place(columns[index + 1].lowerBound) : line.endIndex
            return line[start..<max(start, end)].trimmed
        }
    }
}

/// Comma-separated values as Docutils takes them.
enum RSTCSV {
    static func rows(_ text: Line, _ mark: UInt8) -> [[[Line]]] {
        var rows: [[[Line]]] = []
        var row: [[Line]] = []
        var field: [UInt8] = []
        var isQuoted = false
        var at = text.startIndex
        func take() {
            row.append(field.split(separator: 0x0A, omittingEmptySubsequences: false).map { $0.trimmed })
            field = []
        }
        while at < text.endIndex {
            let byte = text[at]
            if isQuoted {
                if byte == UInt8(ascii: "\"") {
                    if at + 1 < text.endIndex, text[at + 1] == byte {
                        field.append(byte)
                        at += 1
                    } else {
                        isQuoted = false
                    }
                } else {
                    field.append(byte)
                }
            } else if byte == UInt8(ascii: "\""), field.allSatisfy({ $0 == 0x20 }) {
                isQuoted = true
                field = []
            } else if byte == mark {
                take()
            } else if byte == 0x0A {
                if !row.isEmpty || !field.isEmpty {
                    take()
                    rows.append(row)
                    row = []
                }
            } else {
                field.append(byte)
            }
            at += 1
        }
        if !row.isEmpty || !field.isEmpty {
            take()
            rows.append(row)
        }
        return rows
    }
}
