// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import ReaderTestSupport
import Testing

@testable import PDFLayout

@Suite("Tables that are ruled in part")
struct PartlyRuledTests {
    private func tables(_ page: PageSetter) throws -> [String] {
        try PageSetter.document([page]).document.blocks.compactMap { if case .table(let table) = $0 { Outline.table(table) } else { nil } }
    }

    @Test("a cell's ground that is drawn line by line within drawn lines parts neither its lines nor its column")
    func ground() throws {
        var page = PageSetter()
        for y: Float in [88, 104, 132, 148] { page.page.rules.append(Rule(horizontal: y, from: 55, to: 305)) }
        for x: Float in [55, 205, 305] { page.page.rules.append(Rule(vertical: x, from: 88, to: 148)) }
        page.page.fills = [Box(60, 89, 200, 103), Box(60, 105, 200, 118), Box(60, 118, 200, 131), Box(60, 133, 200, 147)]
        for (text, y) in [("Gas", Float(100)), ("Chlorine and compounds that", 115), ("hold none of it", 128), ("Halons", 144)] { page.write(text, x: 62, y: y) }
        for (text, y) in [("kg", Float(100)), ("10 000", 121), ("1", 144)] { page.write(text, x: 240, y: y) }
        #expect(try tables(page) == ["table(head: Gas | kg / Chlorine and compounds that hold none of it | 10 000 / Halons | 1)"])
    }

    @Test("lists within cells make neither rows nor columns, and their bullets are bullets")
    func lists() throws {
        var page = PageSetter()
        for y: Float in [88, 104, 148, 164] { page.page.rules.append(Rule(horizontal: y, from: 55, to: 305)) }
        for x: Float in [55, 180, 305] { page.page.rules.append(Rule(vertical: x, from: 88, to: 164)) }
        for (column, x) in [Float(60), 185].enumerated() {
            page.write(["Harbour", "River"][column], x: x, y: 99)
            page.write("All of them:", x: x, y: 115)
            let items = column == 0 ? ["Rope", "Tar"] : ["Oats", "Rye"]
            for (row, text) in items.enumerated() {
                page.write("\u{F0B7}", x: x + 8, y: 127 + 12 * Float(row))
                page.write(text, x: x + 25, y: 127 + 12 * Float(row))
            }
            page.write("None", x: x, y: 159)
        }
        #expect(try tables(page) == ["table(head: Harbour | River / p(All of them:) p(• Rope) p(• Tar) | p(All of them:) p(• Oats) p(• Rye) / None | None)"])
    }

    @Test("a row that a page's end parts is one row")
    func partedRow() throws {
        let pages = [[["Part", "What became of it"], ["Wharves", "planks that the storm"]], [["", "has loosened"], ["Docks", "Nothing"]]].enumerated().map { number, rows in
            var page = PageSetter(number: number + 1)
            let top: Float = number == 0 ? 720 : 60
            for row in 0...2 { page.page.rules.append(Rule(horizontal: top + 16 * Float(row), from: 55, to: 305)) }
            for x: Float in [55, 135, 305] { page.page.rules.append(Rule(vertical: x, from: top, to: top + 32)) }
            for (row, texts) in rows.enumerated() { for (text, x) in zip(texts, [Float(60), 140]) { page.write(text, x: x, y: top + 12 + 16 * Float(row)) } }
            return page
        }
        let tables = try PageSetter.document(pages).document.blocks.compactMap { if case .table(let table) = $0 { Outline.table(table) } else { nil } }
        #expect(tables == ["table(head: Part | What became of it / Wharves | planks that the storm has loosened / Docks | Nothing)"])
    }

    @Test("numbers side by side between two lines are columns of their own")
    func inner() throws {
        var page = PageSetter()
        for y: Float in [88, 104, 168] { page.page.rules.append(Rule(horizontal: y, from: 55, to: 355)) }
        for x: Float in [55, 155, 285, 355] { page.page.rules.append(Rule(vertical: x, from: 88, to: 168)) }
        let rows = [["", "1990", "2000", "Change"], ["Harbours", "12", "14", "2"], ["Ships", "804", "912", "108"], ["Crews", "77", "91", "14"], ["Docks", "5", "8", "3"]]
        for (row, texts) in rows.enumerated() { for (text, x) in zip(texts, [Float(60), 170, 240, 300]) { page.write(text, x: x, y: 100 + 16 * Float(row)) } }
        #expect(try tables(page) == ["table(head:  | 1990 | 2000 | Change / Harbours | 12 | 14 | 2 / Ships | 804 | 912 | 108 / Crews | 77 | 91 | 14 / Docks | 5 | 8 | 3)"])
    }

