// SPDX-License-Identifier: Apache-2.0
import CompoundFiles
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import LegacyOfficeReaders

/// Reads a member as its name and its bytes; a compound file as the names in its root.
private final class ShownMembers: MemberReading {
    let remainingBytes = 1 << 30
    let names = MediaNames()
    let labels = LabelLanguage.en

    func read(
        _ member: Member, _ place: MemberPlace, into sink: any DocumentSink, diagnostics: inout Diagnostics
    ) throws(SinkError) -> MemberOutcome {
        var shown = String(decoding: member.bytes.prefix(100), as: UTF8.self)
        // Bytes that are no compound file are shown as text.
        if let file = try? CompoundFile(member.bytes) { shown = file.children(of: file.root).map(\.name).sorted().joined(separator: ", ") }
        try sink.append(.paragraph([.text("\(member.name): \(shown)")]))
        return .read
    }
}

@Suite("Objects within documents of the binary kind")
struct LegacyObjectTests {
    private func read(_ bytes: [UInt8], _ reader: some DocumentReader) throws -> (blocks: [String], codes: [String]) {
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        try bytes.withUnsafeBytes {
            try reader.read(Source($0, members: ShownMembers()), limits: ReadLimits(), into: builder, diagnostics: &diagnostics)
        }
        return (builder.document.blocks.map(Outline.block), diagnostics.items.map(\.code))
    }

    @Test("a document's objects are taken out of its pool: packages as they are, storages as files of their own")
    func doc() throws {
        let bytes = DOCMaker.document([.narrow("text\r")], streams: [
            ("ObjectPool/_1/Package", Array("package".utf8)), ("ObjectPool/_2/Workbook", [1, 2, 3]), ("ObjectPool/_2/\u{1}CompObj", [4]),
            ("ObjectPool/_3/Equation Native", [5]),
        ])
        let (blocks, codes) = try read(bytes, DOCReader())
        #expect(blocks == ["p(text)", "p(object: package)", "p(object.xls: \u{1}CompObj, Workbook)"])
        #expect(codes == [])
    }

    @Test("a workbook's objects lie in storages of their own")
    func xls() throws {
        let bytes = XLSMaker.workbook(cells: XLSMaker.label(0, 0, "cell"), streams: [("MBD00012345/Package", Array("package".utf8)), ("Other/Package", [1])])
        #expect(try read(bytes, XLSReader()).blocks == ["h2(S)", "p(cell)", "p(object: package)"])
    }

    @Test("a presentation's objects lie in records, and those of macros are none")
    func ppt() throws {
        let object = CompoundMaker.file([("Package", Array("package".utf8))])
        let macros = CompoundMaker.file([("VBA/dir", [1])])
        let slide = PPTMaker.slide(PPTMaker.box(100, PPTMaker.text(4, "text")))
        let bytes = PPTMaker.presentation([slide], order: [0], loose: PPTMaker.atom(0x1011, object) + PPTMaker.atom(0x1011, macros))
        #expect(try read(bytes, PPTReader()).blocks == ["p(text)", "p(object: package)"])
    }

    @Test("an object that lies in a file of its own is a loss")
    func linked() throws {
        let object = CompoundMaker.file([("\u{1}Ole", long(0x0200_0001) + long(1) + long(0)), ("\u{3}LinkInfo", [1])])
        let deck = PPTMaker.presentation([PPTMaker.slide(PPTMaker.box(100, PPTMaker.text(4, "text")))], order: [0], loose: PPTMaker.atom(0x1011, object))
        #expect(try read(deck, PPTReader()).codes == ["object-linked"])
        let book = XLSMaker.workbook(cells: XLSMaker.label(0, 0, "cell"), streams: [("LNK00012345/\u{1}Ole", [1])])
        #expect(try read(book, XLSReader()).codes == ["object-linked"])
    }

    @Test("a picture in the store of drawings that is one of the Macintosh gets the header of a file")
    func macintoshPicture() throws {
        let drawing: [UInt8] = [0, 10, 0, 0, 0, 0, 0, 10, 0, 10, 0, 0x11, 2, 0xFF, 0x0C, 0]
        let head = long(drawing.count) + [UInt8](repeating: 0, count: 28) + [0xFE, 0xFE]
        let blip = PPTMaker.atom(0xF01C, [UInt8](repeating: 7, count: 16) + head + drawing, instance: 0x542)
        let picture = try #require(blip.withUnsafeBytes { raw in OfficeArtRecord(LittleEndianBytes(raw), at: 0).flatMap { OfficeArtPicture($0) } })
        #expect(picture.bytes == [UInt8](repeating: 0, count: 512) + drawing)
        #expect(picture.mediaType == "image/x-pict")
    }

    @Test("an object by itself is read in its wrapping's place")
    func ole() throws {
        #expect(try read(CompoundMaker.file([("CONTENTS", Array("%PDF-".utf8))]), OLEReader()).blocks == ["p(object: %PDF-)"])
        #expect(throws: ReadError.unsupported("content is an object of a kind that no reader takes")) { try read(CompoundMaker.file([("Equation Native", [1])]), OLEReader()) }
    }

    @Test("a metafile in the store of drawings is a picture with what is written in it")
    func metafile() throws {
        // One record: META_TEXTOUT ([MS-WMF] 2.3.3.20).
        let record = long(3 + 5) + short(0x0521) + short(4) + Array("note".utf8) + short(0) + short(0)
        let wmf = short(1) + short(9) + short(0x300) + long(0) + short(0) + long(0) + short(0) + record + long(3) + short(0)
        let head = long(wmf.count) + [UInt8](repeating: 0, count: 28) + [0xFE, 0xFE]
        let blip = PPTMaker.atom(0xF01B, [UInt8](repeating: 7, count: 16) + head + wmf, instance: 0x216)
        let picture = try #require(blip.withUnsafeBytes { raw in OfficeArtRecord(LittleEndianBytes(raw), at: 0).flatMap { OfficeArtPicture($0) } })
        var media = LegacyMedia(ReadLimits(), MediaNames())
        #expect(media.take(picture, from: 1, alternative: "Memo") == Image(.media(MediaID("image1.wmf")), alternative: "Memo: note"))
    }
}
