// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import OfficeReaders

@Suite("Paragraphs of the Word reader")
struct DOCXParagraphTests {
    private func run(_ text: String, _ properties: String = "") -> String { "<w:r><w:rPr>\(properties)</w:rPr><w:t>\(text)</w:t></w:r>" }
    private func paragraph(_ inner: String, _ properties: String = "") -> String { "<w:p><w:pPr>\(properties)</w:pPr>\(inner)</w:p>" }
    private func field(_ instruction: String, _ result: String) -> String {
        func mark(_ type: String) -> String { "<w:r><w:fldChar w:fldCharType='\(type)'/></w:r>" }
        return mark("begin") + "<w:r><w:instrText> \(instruction) </w:instrText></w:r>" + mark("separate") + result + mark("end")
    }

    private func outline(_ body: String, parts: [(String, String)] = []) throws -> String {
        try DOCXMaker.read(body, parts: parts).0.blocks.map(Outline.block).joined(separator: " ")
    }

    private func numbering(_ levels: [(list: Int, level: Int, format: String, text: String, style: String)]) -> (String, String) {
        let lists = Set(levels.map(\.list)).sorted()
        let abstract = lists.map { list in
            "<w:abstractNum w:abstractNumId='\(list)'>" + levels.filter { $0.list == list }.map { level in
                "<w:lvl w:ilvl='\(level.level)'><w:numFmt w:val='\(level.format)'/><w:lvlText w:val='\(level.text)'/>"
                    + (level.style.isEmpty ? "" : "<w:pStyle w:val='\(level.style)'/>") + "</w:lvl>"
            }.joined() + "</w:abstractNum>"
        }
        return ("word/numbering.xml", DOCXMaker.part(
            "numbering", abstract.joined() + lists.map { "<w:num w:numId='\($0)'><w:abstractNumId w:val='\($0)'/></w:num>" }.joined()))
    }

    private func item(_ text: String, _ list: Int, _ level: Int = 0) -> String {
        paragraph(run(text), "<w:numPr><w:ilvl w:val='\(level)'/><w:numId w:val='\(list)'/></w:numPr>")
    }

    @Test("text on a canvas of another program follows its paragraph")
    func canvas() throws {
        let spaces = "xmlns:wp='http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' xmlns:lc='http://schemas.openxmlformats.org/drawingml/2006/lockedCanvas'"
        let shape = "<a:sp><a:txSp><a:txBody><a:p><a:r><a:t>on</a:t></a:r><a:r><a:t> it</a:t></a:r></a:p><a:p/></a:txBody></a:txSp></a:sp>"
        let drawing = "<w:r><w:drawing><wp:inline \(spaces)><a:graphic><a:graphicData><lc:lockedCanvas>\(shape)</lc:lockedCanvas></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        #expect(try outline(paragraph(run("a") + drawing)) == "p(a) p(on it)")
    }

    @Test("ballot boxes as bullets make tasks, bullets that are not seen go on with the item above, neighbouring bullet lists are one")
    func bullets() throws {
        let lists = numbering([(1, 0, "bullet", "☐", ""), (2, 0, "bullet", "☒", ""), (3, 0, "bullet", " ", ""), (4, 0, "bullet", "•", "")])
        #expect(try outline(item("a", 1) + item("b", 2) + item("more", 3) + item("c", 4), parts: [lists]) == "ul([ ]li(a) [x]li(p(b) p(more)) li(c))")
    }

    @Test("a style's level is the one that names the style")
    func styleLevels() throws {
        let lists = numbering([(1, 0, "decimal", "%1", "One"), (1, 1, "decimal", "%1.%2", "Two")])
        let styles = DOCXMaker.part("styles", ["One", "Two"].enumerated().map { index, id in
            "<w:style w:type='paragraph' w:styleId='\(id)'><w:name w:val='heading \(index + 1)'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>"
        }.joined())
        let body = paragraph(run("a"), "<w:pStyle w:val='One'/>") + paragraph(run("b"), "<w:pStyle w:val='Two'/>")
        #expect(try outline(body, parts: [lists, ("word/styles.xml", styles)]) == "h1(1 a) h2(1.1 b)")
    }

