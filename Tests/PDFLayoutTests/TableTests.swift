// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import ReaderTestSupport
import Testing

@testable import PDFLayout

@Suite("Tables on pages")
struct TableTests {
    private let cells = [["Town", "Year", "Count"], ["Avon", "1999", "12"], ["Bray", "2004", "7"], ["Cork", "2011", "31"]]
    private let expected = "table(head: Town | Year | Count / Avon | 1999 | 12 / Bray | 2004 | 7 / Cork | 2011 | 31)"

    private func page(ruled: Bool = false, booktabs: Bool = false) -> PageSetter {
        var page = PageSetter()
        page.write("words before the table that are a sentence of their own.", x: 60, y: 60)
        for (row, texts) in cells.enumerated() { for (column, text) in texts.enumerated() { page.write(text, x: 60 + 90 * Float(column), y: 100 + 16 * Float(row)) } }
        if ruled {
            for row in 0...4 { page.page.rules.append(Rule(horizontal: 88 + 16 * Float(row), from: 55, to: 325)) }
            for column in 0...3 { page.page.rules.append(Rule(vertical: 55 + 90 * Float(column), from: 88, to: 152)) }
        }
        if booktabs { for y: Float in [88, 104, 152] { page.page.rules.append(Rule(horizontal: y, from: 55, to: 325)) } }
        return page
    }

    private func tables(_ pages: [PageSetter]) throws -> [String] {
        try PageSetter.document(pages).document.blocks.compactMap { if case .table(let table) = $0 { Outline.table(table) } else { nil } }
    }

    @Test("lines, a few lines, or none: the same table")
    func kinds() throws {
        #expect(try tables([page()]) == [expected])
        #expect(try tables([page(ruled: true)]) == [expected])
        #expect(try tables([page(booktabs: true)]) == [expected])
    }

    @Test("a cell without a line on its way spans")
    func spans() throws {
        var page = PageSetter()
        for y: Float in [88, 104, 120] { page.page.rules.append(Rule(horizontal: y, from: 55, to: 235)) }
        for x: Float in [55, 235] { page.page.rules.append(Rule(vertical: x, from: 88, to: 120)) }
        page.page.rules.append(Rule(vertical: 145, from: 104, to: 120))
        page.write("both columns", x: 110, y: 100)
        page.write("a", x: 60, y: 116)
        page.write("b", x: 150, y: 116)
        #expect(try tables([page]) == ["table(head: both columns→2 / a | b)"])
    }

    @Test("a table goes on over pages, its repeated head once")
    func pages() throws {
        var second = PageSetter(number: 2)
        for (row, texts) in [cells[0], ["Derry", "2012", "4"], ["Ennis", "2013", "5"]].enumerated() {
            for (column, text) in texts.enumerated() { second.write(text, x: 60 + 90 * Float(column), y: 100 + 16 * Float(row)) }
        }
        #expect(try tables([page(), second]) == [expected.dropLast() + " / Derry | 2012 | 4 / Ennis | 2013 | 5)"])
    }

    @Test("numbers beside each other in a sentence are no table")
    func sentence() throws {
        var page = PageSetter()
        page.write(lines: ["in 1999 there were 12, and in 2004 no more than 7 of them were", "left, while 31 of those that had been counted in 2011 are here", "until this day, as everybody in the whole town will tell you."], x: 60, y: 100)
        #expect(try tables([page]).isEmpty)
    }

    @Test("cells that stand closer than words may are told by the pen's jumps, where the page writes its spaces")
    func jumps() throws {
        var page = PageSetter()
        page.write("words that have their spaces written between them show that this page does so, and here are more of them.", x: 60, y: 60)
        let cells = [["Ann van Dyke", "Avon", "clerk"], ["Bert Lee", "New Cork", "boat builder"], ["Cora O'Neil", "Bray", "harbour master"], ["Dan Okafor", "Avon", "retired"]]
        for (row, texts) in cells.enumerated() {
            for (column, text) in texts.enumerated() { page.write(text, x: [60, 127, 174][column], y: 100 + 14 * Float(row)) }
        }
        #expect(try tables([page]) == ["table(head: Ann van Dyke | Avon | clerk / Bert Lee | New Cork | boat builder / Cora O'Neil | Bray | harbour master / Dan Okafor | Avon | retired)"])
    }

