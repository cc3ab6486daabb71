# SPDX-License-Identifier: Apache-2.0
"""Office Open XML and the binary formats before it: loops, counts, far corners."""
import struct
from parts import M, W, compound, docx, paragraph, pptx, relations, shape, types, xlsx, zipped


def bombs(scale):
    n = lambda count: int(count * scale)
    # Word processing.
    styles = lambda body: [("word/styles.xml", f"<w:styles {W}>{body}</w:styles>")]
    linked = [("rs", "styles", "styles.xml")]
    style = lambda name, base: f"<w:style w:type='paragraph' w:styleId='{name}'><w:name w:val='{name}'/><w:basedOn w:val='{base}'/></w:style>"
    yield "delivered", "docx-style-loop.docx", lambda: docx(paragraph("x", "<w:pStyle w:val='a'/>") * n(5_000), styles(style("a", "b") + style("b", "a")), linked)
    yield "delivered", "docx-style-chain.docx", lambda: docx("".join(paragraph("x", f"<w:pStyle w:val='s{i}'/>") for i in range(n(5_000))), styles("".join(style(f"s{i}", f"s{i + 1}") for i in range(n(5_000)))), linked)
    yield "either", "docx-deep-tables.docx", lambda: docx("<w:tbl><w:tr><w:tc>" * 80 + paragraph("x") + "</w:tc></w:tr></w:tbl>" * 80)
    yield "either", "docx-too-deep.docx", lambda: docx("<w:sdt><w:sdtContent>" * n(20_000) + paragraph("x"))
    yield "either", "docx-grid-span.docx", lambda: docx("<w:tbl>" + "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='2147483647'/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>" * n(1_000) + "</w:tbl>")
    yield "either", "docx-grid-before.docx", lambda: docx("<w:tbl>" + "<w:tr><w:trPr><w:gridBefore w:val='1000000'/><w:gridAfter w:val='1000000'/></w:trPr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr>" * n(1_000) + "</w:tbl>")
    yield "delivered", "docx-vertical-merges.docx", lambda: docx("<w:tbl>" + ("<w:tr>" + "<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>" * 50 + "</w:tr>") * n(500) + "</w:tbl>")
    yield "delivered", "docx-many-runs.docx", lambda: docx("<w:p>" + "<w:r><w:rPr><w:b/></w:rPr><w:t>x</w:t></w:r><w:r><w:t>y</w:t></w:r>" * n(40_000) + "</w:p>")
    yield "delivered", "docx-many-paragraphs.docx", lambda: docx(paragraph("x") * n(60_000))
    yield "delivered", "docx-fields-open.docx", lambda: docx("<w:p>" + "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>HYPERLINK \"http://a.b\"</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>x</w:t></w:r>" * n(10_000) + "</w:p>")
    yield "delivered", "docx-fields-ends.docx", lambda: docx("<w:p>" + "<w:r><w:fldChar w:fldCharType='end'/><w:fldChar w:fldCharType='separate'/><w:t>x</w:t></w:r>" * n(10_000) + "</w:p>")
    yield "delivered", "docx-bookmarks.docx", lambda: docx("<w:p>" + "".join(f"<w:bookmarkStart w:id='{i}' w:name='b{i}'/><w:r><w:t>x</w:t></w:r>" for i in range(n(20_000))) + "</w:p>")
    notes = lambda count: [("word/footnotes.xml", f"<w:footnotes {W}>" + "".join(f"<w:footnote w:id='{i}'><w:p><w:r><w:footnoteReference w:id='{i + 1}'/><w:t>n</w:t></w:r></w:p></w:footnote>" for i in range(count)) + "</w:footnotes>")]
    yield "delivered", "docx-notes-chain.docx", lambda: docx("<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id='0'/></w:r></w:p>", notes(n(5_000)), [("rf", "footnotes", "footnotes.xml")])
    yield "delivered", "docx-notes-one-often.docx", lambda: docx("<w:p>" + "<w:r><w:t>x</w:t><w:footnoteReference w:id='1'/></w:r>" * n(20_000) + "</w:p>", notes(3), [("rf", "footnotes", "footnotes.xml")])
    yield "delivered", "docx-notes-loop.docx", lambda: docx("<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id='1'/></w:r></w:p>", [("word/footnotes.xml", f"<w:footnotes {W}><w:footnote w:id='1'><w:p><w:r><w:footnoteReference w:id='1'/><w:t>n</w:t></w:r></w:p></w:footnote></w:footnotes>")], [("rf", "footnotes", "footnotes.xml")])
    numbering = lambda: [("word/numbering.xml", f"<w:numbering {W}>" + "".join(f"<w:abstractNum w:abstractNumId='{i}'><w:lvl w:ilvl='0'><w:start w:val='2147483647'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='{'%1' * 200}'/></w:lvl></w:abstractNum><w:num w:numId='{i}'><w:abstractNumId w:val='{i}'/></w:num>" for i in range(n(2_000))) + "</w:numbering>")]
    yield "delivered", "docx-numbering.docx", lambda: docx("".join(paragraph("x", f"<w:numPr><w:ilvl w:val='{i % 12}'/><w:numId w:val='{i}'/></w:numPr>") for i in range(n(2_000))), numbering(), [("rn", "numbering", "numbering.xml")])
    yield "delivered", "docx-numbering-deep.docx", lambda: docx("".join(paragraph("x", f"<w:numPr><w:ilvl w:val='{i}'/><w:numId w:val='1'/></w:numPr>") for i in range(n(2_000))), numbering(), [("rn", "numbering", "numbering.xml")])
    yield "either", "docx-includes-itself.docx", lambda: docx("<w:altChunk r:id='r9'/>" + paragraph("x"), [], [("r9", "aFChunk", "document.xml")])
    yield "either", "docx-part-loop.docx", lambda: docx(paragraph("x"), [("word/_rels/styles.xml.rels", relations([("r1", "styles", "styles.xml")])), ("word/styles.xml", f"<w:styles {W}/>")], [("r1", "styles", "../word/../word/styles.xml"), ("r2", "officeDocument", "document.xml")])
    yield "either", "docx-many-relations.docx", lambda: docx(paragraph("x"), [], [(f"q{i}", "hyperlink", f"http://a.b/{i}") for i in range(n(30_000))])
    yield "either", "docx-outside-link.docx", lambda: docx(paragraph("x"), [], [("q", "styles", "../../../../etc/passwd"), ("z", "image", "file:///etc/passwd")])
    yield "either", "docx-spaces.docx", lambda: docx(paragraph("x") + " " * n(100_000_000))
    yield "either", "docx-text-bomb.docx", lambda: docx(paragraph("word " * n(8_000_000)))
    yield "either", "docx-text-bomb-80MB.docx", lambda: docx(paragraph("x" * 100) * 600_000)
    yield "delivered", "docx-math-deep.docx", lambda: docx("<w:p><m:oMath xmlns:m='http://schemas.openxmlformats.org/officeDocument/2006/math'>" + "<m:d><m:e>" * 100 + "<m:r><m:t>x</m:t></m:r>" + "</m:e></m:d>" * 100 + "</m:oMath><w:r><w:t>y</w:t></w:r></w:p>")
    yield "delivered", "docx-drawings.docx", lambda: docx("<w:p>" + "<w:r><w:drawing><a:blip xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main' r:embed='no'/></w:drawing></w:r>" * n(10_000) + "<w:r><w:t>x</w:t></w:r></w:p>")
    yield "delivered", "docx-textboxes-deep.docx", lambda: docx("<w:p><w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>" * 30 + paragraph("x") + "</w:txbxContent></v:textbox></w:pict></w:r></w:p>" * 30)
    yield "delivered", "docx-alternates.docx", lambda: docx("<mc:AlternateContent xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'><mc:Choice Requires='x'/><mc:Fallback>" * 80 + paragraph("x") + "</mc:Fallback></mc:AlternateContent>" * 80)
    yield "delivered", "docx-comments.docx", lambda: docx("<w:p>" + "".join(f"<w:r><w:commentReference w:id='{i}'/><w:t>x</w:t></w:r>" for i in range(n(10_000))) + "</w:p>", [("word/comments.xml", f"<w:comments {W}>" + "".join(f"<w:comment w:id='{i}' w:author='a'>{paragraph('c')}</w:comment>" for i in range(n(10_000))) + "</w:comments>")], [("rc", "comments", "comments.xml")])
    # Sheets.
    cell = "<c r='{}' t='s'><v>0</v></c>"
    yield "delivered", "xlsx-far-corner.xlsx", lambda: xlsx("<sheetData><row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row></sheetData>")
    yield "delivered", "xlsx-far-beyond.xlsx", lambda: xlsx("<sheetData><row r='99999999999'><c r='ZZZZZZZZ99999999999'><v>2</v></c></row><row r='-1'><c r='1A'><v>3</v></c></row></sheetData>")
    yield "either", "xlsx-diagonal.xlsx", lambda: xlsx("<sheetData>" + "".join(f"<row r='{i + 1}'><c r='{column(i)}{i + 1}'><v>1</v></c></row>" for i in range(min(n(4_000), 16_000))) + "</sheetData>")
    yield "either", "xlsx-scattered.xlsx", lambda: xlsx("<sheetData>" + "".join(f"<row r='{i * 997 + 1}'><c r='{column(i * 131 % 16000)}{i * 997 + 1}'><v>1</v></c></row>" for i in range(min(n(500), 1_000))) + "</sheetData>")
    yield "either", "xlsx-shared-long.xlsx", lambda: xlsx("<sheetData>" + "".join(f"<row r='{i}'>{cell.format(f'A{i}')}</row>" for i in range(1, 31)) + "</sheetData>", f"<si><t>{'x' * n(1_000_000)}</t></si>")
    yield "either", "xlsx-shared-bomb.xlsx", lambda: xlsx("<sheetData>" + "".join(f"<row r='{i}'>{cell.format(f'A{i}') * 20}</row>" for i in range(1, 5_000)) + "</sheetData>", f"<si><t>{'x' * n(32_000)}</t></si>")
    yield "either", "xlsx-shared-longest.xlsx", lambda: xlsx("<sheetData>" + "".join(f"<row r='{i}'>{cell.format(f'A{i}') * 3}</row>" for i in range(1, 4_000)) + "</sheetData>", f"<si><t>{'x' * n(1_000_000)}</t></si>")
    yield "delivered", "xlsx-shared-many.xlsx", lambda: xlsx("<sheetData><row r='1'>" + cell.format("A1") + "</row></sheetData>", "<si><t>x</t></si>" * n(300_000))
    yield "delivered", "xlsx-shared-count-lie.xlsx", lambda: xlsx("<sheetData><row r='1'>" + cell.format("A1") + "<c r='B1' t='s'><v>4294967295</v></c><c r='C1' t='s'><v>-1</v></c></row></sheetData>", "<si><t>x</t></si>")
    yield "delivered", "xlsx-merges.xlsx", lambda: xlsx("<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData><mergeCells>" + "<mergeCell ref='A1:XFD1048576'/>" * n(10_000) + "</mergeCells>")
    yield "delivered", "xlsx-merges-small.xlsx", lambda: xlsx("<sheetData>" + "".join(f"<row r='{i}'><c r='A{i}'><v>1</v></c></row>" for i in range(1, n(5_000))) + "</sheetData><mergeCells>" + "".join(f"<mergeCell ref='A{i}:C{i + 1}'/>" for i in range(1, n(5_000))) + "</mergeCells>")
    yield "delivered", "xlsx-columns.xlsx", lambda: xlsx("<cols>" + "<col min='1' max='4294967295' hidden='1'/>" * n(20_000) + "</cols><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData>")
    yield "delivered", "xlsx-links.xlsx", lambda: xlsx("<sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData><hyperlinks>" + "<hyperlink ref='A1:XFD1048576' location='x'/>" * n(10_000) + "</hyperlinks>")
    yield "delivered", "xlsx-formats.xlsx", lambda: xlsx("<sheetData>" + "".join(f"<row r='{i}'><c r='A{i}' s='1'><v>1e308</v></c></row>" for i in range(1, n(2_000))) + "</sheetData>", None, "<numFmts><numFmt numFmtId='200' formatCode='" + "0" * 3_000 + "." + "0" * 3_000 + ";[Red]" + "?" * 3_000 + "'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='200'/></cellXfs>")
    yield "delivered", "xlsx-numbers.xlsx", lambda: xlsx("<sheetData><row r='1'>" + "".join(f"<c r='{column(i)}1' s='1'><v>{v}</v></c>" for i, v in enumerate(["1e999", "-1e999", "nan", "inf", "1e-999", "9" * 5000, "", "-", "0x10", "1e308", "-657435", "2958466", "1e18"])) + "</row></sheetData>", None, "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/></cellXfs>")
    yield "delivered", "xlsx-dense.xlsx", lambda: xlsx("<sheetData>" + ("<row>" + "<c><v>1</v></c>" * 100 + "</row>") * n(3_000) + "</sheetData>")
    yield "delivered", "xlsx-wide.xlsx", lambda: xlsx("<sheetData>" + ("<row>" + "<c><v>1</v></c>" * 16_384 + "</row>") * n(10) + "</sheetData>")
    yield "delivered", "xlsx-rich.xlsx", lambda: xlsx("<sheetData><row r='1'>" + cell.format("A1") + "</row></sheetData>", "<si>" + "<r><rPr><b/></rPr><t>x</t></r>" * n(50_000) + "</si>")
    yield "delivered", "xlsx-names.xlsx", lambda: xlsx("<sheetData><row><c><v>1</v></c></row></sheetData>", None, "", "<definedNames>" + "<definedName name='_xlnm.Print_Area'>S!$A:$XFD</definedName>" * n(20_000) + "</definedNames>")
    yield "either", "xlsx-rows-hidden.xlsx", lambda: xlsx("<sheetData>" + "<row hidden='1'><c><v>1</v></c></row>" * n(20_000) + "</sheetData>")
    yield "either", "xlsx-many-sheets.xlsx", lambda: many_sheets(n(2_000))
    yield "either", "xlsx-one-sheet-often.xlsx", lambda: many_sheets(n(900), one=True)
    # Slides.
    yield "either", "pptx-groups-deep.pptx", lambda: pptx("<p:grpSp>" * 200 + shape("x") + "</p:grpSp>" * 200)
    yield "either", "pptx-many-slides.pptx", lambda: pptx(shape("x"), slides=n(900))
    yield "delivered", "pptx-many-shapes.pptx", lambda: pptx("".join(f"<p:sp><p:spPr><a:xfrm><a:off x='{i * 37 % 9000}' y='{i * 91 % 9000}'/><a:ext cx='9223372036854775807' cy='-9223372036854775808'/></a:xfrm></p:spPr><p:txBody><a:p><a:r><a:t>x</a:t></a:r></a:p></p:txBody></p:sp>" for i in range(n(5_000))))
    yield "delivered", "pptx-levels.pptx", lambda: pptx("<p:sp><p:txBody>" + "".join(f"<a:p><a:pPr lvl='{i}'/><a:r><a:t>x</a:t></a:r></a:p>" for i in range(n(3_000))) + "</p:txBody></p:sp>")
    yield "either", "pptx-table.pptx", lambda: pptx("<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tblGrid/>" + "<a:tr><a:tc gridSpan='2147483647' rowSpan='2147483647'><a:txBody><a:p><a:r><a:t>x</a:t></a:r></a:p></a:txBody></a:tc></a:tr>" * n(1_000) + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>")
    yield "delivered", "pptx-layout-loop.pptx", lambda: pptx(shape("x"), links=[("l", "slideLayout", "slide1.xml"), ("n", "notesSlide", "slide1.xml")])
    # Binary.
    yield "either", "cfb-chain-loop.doc", lambda: compound([("WordDocument", b"\xec\xa5\xc1\0" + bytes(5000)), ("1Table", bytes(5000))], lambda table, entries: table.__setitem__(1, 0))
    yield "either", "cfb-directory-loop.xls", lambda: compound([("Workbook", bytes(5000)), ("b", bytes(5000))], lambda table, entries: (entries[1].__setitem__(3, 1), entries[2].__setitem__(2, 1), entries[2].__setitem__(4, 0)))
    yield "either", "cfb-size-lie.ppt", lambda: compound([("PowerPoint Document", bytes(5000)), ("Current User", bytes(5000))], lambda table, entries: entries[1].__setitem__(6, 2**63))
    yield "either", "cfb-cross-linked.doc", lambda: compound([(f"s{i}", bytes(5000)) for i in range(50)] + [("WordDocument", b"\xec\xa5\xc1\0" + bytes(5000))], lambda table, entries: [e.__setitem__(5, 0) for e in entries])
    yield "either", "cfb-many-streams.msg", lambda: compound([(f"__substg1.0_{i:04X}001F", b"x\0" * 20) for i in range(min(n(600), 700))])
    record = lambda kind, body: struct.pack("<HH", kind, len(body)) + body
    bof = lambda kind: record(0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0))
    book = lambda records, globals_=b"": compound([("Workbook", bof(5) + globals_ + record(0x85, struct.pack("<IHB", len(bof(5) + globals_) + 4 + 8 + 4, 0, 1) + b"\0S") + record(0x0A, b"") + bof(0x10) + records + record(0x0A, b""))])
    yield "either", "xls-far-cells.xls", lambda: book(b"".join(record(0x203, struct.pack("<HHHd", 65535 - i, 65535, 0, 1.5)) for i in range(n(2_000))))
    yield "either", "xls-strings-lie.xls", lambda: book(record(0xFD, struct.pack("<HHHI", 0, 0, 0, 0xFFFFFFFF)) + record(0x203, struct.pack("<HHHd", 1, 0, 0, 1.0)), record(0xFC, struct.pack("<II", 0xFFFFFFFF, 0xFFFFFFFF) + b"\xff\xff\x0d\xff\xff\xff\xff\xff\xff" + b"x" * 500))
    yield "either", "xls-continues.xls", lambda: book(record(0x203, struct.pack("<HHHd", 1, 0, 0, 1.0)), record(0xFC, struct.pack("<IIHB", 1, 1, 60_000, 0) + b"x") + record(0x3C, b"\0y") * n(10_000))
    yield "either", "xls-empty-records.xls", lambda: book(record(0, b"") * n(200_000))
    yield "either", "xls-merges.xls", lambda: book(record(0x203, struct.pack("<HHHd", 0, 0, 0, 1.0)) + record(0xE5, struct.pack("<H", 1000) + struct.pack("<HHHH", 0, 65535, 0, 255) * 1000) * n(20))
    yield "either", "xls-multi-blank.xls", lambda: book(record(0x203, struct.pack("<HHHd", 0, 0, 0, 1.0)) + record(0xBD, struct.pack("<HH", 1, 60_000) + struct.pack("<HI", 0, 2) * 1000 + struct.pack("<H", 5)) * n(100))
    yield "either", "xls-sheet-loop.xls", lambda: compound([("Workbook", bof(5) + b"".join(record(0x85, struct.pack("<IHB", 0, 0, 1) + b"\0S") for _ in range(n(5_000))) + record(0x0A, b""))])
    box = lambda kind, body: struct.pack("<HHI", 0xF, kind, len(body)) + body

    def deep(kind, depth):
        sizes = struct.pack("<HHI", 0xF, kind, 0x7FFFFFFF)
        return sizes * depth + struct.pack("<HHI", 0, 4008, 4) + b"text"
    user = ("Current User", struct.pack("<HHIIII", 0, 0xFF6, 24, 20, 0xE391C05F, 0))
    yield "either", "ppt-deep.ppt", lambda: compound([user, ("PowerPoint Document", deep(1000, n(50_000)))])
    yield "either", "ppt-edits-loop.ppt", lambda: compound([user, ("PowerPoint Document", struct.pack("<HHI", 0, 4085, 28) + struct.pack("<IHBBIIIIHH", 0, 0, 0, 3, 0, 0, 1, 0, 0, 0))])
    yield "either", "doc-pieces.doc", lambda: compound([("WordDocument", struct.pack("<HHHHHHHBBHH", 0xA5EC, 0xC1, 0, 0x409, 0, 0x200, 0xBF, 0, 0, 0, 0) + b"\xff" * 2000), ("1Table", b"\xff" * 6000), ("0Table", b"\xff" * 6000)])
    yield "either", "doc-empty-header.doc", lambda: compound([("WordDocument", struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x409, 0, 0x200)), ("1Table", b"")])


def column(number):
    name = ""
    number += 1
    while number:
        number, digit = divmod(number - 1, 26)
        name = chr(65 + digit) + name
    return name


def many_sheets(count, one=False):
    sheet = f"<worksheet {M}><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"
    links = [(f"r{i}", "worksheet", f"worksheets/sheet{0 if one else i}.xml") for i in range(count)]
    return zipped([
        ("[Content_Types].xml", types([("xl/workbook.xml", "spreadsheetml.sheet.main")])), ("_rels/.rels", relations([("r1", "officeDocument", "xl/workbook.xml")])),
        ("xl/_rels/workbook.xml.rels", relations(links)),
        ("xl/workbook.xml", f"<workbook {M}><sheets>" + "".join(f"<sheet name='S{i}' sheetId='{i + 1}' r:id='r{i}'/>" for i in range(count)) + "</sheets></workbook>"),
        *[(f"xl/worksheets/sheet{i}.xml", sheet) for i in range(1 if one else count)]])