    @Test("pages break where the author says, unless the file says where they were rendered")
    func pages() throws {
        let broken = paragraph(run("a") + "<w:r><w:br w:type='page'/></w:r>") + paragraph(run("b")) + paragraph(run("c"), "<w:pageBreakBefore/>")
        #expect(try outline(broken) == "p(a) page p(b) page p(c)")
        #expect(try DOCXMaker.read(broken).0.blocks.compactMap { if case .pageBreak(let page, _) = $0 { page } else { nil } } == [2, 3])
        let rendered = broken + paragraph("<w:r><w:lastRenderedPageBreak/><w:t>d</w:t></w:r>")
        #expect(try outline(rendered) == "p(a) p(b) p(c) page p(d)")
        let sections = paragraph(run("a"), "<w:sectPr/>") + paragraph(run("b"), "<w:sectPr><w:type w:val='continuous'/></w:sectPr>") + paragraph(run("c")) + "<w:sectPr/>"
        #expect(try outline(sections) == "p(a) p(b) page p(c)")
    }

    @Test("a page's end within a list waits for the list's end, within a table it counts once a row")
    func pagesWithin() throws {
        let lists = numbering([(1, 0, "bullet", "•", "")])
        let rendered = "<w:r><w:lastRenderedPageBreak/></w:r>"
        let list = item("a", 1) + paragraph(rendered + run("b"), "<w:numPr><w:numId w:val='1'/></w:numPr>") + paragraph(run("c"))
        #expect(try outline(list, parts: [lists]) == "ul(li(a) li(b)) page p(c)")
        let cell = "<w:tc>\(paragraph(rendered + run("x")))</w:tc>"
        let (document, _) = try DOCXMaker.read("<w:tbl><w:tr>\(cell)\(cell)</w:tr></w:tbl>" + paragraph(rendered + run("y")))
        #expect(document.blocks.compactMap { if case .pageBreak(let page, _) = $0 { page } else { nil } } == [2, 3])
    }

    @Test("bookmarks stay where something links to them; a link that leads nowhere is its text")
    func bookmarks() throws {
        func mark(_ name: String) -> String { "<w:bookmarkStart w:name='\(name)'/>" }
        let links = "<w:hyperlink w:anchor='here'>\(run("a"))</w:hyperlink><w:hyperlink w:anchor='nowhere'>\(run("b"))</w:hyperlink>"
        #expect(try outline(paragraph(links) + mark("here") + paragraph(mark("other") + run("c"))) == "p(a[#here](a)b) p(anchor(here)c)")
        #expect(try outline(paragraph(field("REF _Ref1 \\h", run("see"))) + paragraph(mark("_Ref1")) + paragraph(run("c"))) == "p(a[#_Ref1](see)) p(anchor(_Ref1)c)")
    }

    @Test("a table of contents keeps its links and loses its page numbers")
    func contents() throws {
        let entry = "<w:hyperlink w:anchor='_Toc1'>\(run("One"))<w:r><w:tab/></w:r>\(field("PAGEREF _Toc1 \\h", run("7")))</w:hyperlink>"
        let body = paragraph(field("TOC \\o", entry)) + paragraph("<w:bookmarkStart w:name='_Toc1'/>" + run("One"), "<w:outlineLvl w:val='0'/>")
        #expect(try outline(body) == "p(a[#_Toc1](One\t)) h1(anchor(_Toc1)One)")
    }

    @Test("an initial is joined to its paragraph")
    func initials() throws {
        #expect(try outline(paragraph(run("T"), "<w:framePr w:dropCap='drop'/>") + paragraph(run("he end"))) == "p(The end)")
    }

