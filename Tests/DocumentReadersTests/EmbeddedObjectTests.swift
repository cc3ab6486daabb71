// SPDX-License-Identifier: Apache-2.0
import DocumentReaders
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing
import ZipArchive

@Suite("Documents within office documents")
struct EmbeddedObjectTests {
    private func read(_ bytes: [UInt8], _ ending: String, depth: Int = 5) throws -> (text: String, codes: [String]) {
        var limits = ReadLimits()
        limits.depth = depth
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        try bytes.withUnsafeBytes { raw in
            let source = Source(raw, nameExtension: ending, members: MemberReader(limits: limits))
            try Detection.format(of: source).reader().read(source, limits: limits, into: builder, diagnostics: &diagnostics)
        }
        return (builder.document.blocks.map(Outline.block).joined(separator: " "), diagnostics.items.map(\.code))
    }

    private func zip(_ members: [(String, [UInt8])]) -> [UInt8] {
        var archive = StoredZIP()
        for (name, bytes) in members { archive.add(Array(name.utf8), bytes) }
        return archive.finished()
    }

    /// A document of one paragraph, with an object in it where a part is given.
    private func docx(_ text: String, object: (name: String, bytes: [UInt8])? = nil) -> [UInt8] {
        let w = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"
        let run = object == nil ? "" : "<w:r><w:object xmlns:o='urn:schemas-microsoft-com:office:office'><o:OLEObject ProgID='Package' r:id='o1'/></w:object></w:r>"
        let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        let spaces = "xmlns='http://schemas.openxmlformats.org/package/2006/relationships'"
        var parts = [
            ("[Content_Types].xml", Array("<Types/>".utf8)),
            ("_rels/.rels", Array("<Relationships \(spaces)><Relationship Id='r' Type='\(type)officeDocument' Target='word/document.xml'/></Relationships>".utf8)),
            ("word/document.xml", Array("<w:document \(w)><w:body><w:p><w:r><w:t>\(text)</w:t></w:r>\(run)</w:p></w:body></w:document>".utf8)),
        ]
        if let object {
            let link = "<Relationship Id='o1' Type='\(type)oleObject' Target='embeddings/\(object.name)'/>"
            parts.append(("word/_rels/document.xml.rels", Array("<Relationships \(spaces)>\(link)</Relationships>".utf8)))
            parts.append(("word/embeddings/\(object.name)", object.bytes))
        }
        return zip(parts)
    }

    private func long(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

    /// What the Packager writes, without the size of the whole.
    private func packaged(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
        let path = Array("C:\\\(name)".utf8) + [0]
        return [2, 0] + Array(name.utf8) + [0] + path + [0, 0, 3, 0] + long(path.count) + path + long(bytes.count) + bytes
    }

    @Test("an embedded document stands behind the text, below a heading with its name")
    func docxInDocx() throws {
        let (text, codes) = try read(docx("outer", object: ("inner.docx", docx("inner"))), "docx")
        #expect(text == "p(outer) h2(inner.docx) p(inner)")
        #expect(codes == [])
    }

    @Test("an object's package, and a file that was put in, are taken out of their wrapping")
    func wrapped() throws {
        let package = CompoundMaker.file([("Package", docx("inner"))])
        #expect(try read(docx("outer", object: ("oleObject1.bin", package)), "docx").text == "p(outer) h2(oleObject1.bin) p(inner)")
        let native = packaged("list.csv", Array("a,b\n1,2\n".utf8))
        let file = CompoundMaker.file([("\u{1}Ole10Native", long(native.count) + native)])
        #expect(try read(docx("outer", object: ("oleObject1.bin", file)), "docx").text == "p(outer) h2(oleObject1.bin) table(head: a | b / 1 | 2)")
    }

    @Test("an object of a kind that nobody reads stays a loss, with the reason")
    func unread() throws {
        let equation = CompoundMaker.file([("Equation Native", [1, 2, 3])])
        let (text, codes) = try read(docx("outer", object: ("oleObject1.bin", equation)), "docx")
        #expect(text == "p(outer)")
        #expect(codes == ["object-embedded"])
    }

    @Test("objects within objects end at the limit of depth")
    func depth() throws {
        var bytes = docx("level 0")
        for level in 1...4 { bytes = docx("level \(level)", object: ("inner.docx", bytes)) }
        let (text, codes) = try read(bytes, "docx", depth: 2)
        #expect(text == "p(level 4) h2(inner.docx) p(level 3) h4(inner.docx) p(level 2)")
        #expect(codes == ["object-embedded"])
    }

    @Test("an rtf document's objects are read out of their hexadecimal digits")
    func rtf() throws {
        let native = packaged("list.csv", Array("a,b\n1,2\n".utf8))
        let data = long(0x501) + long(2) + long(8) + Array("Package\0".utf8) + long(0) + long(0) + long(native.count) + native
        let hex = data.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        let text = "{\\rtf1 outer{\\object\\objemb{\\*\\objclass Package}{\\*\\objdata \(hex)}{\\result {}}}\\par}"
        let (shown, codes) = try read(Array(text.utf8), "rtf")
        #expect(shown == "p(outer) h2(list.csv) table(head: a | b / 1 | 2)")
        #expect(codes == [])
        #expect(try read(Array("{\\rtf1 outer{\\object\\objemb{\\*\\objdata 0105}}\\par}".utf8), "rtf").codes == ["object-embedded"])
    }

    @Test("an OpenDocument object is a package of its own")
    func openDocument() throws {
        let spaces = """
            xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' \
            xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0' xmlns:xlink='http://www.w3.org/1999/xlink'
            """
        func content(_ body: String) -> [UInt8] {
            Array("<office:document-content \(spaces)><office:body><office:text>\(body)</office:text></office:body></office:document-content>".utf8)
        }
        let object = "<draw:frame><draw:object xlink:href='./Object 1'/></draw:frame>"
        let bytes = zip([
            ("mimetype", Array("application/vnd.oasis.opendocument.text".utf8)), ("content.xml", content("<text:p>outer\(object)</text:p>")),
            ("Object 1/content.xml", content("<text:p>inner</text:p>")),
        ])
        let (text, codes) = try read(bytes, "odt")
        #expect(text == "p(outer) h2(Object 1.odt) p(inner)")
        #expect(codes == [])
    }
}
