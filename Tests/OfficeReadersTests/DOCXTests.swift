// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import Testing

@testable import OfficeReaders

@Suite("The Word reader")
struct DOCXTests {
    private func run(_ text: String, _ properties: String = "") -> String { "<w:r><w:rPr>\(properties)</w:rPr><w:t>\(text)</w:t></w:r>" }
    private func paragraph(_ inner: String, _ properties: String = "") -> String { "<w:p><w:pPr>\(properties)</w:pPr>\(inner)</w:p>" }
    private func text(_ text: String) -> Block { .paragraph([.text(text)]) }

    @Test("a document of several bodies is all of them")
    func bodies() throws {
        let text = "<w:document \(DOCXMaker.spaces)><w:body><w:p><w:r><w:t>a</w:t></w:r></w:p></w:body><w:body><w:p><w:r><w:t>b</w:t></w:r></w:p></w:body></w:document>"
        #expect(try DOCXMaker.read(DOCXMaker.archive([("word/document.xml", text)])).0.blocks == [self.text("a"), self.text("b")])
    }

    @Test("styles become headings by their built-in names, whatever their ids are called")
    func headings() throws {
        let styles = DOCXMaker.part(
            "styles",
            "<w:style w:type='paragraph' w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style>"
                + "<w:style w:type='paragraph' w:styleId='mine'><w:name w:val='Mine'/><w:basedOn w:val='berschrift1'/></w:style>"
                + "<w:style w:type='paragraph' w:styleId='Titel'><w:name w:val='Title'/></w:style>")
        let body = paragraph(run("T"), "<w:pStyle w:val='Titel'/>") + paragraph(run("A"), "<w:pStyle w:val='berschrift1'/>")
            + paragraph(run("B"), "<w:pStyle w:val='mine'/>") + paragraph(run("C"), "<w:outlineLvl w:val='1'/>")
        let (document, _) = try DOCXMaker.read(body, parts: [("word/styles.xml", styles)])
        #expect(document.blocks == [.heading(level: 1, [.text("T")]), .heading(level: 2, [.text("A")]), .heading(level: 2, [.text("B")]), .heading(level: 3, [.text("C")])])
    }

    @Test("a whole paragraph is no heading, nor is one that says that it is body text")
    func longHeadings() throws {
        let long = String(repeating: "word ", count: 100)
        let body = paragraph(run("A"), "<w:outlineLvl w:val='0'/>") + paragraph(run(long), "<w:outlineLvl w:val='0'/>")
            + paragraph(run("B"), "<w:pStyle w:val='h'/><w:outlineLvl w:val='9'/>")
        let styles = DOCXMaker.part("styles", "<w:style w:type='paragraph' w:styleId='h'><w:name w:val='heading 1'/></w:style>")
        let (document, _) = try DOCXMaker.read(body, parts: [("word/styles.xml", styles)])
        #expect(document.blocks.map { if case .heading = $0 { true } else { false } } == [true, false, false])
    }

    @Test("the lines of a table of contents are no headings, even where they look like them")
    func contents() throws {
        let styles = DOCXMaker.part(
            "styles",
            "<w:style w:type='paragraph' w:styleId='h'><w:name w:val='heading 1'/><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style>"
                + "<w:style w:type='paragraph' w:styleId='t'><w:name w:val='toc 1'/><w:basedOn w:val='h'/></w:style>"
                + "<w:style w:type='paragraph' w:styleId='th'><w:name w:val='TOC Heading'/><w:basedOn w:val='h'/></w:style>")
        let body = paragraph(run("Contents"), "<w:pStyle w:val='th'/>") + paragraph(run("A"), "<w:pStyle w:val='t'/>") + paragraph(run("A"), "<w:pStyle w:val='h'/>")
        let (document, _) = try DOCXMaker.read(body, parts: [("word/styles.xml", styles)])
        #expect(document.blocks == [.heading(level: 1, [.text("Contents")]), text("A"), .heading(level: 1, [.text("A")])])
    }

    @Test("tracked changes are read as accepted, a deleted paragraph mark joins two paragraphs")
    func changes() throws {
        let body = paragraph("<w:del>" + "<w:r><w:delText>old</w:delText></w:r></w:del><w:ins>\(run("new"))</w:ins>", "<w:rPr><w:del/></w:rPr>") + paragraph(run(" end"))
        #expect(try DOCXMaker.read(body).0.blocks == [text("new end")])
    }

    @Test("hidden text is left out and reported")
    func hidden() throws {
        let (document, diagnostics) = try DOCXMaker.read(paragraph(run("seen") + run("secret", "<w:vanish/>")))
        #expect(document.blocks == [text("seen")])
        #expect(diagnostics.items.map(\.code) == ["hidden-text"])
    }

    @Test("cells that span columns and rows stand once")
    func table() throws {
        func cell(_ text: String, _ properties: String = "") -> String { "<w:tc><w:tcPr>\(properties)</w:tcPr>\(paragraph(run(text)))</w:tc>" }
        let body = "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>\(cell("a", "<w:gridSpan w:val='2'/>"))\(cell("b"))</w:tr>"
            + "<w:tr>\(cell("c", "<w:vMerge w:val='restart'/>"))\(cell("d"))\(cell("e"))</w:tr><w:tr>\(cell("", "<w:vMerge/>"))\(cell("f"))\(cell("g"))</w:tr></w:tbl>"
        let (document, _) = try DOCXMaker.read(body)
        guard case .table(let table)? = document.blocks.first else { Issue.record("no table"); return }
        #expect(table.head.rows == [Row([Cell([text("a")], columns: 2), Cell(text: "b")])])
        #expect(table.rows == [Row([Cell([text("c")], rows: 2), Cell(text: "d"), Cell(text: "e")]), Row([Cell(text: "f"), Cell(text: "g")])])
    }