    @Test("rows are parted by white where their cells have several lines")
    func wrapped() throws {
        var page = PageSetter()
        let rows: [[[String]]] = [[["Measure"], ["Body"]], [["Repairs to the", "old wall"], ["Town of", "Avon"]], [["Rope"], ["The harbour", "authority"]], [["Ferry", "times"], ["Bray"]]]
        var y: Float = 100
        for row in rows {
            for (column, lines) in row.enumerated() { for (line, text) in lines.enumerated() { page.write(text, x: 60 + 150 * Float(column), y: y + 12 * Float(line)) } }
            y += 12 * Float(row.map(\.count).max() ?? 1) + 8
        }
        #expect(try tables([page]) == ["table(head: Measure | Body / Repairs to the old wall | Town of Avon / Rope | The harbour authority / Ferry times | Bray)"])
    }

    @Test("lines of one width belong to two tables where text stands between them")
    func stacked() throws {
        var page = PageSetter()
        for y: Float in [88, 104, 152, 248, 264, 312] { page.page.rules.append(Rule(horizontal: y, from: 55, to: 455)) }
        for top: Float in [100, 260] {
            for (row, texts) in cells.enumerated() { for (column, text) in texts.enumerated() { page.write(text, x: 60 + 120 * Float(column), y: top + 16 * Float(row)) } }
        }
        page.write(lines: ["a paragraph between the two tables, which is as wide as they are, and", "which goes on for a second line so that nobody takes it for a row here."], x: 60, y: 190)
        #expect(try tables([page]) == [expected, expected])
    }

    @Test("heads above a table's first line, and one that lies across columns over a short line")
    func heads() throws {
        var page = PageSetter()
        page.write("words before the table that are a sentence of their own.", x: 60, y: 40)
        page.write("Area", x: 60, y: 86)
        page.write("Visits", x: 200, y: 86)
        page.write("Year", x: 60, y: 100)
        page.write("Planned", x: 160, y: 100)
        page.write("Done", x: 260, y: 100)
        page.page.rules.append(Rule(horizontal: 89, from: 155, to: 325))
        for y: Float in [104, 160] { page.page.rules.append(Rule(horizontal: y, from: 55, to: 325)) }
        for (row, texts) in [["Avon", "12", "7"], ["Bray", "30", "29"], ["Cork", "4", "4"]].enumerated() {
            for (column, text) in texts.enumerated() { page.write(text, x: 60 + 100 * Float(column), y: 116 + 16 * Float(row)) }
        }
        #expect(try tables([page]) == ["table(head: Area | Visits→2 / head: Year | Planned | Done / Avon | 12 | 7 / Bray | 30 | 29 / Cork | 4 | 4)"])
    }

    @Test("heads that are written upwards are their columns' heads")
    func turnedHeads() throws {
        var page = PageSetter()
        for (column, text) in ["North", "South", "East"].enumerated() {
            var sideways = PageSetter()
            sideways.write(text, x: 0, y: 0, size: 8)
            // Counter-clockwise: x' = y, y' = -x.
            for var glyph in sideways.page.glyphs {
                glyph.box = Box(165 + 60 * Float(column) + glyph.box.y0, 98 - glyph.box.x1, 165 + 60 * Float(column) + glyph.box.y1, 98 - glyph.box.x0)
                glyph.baseline = 165 + 60 * Float(column)
                glyph.turn = 3
                page.page.glyphs.append(glyph)
            }
        }
        page.page.styles = [TextStyle(size: 8)]
        page.write("Town", x: 60, y: 98)
        for (row, texts) in [["Avon", "1", "2", "3"], ["Bray", "4", "5", "6"]].enumerated() {
            for (column, text) in texts.enumerated() { page.write(text, x: 60 + (column == 0 ? 0 : 40 + 60 * Float(column)), y: 116 + 16 * Float(row)) }
        }
        for y: Float in [70, 102, 120, 138] { page.page.rules.append(Rule(horizontal: y, from: 55, to: 320)) }
        for x: Float in [55, 140, 200, 260, 320] { page.page.rules.append(Rule(vertical: x, from: 70, to: 138)) }
        #expect(try tables([page]) == ["table(head: Town | North | South | East / Avon | 1 | 2 | 3 / Bray | 4 | 5 | 6)"])
    }

