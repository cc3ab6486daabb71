// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import TextReaders
import DocumentTree
import ReaderTestSupport
import Testing

@Suite("delimited text")
struct CSVTests {
    private func table(_ text: String, _ nameExtension: String = "csv") throws -> String {
        try Outline.read(Array(text.utf8), CSVReader(), nameExtension: nameExtension).document.blocks.map(Outline.block).joined(separator: "\n")
    }

    private func codes(_ bytes: [UInt8]) throws -> [String: Int] {
        let items = try Outline.read(bytes, CSVReader()).diagnostics.items
        return Dictionary(uniqueKeysWithValues: items.map { ($0.code, $0.count) })
    }

    @Test("the delimiter is found by how evenly it splits the rows", arguments: [
        ("a,b\nc,d\n", "table(head: a | b / c | d)"),
        ("a;b\n1,5;2,5\n3,5;4,5\n", "table(head: a | b / 1,5 | 2,5 / 3,5 | 4,5)"),
        ("a\tb, c\nd\te\n", "table(head: a | b, c / d | e)"),
        ("a|b\r\nc|d\r\n", "table(head: a | b / c | d)"),
        ("root:x:0:0\nbin:x:1:1\n", "table(root | x | 0 | 0 / bin | x | 1 | 1)"),
        ("Lorem, ipsum; dolor\nsit\namet, a\nb\n", "table(head: Lorem, ipsum; dolor / sit / amet, a / b)"),
        ("12:30\n12:45\n", "table(12:30 / 12:45)"),
        ("sep=;\r\na,b;c\r\n", "table(head: a,b | c)"),
        ("x y z\n1 2 3\n4 5 6\n7 8 9\n", "table(head: x | y | z / 1 | 2 | 3 / 4 | 5 | 6 / 7 | 8 | 9)"),
    ])
    func delimiters(text: String, expected: String) throws {
        #expect(try table(text) == expected)
    }

    @Test("a name ending in .tsv says tab where both would do")
    func tabs() throws {
        #expect(try table("a,1\tb\nc\td\ne,f\tg\n", "tsv") == "table(head: a,1 | b / c | d / e,f | g)")
    }

    @Test("quotes hold delimiters, line ends and doubled quotes", arguments: [
        ("a,b\n\"x,y\",\"1\n2\"\n", "table(head: a | b / x,y | 1⏎2)"),
        ("a,b\n\"x\"\"y\",\"\"\n", "table(head: a | b / x\"y | )"),
        ("a,b\n \"x, y\" , z \n", "table(head: a | b / x, y | z)"),
        ("a,b\n5\" pipe,x\n", "table(head: a | b / 5\" pipe | x)"),
        ("a,b\n\"x\"y,z\n", "table(head: a | b / xy | z)"),
        ("a,b\n\"x,y\nc,d\n", "table(head: a | b / \"x | y / c | d)"),
        ("a,b\rc,d\r", "table(head: a | b / c | d)"),
    ])
    func quotes(text: String, expected: String) throws {
        #expect(try table(text) == expected)
    }

    @Test("quotes out of place are text, and counted")
    func strayQuotes() throws {
        #expect(try codes(Array("a,b\n\"x\"y,z\n\"x,y\nc,d\n".utf8)) == ["csv-stray-quote": 2])
    }

    @Test("short and long rows are filled up, and counted; blank rows are none")
    func ragged() throws {
        #expect(try table("a,b,c\n1,2\n\n,,\n1,2,3,4\n") == "table(head: a | b | c |  / 1 | 2 |  |  / 1 | 2 | 3 | 4)")
        #expect(try codes(Array("a,b,c\n1,2\n\n,,\n1,2,3\n".utf8)) == ["csv-ragged": 1])
    }

