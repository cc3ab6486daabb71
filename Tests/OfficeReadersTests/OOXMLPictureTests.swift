// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import OfficeReaders

@Suite("Pictures and objects of office documents")
struct OOXMLPictureTests {
    private static let spaces = "xmlns:v='urn:schemas-microsoft-com:vml' xmlns:o='urn:schemas-microsoft-com:office:office'"
    /// "a drawing, a drawing", packed by gzip under the name image1.emf.
    private static let packed: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x08, 0x00, 0x00, 0x00, 0x00, 0x02, 0xFF, 0x69, 0x6D, 0x61, 0x67, 0x65, 0x31, 0x2E, 0x65, 0x6D, 0x66, 0x00, 0x4B, 0x54, 0x48, 0x29, 0x4A, 0x2C, 0xCF, 0xCC, 0x4B, 0xD7, 0x51, 0x48, 0x84, 0x31, 0x01, 0x68, 0x24, 0x4B, 0xCA, 0x14, 0x00, 0x00, 0x00,
    ]

    private static func read(_ run: String, _ link: (String, String, String), _ part: (String, [UInt8])? = nil) throws -> (document: Document, losses: [String]) {
        let text = "<w:document \(DOCXMaker.spaces) \(spaces)><w:body><w:p><w:r>\(run)</w:r></w:p></w:body></w:document>"
        let members = [("word/document.xml", Array(text.utf8)), ("word/_rels/document.xml.rels", Array(PPTXMaker.relations([link]).utf8))] + (part.map { [$0] } ?? [])
        let (document, losses) = try DOCXMaker.read(DOCXMaker.archive(bytes: members))
        return (document, losses.items.map(\.code))
    }

    @Test("a packed metafile is unpacked, and named as what it is")
    func packedMetafile() throws {
        let shape = "<w:pict><v:shape><v:imagedata r:id='i'/></v:shape></w:pict>"
        let link = ("i", "image", "media/image1.emz")
        let (document, losses) = try Self.read(shape, link, ("word/media/image1.emz", Self.packed))
        #expect(document.blocks.map(Outline.block) == ["p(img[image1.emf]())"])
        #expect(document.media.first?.bytes == Array("a drawing, a drawing".utf8))
        #expect(document.media.first?.mediaType == "image/emf")
        #expect(losses == [])
        #expect(try Self.read(shape, link, ("word/media/image1.emz", Array(Self.packed.prefix(18)))).losses == ["picture-unreadable"])
        #expect(try Self.read(shape, link, ("word/media/image1.emz", Array("plain".utf8))).document.media.first?.bytes == Array("plain".utf8))
    }

    @Test("a linked object is its name and the way to it; that it was not followed is a loss")
    func linkedObject() throws {
        let object = "<w:object><o:OLEObject Type='Link' ProgID='Excel.Sheet.12' r:id='l'/></w:object>"
        let (document, losses) = try Self.read(object, ("l", "oleObject", "file:///C:\\data\\My%20book.xlsx!Sheet1!R1C1"))
        #expect(document.blocks.map(Outline.block) == ["p(a[file:///C:\\data\\My%20book.xlsx](My book.xlsx))"])
        #expect(losses == ["object-linked"])
    }

    @Test("a linked object of a slide stands behind its picture")
    func linkedObjectOnSlide() throws {
        let frame = PPTXMaker.graphic("<p:oleObj progId='Excel.Sheet.12' r:id='l'><p:link/></p:oleObj>")
        let (text, losses) = try PPTXMaker.read([PPTXMaker.Slide(shapes: frame, links: [("l", "oleObject", "file:///srv/plan.xlsx")])])
        #expect(text == "p(a[file:///srv/plan.xlsx](plan.xlsx))")
        #expect(losses.items.map(\.code) == ["object-linked"])
    }
}