    @Test("words of a diagram are no table, though they stand in rows; they stay together, with its caption")
    func diagram() throws {
        var diagram = page()
        diagram.page.sketches = [Sketch(box: Box(70, 104, 150, 130), isCurve: false), Sketch(box: Box(160, 110, 240, 140), isCurve: true)]
        diagram.write("Figure 1. Towns", x: 60, y: 170)
        let blocks = try PageSetter.document([diagram]).document.blocks.map(Outline.block)
        #expect(blocks.last == "figure(Town Year Count⏎Avon 1999 12⏎Bray 2004 7⏎Cork 2011 31 | Figure 1. Towns)")
        #expect(blocks.count == 2)
        diagram.page.sketches = [Sketch(box: Box(40, 80, 400, 160), isCurve: true)]
        #expect(try tables([diagram]).count == 1)
    }

    @Test("a word that runs over its cell's border stays whole, with what follows it; numbers on both sides of one are two cells'")
    func overrun() throws {
        var page = PageSetter()
        for row in 0...3 { page.page.rules.append(Rule(horizontal: 88 + 16 * Float(row), from: 55, to: 295)) }
        for column in 0...4 { page.page.rules.append(Rule(vertical: 55 + 60 * Float(column), from: 88, to: 136)) }
        for (row, texts) in [["Town", "1999", "2004", "2011"], ["Port Avon and", "", "12", "31"], ["Bray", "410,200,100", "7,000,000,0", "4"]].enumerated() {
            for (column, text) in texts.enumerated() { page.write(text, x: 58 + 60 * Float(column), y: 100 + 16 * Float(row)) }
        }
        #expect(try tables([page]) == ["table(head: Town | 1999 | 2004 | 2011 / Port Avon and |  | 12 | 31 / Bray | 410,200,100 | 7,000,000,0 | 4)"])
    }

    @Test("boxes that stand on a panel as large as the page are no cells of it")
    func panel() throws {
        var page = PageSetter()
        page.page.fills = [Box(30, 60, 570, 700)]
        page.write("Words that the panel holds above its boxes, one beside the other.", x: 60, y: 90)
        for (x, texts): (Float, [String]) in [(80, ["calliope", "clio", "erato"]), (350, ["euterpe", "thalia", "urania"])] {
            for (y0, y1): (Float, Float) in [(600, 700)] {
                page.page.rules += [Rule(horizontal: y0, from: x, to: x + 120), Rule(horizontal: y1, from: x, to: x + 120), Rule(vertical: x, from: y0, to: y1), Rule(vertical: x + 120, from: y0, to: y1)]
            }
            for (row, text) in texts.enumerated() { page.write(text, x: x + 10, y: 625 + 20 * Float(row)) }
        }
        let blocks = try PageSetter.document([page]).document.blocks.map(Outline.block)
        #expect(blocks.first == "p(Words that the panel holds above its boxes, one beside the other.)")
        #expect(!blocks.contains { $0.hasPrefix("table") && $0.contains("panel") })
    }

    @Test("bars of a chart rule no table, and what stands beside them stays together")
    func bars() throws {
        var page = PageSetter()
        page.write("words before the chart that are a sentence of their own.", x: 60, y: 60)
        for (row, (label, length)) in [("Avon", 120), ("Bray", 45), ("Cork", 80), ("Derry", 200), ("Ennis", 20)].enumerated() {
            let y = 100 + 20 * Float(row)
            page.page.fills.append(Box(150, y, 150 + Float(length), y + 12))
            page.write(label, x: 145 - 5 * Float(label.count), y: y + 9, size: 8)
            page.write("\(length)", x: 155 + Float(length), y: y + 9, size: 8)
        }
        page.page.rules.append(Rule(vertical: 150, from: 95, to: 200))
        let blocks = try PageSetter.document([page]).document.blocks.map(Outline.block)
        #expect(blocks.count == 2)
        #expect(blocks.last?.hasPrefix("figure(") == true)
        for word in ["Avon", "Derry", "200", "20"] { #expect(blocks.last?.contains(word) == true) }
    }

    @Test("lines of a program with their numbers are no table")
    func lineNumbers() throws {
        var page = PageSetter()
        for (row, text) in ["let x be the sum of all", "update the source first", "compare both at once", "merge what is left"].enumerated() {
            page.write("\(row + 4):", x: 60, y: 100 + 14 * Float(row))
            page.write(text, x: 90, y: 100 + 14 * Float(row))
        }
        #expect(try tables([page]).isEmpty)
    }
}
