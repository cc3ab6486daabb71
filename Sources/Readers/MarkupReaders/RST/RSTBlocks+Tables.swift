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
            guard end - start >= 3, line.allSatisfy({ $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "=") || $0 == 0x20 }) else { return false }
            at = end
            guard var grid = RSTGrid(lines[start..<end]), let drawn = grid.read() else {
                parsing.diagnostics.report("table-malformed", "a drawn table whose cells do not join is shown as it is drawn")
                blocks.append(.code(text(lines[start..<end]), language: nil))
                return true
            }
            blocks.append(.table(Table(head: TableHead(rows: drawn.head.map(row)), rows: drawn.rows.map(row))))
            return true
        }
        guard let columns = RSTSimpleTable.columns(line) else { return false }
        var borders = [at]
        var end = at + 1
        // The table ends with its third border, or with one that no text follows.
        while end < lines.count {
            if RSTSimpleTable.isBorder(lines[end]) {
                borders.append(end)
                if borders.count == 3 || end + 1 == lines.count || lines[end + 1].isBlank { break }
            }
            end += 1
        }
        guard end < lines.count, borders.count >= 2 else { return false }
        let header = borders.count > 2 ? RSTSimpleTable.rows(lines[(at + 1)..<borders[1]], columns, border: lines[borders[1]]) : []
        let body = RSTSimpleTable.rows(lines[(borders[borders.count > 2 ? 1 : 0] + 1)..<end], columns, border: lines[end])
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
            let mark = directive.options["delim"].map(RSTCSV.delimiter) ?? UInt8(ascii: ",")
            var head: [Row] = []
            if let header = directive.text(of: "header") { head = RSTCSV.rows(header, mark).map { Row($0.map { Cell(inner($0)) }) } }
            rows = RSTCSV.rows(Array(directive.content.joined(separator: [0x0A]))[...], mark).map { Row($0.map { Cell(inner($0)) }) }
            guard !head.isEmpty || !rows.isEmpty else { return }
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
