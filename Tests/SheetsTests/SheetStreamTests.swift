// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Sheets
import Testing

@Suite("Sheets")
struct SheetStreamTests {
    /// Lines of cells parted by `|`; an empty line is an empty row. Digits make numbers.
    private func read(_ drawing: String, mostCells: Int = 1_000, _ change: (inout SheetRow) -> Void = { _ in }) throws -> (String, Diagnostics) {
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        let stream = SheetStream(name: "S", .visible, into: builder, mostCells: mostCells)
        for (index, line) in drawing.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let texts = line.split(separator: "|", omittingEmptySubsequences: false).map { $0.filter { $0 != " " } }
            var row = SheetRow(index, texts.enumerated().compactMap { column, text in
                text.isEmpty ? nil : SheetCell(column: column, kind: Double(text) == nil ? .text : .number, text: text)
            })
            change(&row)
            try stream.append(row)
        }
        try stream.finish(&diagnostics)
        return (builder.document.blocks.dropFirst().map(Outline.block).joined(separator: " "), diagnostics)
    }

    @Test("tables apart by place are tables apart in the text, from the top and from the left")
    func islands() throws {
        #expect(try read("a|b\n1|2\n\n\nc|d\n3|4").0 == "table(head: a | b / 1 | 2) table(head: c | d / 3 | 4)")
        #expect(try read("a|b|||c|d\n1|2|||3|4").0 == "table(head: a | b / 1 | 2) table(head: c | d / 3 | 4)")
        #expect(try read("a|b\n1|2\n||c|d\n||3|4").0 == "table(head: a | b / 1 | 2) table(head: c | d / 3 | 4)")
    }

    @Test("an empty row does not part a table from its own data, a heading below it does")
    func emptyRow() throws {
        #expect(try read("a|b\n\nx|1\ny|2\n\nz|3").0 == "table(head: a | b / x | 1 / y | 2 / z | 3)")
        #expect(try read("a|b\nx|1\n\nc|d\ny|2").0 == "table(head: a | b / x | 1) table(head: c | d / y | 2)")
        #expect(try read("a|b\nx|1\n\nMore\nc|d\ny|2").0 == "table(head: a | b / x | 1) table(caption(More) head: c | d / y | 2)")
    }

    @Test("an empty column does not part a table's own columns, names for rows beside it do")
    func emptyColumn() throws {
        #expect(try read("n|a||b|c\nx|1||2|3").0 == "table(head: n | a | b | c / x | 1 | 2 | 3)")
        #expect(try read("n|a||m|c\nx|1||y|3").0 == "table(head: n | a / x | 1) table(head: m | c / y | 3)")
    }

    @Test("a cell alone is a paragraph, a title above a table its caption")
    func titles() throws {
        #expect(try read("Alone\n\n\na|b\n1|2").0 == "p(Alone) table(head: a | b / 1 | 2)")
        #expect(try read("Title\na|b\n1|2").0 == "table(caption(Title) head: a | b / 1 | 2)")
    }

    @Test("a text that runs across the columns below a table is a remark on it")
    func remarks() throws {
        #expect(try read("a|b\n1|2\nnote") { if $0.index == 2 { $0.cells[0].columns = 2 } }.0 == "table(head: a | b / 1 | 2) p(note)")
        #expect(try read("a|b\n1|2\nsum").0 == "table(head: a | b / 1 | 2 / sum | )")
    }

    @Test("a column of values far beside belongs to the rows that are the same")
    func farColumn() throws {
        #expect(try read("a|b|||c\nx|y|||1\nz|w|||2").0 == "table(head: a | b | c / x | y | 1 / z | w | 2)")
    }

    @Test("text below an empty row is a table of its own where nothing says otherwise")
    func textBelow() throws {
        #expect(try read("a|b\nc|d\n\ne|f\ng|h").0 == "table(head: a | b / c | d) table(head: e | f / g | h)")
    }

    @Test("merged cells keep their spans, counted in the rows and columns that are left")
    func spans() throws {
        let text = try read("a||c\n|2|3\n\n1|2|3") { row in
            if row.index == 0 {
                row.cells[0].columns = 2
                row.cells[1].rows = 1
            }
            if row.index == 3 { row.cells[0].rows = 3 }
        }.0
        #expect(text == "table(head: a→2 | c /  | 2 | 3 / 1 | 2 | 3)")
        #expect(try read("a|b\n|c\nx|1") { if $0.index == 0 { $0.cells[0].rows = 2 } }.0 == "table(head: a↓2 | b / head: c / x | 1)")
    }

    @Test("a cell in the far corner costs one paragraph")
    func farCell() throws {
        let (text, _) = try read("a|b\n1|2") { row in
            if row.index == 1 { row.cells.append(SheetCell(column: 16_383, kind: .text, text: "far")) }
        }
        #expect(text == "table(head: a | b / 1 | 2) p(far)")
    }

    @Test("more cells than are held become one table row by row, and nothing is lost where it widens")
    func streamed() throws {
        var drawing = "Title\n\n\na|b\n"
        for row in 0..<50 { drawing += "x\(row)|\(row)\n" }
        drawing += "y|1|wide\n\n\nend"
        let (text, diagnostics) = try read(drawing, mostCells: 20)
        #expect(text.hasPrefix("p(Title) table(head: a | b / x0 | 0 / x1 | 1"))
        #expect(text.hasSuffix("x49 | 49 / y | p(1) p(wide)) p(end)"))
        #expect(diagnostics.items.map(\.code) == ["cells-beside-table"])
    }

    @Test("a staircase of cells is no table of empty places, and loses nothing")
    func staircase() throws {
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        let stream = SheetStream(name: "S", .visible, into: builder)
        for row in 0..<2_000 { try stream.append(SheetRow(row, [row, row + 1].map { SheetCell(column: $0, kind: .number, text: "\(row).\($0)") })) }
        try stream.finish(&diagnostics)
        guard case .table(let table)? = builder.document.blocks.last else { return #expect(Bool(false)) }
        #expect(table.rows.reduce(0) { $0 + $1.cells.reduce(0) { $0 + $1.blocks.count } } == 4_000)
        #expect(table.rows.allSatisfy { $0.cells.count == 2 })
        #expect(diagnostics.items.map(\.code) == ["cells-beside-table"])
    }

    @Test("merged cells that reach far down do not fill a sparse table")
    func reaching() throws {
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        let stream = SheetStream(name: "S", .visible, into: builder)
        try stream.append(SheetRow(0, (0..<2_000).map { SheetCell(column: 2 * $0, kind: .number, text: "1", rows: 1_000_000) }))
        for row in 1..<3_000 { try stream.append(SheetRow(row, [SheetCell(column: 1, kind: .number, text: "2")])) }
        try stream.finish(&diagnostics)
        guard case .table(let table)? = builder.document.blocks.last else { return #expect(Bool(false)) }
        let rows = table.head.rows + table.rows
        #expect(rows.reduce(0) { $0 + $1.cells.reduce(0) { $0 + $1.blocks.count } } == 4_999)
        #expect(rows.reduce(0) { $0 + $1.cells.count } < 500_000)
        #expect(diagnostics.items.map(\.code) == ["cells-beside-table"])
    }

    @Test("hidden rows and columns are named below the sheet")
    func hidden() throws {
        let (text, diagnostics) = try read("a|b\n1|2\n3|4\n5|6") { if $0.index == 1 || $0.index == 2 { $0.isHidden = true } }
        #expect(text.hasSuffix("p(em(Hidden rows: 2–3))"))
        #expect(diagnostics.items.map(\.count) == [2])
    }

    @Test("hidden columns are named as far as there are cells, in the language asked for")
    func hiddenColumns() throws {
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        let stream = SheetStream(name: "S", .hidden, labels: .de, into: builder)
        stream.hideColumns(1...16_383)
        try stream.append(SheetRow(0, (0..<3).map { SheetCell(column: $0, kind: .number, text: "1") }))
        try stream.finish(&diagnostics)
        #expect(builder.document.blocks.map(Outline.block) == ["h2(S (ausgeblendet))", "table(1 | 1 | 1)", "p(em(Ausgeblendete Spalten: B–C))"])
        #expect(diagnostics.items.map(\.code) == ["columns-hidden", "sheet-hidden"])
    }

    @Test("merged areas answer row by row; of two that overlap the first counts")
    func merged() {
        var areas = MergedAreas([CellArea(top: 1, left: 1, bottom: 2, right: 3), CellArea(top: 2, left: 2, bottom: 9, right: 9), CellArea(top: 1, left: 5, bottom: 1, right: 6)])
        func isCovered(_ row: Int, _ column: Int) -> Bool { if case .covered = areas.place(row: row, column: column) { true } else { false } }
        func isAnchor(_ row: Int, _ column: Int) -> Bool { if case .anchor = areas.place(row: row, column: column) { true } else { false } }
        #expect(!isCovered(0, 1) && isAnchor(1, 1) && isCovered(1, 3) && !isCovered(1, 4) && isAnchor(1, 5) && isCovered(2, 2) && !isAnchor(2, 2) && !isCovered(3, 1))
    }

    @Test("columns are named as sheets name them")
    func columnNames() {
        #expect([0, 25, 26, 701, 702, 16_383].map(ColumnName.text) == ["A", "Z", "AA", "ZZ", "AAA", "XFD"])
    }
}