    @Test("a drop-down field shows its choice, a deleted cell nothing")
    func choices() throws {
        let choice = "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='no'/><w:listEntry w:val='yes'/></w:ddList></w:ffData></w:fldChar></w:r>"
            + "<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r></w:p>"
        #expect(try outline(choice) == "p(yes)")
        func cell(_ text: String, _ properties: String = "") -> String { "<w:tc><w:tcPr>\(properties)</w:tcPr>\(paragraph(run(text)))</w:tc>" }
        #expect(try outline("<w:tbl><w:tr>\(cell("a"))\(cell("gone", "<w:cellDel/>"))\(cell("b"))</w:tr></w:tbl>") == "table(a | b)")
    }

    @Test("letters of symbol fonts are the signs they show")
    func symbols() throws {
        #expect(try outline(paragraph(run("ab", "<w:rFonts w:ascii='Symbol'/>") + run("\u{F0FC}", "<w:rFonts w:ascii='Wingdings'/>"))) == "p(αβ✓)")
        #expect(try outline(paragraph(run("X\u{F03D}\u{F0B6}Y\u{F0F1}", "<w:rFonts w:ascii='Symbol'/>"))) == "p(Ξ=∂Ψ〉)")
    }

    @Test("underlined text keeps its mark, code leaves white space outside")
    func marks() throws {
        let mono = "<w:rFonts w:ascii='Consolas'/>"
        #expect(try outline(paragraph(run("u", "<w:u w:val='single'/>") + run("v", "<w:u w:val='none'/>") + run(" f() ", mono) + run("x"))) == "p(u(u)v code(f()) x)")
    }

    @Test("alternatives nobody here understands give way to their fallback")
    func alternatives() throws {
        let emoji = "<mc:AlternateContent><mc:Choice Requires='w16se'><w16se:symEx/></mc:Choice><mc:Fallback><w:t>☺</w:t></mc:Fallback></mc:AlternateContent>"
        #expect(try outline(paragraph("<w:r>\(emoji)</w:r>")) == "p(☺)")
    }

    @Test("chinese, ordinal and letter numbers of numbered headings", arguments: [("chineseCounting", 23, "二十三"), ("ordinal", 22, "22nd"), ("chineseCounting", 105, "一百零五"), ("lowerRoman", 4, "iv")])
    func numbers(format: String, number: Int, text: String) {
        #expect(DOCXNumber.text(number, format) == text)
    }

    @Test("a document that stands in the text as a whole is read there, its notes under names of their own")
    func chunks() throws {
        let links = PPTXMaker.relations([("a", "aFChunk", "b.docx")])
        let note = "<w:r><w:footnoteReference w:id='1'/></w:r>"
        let notes = DOCXMaker.part("footnotes", "<w:footnote w:id='1'>\(paragraph(run("n")))</w:footnote>")
        let bytes = DOCXMaker.package(
            paragraph(run("a") + note) + "<w:altChunk r:id='a'/>" + paragraph(run("c")),
            parts: [("word/_rels/document.xml.rels", links), ("word/b.docx", "b"), ("word/footnotes.xml", notes)])
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        try bytes.withUnsafeBytes { raw in
            try DOCXReader().read(Source(raw, members: OneNote()), limits: ReadLimits(), into: builder, diagnostics: &diagnostics)
        }
        #expect(builder.document.blocks.map(Outline.block) == ["p(anote)", "p(b.docxnote)", "p(c)"])
        #expect(builder.document.notes.map(\.id.name) == ["1", "1-2"])
    }
}

/// Reads any member as its name with a note.
private final class OneNote: MemberReading {
    let remainingBytes = 1_000
    let names = MediaNames()
    let labels = LabelLanguage.en

    func read(_ member: Member, _ place: MemberPlace, into sink: any DocumentSink, diagnostics: inout Diagnostics) throws(SinkError) -> MemberOutcome {
        let inner = MemberSink(sink, place, names: names)
        try inner.append(.paragraph([.text(member.name), .note(NoteID("1"))]))
        try inner.append(Note(id: NoteID("1"), blocks: []))
        return .read
    }
}
