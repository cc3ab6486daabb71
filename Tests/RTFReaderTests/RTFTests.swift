// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import RTFReader

@Suite("The RTF reader")
struct RTFTests {
    private func document(_ body: String, _ head: String = "") throws -> (Document, Diagnostics) {
        try Outline.read(Array("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}{\\f1\\fcharset204 Arial;}{\\f2\\fcharset128 MS Mincho;}{\\f3\\fcharset2 Symbol;}{\\f4 Courier New;}}\(head)\(body)}".utf8), RTFReader())
    }

    private func read(_ body: String, _ head: String = "") throws -> [String] { try document(body, head).0.blocks.map(Outline.block) }

    @Test("groups restore formatting, and each mark is carried over")
    func marks() throws {
        #expect(try read("a{\\b b{\\i c}} d\\strike e\\strike0\\super f\\nosupersub\\sub g\\plain\\ul h\\ulnone i") == ["p(astrong(bem(c)) ddel(e)sup(f)sub(g)u(h)i)"])
        #expect(try read("x {\\f4 code} y") == ["p(x code(code) y)"])
    }

    @Test("bytes are in their font's charset, characters of two bytes and symbols too")
    func charsets() throws {
        #expect(try read("\\'e9{\\f1 \\'cf\\'f0}{\\f2 \\'83\\'65\\'83X\\'83g}{\\f3 a\\'b7}") == ["p(éПрテストα•)"])
    }

    @Test("the default font's charset is that of text without a font")
    func defaultFont() throws {
        let bytes = Array("{\\rtf1\\ansi\\deff1{\\fonttbl{\\f1\\fcharset238 X;}}\\'e8}".utf8)
        #expect(try Outline.read(bytes, RTFReader()).document.blocks.map(Outline.block) == ["p(č)"])
    }

    @Test("Unicode characters stand for themselves, and what follows for other readers is passed over")
    func unicode() throws {
        #expect(try read("\\u8364?\\uc2\\u-10179??\\u-8704\\'3f\\'3f{\\uc0\\u233}e \\uc1\\u233 \\u233{x}") == ["p(€😀ée ééx)"])
    }

    @Test("unknown destinations are left out, unknown words are not there")
    func unknown() throws {
        #expect(try read("a{\\*\\never {\\b x}\\bin3 }}}b}c\\whatever5 d{\\xe index}") == ["p(acd)"])
    }

    @Test("styles and outline levels make headings, below a title one lower")
    func headings() throws {
        let styles = "{\\stylesheet{\\s0 Normal;}{\\s1\\b heading 1;}{\\s2\\sbasedon1 Mine;}{\\s3 Title;}{\\s4\\outlinelevel2 Own;}}"
        #expect(try read("\\pard\\s1 A\\par\\pard\\s2 B\\par\\pard\\outlinelevel1 C\\par\\pard\\s4 D\\par\\pard E\\par", styles) == ["h1(A)", "h1(B)", "h2(C)", "h3(D)", "p(E)"])
        #expect(try read("\\pard\\s3 T\\par\\pard\\s1 A\\par", styles) == ["h1(T)", "h2(A)"])
    }

    private let lists = """
        {\\*\\listtable{\\list{\\listlevel\\levelnfc0\\levelstartat3{\\leveltext\\'02\\'00.;}{\\levelnumbers\\'01;}}{\\listlevel\\levelnfc23{\\leveltext\\'01\\u8226 ?;}}{\\listname ;}\\listid7}\
        {\\list{\\listlevel\\levelnfc0{\\leveltext\\'01\\'00;}}{\\listlevel\\levelnfc0{\\leveltext\\'03\\'00.\\'01;}}\\listid8}}\
        {\\*\\listoverridetable{\\listoverride\\listid7\\listoverridecount0\\ls1}{\\listoverride\\listid8\\ls2}{\\listoverride\\listid7{\\lfolevel\\listoverridestartat\\levelstartat9}\\ls3}}
        """

    @Test("list tables give nested lists with their numbers, labels of several levels are text")
    func listTables() throws {
        #expect(try read("\\pard\\ls1 a\\par\\pard\\ls1\\ilvl1 b\\par\\pard\\ls1 c\\par\\pard d\\par\\pard\\ls1 e\\par", lists) == ["ol3(li(p(a) ul(li(b))) li(c))", "p(d)", "ol5(li(e))"])
        #expect(try read("\\pard\\ls3 a\\par", lists) == ["ol9(li(a))"])
        #expect(try read("\\pard\\ls2 a\\par{\\listtext 1.1\\tab}\\pard\\ls2\\ilvl1 b\\par", lists) == ["ol(li(p(a) ul(li(1.1 b))))"])
    }

    @Test("old numbering, labels that are only text, and typed labels in hanging paragraphs are lists too")
    func otherLists() throws {
        #expect(try read("{\\pntext\\f3\\'B7\\tab}{\\*\\pn\\pnlvlblt{\\pntxtb\\'B7}}a\\par{\\pntext\\f3\\'B7\\tab}b\\par") == ["ul(li(a) li(b))"])
        #expect(try read("{\\pntext 4.\\tab}a\\par{\\pntext 5.\\tab}b\\par") == ["ol4(li(a) li(b))"])
        #expect(try read("\\pard\\fi-360\\li360\\bullet\\tab a\\par\\pard\\fi-360\\li720\\bullet\\tab b\\par\\pard x\\par") == ["ul(li(p(a) ul(li(b))))", "p(x)"])
    }

