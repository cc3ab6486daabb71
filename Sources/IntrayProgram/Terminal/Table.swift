// SPDX-License-Identifier: Apache-2.0

/// Columns of text, as wide as their widest cell; the last one is not padded. On a terminal the widest columns give way
/// until a row fits on a line; where it never does, a row's cells flow over several lines.
struct TextTable {
    struct Cell {
        var text: String
        var ink: Terminal.Ink?
        /// A path: its end is what tells it from others.
        var keepsEnd = false
        /// A name that is copied: never cut.
        var isWhole = false

        init(_ text: String, _ ink: Terminal.Ink? = nil, keepsEnd: Bool = false, isWhole: Bool = false) {
            self.text = text
            self.ink = ink
            self.keepsEnd = keepsEnd
            self.isWhole = isWhole
        }
    }

    private var rows: [[Cell]]
    /// Lines that stand below rows, by the row's number.
    private var notes: [Int: String] = [:]

    init(header: [String]) { rows = [header.map { Cell($0, .faint) }] }

    var isEmpty: Bool { rows.count == 1 }

    mutating func add(_ cells: String...) { rows.append(cells.map { Cell($0) }) }
    mutating func add(_ cells: [Cell]) { rows.append(cells) }

    /// A line below the row that was added last.
    mutating func note(_ text: String) { notes[rows.count - 1] = text }

    /// Every row indented by `indent`.
    func render(on terminal: Terminal = .output, indent: Int = 0) -> String {
        let room = terminal.width.map { max(20, $0 - indent) }
        let widths = fitting(room)
        if let room, widths.reduce(0, { $0 + ($1 ?? 0) + 2 }) - 2 > room { return flowing(within: room, indent, terminal) }
        let margin = String(repeating: " ", count: indent)
        return rows.enumerated().map { place, row in
            margin + row.enumerated().map { column, cell in
                let text = widths[column].map { cell.text.cut(to: $0, keepingEnd: cell.keepsEnd) } ?? cell.text
                let painted = cell.ink.map { terminal.paint(text, $0) } ?? text
                if column == row.count - 1 { return painted }
                return painted + String(repeating: " ", count: max(0, (widths[column] ?? 0) - text.columns) + 2)
            }.joined() + "\n" + note(below: place, room, indent, terminal)
        }.joined()
    }

    private func note(below row: Int, _ room: Int?, _ indent: Int, _ terminal: Terminal) -> String {
        guard let text = notes[row] else { return "" }
        return String(repeating: " ", count: indent + 2) + terminal.paint(text.cut(to: room.map { $0 - 2 } ?? .max), .faint) + "\n"
    }

    /// Rows without columns, the header one of them: as many cells to a line as fit, those that follow indented.
    private func flowing(within width: Int, _ indent: Int, _ terminal: Terminal) -> String {
        rows.enumerated().map { Self.flow($1, within: width, indent: indent, on: terminal) + note(below: $0, width, indent, terminal) }.joined()
    }

    /// One row: as many cells to a line as fit, those that follow indented.
    static func flow(_ row: [Cell], within width: Int, indent: Int = 0, on terminal: Terminal) -> String {
        var lines: [(text: String, columns: Int)] = [("", 0)]
        for cell in row where !cell.text.isEmpty {
            let text = cell.text.cut(to: cell.isWhole ? .max : width - 2, keepingEnd: cell.keepsEnd)
            let last = lines[lines.count - 1]
            if last.columns > 0, last.columns + 2 + text.columns > width { lines.append(("  ", 2)) } else if last.columns > 0 { lines[lines.count - 1].text += "  " }
            lines[lines.count - 1].text += cell.ink.map { terminal.paint(text, $0) } ?? text
            lines[lines.count - 1].columns += text.columns + (last.columns > 0 ? 2 : 0)
        }
        return lines.map { String(repeating: " ", count: indent) + $0.text + "\n" }.joined()
    }

    /// The width of each column; nil for a last one that may be as long as it is.
    private func fitting(_ width: Int?) -> [Int?] {
        let columns = rows.map(\.count).max() ?? 0
        var widths = (0..<columns).map { column in rows.map { column < $0.count ? $0[column].text.columns : 0 }.max() ?? 0 }
        guard let width else { return widths.enumerated().map { $0.offset == columns - 1 ? nil : $0.element } }
        let yielding = widths.indices.filter { column in !rows.contains { column < $0.count && $0[column].isWhole } }
        // One column is taken from the widest at a time, down to a width at which words can still be told apart.
        while widths.reduce(0, +) + 2 * (columns - 1) > width, let widest = yielding.max(by: { widths[$0] < widths[$1] }), widths[widest] > 10 { widths[widest] -= 1 }
        return widths
    }
}
