// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import OfficeReaders

@Suite("The Excel reader")
struct XLSXTests {
    private typealias Maker = XLSXMaker

    @Test("values of every kind are shown as Excel shows them")
    func kinds() throws {
        let cells = """
            <row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><t>in line</t></is></c><c r='C1' t='str'><f>A1</f><v>of a formula</v></c></row>
            <row r='2'><c r='A2' t='b'><v>1</v></c><c r='B2' t='e'><v>#DIV/0!</v></c><c r='C2'><v>0.30000000000000004</v></c></row>
            <row r='3'><c r='A3'><v>5.0</v></c><c r='B3'><v>1E3</v></c><c r='C3' t='str'><v>NA</v></c></row>
            """
        let text = try Maker.read(cells, strings: "<si><t xml:space='preserve'>sh&amp;red</t></si>")
        #expect(text == "table(head: sh&red | in line | of a formula / TRUE | #DIV/0! | 0.3 / 5 | 1000 | NA)")
    }

    @Test("numbers take the format of their style, dates the workbook's calendar")
    func formats() throws {
        let cells = "<row r='1'><c r='A1' s='1'><v>45000</v></c><c r='B1' s='2'><v>0.125</v></c><c r='C1' s='3'><v>1234.5</v></c><c r='D1' s='9'><v>7</v></c></row>"
        let formats = ["yyyy\\-mm\\-dd", "0.0%", "#,##0.00\\ \"€\""]
        #expect(try Maker.read(cells, formats: formats) == "table(2023-03-15 | 12.5% | 1,234.50 € | 7)")
        #expect(try Maker.read(cells, formats: formats, workbook: "<workbookPr date1904='1'/>").hasPrefix("table(2027-03-16 |"))
    }

    @Test("marks of runs stay, phonetic hints and escapes do not")
    func richText() throws {
        let strings = "<si><r><t>H</t></r><r><rPr><vertAlign val='subscript'/></rPr><t>2</t></r><r><rPr><b/></rPr><t>O</t></r><rPh sb='0' eb='1'><t>x</t></rPh></si>"
            + "<si><t>a_x000D_&#10;b</t><rPh><t>y</t></rPh></si>"
            + "<si><r><rPr><b/></rPr><t>all </t></r><r><rPr><b/></rPr><t>bold</t></r></si>"
        let cells = "<row><c t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='s'><v>2</v></c></row>"
        #expect(try Maker.read(cells, strings: strings) == "table(Hsub(2)strong(O) | a⏎b | all bold)")
    }

    @Test("cells and rows without references follow the ones before")
    func places() throws {
        #expect(try Maker.read("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c><c><v>5</v></c></row>") == "table(1 |  | 3 / 4 | 5 | )")
    }

    @Test("what a merged area covers is not shown, its first cell spans it")
    func merged() throws {
        let cells = "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c><c r='C1'><v>3</v></c></row><row r='2'><c r='A2'><v>4</v></c><c r='B2'><v>5</v></c><c r='C2'><v>6</v></c></row>"
        #expect(try Maker.read(cells, frame: "<mergeCells><mergeCell ref='A1:A2'/><mergeCell ref='B1:C1'/></mergeCells>") == "table(1↓2 | 2→2 / 5 | 6)")
    }

    @Test("links lead out, by relationship or by formula")
    func links() throws {
        let sheet = Maker.Sheet(
            cells: "<row><c t='str'><v>here</v></c><c t='str'><f>HYPERLINK(\"http://y/?a=1&amp;b=2\",\"there\")</f><v>there</v></c></row>",
            frame: "<hyperlinks><hyperlink ref='A1' r:id='h'/></hyperlinks>", links: [("h", "hyperlink", "http://x/")])
        #expect(try Maker.read(Maker.package([sheet])).0 == "h2(S) table(a[http://x/](here) | a[http://y/?a=1&b=2](there))")
    }

    @Test("hidden sheets and rows are read and marked")
    func hidden() throws {
        let sheets = [
            Maker.Sheet(cells: "<row><c><v>1</v></c></row><row hidden='1'><c><v>2</v></c></row>", name: "A"),
            Maker.Sheet(cells: "<row><c><v>3</v></c></row>", name: "B", state: "hidden"), Maker.Sheet(cells: "<row><c><v>4</v></c></row>", name: "C", state: "veryHidden"),
            Maker.Sheet(cells: "", name: "Empty"),
        ]
        let (text, diagnostics, _) = try Maker.read(Maker.package(sheets))
        #expect(text == "h2(A) table(1 / 2) p(em(Hidden rows: 2)) h2(B (hidden)) p(3) h2(C (very hidden)) p(4)")
        #expect(diagnostics.items.map(\.code) == ["rows-hidden", "sheet-hidden"])
    }

    @Test("comments are notes of their cells, threads with all who spoke and without their stand-in")
    func comments() throws {
        let sheet = Maker.Sheet(
            cells: "<row r='1'><c r='A1'><v>1</v></c></row>", links: [("c", "comments", "../comments1.xml"), ("t", "threadedComment", "../threads/t.xml")])
        let old = "<comments \(Maker.spaces)><authors><author>Ann</author></authors><commentList>"
            + "<comment ref='A1' authorId='0'><text><r><t>Ann:</t></r><r><t> why?</t></r></text></comment><comment ref='C9' authorId='0'><text><t>stand-in</t></text></comment></commentList></comments>"
        let space = "xmlns='http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments'"
        let threads = "<ThreadedComments \(space)><threadedComment ref='C9' dT='2026-01-02T03:04:05.6' personId='p'><text>one</text></threadedComment>"
            + "<threadedComment ref='C9' personId='q'><text>two</text></threadedComment></ThreadedComments>"
        let persons = "<personList \(space)><person displayName='Bo' id='p'/></personList>"
        let parts = [("xl/comments1.xml", old), ("xl/threads/t.xml", threads), ("xl/persons/person.xml", persons)]
        var bytes = Maker.package([sheet], parts: parts)
        var (text, _, document) = try Maker.read(bytes)
        #expect(text == "h2(S) p(1note) p(note)")
        #expect(document.notes.map { Outline.blocks($0.blocks) } == ["Ann: why?", "p(one) p(two)"])
        bytes = Maker.package([sheet], parts: parts.dropLast() + [("xl/persons/person.xml", persons)])
        (text, _, document) = try Maker.read(bytes)
        #expect(document.notes.map(\.id.name) == ["c1", "c2"])
    }