    @Test("the first row names the columns unless it is data like the rest", arguments: [
        ("1,2\na,b\n", "table(head: 1 | 2 / a | b)"),
        ("1,2\n3,4\n", "table(1 | 2 / 3 | 4)"),
        ("x,1\ny,2\nz,3\n", "table(x | 1 / y | 2 / z | 3)"),
        ("land,2019,2020\nx,1,2\ny,2,3\n", "table(head: land | 2019 | 2020 / x | 1 | 2 / y | 2 | 3)"),
        ("Cups,,\nTeam,Place,Won by\nA,B,1\n", "table(caption(Cups) head: Team | Place | Won by / A | B | 1)"),
        ("a;b;\n1;2;\n", "table(head: a | b / 1 | 2)"),
    ])
    func headings(text: String, expected: String) throws {
        #expect(try table(text) == expected)
    }

    @Test("a byte order mark is no text, and nothing gives a diagnostic")
    func emptiness() throws {
        #expect(try table("\u{FEFF}a,b\n1,2\n") == "table(head: a | b / 1 | 2)")
        #expect(try codes([]) == ["csv-no-rows": 1])
        #expect(try codes([0x0A, 0x0A]) == ["csv-no-rows": 1])
    }

    @Test("UTF-16 is read piece by piece, also across pieces")
    func wideText() throws {
        let text = "name,ort\nä,ö\n" + String(repeating: "\"x,\ny\",Köln\n", count: 60_000)
        let bytes: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] as [UInt8] }
        let read = try Outline.read(bytes, CSVReader())
        guard case .table(let table) = read.document.blocks[0] else { return }
        #expect(table.rows.count == 60_001)
        #expect(Set(table.rows.dropFirst()).count == 1)
        #expect(read.diagnostics.items.isEmpty)
        #expect(try Outline.read(Array(text.unicodeScalars.map { UInt8($0.value) }), CSVReader()).diagnostics.items.map(\.code) == ["charset-guessed"])
    }

    @Test("Shift_JIS is recognised without being told")
    func guessedCharset() throws {
        let bytes: [UInt8] = [
            0x96, 0xBC, 0x91, 0x4F, 0x2C, 0x94, 0x4E, 0x97, 0xEE, 0x2C, 0x8F, 0x5A, 0x8F, 0x8A, 0x0D, 0x0A, 0x8D, 0xB2, 0x93, 0xA1, 0x91,
            0xBE, 0x98, 0x59, 0x2C, 0x33, 0x30, 0x2C, 0x93, 0x8C, 0x8B, 0x9E, 0x0D, 0x0A,
        ]
        let read = try Outline.read(bytes, CSVReader())
        #expect(read.document.blocks.map(Outline.block) == ["table(head: 名前 | 年齢 | 住所 / 佐藤太郎 | 30 | 東京)"])
    }

    @Test("fields and rows beyond all measure are cut, and counted")
    func monsters() throws {
        let field = [UInt8](repeating: UInt8(ascii: "x"), count: CSVTokenizerLimits.field + 10)
        let read = try Outline.read(Array("a,b\n".utf8) + field + Array(",y\n".utf8), CSVReader())
        #expect(read.diagnostics.items.map(\.code) == ["csv-field-cut"])
        #expect(try codes(Array("a,b\n".utf8) + [UInt8](repeating: UInt8(ascii: "x"), count: 9) + Array(String(repeating: ",1", count: 20_000).utf8))["csv-row-cut"] == 1)
        let unclosed = try Outline.read(Array("a,b\n\"".utf8) + field + Array("\nc,d\n".utf8), CSVReader())
        #expect(Set(unclosed.diagnostics.items.map(\.code)) == ["csv-ragged", "csv-stray-quote", "csv-field-cut"])
        guard case .table(let table) = unclosed.document.blocks[0] else { return }
        #expect(table.rows.count == 2)
    }

    @Test("a text longer than a piece is read across pieces")
    func pieces() throws {
        let row = "\"a \"\"quoted\"\", cell\",plain,\"two\nlines\"\r\n"
        let count = 120_000
        let read = try Outline.read(Array(("x,y,z\n" + String(repeating: row, count: count)).utf8), CSVReader())
        guard case .table(let table) = read.document.blocks[0] else { return }
        #expect(table.rows.count == count)
        #expect(Set(table.rows).count == 1)
        #expect(read.diagnostics.items.isEmpty)
    }
}

private enum CSVTokenizerLimits { static let field = 4 << 20 }
