// SPDX-License-Identifier: Apache-2.0
import DocumentTree

/// Tables between lines of `|===`: cells begin with a bar and what stands before it says how they span and look.
enum AsciiDocTable {
    private struct Entry {
        var text: [UInt8]
        var columns = 1
        var rows = 1
        var copies = 1
        var style: UInt8 = 0
    }

    static func read(_ lines: [Line], _ mark: Line, _ attributes: AsciiDocAttributes, _ caption: [Inline], _ blocks: AsciiDocBlocks) -> Table {
        let columns = self.columns(attributes.named["cols"] ?? "")
        let format = attributes.named["format"] ?? (mark.first == UInt8(ascii: ",") ? "csv" : mark.first == UInt8(ascii: ":") ? "dsv" : "psv")
        let content = lines.drop(while: \.isBlank)
        // The first line of text is the header where a blank line follows it.
        let isFirstAlone = content.count > 1 && content[content.startIndex + 1].isBlank && content.startIndex == lines.startIndex
        var rows: [Row] = []
        if format == "csv" || format == "tsv" || format == "dsv" {
            let separator: UInt8 = format == "tsv" ? 0x09 : format == "dsv" ? UInt8(ascii: ":") : attributes.named["separator"]?.utf8.first ?? UInt8(ascii: ",")
            rows = RSTCSV.rows(Array(lines.joined(separator: [0x0A]))[...], separator).map { Row($0.map { cell(Array($0.joined(separator: [0x0A])), 0, blocks) }) }
        } else {
            let separator = mark.first == UInt8(ascii: "!") ? UInt8(ascii: "!") : attributes.named["separator"]?.utf8.first ?? UInt8(ascii: "|")
            let entries = self.entries(lines, separator)
            // Without columns said, the first line's cells say how many there are.
            let first = content.first.map { self.entries([$0], separator).reduce(0) { $0 + $1.columns * $1.copies } } ?? 1
            rows = self.rows(entries, width: max(1, columns.isEmpty ? first : columns.count), columns.map(\.style), blocks)
        }
        let hasHeader = attributes.has("header") || attributes.style == "%header" || isFirstAlone && !attributes.has("noheader")
        let head = hasHeader && rows.count > 0 ? 1 : 0
        return Table(head: TableHead(caption: caption, alignments: columns.map(\.alignment), rows: Array(rows.prefix(head))), rows: Array(rows.dropFirst(head)))
    }

    /// `1,2,3`, `3*`, `<.^1a,>2`.
    private static func columns(_ spec: String) -> [(alignment: Alignment, style: UInt8)] {
        var columns: [(alignment: Alignment, style: UInt8)] = []
        for part in spec.split(whereSeparator: { $0 == "," || $0 == ";" }) {
            let word = Array(part.utf8.filter { $0 != 0x20 })
            var count = 1
            if let star = word.firstIndex(of: UInt8(ascii: "*")), let number = Int(word[..<star].text) { count = min(max(number, 1), 200) }
            let alignment: Alignment = word.contains(UInt8(ascii: ">")) ? .right : word.contains(UInt8(ascii: "^")) && word.first != UInt8(ascii: ".") ? .center : .natural
            let style = word.last.map { Letters.isLetter($0) ? $0 : 0 } ?? 0
            if columns.count < 1_000 { columns += Array(repeating: (alignment, style), count: count) }
        }
        return columns
    }

    private static func entries(_ lines: [Line], _ separator: UInt8) -> [Entry] {
        var entries: [Entry] = []
        for line in lines {
            var pieces: [[UInt8]] = [[]]
            for (place, byte) in zip(line.indices, line) {
                if byte == separator, place == line.startIndex || line[place - 1] != UInt8(ascii: "\\") {
                    pieces.append([])
                } else {
                    if byte == separator, pieces[pieces.count - 1].last == UInt8(ascii: "\\") { pieces[pieces.count - 1].removeLast() }
                    pieces[pieces.count - 1].append(byte)
                }
            }
            // What stands before the first bar goes on with the cell of the line above.
            var lead = pieces.removeFirst()
            if pieces.isEmpty || !isSpec(lead[...].trimmed) {
                if let last = entries.indices.last { entries[last].text += [0x0A] + lead }
                lead = []
            }
            for index in pieces.indices {
                var entry = Entry(text: pieces[index])
                apply(lead[...].trimmed, &entry)
                lead = []
                // The next cell's specification ends this piece.
                if index + 1 < pieces.count, let space = pieces[index].lastIndex(of: 0x20) ?? (pieces[index].isEmpty ? nil : -1), isSpec(pieces[index][(space + 1)...]), space + 1 < pieces[index].count {
                    lead = Array(pieces[index][(space + 1)...])
                    entry.text = space < 0 ? [] : Array(pieces[index][..<space])
                }
                if entries.count < 1_000_000 { entries.append(entry) }
            }
        }
        return entries
    }

