// SPDX-License-Identifier: Apache-2.0
import DocumentReading
import DocumentTree
import ReaderTestSupport
import Testing

@testable import PDFReader

@Suite("The PDF reader", .enabled(if: PDFLibrary.isLoaded, "PDFium is not installed; run packaging/pdfium"))
struct PDFTests {
    private static let body = (0..<6).map { PDFMaker.text("line \($0) of a page with some words that fill it", x: 60, y: 600 - 12 * $0) }.joined()

    @Test("a PDF date reads as ISO 8601")
    func date() {
        #expect(PDFDocument.date("D:20240131120000+01'00'") == "2024-01-31T12:00:00+01:00")
        #expect(PDFDocument.date("D:2024") == "2024")
        #expect(PDFDocument.date("yesterday") == "yesterday")
    }

    @Test("text of several sizes becomes headings and paragraphs, whichever way the page is turned")
    func headings() throws {
        for turn in ["", "/Rotate 90", "/Rotate 180", "/Rotate 270"] {
            var maker = PDFMaker(PDFMaker.text("A title", x: 60, y: 650, size: 20) + Self.body)
            maker.pageEntries = turn
            let blocks = try maker.read().blocks
            #expect(blocks.first == "h1(A title)")
            #expect(blocks.count == 2)
        }
    }

    @Test("blocks stand where the page shows them: below its crop box's corner, turned as it is turned", arguments: [
        ("", "[60 150"), ("/CropBox [50 100 600 700]", "[10 50"), ("/Rotate 90", "[637 60"), ("/Rotate 270", "[150 514"), ("/CropBox [50 100 600 700] /Rotate 90", "[537 10"),
    ])
    func places(_ entries: String, _ start: String) throws {
        var maker = PDFMaker(PDFMaker.text("A line", x: 60, y: 640))
        maker.pageEntries = entries
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        try maker.bytes.withUnsafeBytes { bytes in try PDFReader().read(Source(bytes), limits: ReadLimits(), into: builder, diagnostics: &diagnostics) }
        let place = try #require(builder.positions[1]?.first)
        #expect(place.page == 1)
        let turned = entries.contains("Rotate")
        let (length, height) = turned ? (place.bottom - place.top, place.right - place.left) : (place.right - place.left, place.bottom - place.top)
        #expect(length > 22 && length < 32 && height > 8 && height < 14)
        #expect("[\(Int(place.left)) \(Int(place.top))".hasPrefix(start))
    }

