// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import ReaderTestSupport
import Testing

@testable import PDFLayout

@Suite("Rows between a table's lines")
struct BandRowTests {
    private func tables(_ page: PageSetter) throws -> [String] {
        try PageSetter.document([page]).document.blocks.compactMap { if case .table(let table) = $0 { Outline.table(table) } else { nil } }
    }

    /// A grid of lines 90 points apart, with lines across at `ys`.
    private func grid(_ ys: [Float], columns: Int, width: Float = 90) -> PageSetter {
        var page = PageSetter()
        for y in ys { page.page.rules.append(Rule(horizontal: y, from: 55, to: 55 + width * Float(columns))) }
        for column in 0...columns { page.page.rules.append(Rule(vertical: 55 + width * Float(column), from: ys[0], to: ys[ys.count - 1])) }
        return page
    }

    @Test("numbers below numbers between two lines are rows, and a cell in their middle spans them")
    func groups() throws {
        var page = grid([88, 104, 134, 164], columns: 3)
        for (column, text) in ["Layers", "Language", "Score"].enumerated() { page.write(text, x: 60 + 90 * Float(column), y: 100) }
        for (group, layers) in ["6", "4"].enumerated() {
            let y = 116 + 30 * Float(group)
            page.write(layers, x: 60, y: y + 6.5)
            for (line, name) in ["OTSL", "HTML"].enumerated() {
                page.write(name, x: 150, y: y + 13 * Float(line))
                page.write("0.9\(group)\(line)", x: 240, y: y + 13 * Float(line))
            }
        }
        #expect(try tables(page) == ["table(head: Layers | Language | Score / 6↓2 | OTSL | 0.900 / HTML | 0.901 / 4↓2 | OTSL | 0.910 / HTML | 0.911)"])
    }

    @Test("two columns full of numbers part a column too narrow for two words")
    func narrow() throws {
        var page = PageSetter()
        let xs: [Float] = [55, 90, 145, 200]
        for y: Float in [88, 104, 134] { page.page.rules.append(Rule(horizontal: y, from: 55, to: 200)) }
        for x in xs { page.page.rules.append(Rule(vertical: x, from: 88, to: 134)) }
        for (column, text) in ["Kind", "Simple", "All"].enumerated() { page.write(text, x: xs[column] + 3, y: 100) }
        for (line, texts) in [["OTSL", "0.96", "0.93"], ["HTML", "0.97", "0.95"]].enumerated() {
            for (column, text) in texts.enumerated() { page.write(text, x: xs[column] + 3, y: 116 + 13 * Float(line)) }
        }
        #expect(try tables(page) == ["table(head: Kind | Simple | All / OTSL | 0.96 | 0.93 / HTML | 0.97 | 0.95)"])
    }

    @Test("words that break where their cell is full are one cell's")
    func wrapped() throws {
        var page = grid([88, 104, 134], columns: 3)
        for (column, text) in ["Town", "River", "Count"].enumerated() { page.write(text, x: 60 + 90 * Float(column), y: 100) }
        for (column, lines) in [["Stratford upon", "Avon"], ["The Avon and", "its brooks"], ["12"]].enumerated() {
            for (line, text) in lines.enumerated() { page.write(text, x: 60 + 90 * Float(column), y: 116 + 13 * Float(line)) }
        }
        #expect(try tables(page) == ["table(head: Town | River | Count / Stratford upon Avon | The Avon and its brooks | 12)"])
    }

    @Test("labels and values that end by themselves are rows, each beside its own")
    func labels() throws {
        var page = grid([88, 104, 160], columns: 2, width: 150)
        for (column, text) in ["Customer", "Details"].enumerated() { page.write(text, x: 60 + 150 * Float(column), y: 100) }
        for (line, texts) in [["Insured", "Ann Diaz"], ["Claim", "SF-1008"], ["Policy", "POL-55"], ["Phone", "Unknown"]].enumerated() {
            for (column, text) in texts.enumerated() { page.write(text, x: 60 + 150 * Float(column), y: 116 + 13 * Float(line)) }
        }
        #expect(try tables(page) == ["table(head: Customer | Details / Insured | Ann Diaz / Claim | SF-1008 / Policy | POL-55 / Phone | Unknown)"])
    }

    @Test("a head that is wider than the numbers below it is not cut")
    func wideHead() throws {
        var page = PageSetter()
        for y: Float in [88, 118, 170] { page.page.rules.append(Rule(horizontal: y, from: 55, to: 340)) }
        let head: [(String, Float, Float)] = [("Inhibitor", 60, 100), ("content in grams", 60, 112), ("Voltage", 160, 100), ("Count", 260, 100)]
        for (text, x, y) in head { page.write(text, x: x, y: y) }
        for (row, texts) in [["0", "0.03", "28"], ["2", "1.94", "15"], ["4", "0.23", "9"]].enumerated() {
            for (column, text) in texts.enumerated() { page.write(text, x: 60 + 100 * Float(column), y: 132 + 14 * Float(row)) }
        }
        let found = try tables(page)
        #expect(found == ["table(head: Inhibitor content in grams | Voltage | Count / 0 | 0.03 | 28 / 2 | 1.94 | 15 / 4 | 0.23 | 9)"])
    }

    @Test("three columns of as many lines each are rows, though their words begin small; two of two lines are cells of two lines")
    func even() throws {
        var page = grid([88, 104, 154, 184], columns: 3, width: 120)
        for (column, texts) in [["name", "Num", "Team", "Book"], ["meaning", "team number", "team name", "kind of book"], ["default", "FTC", "Outstanding-Team", "Engineering"]].enumerated() {
            for (text, y) in zip(texts, [Float(100), 116, 129, 142]) { page.write(text, x: 60 + 120 * Float(column), y: y) }
        }
        for (text, x, y) in [("Grid", Float(60), Float(166)), ("lays a grid over", 180, 166), ("pictures", 180, 178), ("none where there", 300, 166), ("is no picture", 300, 178)] { page.write(text, x: x, y: y) }
        #expect(try tables(page) == [
            "table(head: name | meaning | default / Num | team number | FTC / Team | team name | Outstanding-Team / Book | kind of book | Engineering / Grid | lays a grid over pictures | none where there is no picture)"
        ])
    }
}