    @Test("cells line up by their edges, merged ones are spans")
    func tables() throws {
        let rows = "\\trowd\\trhdr\\cellx1000\\cellx3000\\pard\\intbl h\\cell i\\cell\\row\\trowd\\cellx1000\\cellx2000\\cellx3000 a\\cell b\\par c\\cell d\\cell\\row\\pard x\\par"
        #expect(try read(rows) == ["table(head: h | i→2 / a | p(b) p(c) | d)", "p(x)"])
        let merged = "\\trowd\\clvmgf\\cellx1000\\clmgf\\cellx2000\\clmrg\\cellx3000\\intbl a\\cell b\\cell\\cell\\row\\trowd\\clvmrg\\cellx1000\\cellx2000\\cellx3000\\cell c\\cell d\\cell\\row"
        #expect(try read(merged) == ["table(a↓2 | b→2 / c | d)"])
    }

    @Test("a table right behind another one is told by its rows' count, the mark of the last one, or its style", arguments: [
        ("\\irow0", "\\irow1", "\\irow0", "\\irow1"), ("", "\\lastrow", "", "\\lastrow"), ("\\ts11", "\\ts11", "\\ts12", "\\ts12"),
    ])
    func tableBehindTable(_ first: String, _ second: String, _ third: String, _ fourth: String) throws {
        func row(_ mark: String, _ text: String) -> String { "\\trowd\(mark)\\cellx1000\\cellx2000\\pard\\intbl \(text)\\cell x\\cell\\row" }
        let rows = row(first, "a") + row(second, "b") + row(third, "c") + row(fourth, "d")
        #expect(try read(rows + "\\pard e\\par") == ["table(a | x / b | x)", "table(c | x / d | x)", "p(e)"])
    }

    @Test("rows that take over what an earlier one says are of its table")
    func inheritedRows() throws {
        #expect(try read("\\trowd\\irow0\\cellx1000\\pard\\intbl a\\cell\\row b\\cell\\row\\pard c\\par") == ["table(a / b)", "p(c)"])
    }

    @Test("tables in a cell are told apart as well, and stay in it")
    func innerTableBehindTable() throws {
        func row(_ text: String) -> String { "\\pard\\intbl\\itap2 \(text)\\nestcell y\\nestcell{\\*\\nesttableprops\\trowd\\irow0\\lastrow\\cellx500\\cellx900\\nestrow}" }
        let outer = "\\trowd\\cellx1000\\cellx2000" + row("a") + row("b") + "\\pard\\intbl\\itap1\\cell z\\cell\\row\\pard e\\par"
        #expect(try read(outer) == ["table(table(a | y) table(b | y) | z)", "p(e)"])
    }

    @Test("tables in cells are tables in cells")
    func nestedTables() throws {
        let inner = "\\pard\\intbl\\itap2 x\\nestcell y\\nestcell{\\*\\nesttableprops\\trowd\\cellx500\\cellx900\\nestrow}{\\nonesttables\\par}"
        let rows = "\\trowd\\cellx1000\\cellx2000\\pard\\intbl\\itap1 a\\par\(inner)\\pard\\intbl\\itap1\\cell b\\cell\\row\\pard z\\par"
        #expect(try read(rows) == ["table(p(a) table(x | y) | b)", "p(z)"])
    }

    @Test("rows of writers that leave the table's mark out are tables nevertheless")
    func unmarkedRows() throws {
        #expect(try read("\\trowd\\cellx1\\cellx2 a\\cell b\\cell\\row\\trowd\\cellx1\\cellx2 c\\cell d\\cell\\row e\\par") == ["table(a | b / c | d)", "p(e)"])
    }

    @Test("a linked object is its name and the way to it; that it was not followed is a loss")
    func linkedObject() throws {
        func field(_ text: String) -> [UInt8] { [UInt8(text.utf8.count + 1), 0, 0, 0] + Array(text.utf8) + [0] }
        let data: [UInt8] = [1, 5, 0, 0, 1, 0, 0, 0] + field("Excel.Sheet.8") + field("C:\\data\\book.xls") + field("S!R1C1")
        let hex = data.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        let (document, losses) = try document("see {\\object\\objautlink{\\*\\objclass Excel.Sheet.8}{\\*\\objdata \(hex)}{\\result {}}} there\\par")
        #expect(document.blocks.map(Outline.block) == ["p(see a[C:\\data\\book.xls](book.xls) there)"])
        #expect(losses.items.map(\.code) == ["object-linked"])
    }

    @Test("a picture of the Macintosh gets the header of a file")
    func macintoshPicture() throws {
        let (document, losses) = try document("{\\pict\\macpict 000a00000000000a000a001102ff0c00}\\par")
        #expect(document.blocks.map(Outline.block) == ["p(img[image1.pict]())"])
        #expect(document.media.first?.bytes.count == 512 + 16)
        #expect(document.media.first?.bytes.withUnsafeBytes(PictureType.sniffed) == "image/x-pict")
        #expect(losses.items.isEmpty)
    }