    @Test("fields keep their results, links their addresses, page numbers nothing")
    func fields() throws {
        func mark(_ type: String) -> String { "<w:r><w:fldChar w:fldCharType='\(type)'/></w:r>" }
        func field(_ instruction: String, _ result: String) -> String {
            mark("begin") + "<w:r><w:instrText> \(instruction) </w:instrText></w:r>" + mark("separate") + run(result) + mark("end")
        }
        let (document, _) = try DOCXMaker.read(paragraph(field("HYPERLINK \"http://x/\"", "link") + field("PAGE", "7") + field("DATE", "today")))
        #expect(document.blocks == [.paragraph([.link(to: "http://x/", title: nil, [.text("link")]), .text("today")])])
    }

    @Test("numbered paragraphs nest, count on after other text, and keep compound labels")
    func lists() throws {
        func level(_ number: Int, _ text: String) -> String { "<w:lvl w:ilvl='\(number)'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='\(text)'/></w:lvl>" }
        let numbering = DOCXMaker.part(
            "numbering", "<w:abstractNum w:abstractNumId='0'>\(level(0, "%1."))\(level(1, "%1.%2."))</w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>")
        func item(_ text: String, _ level: Int) -> String { paragraph(run(text), "<w:numPr><w:ilvl w:val='\(level)'/><w:numId w:val='1'/></w:numPr>") }
        let (document, _) = try DOCXMaker.read(item("a", 0) + item("b", 1) + paragraph(run("x")) + item("c", 0), parts: [("word/numbering.xml", numbering)])
        let inner = List(.bullet, items: [ListItem([text("1.1. b")].map { block in
            if case .paragraph = block { .paragraph([.text("1.1. "), .text("b")]) } else { block }
        })])
        #expect(document.blocks == [
            .list(List(.ordered(start: 1), items: [ListItem([text("a"), .list(inner)])])), text("x"), .list(List(.ordered(start: 2), items: [ListItem([text("c")])])),
        ])
    }

    @Test("notes and comments are read where they are referred to")
    func notes() throws {
        let notes = DOCXMaker.part("footnotes", "<w:footnote w:id='2'>\(paragraph(run("below")))</w:footnote>")
        let comments = DOCXMaker.part("comments", "<w:comment w:id='0' w:author='Ann'>\(paragraph(run("why")))</w:comment>")
        let (document, _) = try DOCXMaker.read(
            paragraph(run("a") + "<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:commentReference w:id='0'/></w:r>"),
            parts: [("word/footnotes.xml", notes), ("word/comments.xml", comments)])
        #expect(document.notes == [Note(id: NoteID("1"), blocks: [text("below")]), Note(id: NoteID("c1"), blocks: [.paragraph([.text("Ann: "), .text("why")])])])
    }

    @Test("a field that never ends is reported")
    func openField() throws {
        let (_, diagnostics) = try DOCXMaker.read(paragraph("<w:r><w:fldChar w:fldCharType='begin'/></w:r>" + run("lost")))
        #expect(diagnostics.items.map(\.code) == ["field-unclosed"])
    }

    @Test("a ticked box makes a task")
    func tasks() throws {
        let box = "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr><w:sdtContent>\(run("☒"))</w:sdtContent></w:sdt>"
        let (document, _) = try DOCXMaker.read(paragraph(box + run("Design")))
        #expect(document.blocks == [.list(List(.bullet, items: [ListItem([text("Design")], checked: true)]))])
    }

    @Test("equations are LaTeX")
    func equations() throws {
        let body = "<w:p><m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>a</m:t></m:r></m:num><m:den><m:r><m:t>π</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara></w:p>"
        #expect(try DOCXMaker.read(body).0.blocks == [.math("\\frac{a}{\\pi}")])
    }

    @Test("an element nobody knows is read for its text, and named")
    func unknown() throws {
        let (document, diagnostics) = try DOCXMaker.read("<w:novel>\(paragraph(run("kept")))</w:novel>")
        #expect(document.blocks == [text("kept")])
        #expect(diagnostics.items.map(\.code) == ["element-unknown"])
    }

    @Test("a package without a document, an encrypted one and deep nesting are refused by name")
    func refusals() {
        #expect(throws: ReadError.malformed("the package has no main document part")) { _ = try DOCXMaker.read(DOCXMaker.archive([("a", "")])) }
        #expect(throws: ReadError.encrypted("the package is protected by a password")) { _ = try DOCXMaker.read([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) }
        #expect(throws: ReadError.xmlDepth("word/document.xml is nested deeper than 256 elements")) {
            _ = try DOCXMaker.read(String(repeating: "<w:sdt><w:sdtContent>", count: 100_000))
        }
        let laughs = DOCXMaker.archive([("word/document.xml", "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'>]><a>&c;</a>")])
        #expect(throws: ReadError.malformed("word/document.xml declares entities of its own, which are never expanded")) { _ = try DOCXMaker.read(laughs) }
    }

    @Test("any flipped byte or cut ends in a document or a named error")
    func mutations() throws {
        let whole = DOCXMaker.package(String(repeating: "<w:tbl><w:tr><w:tc>\(paragraph(run("x")))</w:tc></w:tr></w:tbl>", count: 5))
        var seed = UInt64(42)
        func next() -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33)
        }
        for round in 0..<2_000 {
            var bytes = whole
            for _ in 0..<(1 + round % 8) { bytes[next() % bytes.count] = UInt8(truncatingIfNeeded: next()) }
            if round % 3 == 0 { bytes.removeLast(next() % bytes.count) }
            do { _ = try DOCXMaker.read(bytes) } catch is ReadError {}
        }
    }
}