    /// `2+`, `.3+`, `2.3+`, `3*`, alignments and one letter of style.
    private static func isSpec(_ text: Line) -> Bool {
        guard !text.isEmpty, text.count < 12 else { return false }
        var rest = text.drop { Letters.isDigit($0) || $0 == UInt8(ascii: ".") }
        let hasNumber = rest.count < text.count
        if let mark = rest.first, mark == UInt8(ascii: "+") || mark == UInt8(ascii: "*") { rest = rest.dropFirst() } else if hasNumber { return false }
        rest = rest.drop { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "^") || $0 == UInt8(ascii: ".") }
        return rest.isEmpty || rest.count == 1 && "adehlmsv".utf8.contains(rest[rest.startIndex])
    }

    private static func apply(_ spec: Line, _ entry: inout Entry) {
        guard !spec.isEmpty else { return }
        let numbers = spec.prefix { Letters.isDigit($0) || $0 == UInt8(ascii: ".") }
        if numbers.endIndex < spec.endIndex {
            let parts = numbers.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { min(max(Int($0.text) ?? 1, 1), 1_000) }
            if spec[numbers.endIndex] == UInt8(ascii: "+") {
                entry.columns = parts.first ?? 1
                entry.rows = parts.count > 1 ? parts[1] : 1
            } else if spec[numbers.endIndex] == UInt8(ascii: "*") {
                entry.copies = min(parts.first ?? 1, 100)
            }
        }
        if let last = spec.last, Letters.isLetter(last) { entry.style = last }
    }

    /// Cells in rows as wide as the table, around what spans down from above.
    private static func rows(_ entries: [Entry], width: Int, _ styles: [UInt8], _ blocks: AsciiDocBlocks) -> [Row] {
        var rows: [Row] = []
        var covered = [Int](repeating: 0, count: width)
        var row: [Cell] = []
        var column = 0
        func pass() {
            while column < width, covered[column] > 0 {
                covered[column] -= 1
                column += 1
            }
            if column >= width {
                rows.append(Row(row))
                row = []
                column = 0
            }
        }
        for entry in entries {
            for _ in 0..<entry.copies {
                // A row of nothing but covered places cannot last: each pass counts them down.
                repeat { pass() } while column < width && covered[column] > 0
                let style = entry.style != 0 ? entry.style : column < styles.count ? styles[column] : 0
                var cell = cell(entry.text, style, blocks)
                cell.columns = min(entry.columns, width - column)
                cell.rows = entry.rows
                row.append(cell)
                for place in column..<(column + cell.columns) { covered[place] = entry.rows - 1 }
                column += cell.columns
                if column >= width { pass() }
            }
        }
        if !row.isEmpty { rows.append(Row(row)) }
        return rows
    }

    private static func cell(_ text: [UInt8], _ style: UInt8, _ blocks: AsciiDocBlocks) -> Cell {
        let body = text[...].trimmed
        guard !body.isEmpty else { return Cell([]) }
        let lines = body.split(separator: 0x0A, omittingEmptySubsequences: false)
        switch style {
        case UInt8(ascii: "a") where blocks.depth < AsciiDocBlocks.deepest: return Cell(blocks.inner(lines))
        case UInt8(ascii: "l"): return Cell([.code(body.text, language: nil)])
        case UInt8(ascii: "m"): return Cell([.paragraph([.code(body.text)])])
        default: break
        }
        let parts = lines.split { $0.isBlank }.map { part in blocks.spans(Array(part.map(\.trimmed).joined(separator: [0x0A]))[...]) }
        return Cell(parts.map { content in
            style == UInt8(ascii: "s") || style == UInt8(ascii: "h") ? .paragraph([.strong(content)]) : style == UInt8(ascii: "e") ? .paragraph([.emphasis(content)]) : .paragraph(content)
        })
    }
}