    @Test("links have their address, other fields their result, page numbers nothing")
    func fields() throws {
        let link = "{\\field{\\*\\fldinst{HYPERLINK \"http://x/\"}}{\\fldrslt{\\ul link}}}"
        #expect(try read("a \(link) {\\field{\\*\\fldinst PAGE}{\\fldrslt 3}}{\\field{\\*\\fldinst DATE}{\\fldrslt today}} {\\field{\\*\\fldinst SYMBOL 97 \\\\f \"Symbol\"}{\\fldrslt}}") == ["p(a a[http://x/](link) today α)"])
    }

    @Test("notes and comments follow, headers, footers and facts are metadata")
    func asides() throws {
        let body = "{\\info{\\title T}{\\author A}{\\creatim\\yr2020\\mo3\\dy4\\hr5}}{\\header\\pard top\\par}{\\footer {\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}end}"
            + "a{\\super\\chftn{\\footnote\\pard\\chftn one}}b{\\footnote\\ftnalt two}{\\*\\atnauthor Ann}{\\*\\annotation why}\\par"
        let (document, _) = try self.document(body)
        #expect(document.blocks.map(Outline.block) == ["p(anotebnotenote)"])
        #expect(document.notes.map { "\($0.id.name): \(Outline.blocks($0.blocks))" } == ["1: one", "e1: two", "c1: Ann: why"])
        #expect(document.metadata.fields.map { "\($0.name)=\($0.value)" } == ["title=T", "author=A", "created=2020-03-04T05:00:00", "header=top", "footer=end"])
    }

    @Test("deleted text is left out, hidden text is left out and reported")
    func hidden() throws {
        let (document, losses) = try self.document("a{\\deleted gone}{\\v secret}b")
        #expect(document.blocks.map(Outline.block) == ["p(ab)"])
        #expect(losses.items.map(\.code) == ["hidden-text"])
    }

    @Test("pictures become media, once of two that stand for each other; boxes follow their paragraph")
    func pictures() throws {
        let picture = "{\\*\\shppict{\\pict{\\*\\picprop{\\sp{\\sn wzDescription}{\\sv dot}}}\\pngblip 89504e47\r\n0d0a1a0a}}{\\nonshppict{\\pict\\wmetafile8 00}}"
        let (document, _) = try self.document("a\(picture){\\shp{\\*\\shpinst{\\shptxt box\\par}}{\\shprslt other}}b\\par")
        #expect(document.blocks.map(Outline.block) == ["p(aimg[image1.png](dot)b)", "p(box)"])
        #expect(document.media.map(\.bytes) == [[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]])
    }

    @Test("text that stands in Unicode and for old readers stands once")
    func alternatives() throws {
        #expect(try read("{\\upr{old}{\\*\\ud{new}}}") == ["p(new)"])
    }

    @Test("hostile input ends: deep groups, data longer than the file, characters without end")
    func hostile() throws {
        let deep = String(repeating: "{\\b ", count: 100_000) + "x"
        #expect(try document(deep).1.items.map(\.code) == ["rtf-too-deep", "rtf-cut"])
        #expect(try read("a\\bin999999999999999999999 b") == ["p(a)"])
        #expect(try read(String(repeating: "\\u-10179", count: 10_000)).count == 1)
        #expect(try read("}}}") == [])
        #expect(throws: ReadError.self) { try Outline.read(Array("no".utf8), RTFReader()) }
    }

    @Test("HTML within comes out as it went in, without what is there for readers of RTF")
    func encapsulatedHTML() throws {
        let rtf = "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fswiss Arial;}{\\f1\\fcharset238 X;}}{\\colortbl;}{\\*\\generator X}\r\n"
            + "{\\*\\htmltag19 <html>}{\\*\\htmltag64}\\htmlrtf {\\b \\htmlrtf0 {\\*\\htmltag84 <b>}\\htmlrtf\\b\\htmlrtf0 a\\'e9\\{ {\\f1 \\'e8}\\u8364?{\\*\\htmltag92 </b>}\\htmlrtf }\\htmlrtf0"
            + "{\\*\\mhtmltag84 <i>}\\par {\\*\\htmltag27 </html>}}"
        let content = Array(rtf.utf8).withUnsafeBytes { RTFEncapsulation.content(of: $0) }
        #expect(content == .html(Array("<html><b>aé{ č€</b>\r\n</html>".utf8)))
        #expect(Array("{\\rtf1\\ansi plain}".utf8).withUnsafeBytes { RTFEncapsulation.content(of: $0) } == nil)
        let text = Array("{\\rtf1\\ansi\\fromtext{\\fonttbl{\\f0 A;}}\\pard a\\par\\ldblquote b\\rdblquote}".utf8)
        #expect(text.withUnsafeBytes { RTFEncapsulation.content(of: $0) } == .text(Array("a\r\n“b”".utf8)))
    }
}