    @Test("a page says what the document calls it, where that is not its number")
    func labels() throws {
        var maker = PDFMaker(Self.body, Self.body, Self.body)
        maker.catalogEntries = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D /St 2 >> 2 << /S /D /P (A-) >>] >>"
        let document = try Outline.read(maker.bytes, PDFReader()).0
        #expect(document.blocks.filter { if case .pageBreak = $0 { true } else { false } } == [.pageBreak(page: 1, label: "i"), .pageBreak(page: 2), .pageBreak(page: 3, label: "A-1")])
    }

    @Test("a picture that is too large, or whose size is a lie, is missed", arguments: ["/Width 40000 /Height 40000", "/Width -2 /Height -2", "/Width 2147483647 /Height 2147483647"])
    func pictureSizes(size: String) throws {
        var maker = PDFMaker(Self.body + "q 200 0 0 120 60 380 cm /P Do Q\n")
        maker.objects = ["<< /Type /XObject /Subtype /Image \(size) /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream"]
        maker.xObjects = "/P 6 0 R"
        #expect(try maker.read().codes == ["picture-left-out"])
    }

    @Test("a JPEG within other filters stays the file it is")
    func packedJPEG() throws {
        let file = "FFD8FFE000104A46494600010100000100010000FFC0000B080014001401011100FFDA0008010100003F00FFD9"
        var maker = PDFMaker(Self.body + "q 200 0 0 120 60 380 cm /P Do Q\n")
        maker.objects = ["<< /Type /XObject /Subtype /Image /Width 20 /Height 20 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter [/ASCIIHexDecode /DCTDecode] /Length \(file.count + 1) >>\nstream\n\(file)>\nendstream"]
        maker.xObjects = "/P 6 0 R"
        let media = try Outline.read(maker.bytes, PDFReader()).0.media
        #expect(media.map(\.mediaType) == ["image/jpeg"])
        #expect(media.first?.bytes.count == file.count / 2)
    }

    @Test("a picture's caption is the figure's, and stands where both stand")
    func caption() throws {
        var maker = PDFMaker(Self.body + "q 200 0 0 120 60 380 cm /P Do Q\n" + PDFMaker.text("Figure 1: a grey box", x: 60, y: 366, size: 9))
        maker.objects = ["<< /Type /XObject /Subtype /Image /Width 20 /Height 20 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 400 >>\nstream\n\(String(repeating: "0AZa", count: 100))\nendstream"]
        maker.xObjects = "/P 6 0 R"
        let builder = DocumentBuilder()
        var diagnostics = Diagnostics()
        try maker.bytes.withUnsafeBytes { bytes in try PDFReader().read(Source(bytes), limits: ReadLimits(), into: builder, diagnostics: &diagnostics) }
        #expect(builder.document.blocks.map(Outline.block).last == "figure(img[image1.png]() | Figure 1: a grey box)")
        let places = builder.positions[builder.document.blocks.count - 1] ?? []
        #expect(places.map { "\(Int($0.left)) \(Int($0.top)) \(Int($0.right))" } == ["60 300 260", "60 425 140"])
    }

    @Test("words among slanted lines are no table")
    func diagram() throws {
        let words = (0..<4).flatMap { row in (0..<3).map { PDFMaker.text("w\(row)\($0)", x: 60 + 90 * $0, y: 400 - 16 * row) } }.joined()
        #expect(try PDFMaker(Self.body + words).read().blocks.contains { $0.hasPrefix("table") })
        #expect(try !PDFMaker(Self.body + words + "75 405 m 150 370 l S 170 400 m 200 390 230 380 240 370 c S\n").read().blocks.contains { $0.hasPrefix("table") })
    }

    @Test("losses of pages say which pages they are of")
    func pagesOfLosses() throws {
        let hidden = PDFMaker.text("invisible", x: 60, y: 380, before: "3 Tr")
        let pages = [Self.body + hidden, Self.body + hidden, Self.body, Self.body + hidden]
        var maker = PDFMaker()
        maker.pages = pages
        let (_, diagnostics) = try Outline.read(maker.bytes, PDFReader())
        #expect(diagnostics.items.filter { $0.code == "hidden-text" }.map { "\($0.location ?? "") ×\($0.count)" } == ["pages 1-2, 4 ×27"])
    }

    @Test("text that nobody can see is left out and reported")
    func hidden() throws {
        let page = Self.body + PDFMaker.text("white on white", x: 60, y: 400, before: "1 g") + PDFMaker.text("invisible", x: 60, y: 380, before: "3 Tr")
            + PDFMaker.text("beyond", x: 900, y: 380, before: "0 g 0 Tr") + "0.2 g 50 290 200 30 re f\n" + PDFMaker.text("white on dark", x: 60, y: 300, before: "1 g")
        let (blocks, codes) = try PDFMaker(page).read()
        #expect(blocks.last == "p(white on dark)")
        #expect(blocks.count == 2)
        #expect(codes == ["hidden-text"])
    }

    @Test("a border that is filled between two boxes hides nothing, and rules a table")
    func borders() throws {
        var page = Self.body
        for (row, texts) in [["Town", "Year"], ["Avon", "1999"], ["Bray", "2004"]].enumerated() {
            for (column, text) in texts.enumerated() {
                let x = 60 + 80 * column, y = 440 - 16 * row
                page += "\(x) \(y) 80 16 re \(x + 1) \(y + 1) 78 14 re f*\n" + PDFMaker.text(text, x: x + 4, y: y + 5)
            }
        }
        let read = try PDFMaker(page).read()
        #expect(read.blocks.last == "table(head: Town | Year / Avon | 1999 / Bray | 2004)")
        #expect(read.codes.isEmpty)
    }

    @Test("lines that are drawn as pictures of one point rule a table")
    func drawnLines() throws {
        var page = Self.body
        for y in [456, 440, 408] { page += "q 160 0 0 -0.5 60 \(y) cm BI /IM true /W 1 /H 1 /BPC 1 ID \u{0} EI Q\n" }
        for (row, texts) in [["Town", "Year"], ["Avon", "1999"], ["Bray", "2004"]].enumerated() {
            for (column, text) in texts.enumerated() { page += PDFMaker.text(text, x: 64 + 80 * column, y: 445 - 16 * row) }
        }
        let read = try PDFMaker(page).read()
        #expect(read.blocks.last == "table(head: Town | Year / Avon | 1999 / Bray | 2004)")
    }

    @Test("invisible text over a page's scan is what OCR read")
    func scan() throws {
        let scan = "q 600 0 0 800 0 0 cm /I Do Q\n"
        #expect(try PDFMaker(scan + PDFMaker.text("recognized", x: 60, y: 400, before: "3 Tr")).read().blocks == ["p(recognized)"])
        #expect(try PDFMaker(scan, Self.body).read().codes == ["needs-ocr"])
    }

    @Test("only the pages that were asked for are read")
    func range() throws {
        var limits = ReadLimits()
        limits.pageRange = 2...3
        let maker = PDFMaker(PDFMaker.text("Page one.", x: 60, y: 400), PDFMaker.text("Page two.", x: 60, y: 400), PDFMaker.text("Page three.", x: 60, y: 400), PDFMaker.text("Page four.", x: 60, y: 400))
        #expect(try maker.read(limits: limits).blocks == ["p(Page two.)", "p(Page three.)"])
        limits.pageRange = 9...12
        #expect(try maker.read(limits: limits).codes == ["pages-left-out"])
    }

    @Test("links keep their addresses, fields their values")
    func annotations() throws {
        var maker = PDFMaker(PDFMaker.text("see here for more", x: 60, y: 400) + PDFMaker.text("Name", x: 60, y: 300))
        maker.catalogEntries = "/AcroForm << /Fields [7 0 R] >>"
        maker.objects = [
            "<< /Type /Annot /Subtype /Link /Rect [79 398 101 410] /A << /S /URI /URI (http://x/y) >> >>",
            "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Ann Lee) /Rect [90 296 200 310] >>",
        ]
        maker.pageEntries = "/Annots [6 0 R 7 0 R]"
        #expect(try maker.read().blocks == ["p(see a[http://x/y](here) for more)", "p(Name Ann Lee)"])
    }

    @Test("remarks become notes at the lines they stand at, with who made them")
    func remarks() throws {
        var maker = PDFMaker(PDFMaker.text("see here for more,", x: 60, y: 400) + PDFMaker.text("and here for less", x: 60, y: 388) + PDFMaker.text("apart", x: 60, y: 100))
        maker.objects = [
            "<< /Type /Annot /Subtype /Text /Rect [510 90 530 110] /Contents (Is this so?\\nReally?) /T (Ann) >>",
            "<< /Type /Annot /Subtype /Highlight /Rect [60 398 100 410] /QuadPoints [60 410 100 410 60 398 100 398] /Contents (No) >>",
            "<< /Type /Annot /Subtype /Highlight /Rect [60 398 100 410] /QuadPoints [60 410 100 410 60 398 100 398] >>",
            "<< /Type /Annot /Subtype /Link /Rect [79 398 101 410] /Contents (a link) /A << /S /URI /URI (http://x/y) >> >>",
            "<< /Type /Annot /Subtype /Text /F 2 /Rect [10 398 30 410] /Contents (psst) >>",
        ]
        maker.pageEntries = "/Annots [6 0 R 7 0 R 8 0 R 9 0 R 10 0 R]"
        let (document, diagnostics) = try Outline.read(maker.bytes, PDFReader())
        #expect(document.blocks.map(Outline.block).dropFirst() == ["p(see a[http://x/y](here) for more,note and here for less)", "p(apartnote)"])
        #expect(document.notes.map { "\($0.id.name): \($0.blocks.map(Outline.block).joined(separator: " | "))" } == ["c1: p(No)", "c2: p(Ann: Is this so?) | p(Really?)"])
        #expect(diagnostics.items.map { "\($0.code) \($0.count)" } == ["hidden-text 4"])
    }

    @Test("what is noted at a running head, or on a page without text, is there")
    func remarksAlone() throws {
        var maker = PDFMaker("", "")
        maker.objects = ["<< /Type /Annot /Subtype /Stamp /Rect [60 398 100 410] /Contents (Paid) >>"]
        maker.pageEntries = "/Annots [6 0 R]"
        let (document, _) = try Outline.read(maker.bytes, PDFReader())
        #expect(document.notes.count == 2)
        #expect(document.blocks.map(Outline.block).filter { $0 != "page" } == ["p(note)", "p(note)"])
        maker.pages = (1...6).map { PDFMaker.text("The head", x: 60, y: 780) + PDFMaker.text("Text of page \($0).", x: 60, y: 400) }
        maker.pageEntries = ""
        #expect(try maker.read().blocks.first == "p(Text of page 1.)")
        maker.objects = ["<< /Type /Annot /Subtype /Stamp /Rect [60 778 100 790] /Contents (Paid) >>"]
        maker.pageEntries = "/Annots [6 0 R]"
        #expect(try Outline.read(maker.bytes, PDFReader()).0.notes.count == 6)
    }

    @Test("a file that is put onto a page is one of the document's")
    func fileOnPage() throws {
        var maker = PDFMaker(PDFMaker.text("See the file.", x: 60, y: 400))
        maker.objects = [
            "<< /Type /Annot /Subtype /FileAttachment /Rect [60 398 100 410] /FS 7 0 R >>",
            "<< /Type /Filespec /F (a.txt) /UF (a.txt) /EF << /F 8 0 R >> >>", "<< /Type /EmbeddedFile /Length 2 >>\nstream\nhi\nendstream",
        ]
        maker.pageEntries = "/Annots [6 0 R]"
        #expect(try maker.read().codes == ["attachment-left-out"])
    }

    @Test("damage ends in text or in a word for it")
    func damage() throws {
        var bytes = PDFMaker(Self.body).bytes
        bytes.removeLast(20)
        #expect(try Outline.read(bytes, PDFReader()).document.blocks.isEmpty == false)
        #expect(throws: ReadError.malformed("it is no PDF document that can be opened")) { try Outline.read(Array("%PDF-1.4 and nothing".utf8), PDFReader()) }
    }

    @Test("a file that has lost its end gives the pages that are left, and says so")
    func lostEnd() throws {
        let whole = PDFMaker(Self.body, PDFMaker.text("The second page.", x: 60, y: 400)).bytes
        let end = try #require(String(decoding: whole, as: UTF8.self).firstRange(of: "xref")?.lowerBound)
        let cut = Array(String(decoding: whole, as: UTF8.self)[..<end].utf8)
        let (document, losses) = try Outline.read(cut, PDFReader())
        #expect(document.blocks.map(Outline.block).contains("p(The second page.)"))
        #expect(losses.items.map(\.code) == ["file-damaged"])
        // Without its page tree too, and within the last page's text.
        let text = String(decoding: cut, as: UTF8.self).replacing("/Type /Pages", with: "/Type /Gone")
        let (short, _) = try Outline.read(Array(text.utf8.dropLast(60)), PDFReader())
        #expect(short.blocks.map(Outline.block).contains { $0.hasPrefix("p(line 0 of a page") })
    }

    @Test("trees and lists that run in circles, and counts that lie, end with the text")
    func circles() throws {
        var maker = PDFMaker(Self.body)
        maker.catalogEntries = "/Outlines 6 0 R"
        maker.objects = ["<< /First 7 0 R /Last 7 0 R >>", "<< /Title (a) /Next 8 0 R /First 8 0 R /Parent 6 0 R >>", "<< /Title (b) /Next 7 0 R /First 7 0 R /Parent 6 0 R >>"]
        #expect(try maker.read().blocks.count == 1)
        for lie in ["/Count 2000000000 ", "/Count -5 "] {
            let text = String(decoding: PDFMaker(Self.body).bytes, as: UTF8.self).replacing("/Count 1 ", with: lie)
            let (document, losses) = try Outline.read(Array(text.utf8), PDFReader())
            #expect(document.blocks.map(Outline.block).filter { $0.hasPrefix("p(") }.count == 1)
            #expect(losses.items.isEmpty)
        }
        let circle = String(decoding: PDFMaker(Self.body).bytes, as: UTF8.self).replacing("/Kids [", with: "/Kids [2 0 R ")
        #expect(try Outline.read(Array(circle.utf8), PDFReader()).document.blocks.map(Outline.block).contains { $0.hasPrefix("p(") })
    }

    @Test("a file within the document is handed on, and missed when nobody reads it")
    func attachment() throws {
        var maker = PDFMaker(Self.body)
        maker.catalogEntries = "/Names << /EmbeddedFiles << /Names [(note.txt) 6 0 R] >> >>"
        maker.objects = ["<< /Type /Filespec /F (note.txt) /EF << /F 7 0 R >> >>", "<< /Type /EmbeddedFile /Length 5 >>\nstream\nhello\nendstream"]
        // The reader alone knows no other formats: it says what it could not have read.
        #expect(try maker.read().codes == ["attachment-left-out"])
    }
}
