// SPDX-License-Identifier: Apache-2.0
import DocumentTree
import ReaderTestSupport

@testable import OfficeReaders

/// Builds small Excel packages from the XML of sheets.
enum XLSXMaker {
    struct Sheet {
        var cells: String
        /// Behind the cells: merged areas, links.
        var frame = ""
        var name = "S"
        var state = "visible"
        /// Relationships: id, type, target.
        var links: [(String, String, String)] = []
    }

    static let spaces = """
        xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" \
        xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        """

    static func package(_ sheets: [Sheet], strings: String = "", formats: [String] = [], workbook: String = "", parts: [(String, String)] = []) -> [UInt8] {
        let list = sheets.enumerated().map { "<sheet name='\($1.name)' sheetId='\($0 + 1)' state='\($1.state)' r:id='s\($0 + 1)'/>" }.joined()
        var members = [
            ("xl/workbook.xml", "<workbook \(spaces)>\(workbook)<sheets>\(list)</sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", relationships(sheets.indices.map { ("s\($0 + 1)", "worksheet", "worksheets/sheet\($0 + 1).xml") })),
            ("xl/sharedStrings.xml", "<sst \(spaces)>\(strings)</sst>"),
            ("xl/styles.xml", styles(formats)),
        ]
        for (index, sheet) in sheets.enumerated() {
            members.append(("xl/worksheets/sheet\(index + 1).xml", "<worksheet \(spaces)><sheetData>\(sheet.cells)</sheetData>\(sheet.frame)</worksheet>"))
            if !sheet.links.isEmpty { members.append(("xl/worksheets/_rels/sheet\(index + 1).xml.rels", relationships(sheet.links))) }
        }
        return DOCXMaker.archive(members + parts)
    }

    static func relationships(_ links: [(String, String, String)]) -> String {
        let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        return "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
            + links.map { id, kind, target in
                "<Relationship Id='\(id)' Type='\(type)\(kind)' Target='\(target)'\(target.hasPrefix("http") ? " TargetMode='External'" : "")/>"
            }.joined() + "</Relationships>"
    }

    /// Style 0 is General; the others have these format codes.
    private static func styles(_ formats: [String]) -> String {
        "<styleSheet \(spaces)><numFmts>" + formats.enumerated().map { "<numFmt numFmtId='\($0 + 164)' formatCode='\($1)'/>" }.joined()
            + "</numFmts><cellStyleXfs><xf numFmtId='9'/></cellStyleXfs><cellXfs><xf numFmtId='0'/>"
            + formats.indices.map { "<xf numFmtId='\($0 + 164)'/>" }.joined() + "</cellXfs></styleSheet>"
    }

    static func read(_ bytes: [UInt8]) throws -> (String, Diagnostics, Document) {
        let (document, diagnostics) = try Outline.read(bytes, XLSXReader())
        return (document.blocks.map(Outline.block).joined(separator: " "), diagnostics, document)
    }

    /// The first sheet without its heading.
    static func read(_ cells: String, frame: String = "", strings: String = "", formats: [String] = [], workbook: String = "") throws -> String {
        try read(package([Sheet(cells: cells, frame: frame)], strings: strings, formats: formats, workbook: workbook)).0.replacing("h2(S) ", with: "")
    }
}