    @Test("a table of figures in a fixed pitch is a table, a program is none, and neither is marked as code where the whole page is typed")
    func typed() throws {
        var page = PageSetter()
        page.write("RECORDS OF THE RIVER AT THE BRIDGE", x: 60, y: 60, mono: true)
        for (row, line) in ["DAY    OCT    NOV    DEC", "1     2460   2630   6510", "2     2230   2950   5490", "3     3950   2100   7330", "4     1870   2900   7580"].enumerated() {
            var x: Float = 60
            for (word, step) in zip(line.split(separator: " "), [Float(50), 45, 45, 45]) {
                page.write(String(word), x: x, y: 100 + 12 * Float(row), mono: true)
                x += step
            }
        }
        let document = try PageSetter.document([page]).document
        #expect(document.blocks.map(Outline.block) == [
            "p(RECORDS OF THE RIVER AT THE BRIDGE)",
            "table(head: DAY | OCT | NOV | DEC / 1 | 2460 | 2630 | 6510 / 2 | 2230 | 2950 | 5490 / 3 | 3950 | 2100 | 7330 / 4 | 1870 | 2900 | 7580)",
        ])
    }

    @Test("a table as wide as both columns of text below it stays whole, where its columns leave the river free")
    func acrossRiver() throws {
        var page = PageSetter()
        for row in 0..<7 {
            page.write("label \(Character(UnicodeScalar(UInt8(97 + row))))", x: 60, y: 80 + 12 * Float(row))
            for column in 0..<6 { page.write("\(row + 3)\(column + 1)", x: 150 + 65 * Float(column), y: 80 + 12 * Float(row)) }
        }
        for line in 0..<24 {
            page.write("the left column has words of its own, so many", x: 60, y: 200 + 12 * Float(line))
            page.write("and the right one has others that are as wide", x: 310, y: 206 + 12 * Float(line))
        }
        let found = try tables(page)
        #expect(found.count == 1)
        #expect(found.first?.contains("label b | 41 | 42 | 43 | 44 | 45 | 46") ?? false)
    }

    @Test("two tables of one width stay apart by what stands between them: text across their side, or a heading with white around it", arguments: [Float(40), 90])
    func twoTables(x: Float) throws {
        var page = PageSetter()
        for top: Float in [88, 248] {
            for y in [top, top + 16, top + 80] { page.page.rules.append(Rule(horizontal: y, from: 55, to: 355)) }
            for row in 0..<5 { for (column, text) in ["label", "\(row)1", "\(row)2"].enumerated() { page.write(text, x: 60 + 110 * Float(column), y: top + 12 + 16 * Float(row)) } }
        }
        page.write("Another table", x: x, y: 214)
        let found = try tables(page)
        #expect(found.count == 2)
    }

    @Test("the head of a group is a row of its own above the first of its rows, also where lines part groups only")
    func groupHeads() throws {
        var page = PageSetter()
        for y: Float in [88, 104, 136, 168, 200] { page.page.rules.append(Rule(horizontal: y, from: 55, to: 355)) }
        for (row, texts) in [["", "one", "two", "three"], ["Number of parts is 4"], ["Avon", "22", "4", "108"], ["Number of parts is 6"], ["Bray", "21", "6", "160"], ["Number of parts is 8"], ["Cork", "18", "8", "360"]].enumerated() {
            for (text, x) in zip(texts, [Float(60), 130, 210, 290]) { page.write(text, x: x, y: 100 + 16 * Float(row)) }
        }
        #expect(try tables(page).first?.contains("Number of parts is 4→2 |  |  / Avon | 22 | 4 | 108 / Number of parts is 6→2") ?? false)
    }

    @Test("an equation with its number is no table, and contents whose entries are numbered are none")
    func noTables() throws {
        var page = PageSetter()
        for (row, left) in ["a = b + c", "d = e + f", "g = h + i"].enumerated() {
            page.write(left, x: 150, y: 100 + 20 * Float(row))
            page.write("+ 12", x: 260, y: 100 + 20 * Float(row))
            page.write("(\(row + 1))", x: 480, y: 100 + 20 * Float(row))
        }
        for row in 0..<6 {
            page.write("1.\(row)", x: 60, y: 300 + 14 * Float(row))
            page.write("the entry . . . . . . . . . . . . . . . .", x: 100, y: 300 + 14 * Float(row))
            page.write("\(row + 10)", x: 400, y: 300 + 14 * Float(row))
        }
        #expect(try tables(page).isEmpty)
    }

    @Test("a currency's sign is of the number that it stands before")
    func signs() throws {
        var page = PageSetter()
        for (row, texts) in [("Profit", "$", "1204", "$", "980"), ("Taxes", "", "88", "", "91"), ("Duties", "", "12", "", "14"), ("Total", "$", "1304", "$", "1085")].enumerated() {
            for (text, x) in zip([texts.0, texts.1, texts.2, texts.3, texts.4], [Float(60), 150, 190, 250, 290]) { page.write(text, x: x, y: 100 + 14 * Float(row)) }
        }
        #expect(try tables(page) == ["table(head: Profit | $ 1204 | $ 980 / Taxes | 88 | 91 / Duties | 12 | 14 / Total | $ 1304 | $ 1085)"])
    }
}
