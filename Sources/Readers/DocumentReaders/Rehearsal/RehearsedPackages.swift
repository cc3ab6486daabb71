// SPDX-License-Identifier: Apache-2.0
import ZipArchive

/// Office documents and a book: parts in a ZIP archive.
enum RehearsedPackages {
    static func docx() -> [UInt8] {
        let word = #"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="\#(relations)""#
        return office(
            "word/document.xml", type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            [
                (
                    "word/document.xml",
                    """
                    <w:document \(word)><w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Title</w:t></w:r></w:p>
                    <w:p><w:r><w:t xml:space="preserve">Text with </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>bold</w:t></w:r>
                    <w:hyperlink r:id="r2"><w:r><w:t>a link</w:t></w:r></w:hyperlink></w:p>
                    <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>item</w:t></w:r></w:p>
                    <w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>
                    <w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>
                    <w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>
                    """
                ),
                (
                    "word/styles.xml",
                    """
                    <w:styles \(word)><w:docDefaults/><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
                    <w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
                    <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>
                    """
                ),
                (
                    "word/numbering.xml",
                    """
                    <w:numbering \(word)><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>
                    </w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>
                    """
                ),
            ], relations: [("styles", "styles.xml"), ("hyperlink", "http://example.org/"), ("numbering", "numbering.xml")])
    }

