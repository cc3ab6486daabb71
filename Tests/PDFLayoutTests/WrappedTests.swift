// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import ReaderTestSupport
import Testing

@testable import PDFLayout

@Suite("Cells of several lines that no line parts")
struct WrappedTests {
    private func table(_ page: PageSetter) throws -> String? {
        try PageSetter.document([page]).document.blocks.compactMap { if case .table(let table) = $0 { Outline.table(table) } else { nil } }.first
    }

    /// Rows of a label, perhaps set in, and numbers at the right of their columns.
    private func page(_ rows: [(String, [String])], numbers: [Float] = [260, 330, 400], size: Float = 8) -> PageSetter {
        var page = PageSetter()
        page.write("words before the table that are a sentence of their own.", x: 60, y: 60)
        for (row, (label, texts)) in rows.enumerated() {
            let y = 100 + 1.25 * size * Float(row)
            let text = label.drop { $0 == " " }
            page.write(String(text), x: 60 + Float(label.count - text.count) * 4, y: y, size: size)
            for (column, text) in texts.enumerated() where !text.isEmpty { page.write(text, x: numbers[column] - Float(text.count) * 0.5 * size, y: y, size: size) }
        }
        return page
    }

    private let head = "head: Offense | All | Men | Women"

    @Test("a label goes on below its numbers where its line was full")
    func above() throws {
        let page = page([("Offense", ["All", "Men", "Women"]), ("Arson", ["12", "10", "2"]), ("Stolen property; buying, receiving,", ["410", "300", "110"]), ("possessing", []), ("Robbery", ["7", "6", "1"]),
                         ("All other offenses, except those in", ["31", "20", "11"]), ("traffic", []), ("Fraud", ["9", "8", "1"])])
        #expect(try table(page) == "table(\(head) / Arson | 12 | 10 | 2 / Stolen property; buying, receiving, possessing | 410 | 300 | 110 / Robbery | 7 | 6 | 1"
            + " / All other offenses, except those in traffic | 31 | 20 | 11 / Fraud | 9 | 8 | 1)")
    }

    @Test("a label begins above its numbers; a group's head stands alone")
    func below() throws {
        let page = page([("Offense", ["All", "Men", "Women"]), ("Violent crime", []), ("  Murder and nonnegligent killing of", []), ("  children", ["12", "10", "2"]), ("  Robbery", ["7", "6", "1"]),
                         ("Offenses against property and goods", []), ("  Arson", ["31", "20", "11"]), ("  Burglary", ["9", "8", "1"])])
        #expect(try table(page) == "table(\(head) / Violent crime |  |  |  / Murder and nonnegligent killing of children | 12 | 10 | 2 / Robbery | 7 | 6 | 1"
            + " / Offenses against property and goods |  |  |  / Arson | 31 | 20 | 11 / Burglary | 9 | 8 | 1)")
    }

    @Test("lines between columns only: each line of numbers is a row, and labels may take several")
    func columnRules() throws {
        var page = page([("Offense", ["All", "Men", "Women"]), ("Murder and nonnegligent killing of", []), ("children . . . . . . . . . . . . .", ["12", "10", "2"]), ("Robbery . . . . . . . . . . . . . .", ["7", "6", "1"]),
                         ("Stolen property; buying, receiving,", []), ("possessing . . . . . . . . . . . . .", ["410", "300", "110"]), ("Arson . . . . . . . . . . . . . . .", ["9", "8", "1"])], numbers: [226, 248, 270])
        // Cell by cell, each with its own short lines.
        for row in 0..<7 { for x: Float in [205, 228, 250] { page.page.rules.append(Rule(vertical: x, from: 93 + 10 * Float(row), to: 102 + 10 * Float(row))) } }
        for y: Float in [92, 103, 164] { for (from, to): (Float, Float) in [(58, 205), (205, 228), (228, 250), (250, 274)] { page.page.rules.append(Rule(horizontal: y, from: from, to: to)) } }
        let cells = try #require(try table(page)).replacing("…", with: "").replacing(" .", with: "").replacing("  |", with: " |")
        #expect(cells == "table(\(head) / Murder and nonnegligent killing of children | 12 | 10 | 2 / Robbery | 7 | 6 | 1 / Stolen property; buying, receiving, possessing | 410 | 300 | 110 / Arson | 9 | 8 | 1)")
    }

    @Test("cells in the middle of their rows stand between the lines of longer ones, in the head too")
    func centred() throws {
        var centred = page([])
        let rows = [(["Wares"], ["Oats", "Rope", "Tar"]), (["Market"], ["12", "20", "9"]), (["Repairs after the", "storm"], ["410", "30", "110"]), (["Copper"], ["31", "20", "11"])]
        for (row, (label, texts)) in rows.enumerated() {
            let y = 110 + 30 * Float(row)
            for (line, text) in label.enumerated() { centred.write(text, x: 60, y: y + 12 * Float(line) - 6 * Float(label.count - 1)) }
            for (column, text) in texts.enumerated() where text != "Tar" { centred.write(text, x: [180, 260, 340][column], y: y) }
        }
        centred.write("Tar and", x: 340, y: 104)
        centred.write("pitch", x: 340, y: 116)
        #expect(try table(centred) == "table(head: Wares | Oats | Rope | Tar and pitch / Market | 12 | 20 | 9 / Repairs after the storm | 410 | 30 | 110 / Copper | 31 | 20 | 11)")
    }

    @Test("rows of text go on where every cell's line was full and a sentence has not ended")
    func rows() throws {
        let rows = [["Objective", "Body", "Date"], ["Vessels registered in the", "Office of the", "2012–"], ["northern districts", "Chief Scientist", "2014"], ["Applications received", "Department of", "By end"],
                    ["during the period", "Health", "2013"], ["Rope", "Harbour", "Never"], ["Pupils in schools", "DG", "Later"]]
        var page = PageSetter()
        page.write("words before the table that are a sentence of their own.", x: 60, y: 60)
        for (row, texts) in rows.enumerated() { for (column, text) in texts.enumerated() { page.write(text, x: [60, 210, 320][column], y: 100 + 12 * Float(row)) } }
        #expect(try table(page) == "table(head: Objective | Body | Date / Vessels registered in the northern districts | Office of the Chief Scientist | 2012– 2014"
            + " / Applications received during the period | Department of Health | By end 2013 / Rope | Harbour | Never / Pupils in schools | DG | Later)")
    }

    @Test("heads of several lines above numbers are one row, where no line is under them")
    func heads() throws {
        let rows: [[(String, Float)]] = [[("Average daily", 230), ("Cost per", 330)], [("Number of", 150), ("population in", 230), ("inmate in", 330)], [("State", 60), ("facilities", 150), ("custody", 230), ("dollars", 330)]]
        var page = PageSetter()
        page.write("words before the table that are a sentence of their own.", x: 60, y: 40)
        for (row, cells) in rows.enumerated() { for (text, x) in cells { page.write(text, x: x, y: 76 + 12 * Float(row)) } }
        for (row, texts) in [["Ohio", "12", "1,304", "19.1"], ["Utah", "7", "540", "20.4"], ["Iowa", "9", "872", "18.8"]].enumerated() {
            for (column, text) in texts.enumerated() { page.write(text, x: [60, 150, 230, 330][column], y: 118 + 12 * Float(row)) }
        }
        #expect(try table(page) == "table(head: State | Number of facilities | Average daily population in custody | Cost per inmate in dollars / Ohio | 12 | 1,304 | 19.1 / Utah | 7 | 540 | 20.4 / Iowa | 9 | 872 | 18.8)")
    }

    @Test("a head in the middle above several columns is theirs, without a line that says so")
    func groupHeads() throws {
        var page = PageSetter()
        page.write("words before the table that are a sentence of their own.", x: 60, y: 40)
        for (text, x): (String, Float) in [("Total", 207.5), ("Men", 392.5)] { page.write(text, x: x, y: 88) }
        for (column, text) in ["2000", "2005", "2009", "2000", "2005", "2009"].enumerated() { page.write(text, x: 150 + 60 * Float(column), y: 102) }
        for (row, label) in ["Ohio", "Utah", "Iowa"].enumerated() {
            page.write(label, x: 60, y: 116 + 14 * Float(row))
            for column in 0..<6 { page.write("\(row + 1)\(column).5", x: 150 + 60 * Float(column), y: 116 + 14 * Float(row)) }
        }
        #expect(try table(page)?.hasPrefix("table(head:  | Total→3 | Men→3 / head:  | 2000 | 2005 | 2009 | 2000 | 2005 | 2009 / Ohio | 10.5 |") == true)
    }

    @Test("heads at the left of their columns are those of the numbers at the right, though these stand closer to the next head")
    func leftHeads() throws {
        var page = PageSetter()
        page.write("words before the table that are a sentence of their own.", x: 60, y: 60)
        for (text, x): (String, Float) in [("Place", 60), ("2001", 160), ("2002", 222), ("2003", 284)] { page.write(text, x: x, y: 100) }
        for (row, texts) in [["Avon", "86", "599", "32"], ["Bray", "903", "94", "88"], ["Cork", "543", "716", "444"], ["Derry", "76", "11", "167"]].enumerated() {
            page.write(texts[0], x: 60, y: 114 + 14 * Float(row))
            for (column, text) in texts.dropFirst().enumerated() { page.write(text, x: 219 + 62 * Float(column) - 5 * Float(text.count), y: 114 + 14 * Float(row)) }
        }
        #expect(try table(page) == "table(head: Place | 2001 | 2002 | 2003 / Avon | 86 | 599 | 32 / Bray | 903 | 94 | 88 / Cork | 543 | 716 | 444 / Derry | 76 | 11 | 167)")
    }

    @Test("boxes that lines join are a drawing, and no table")
    func joinedBoxes() throws {
        var page = PageSetter()
        page.write("words before the drawing that are a sentence of their own.", x: 60, y: 40)
        func box(_ x: Float, _ y: Float, _ text: String) {
            page.page.rules += [Rule(horizontal: y, from: x, to: x + 60), Rule(horizontal: y + 20, from: x, to: x + 60), Rule(vertical: x, from: y, to: y + 20), Rule(vertical: x + 60, from: y, to: y + 20)]
            page.write(text, x: x + 5, y: y + 14)
        }
        for (x, y, text): (Float, Float, String) in [(220, 80, "Director"), (80, 150, "Finance"), (220, 150, "Works"), (360, 150, "People"), (110, 230, "Payroll"), (250, 230, "Harbour"), (390, 230, "Training")] { box(x, y, text) }
        page.page.rules += [Rule(vertical: 250, from: 100, to: 150), Rule(horizontal: 125, from: 120, to: 390), Rule(vertical: 120, from: 125, to: 150), Rule(vertical: 390, from: 125, to: 150)]
        for x: Float in [125, 265, 405] { page.page.rules.append(Rule(vertical: x, from: 170, to: 230)) }
        let blocks = try PageSetter.document([page]).document.blocks.map(Outline.block)
        #expect(!blocks.contains { $0.hasPrefix("table") })
        for word in ["Director", "Training"] { #expect(blocks.contains { $0.hasPrefix("figure") && $0.contains(word) }) }
    }
}
