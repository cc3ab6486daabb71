// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import OpenDocumentReaders

@Suite("The OpenDocument spreadsheet reader")
struct ODSTests {
    private func read(_ body: String, automatic: String = "") throws -> (blocks: [String], document: Document, losses: [String]) {
        let (document, losses) = try Outline.read(ODFMaker.flat(body, "spreadsheet", automatic: automatic), ODSReader())
        return (document.blocks.map(Outline.block), document, losses.items.map(\.code))
    }

    private func cell(_ text: String, _ more: String = "") -> String { "<table:table-cell office:value-type='string' \(more)><text:p>\(text)</text:p></table:table-cell>" }
    private func number(_ text: String) -> String { "<table:table-cell office:value-type='float' office:value='1'><text:p>\(text)</text:p></table:table-cell>" }
    private func row(_ cells: String, _ more: String = "") -> String { "<table:table-row \(more)>\(cells)</table:table-row>" }
    private func sheet(_ rows: String, _ more: String = "table:name='S'") -> String { "<table:table \(more)>\(rows)</table:table>" }

    @Test("each sheet is a heading and its tables, kept apart by empty rows and columns")
    func sheets() throws {
        let empty = "<table:table-cell/>"
        let body = sheet(row(cell("a") + cell("b") + empty + cell("x") + cell("y")) + row(cell("k") + number("2") + empty + cell("p") + number("4")) + row(empty) + row(cell("alone")))
            + sheet(row(cell("z")), "table:name='T'")
        #expect(try read(body).blocks == ["h2(S)", "table(head: a | b / k | 2)", "table(head: x | y / p | 4)", "p(alone)", "h2(T)", "p(z)"])
    }

    @Test("a title above a table is its caption, a far corner and a million repeated rows cost nothing")
    func extent() throws {
        let far = "<table:table-cell table:number-columns-repeated='16000'/>"
        let body = sheet(row(cell("Title")) + row(cell("a") + cell("b")) + row(number("1") + number("2")) + row(far, "table:number-rows-repeated='1048000'") + row(far + cell("far")))
        #expect(try read(body).blocks == ["h2(S)", "table(caption(Title) head: a | b / 1 | 2)", "p(far)"])
        let many = sheet(row(number("1") + number("2"), "table:number-rows-repeated='1048576'"))
        let (_, document, losses) = try read(many)
        guard case .table(let table)? = document.blocks.last else { return #expect(Bool(false)) }
        #expect(table.rows.count > 1_000 && table.rows.count <= 200_000)
        #expect(losses.contains("table-repeats-cut"))
    }

    @Test("merged cells are spans, comments notes, links links")
    func cells() throws {
        let covered = "<table:covered-table-cell/>"
        let note = "<office:annotation><dc:creator>Ann</dc:creator><text:p>why</text:p></office:annotation>"
        let link = "<table:table-cell office:value-type='string'><text:p><text:a xlink:href='http://x/'>l</text:a></text:p></table:table-cell>"
        let body = sheet(row(cell("a", "table:number-columns-spanned='2'") + covered + cell("b")) + row(number("1") + number("2") + "<table:table-cell office:value-type='string'>\(note)<text:p>c</text:p></table:table-cell>") + row(link))
        let (blocks, document, _) = try read(body)
        #expect(blocks == ["h2(S)", "table(head: a→2 | b / 1 | 2 | cnote / a[http://x/](l) |  | )"])
        #expect(document.notes.map { Outline.blocks($0.blocks) } == ["Ann: why"])
    }

    @Test("hidden sheets and rows are marked, values without text are shown")
    func hidden() throws {
        let style = "<style:style style:name='ta1' style:family='table'><style:table-properties table:display='false'/></style:style>"
        let values = row("<table:table-cell office:value-type='float' office:value='1.5'/><table:table-cell office:value-type='percentage' office:value='0.25'/>"
            + "<table:table-cell office:value-type='boolean' office:boolean-value='true'/><table:table-cell office:value-type='time' office:time-value='PT1H2M3S'/>", "table:visibility='collapse'")
        let (blocks, _, losses) = try read(sheet(values, "table:name='S' table:style-name='ta1'"), automatic: style)
        #expect(blocks == ["h2(S (hidden))", "table(1.5 | 25% | TRUE | 01:02:03)", "p(em(Hidden rows: 1))"])
        #expect(losses == ["rows-hidden", "sheet-hidden"])
    }
}

@Suite("The OpenDocument presentation reader")
struct ODPTests {
    private func read(_ body: String, automatic: String = "") throws -> [String] {
        try Outline.read(ODFMaker.flat(body, "presentation", automatic: automatic), ODPReader()).document.blocks.map(Outline.block)
    }

    @Test("slides come in order: title, objects, notes, comments; empty places do not")
    func slides() throws {
        func frame(_ text: String, _ kind: String) -> String { "<draw:frame presentation:class='\(kind)'><draw:text-box><text:p>\(text)</text:p></draw:text-box></draw:frame>" }
        let first = "<draw:page draw:name='page1'>" + frame("body", "outline") + frame("Title", "title") + "<draw:frame presentation:class='outline' presentation:placeholder='true'><draw:text-box><text:p>click</text:p></draw:text-box></draw:frame>"
            + "<presentation:notes><draw:page-thumbnail/>\(frame("say", "notes"))</presentation:notes><office:annotation><dc:creator>Ann</dc:creator><dc:date>2020-01-02T03:04:05</dc:date><text:p>ok</text:p></office:annotation></draw:page>"
        let hidden = "<style:style style:name='dp' style:family='drawing-page'><style:drawing-page-properties presentation:visibility='hidden'/></style:style>"
        let second = "<draw:page draw:name='Given' draw:style-name='dp'><draw:custom-shape><text:p>x</text:p></draw:custom-shape></draw:page>"
        #expect(try read(first + second, automatic: hidden) == [
            "h1(Title)", "p(body)", "quote(strong(Notes:) say)", "quote(strong(Ann) (2020-01-02): ok)", "page", "h1(Given)", "p(em(Hidden slide))", "p(x)",
        ])
    }

    @Test("the topmost line in the largest letters is the title of a slide that marks none")
    func likelyTitles() throws {
        let styles = "<style:style style:name='L' style:family='text'><style:text-properties fo:font-size='36pt'/></style:style>"
        let body = "<draw:page draw:name='page1'><draw:custom-shape svg:y='5cm'><text:p>text</text:p></draw:custom-shape><draw:custom-shape svg:y='1cm'><text:p><text:span text:style-name='L'>Big</text:span></text:p></draw:custom-shape></draw:page>"
        #expect(try read(body, automatic: styles) == ["h1(Big)", "p(text)"])
    }

    @Test("the objects of a slide are read by their places, whatever their order in the file")
    func places() throws {
        func box(_ text: String, _ x: Int, _ y: Int) -> String {
            "<draw:custom-shape svg:x='\(x)cm' svg:y='\(y)cm' svg:width='8cm' svg:height='2cm'><text:p>\(text)</text:p></draw:custom-shape>"
        }
        let group = "<draw:g>\(box("lower left", 1, 10))\(box("below", 1, 13))</draw:g>"
        let body = "<draw:page draw:name='page1'>\(group)\(box("lower right", 15, 10))\(box("top", 1, 2))</draw:page>"
        #expect(try read(body) == ["p(top)", "p(lower left)", "p(below)", "p(lower right)"])
    }
}