    static func xlsx() -> [UInt8] {
        let sheet = #"xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="\#(relations)""#
        return office(
            "xl/workbook.xml", type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            [
                ("xl/workbook.xml", #"<workbook \#(sheet)><sheets><sheet name="Prices" sheetId="1" r:id="r1"/></sheets></workbook>"#),
                (
                    "xl/worksheets/sheet1.xml",
                    """
                    <worksheet \(sheet)><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Price</t></is></c></row>
                    <row r="2"><c r="A2" s="1"><v>46353</v></c><c r="B2" s="2"><f>1+1</f><v>1234.5</v></c><c r="C2" t="b"><v>1</v></c></row></sheetData>
                    <mergeCells count="1"><mergeCell ref="A3:B3"/></mergeCells></worksheet>
                    """
                ),
                ("xl/sharedStrings.xml", "<sst \(sheet)><si><t>Day</t></si></sst>"),
                (
                    "xl/styles.xml",
                    """
                    <styleSheet \(sheet)><numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.00&quot; EUR&quot;"/></numFmts>
                    <cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>
                    """
                ),
            ], relations: [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")])
    }

    static func pptx() -> [UInt8] {
        let show = """
            xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="\(relations)"
            """
        let shape = { (kind: String, text: String) in
            """
            <p:sp><p:nvSpPr><p:cNvPr id="1" name="\(kind)"/><p:cNvSpPr/><p:nvPr><p:ph type="\(kind)"/></p:nvPr></p:nvSpPr>
            <p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm></p:spPr><p:txBody><a:bodyPr/><a:p><a:r><a:rPr b="1"/><a:t>\(text)</a:t></a:r></a:p></p:txBody></p:sp>
            """
        }
        return office(
            "ppt/presentation.xml", type: "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
            [
                ("ppt/presentation.xml", #"<p:presentation \#(show)><p:sldIdLst><p:sldId id="256" r:id="r1"/></p:sldIdLst></p:presentation>"#),
                (
                    "ppt/slides/slide1.xml",
                    """
                    <p:sld \(show)><p:cSld><p:spTree><p:nvGrpSpPr/><p:grpSpPr/>\(shape("title", "Title"))\(shape("body", "item"))
                    <p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="4" name="t"/></p:nvGraphicFramePr><a:graphic><a:graphicData
                    uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl><a:tblPr/><a:tblGrid><a:gridCol w="1"/></a:tblGrid>
                    <a:tr h="1"><a:tc><a:txBody><a:p><a:r><a:t>a</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>
                    </p:spTree></p:cSld></p:sld>
                    """
                ),
            ], relations: [("slide", "slides/slide1.xml")])
    }

    static func odt() -> [UInt8] {
        openDocument(
            "text",
            """
            <office:text><text:h text:outline-level="1">Title</text:h><text:p text:style-name="P1">Text with <text:span text:style-name="T1">bold</text:span>
            and <text:a xlink:href="http://example.org/">a link</text:a></text:p><text:list><text:list-item><text:p>item</text:p></text:list-item></text:list>
            \(table)</office:text>
            """)
    }

    static func ods() -> [UInt8] { openDocument("spreadsheet", "<office:spreadsheet>\(table)</office:spreadsheet>") }

    static func odp() -> [UInt8] {
        openDocument(
            "presentation",
            """
            <office:presentation><draw:page draw:name="p"><draw:frame presentation:class="title" svg:x="1cm" svg:y="1cm"><draw:text-box><text:p>Title</text:p>
            </draw:text-box></draw:frame></draw:page></office:presentation>
            """)
    }

    static func epub() -> [UInt8] {
        archive([
            ("mimetype", "application/epub+zip"),
            (
                "META-INF/container.xml",
                """
                <container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
                <rootfile full-path="b.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
                """
            ),
            (
                "b.opf",
                """
                <package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Book</dc:title>
                </metadata><manifest><item id="c" href="c.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="c"/></spine></package>
                """
            ),
            ("c.xhtml", #"<html xmlns="http://www.w3.org/1999/xhtml"><head><title>c</title></head><body><h1>Chapter</h1><p>Text</p></body></html>"#),
        ])
    }

    // MARK: Packages

    private static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    private static let table = """
        <table:table table:name="t"><table:table-column table:number-columns-repeated="2"/><table:table-row>
        <table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>
        <table:table-cell office:value-type="float" office:value="1.5"><text:p>1.5</text:p></table:table-cell></table:table-row></table:table>
        """

    /// `main` is the part that the package is about, `relations` are its own: kind and target, r1 being the first.
    private static func office(_ main: String, type: String, _ parts: [(String, String)], relations own: [(kind: String, target: String)]) -> [UInt8] {
        let folder = main.split(separator: "/")[0], file = main.split(separator: "/")[1]
        let list = { (entries: [(kind: String, target: String)]) in
            #"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#
                + entries.enumerated().map { index, entry in
                    #"<Relationship Id="r\#(index + 1)" Type="\#(relations)/\#(entry.kind)" Target="\#(entry.target)"\#(entry.kind == "hyperlink" ? #" TargetMode="External""# : "")/>"#
                }.joined() + "</Relationships>"
        }
        return archive(
            [
                (
                    "[Content_Types].xml",
                    """
                    <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/>
                    <Override PartName="/\(main)" ContentType="\(type)"/></Types>
                    """
                ),
                ("_rels/.rels", list([("officeDocument", main)])),
                ("\(folder)/_rels/\(file).rels", list(own)),
            ] + parts)
    }

    private static func openDocument(_ kind: String, _ body: String) -> [UInt8] {
        let names = ["office", "text", "table", "style", "presentation"].map { #"xmlns:\#($0)="urn:oasis:names:tc:opendocument:xmlns:\#($0):1.0""# }.joined(separator: " ")
        let all = #"\#(names) xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:xlink="http://www.w3.org/1999/xlink""#
        return archive([
            ("mimetype", "application/vnd.oasis.opendocument.\(kind)"),
            (
                "content.xml",
                """
                <office:document-content \(all)><office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/>
                </style:style></office:automatic-styles><office:body>\(body)</office:body></office:document-content>
                """
            ),
            ("styles.xml", #"<office:document-styles \#(all)><office:styles><style:style style:name="P1" style:family="paragraph"/></office:styles></office:document-styles>"#),
        ])
    }

    private static func archive(_ parts: [(String, String)]) -> [UInt8] {
        var archive = StoredZIP()
        for (name, text) in parts { archive.add(Array(name.utf8), Array(text.utf8)) }
        return archive.finished()
    }
}