    @Test("a formula without a stored value is shown itself, and reported")
    func uncalculated() throws {
        let (text, diagnostics, _) = try Maker.read(Maker.package([Maker.Sheet(cells: "<row><c><f>SUM(A2:A3)</f></c></row>")]))
        #expect(text == "h2(S) p(=SUM(A2:A3))")
        #expect(diagnostics.items.map(\.code) == ["formula-uncalculated"])
    }

    @Test("a defined table's first row is its heading, whatever it holds")
    func table() throws {
        let sheet = Maker.Sheet(
            cells: "<row r='2'><c r='B2'><v>1</v></c><c r='C2'><v>2</v></c></row><row r='3'><c r='B3'><v>3</v></c><c r='C3'><v>4</v></c></row>",
            frame: "<tableParts><tablePart r:id='t'/></tableParts>", links: [("t", "table", "../tables/table1.xml")])
        let part = "<table \(Maker.spaces) ref='B2:C3'/>"
        #expect(try Maker.read(Maker.package([sheet], parts: [("xl/tables/table1.xml", part)])).0 == "h2(S) table(head: 1 | 2 / 3 | 4)")
    }

    @Test("damage costs what it touches: missing strings, cut sheets, rows that go back")
    func damage() throws {
        let (text, diagnostics, _) = try Maker.read(Maker.package([Maker.Sheet(cells: "<row r='3'><c r='A3' t='s'><v>9</v></c><c r='B3'><v>1</v></c></row><row r='1'><c r='B1'><v>x</v></c></row>")]))
        #expect(text == "h2(S) table(1 / x)")
        #expect(diagnostics.items.map(\.code) == ["string-missing", "rows-out-of-order", "number-damaged"])
    }

    @Test("a workbook without sheets or with a prefix for every name is still read")
    func spelling() throws {
        let sheet = "<x:worksheet xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>"
        let bytes = DOCXMaker.archive([("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", sheet)])
        #expect(try Maker.read(bytes).0 == "h2(Sheet1) p(1)")
    }

    @Test("what is no workbook is refused by kind")
    func refused() throws {
        #expect(throws: ReadError.malformed("the package has no workbook part")) { try Maker.read(DOCXMaker.archive([("a.xml", "<a/>")])) }
    }

    @Test("form controls stand with their labels and states, and what stands for slicers in older programs does not")
    func controls() throws {
        let spaces = """
            xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" \
            xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:a14="http://schemas.microsoft.com/office/drawing/2010/main"
            """
        func shape(_ number: Int, _ label: String) -> String {
            "<xdr:sp><xdr:nvSpPr><xdr:cNvPr id='\(number)' hidden='1'><a:extLst><a:ext><a14:compatExt spid='_x0000_s\(number)'/></a:ext></a:extLst></xdr:cNvPr></xdr:nvSpPr>"
                + "<xdr:txBody><a:p><a:r><a:t>\(label)</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
        }
        func anchor(_ content: String) -> String { "<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:row>2</xdr:row></xdr:from>\(content)</xdr:twoCellAnchor>" }
        func choice(_ content: String, _ fallback: String = "") -> String {
            "<mc:AlternateContent><mc:Choice Requires='a14'>\(content)</mc:Choice><mc:Fallback>\(fallback)</mc:Fallback></mc:AlternateContent>"
        }
        let drawing = "<xdr:wsDr \(spaces)>" + choice(anchor(shape(1025, "Agree"))) + choice(anchor(shape(1026, "Yes"))) + choice(anchor(shape(1027, "Press")))
            + anchor(choice("<xdr:graphicFrame/>", shape(1028, "This shape represents a slicer."))) + "</xdr:wsDr>"
        let controls = (1025...1027).map { "<control shapeId='\($0)' r:id='c\($0)'/>" }.joined()
        func properties(_ kind: String, _ checked: String = "") -> String {
            "<formControlPr xmlns='http://schemas.microsoft.com/office/spreadsheetml/2009/9/main' objectType='\(kind)'\(checked)/>"
        }
        let sheet = XLSXMaker.Sheet(
            cells: "<row r='1'><c r='A1'><v>7</v></c></row>", frame: "<drawing r:id='d'/><controls>\(controls)</controls>",
            links: [("d", "drawing", "../drawings/d.xml"), ("c1025", "ctrlProp", "../c1.xml"), ("c1026", "ctrlProp", "../c2.xml"), ("c1027", "ctrlProp", "../c3.xml")])
        let (text, diagnostics, _) = try XLSXMaker.read(XLSXMaker.package([sheet], parts: [
            ("xl/drawings/d.xml", drawing), ("xl/c1.xml", properties("CheckBox", " checked='Checked'")), ("xl/c2.xml", properties("Radio")), ("xl/c3.xml", properties("Button")),
        ]))
        #expect(text == "h2(S) p(7) p(☒ Agree) p(○ Yes) p(Press)")
        #expect(diagnostics.items.isEmpty)
    }
}
